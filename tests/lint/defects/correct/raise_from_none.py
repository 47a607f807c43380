"""Awkward: errors of the library become errors of the program, `from None`; a finally and an else around it."""

import requests


class AuditorError(RuntimeError):
    @classmethod
    def from_http(cls, error):
        self = cls(f"{error.response.status_code} {error.response.reason}")
        self.status = error.response.status_code
        return self


def records(session: requests.Session):
    answer = session.get("https://auditor:9699/netwrix/api/v1/activity_records/enum", params={"format": "json"})
    try:
        answer.raise_for_status()
    except requests.HTTPError as error:
        raise AuditorError.from_http(error) from None
    else:
        page = answer.json()
    finally:
        answer.close()
    return page["ActivityRecordList"]
