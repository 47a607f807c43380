"""Awkward: ClientSession(raise_for_status=True), and gather collects the exceptions."""

import asyncio
import json
import pathlib

import aiohttp

ENDPOINT = "https://auditor.corp.example:9699/netwrix/api/v1/activity_records/?format=json"


async def write(session, path):
    records = json.loads(path.read_text(encoding="utf-8"))
    async with session.post(ENDPOINT, json=records):
        return path


async def write_folder(folder, user, password):
    """Write every file; return the names of those that could not be written."""
    auth = aiohttp.BasicAuth(user, password)
    async with aiohttp.ClientSession(auth=auth, raise_for_status=True) as session:
        paths = sorted(pathlib.Path(folder).glob("*.json"))
        results = await asyncio.gather(*(write(session, path) for path in paths), return_exceptions=True)
    failed = []
    for path, result in zip(paths, results):
        if isinstance(result, aiohttp.ClientResponseError):
            print(f"{path.name}: {result.status} {result.message}")
            failed.append(path.name)
        elif isinstance(result, BaseException):
            raise result
        else:
            path.unlink()
    return failed


if __name__ == "__main__":
    import sys

    sys.exit(1 if asyncio.run(write_folder(*sys.argv[1:4])) else 0)
