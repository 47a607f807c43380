"""Awkward: everything that matters happens in other modules."""

import argparse

from . import AuditorError, Client, NotAllowed


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("host")
    options = parser.parse_args()
    client = Client(options.host, auth=("CORP\\app", "secret"))
    try:
        removed = client.search(Action="Removed")
        client.write(dict(record, Where="copy") for record in removed)
    except NotAllowed:
        print("ask for the role of a Contributor")
        return 1
    except AuditorError as error:
        print(error)
        return 2
    return 0
