"""Awkward: 413 is expected and dealt with on purpose; the rest is left to raise_for_status."""

import collections
import itertools

import requests


def batches(records, size):
    iterator = iter(records)
    while batch := list(itertools.islice(iterator, size)):
        yield batch


class SplittingWriter:
    """Halve what the server finds too large."""

    def __init__(self, url, auth, size=1000):
        self._url = url.rstrip("/") + "/activity_records/"
        self._auth = auth
        self._size = size

    def write_all(self, records):
        todo = collections.deque(batches(records, self._size))
        while todo:
            batch = todo.popleft()
            response = requests.post(self._url, params={"format": "json"}, json=batch, auth=self._auth)
            if response.status_code == 413 and len(batch) > 1:
                middle = len(batch) // 2
                todo.extendleft([batch[middle:], batch[:middle]])
                continue
            response.raise_for_status()
            yield from batch


def main(argv):
    writer = SplittingWriter(f"https://{argv[1]}:9699/netwrix/api/v1", ("CORP\\split", argv[2]))
    with open(argv[3]) as lines:
        count = sum(1 for _ in writer.write_all({"What": line.strip()} for line in lines))
    print(count, "records written")


if __name__ == "__main__":
    import sys

    main(sys.argv)
