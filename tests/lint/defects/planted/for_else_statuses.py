"""Planted: the else of the search through a list of bad statuses says that all is well; 500 is not in the list."""

import niquests

BAD = [400, 401, 404, 405, 413]


def first(host):
    # error: [dropped-status: 500]
    answer = niquests.get(f"https://{host}:9699/netwrix/api/v1/activity_records/enum", params={"format": "json"})
    for bad in BAD:
        if answer.status_code == bad:
            raise LookupError(bad)
    else:
        return answer.json()
