"""Planted: backoff repeats a search for any HTTP error, a wrong path included."""

import backoff
import requests
import structlog

log = structlog.get_logger()


def _log_backoff(details):
    log.warning("netwrix_backoff", wait=details["wait"], tries=details["tries"])


class Search:
    def __init__(self, app=None):
        self.session = requests.Session()
        self.base = None
        if app is not None:
            self.init_app(app)

    def init_app(self, app):
        self.base = "https://{NETWRIX_HOST}:9699/netwrix/api/v1".format(**app.config)
        self.session.auth = (app.config["NETWRIX_USER"], app.config["NETWRIX_PASSWORD"])
        app.extensions["netwrix"] = self

    @backoff.on_exception(backoff.expo, requests.exceptions.HTTPError, max_tries=8, on_backoff=_log_backoff)
    def _page(self, body):
        # error: [retry-not-retryable: 400, 404, 405, 413]
        response = self.session.post(self.base + "/activity_records/search", params={"format": "json"}, json=body)
        response.raise_for_status()
        return response.json()

    def __call__(self, **filters):
        body = {"FilterList": filters}
        page = self._page(body)
        while page["ActivityRecordList"]:
            yield from page["ActivityRecordList"]
            body["ContinuationMark"] = page["ContinuationMark"]
            page = self._page(body)
