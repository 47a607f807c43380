#!/usr/bin/python
"""Planted: this is Python 2, which no Python 3 can parse."""

import json
import sys
import urllib2

URL = "https://%s:9699/netwrix/api/v1/activity_records/enum?format=json"


def opener(host, user, password):
    manager = urllib2.HTTPPasswordMgrWithDefaultRealm()
    manager.add_password(None, URL % host, user, password)
    return urllib2.build_opener(urllib2.HTTPBasicAuthHandler(manager))


def records(host, user, password):
    try:
        answer = opener(host, user, password).open(URL % host)
    except urllib2.HTTPError as error:
        print >>sys.stderr, "netwrix:", error.code
        raise
    return json.load(answer)["ActivityRecordList"]


def main():
    host, user, password = sys.argv[1:4]
    for record in records(host, user, password):
        print record["When"], record["Who"], record["What"]  # error: [unread-file]


if __name__ == "__main__":
    main()
