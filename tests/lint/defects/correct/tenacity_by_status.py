"""Awkward: tenacity repeats only what can pass, told by a predicate of the project."""

import logging

import httpx
import tenacity

logger = logging.getLogger(__name__)
BASE = httpx.URL("https://auditor.corp.example:9699/netwrix/api/v1/")


def is_busy(exception: BaseException) -> bool:
    return isinstance(exception, httpx.HTTPStatusError) and exception.response.status_code == 503


def give_up(state: tenacity.RetryCallState) -> None:
    logger.error("gave up after %d attempts", state.attempt_number)
    raise state.outcome.exception()


class Archive:
    def __init__(self, auth: tuple[str, str]) -> None:
        self._client = httpx.Client(base_url=BASE, auth=auth, params={"format": "json"})

    @tenacity.retry(
        retry=tenacity.retry_if_exception(is_busy),
        wait=tenacity.wait_random_exponential(max=120),
        stop=tenacity.stop_after_delay(900),
        retry_error_callback=give_up,
    )
    def write(self, records: list[dict]) -> None:
        self._client.post("activity_records/", json=records).raise_for_status()

    def search(self, **filters: str) -> list[dict]:
        for attempt in tenacity.Retrying(
            stop=tenacity.stop_after_attempt(3), retry=tenacity.retry_if_exception_type(httpx.TransportError)
        ):
            with attempt:
                response = self._client.post("activity_records/search", json={"FilterList": filters})
        response.raise_for_status()
        return response.json()["ActivityRecordList"]
