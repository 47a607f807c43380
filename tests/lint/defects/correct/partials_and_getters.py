"""Awkward: functional style, with partials, getters and a caller of methods by name."""

from functools import partial, reduce
from operator import attrgetter, methodcaller

import requests

status_of = attrgetter("status_code")
checked = methodcaller("raise_for_status")


def send(base, auth):
    return partial(requests.post, f"{base}/netwrix/api/v1/activity_records/", auth=auth, timeout=30)


def store(post, batch):
    answer = post(json=batch)
    if status_of(answer) != 200:
        checked(answer)
    return len(batch)


def store_all(base, auth, batches):
    post = send(base, auth)
    return reduce(lambda total, batch: total + store(post, batch), batches, 0)


if __name__ == "__main__":
    print(store_all("https://auditor.corp.example:9699", ("a", "b"), [[{"Who": "x"}]]))
