"""Planted: the transport leaves 400 and 500 to its callers, and this one forgets 500."""

import sys

from http_layer import Transport, TransportError


def lockouts(transport):
    # error: [dropped-status: 500]
    response = transport.call("search", json={"FilterList": {"Action": "Modified", "Detail": "Locked out"}})
    if response.status_code == 400:
        raise ValueError(response.json()["ErrorList"][0]["Description"])
    return response.json().get("ActivityRecordList", [])


def main():
    transport = Transport(sys.argv[1], ("CORP\\helpdesk", sys.argv[2]))
    try:
        for record in lockouts(transport):
            print(record["When"], record["What"])
    except TransportError as error:
        sys.exit(f"cannot ask Netwrix Auditor: {error}")


if __name__ == "__main__":
    main()
