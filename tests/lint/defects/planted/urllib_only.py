"""No dependencies: this runs on the jump host, where pip does not.

Planted: the error that urlopen raises is used as the answer, and only 401 is looked at.
"""

import base64
import json
import ssl
import urllib.error
import urllib.request

SERVER = "https://auditor.corp.example:9699"
ENUM = SERVER + "/netwrix/api/v1/activity_records/enum?format=json&count=%d"


def basic(user, password):
    token = base64.b64encode(("%s:%s" % (user, password)).encode()).decode("ascii")
    return {"Authorization": "Basic " + token}


def newest(count, user, password):
    request = urllib.request.Request(ENUM % count, headers=basic(user, password))
    context = ssl.create_default_context(cafile="/etc/pki/corp-root.pem")
    try:
        reply = urllib.request.urlopen(request, context=context)  # error: [dropped-status: 400, 404, 405, 413, 500]
    except urllib.error.HTTPError as err:
        reply = err  # an HTTPError can be read like an answer
    if reply.code == 401:
        raise SystemExit("wrong user name or password")
    text = reply.read().decode("utf-8")
    return json.loads(text or '{"ActivityRecordList": []}')["ActivityRecordList"]


def main():
    for record in newest(20, "CORP\\auditor", open("/root/.auditor").read().strip()):
        print(record["When"], record["Who"], record["Action"], record["What"], sep="\t")


if __name__ == "__main__":
    main()
