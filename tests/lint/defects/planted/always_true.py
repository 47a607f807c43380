"""Planted: `== 401 or 403` is true for every status."""

import pandas as pd
import requests

API = "https://auditor.corp.example:9699/netwrix/api/v1"


def get_session(user, password):
    s = requests.Session()
    s.auth = (user, password)
    s.headers.update({"Accept": "application/json"})
    return s


def search_frame(session, **filters):
    """Return the records that fit the filters as a data frame."""
    frames = []
    mark = None
    while True:
        query = {"FilterList": {key: {"Equals": value} for key, value in filters.items()}}
        if mark:
            query["ContinuationMark"] = mark
        r = session.post(API + "/activity_records/search", params={"format": "json"}, json=query)
        if r.status_code == 401 or 403:  # error: [constant-condition]
            raise PermissionError("no access to Netwrix Auditor")
        r.raise_for_status()
        data = r.json()
        if not data["ActivityRecordList"]:
            break
        frames.append(pd.DataFrame(data["ActivityRecordList"]))
        mark = data["ContinuationMark"]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


if __name__ == "__main__":
    df = search_frame(get_session("CORP\\analyst", "..."), DataSource="File Servers")
    print(df.groupby(["Who", "Action"]).size().sort_values(ascending=False).head(20))
