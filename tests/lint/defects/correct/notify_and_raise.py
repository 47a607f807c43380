"""Awkward: every failure is counted, logged and raised again, and a finally closes the books."""

import logging
from collections import Counter
from contextlib import ExitStack

import niquests

log = logging.getLogger(__name__)
failures = Counter()


def feed(host, batches):
    with ExitStack() as stack:
        session = stack.enter_context(niquests.Session())
        stack.callback(log.info, "closed")
        for batch in batches:
            response = session.post(f"https://{host}:9699/netwrix/api/v1/activity_records/", json=batch)
            try:
                response.raise_for_status()
            except niquests.exceptions.HTTPError as error:
                failures[error.response.status_code] += 1
                log.exception("batch of %d", len(batch))
                raise
            else:
                failures.clear()
            finally:
                response.close()
