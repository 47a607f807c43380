"""Planted: the helper returns the status beside the data, and its caller asks for 400 and 401 only."""

import json

import urllib3

http = urllib3.PoolManager(cert_reqs="CERT_REQUIRED", ca_certs="/etc/ssl/certs/corp.pem")


def call(host, method, path, body=None, login=None):
    """Return (status, text)."""
    headers = urllib3.make_headers(basic_auth=login) if login else {}
    headers["Content-Type"] = "application/json"
    reply = http.request(
        method,
        "https://%s:9699/netwrix/api/v1/%s?format=json" % (host, path),
        body=None if body is None else json.dumps(body).encode(),
        headers=headers,
        retries=False,
    )
    return reply.status, reply.data.decode("utf-8")


def search(host, login, **filters):
    status, text = call(  # error: [dropped-status: 404, 405, 413, 500]
        host, "POST", "activity_records/search", body={"FilterList": filters}, login=login
    )
    if status == 400:
        raise ValueError(text)
    if status == 401:
        raise PermissionError(login.split(":")[0])
    return json.loads(text or "{}").get("ActivityRecordList", [])


def removed_since_yesterday(host, login):
    for record in search(host, login, Action="Removed", When={"Yesterday": ""}):
        yield record["Who"], record["What"]


if __name__ == "__main__":
    import sys

    for who, what in removed_since_yesterday(sys.argv[1], sys.argv[2]):
        print(who, "removed", what)
