"""Awkward: yes or no, told to a caller that looks at it; and a second request that succeeds with another status."""

import requests

BASE = "https://auditor.corp.example:9699/netwrix/api/v1"


class Auditor:
    def __init__(self, auth):
        self.session = requests.Session()
        self.session.auth = auth

    def reachable(self):
        return self.session.get(f"{BASE}/activity_records/enum?count=1").status_code == 200

    def write(self, records):
        response = self.session.post(f"{BASE}/activity_records/", json=records)
        if response.status_code != 200:
            raise RuntimeError(f"{response.status_code}: {response.text}")
        return len(records)


def main():
    auditor = Auditor(("CORP\\me", "secret"))
    print("reachable:", auditor.reachable())
    print("written:", auditor.write([{"Who": "me"}]))


if __name__ == "__main__":
    main()
