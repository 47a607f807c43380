"""Awkward: the body is streamed to disk while `raise_for_status` stands in the `with`."""

import gzip
import os
import shutil
import tempfile

import requests


def download(host, auth, target):
    """Save the first page, compressed, under the target's name once it is whole."""
    with requests.get(
        "https://{}:9699/netwrix/api/v1/activity_records/enum".format(host),
        auth=auth,
        stream=True,
        timeout=(5, None),
    ) as response:
        response.raise_for_status()
        with tempfile.NamedTemporaryFile(dir=os.path.dirname(target), delete=False) as partial:
            with gzip.open(partial, "wb") as packed:
                shutil.copyfileobj(response.raw, packed)
    os.replace(partial.name, target)


def download_chunks(host, auth, target, mark):
    response = requests.post(
        "https://{}:9699/netwrix/api/v1/activity_records/enum".format(host), auth=auth, data=mark, stream=True
    )
    try:
        if not response:
            # A response of requests is false from 400 on.
            raise OSError(f"{response.status_code} for {target}")
        with open(target, "wb") as out:
            for chunk in response.iter_content(chunk_size=1 << 16):
                out.write(chunk)
    finally:
        response.close()


if __name__ == "__main__":
    download("auditor.corp.example", ("CORP\\backup", "secret"), "/backup/records.xml.gz")
