"""Planted: the last case of the match does nothing."""

import urllib3

http = urllib3.PoolManager()


def write(body):
    # error: [dropped-status: 404, 405, 413, 500, 503]
    answer = http.request("POST", "https://auditor:9699/netwrix/api/v1/activity_records/?format=json", body=body)
    match answer.status:
        case 400:
            raise ValueError(answer.data)
        case 401:
            raise PermissionError
        case _:
            pass
    return "written"
