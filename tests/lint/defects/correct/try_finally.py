"""Awkward: try, else and finally, a re-raise, and an exception that is told by its status."""

import logging
import sys
import threading

import requests

log = logging.getLogger(__name__)
lock = threading.Lock()


class LoggedIn:
    def __init__(self, host):
        self.host = host
        self.session = requests.Session()
        self.logins = iter([("CORP\\reader1", "a"), ("CORP\\reader2", "b")])
        self.session.auth = next(self.logins)

    def page(self, mark):
        lock.acquire()
        try:
            response = self.session.post(
                f"https://{self.host}:9699/netwrix/api/v1/activity_records/enum", params={"format": "json"}, json=mark
            )
            response.raise_for_status()
        except requests.HTTPError as error:
            if error.response.status_code != 401:
                log.error("no page: %s", error)
                raise
            try:
                self.session.auth = next(self.logins)
            except StopIteration:
                raise error
            again = True
        except requests.RequestException:
            log.exception("network")
            sys.exit(2)
        else:
            again = False
        finally:
            lock.release()
        if again:
            return self.page(mark)
        return response.json()
