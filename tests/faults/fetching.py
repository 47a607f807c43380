"""The same request through each HTTP library that clients use, and the answer in the same words.

`verify=False`: there is no TLS, and reading the certificates of the world takes longer than the request.
"""

from __future__ import annotations

import asyncio
import http.client
import urllib.error
import urllib.request
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import aiohttp
import httpx
import httpx2
import requests
import urllib3

from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Got(NamedTuple):
    """An answer as a library hands it over."""

    status: int
    headers: Mapping[str, str]
    """By lower-case name."""
    body: bytes


def got(status: int, headers: Mapping[str, str], body: bytes) -> Got:
    return Got(status, {name.lower(): value for name, value in headers.items()}, body)


def by_requests(method: str, url: str) -> Got:
    response = requests.request(method, url, timeout=10)
    return got(response.status_code, response.headers, response.content)


def by_httpx(method: str, url: str) -> Got:
    response = httpx.request(method, url, verify=False)
    return got(response.status_code, response.headers, response.content)


def by_httpx_async(method: str, url: str) -> Got:
    async def fetch() -> Got:
        async with httpx.AsyncClient(verify=False) as client:
            response = await client.request(method, url)
            return got(response.status_code, response.headers, response.content)

    return asyncio.run(fetch())


def by_httpx2(method: str, url: str) -> Got:
    response = httpx2.request(method, url, verify=False)
    return got(response.status_code, response.headers, response.content)


def by_aiohttp(method: str, url: str) -> Got:
    async def fetch() -> Got:
        async with aiohttp.ClientSession() as session, session.request(method, url) as response:
            return got(response.status, response.headers, await response.read())

    return asyncio.run(fetch())


def by_urllib3(method: str, url: str) -> Got:
    with urllib3.PoolManager() as pool:
        response = pool.request(method, url, retries=False)
        return got(response.status, response.headers, response.data)


def by_urllib(method: str, url: str) -> Got:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, method=method), timeout=10) as response:
            return got(response.status, response.headers, response.read())
    except urllib.error.HTTPError as error:
        with error:
            return got(error.code, dict(error.headers), error.read())


def by_http_client(method: str, url: str) -> Got:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    try:
        connection.request(method, f"{parts.path}?{parts.query}" if parts.query else parts.path)
        response = connection.getresponse()
        return got(response.status, dict(response.headers), response.read())
    finally:
        connection.close()


LIBRARIES: Mapping[str, Callable[[str, str], Got]] = {
    "requests": by_requests,
    "httpx": by_httpx,
    "httpx async": by_httpx_async,
    "httpx2": by_httpx2,
    "aiohttp": by_aiohttp,
    "urllib3": by_urllib3,
    "urllib": by_urllib,
    "http.client": by_http_client,
}
