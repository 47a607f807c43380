"""The same request through each HTTP library, and what the module makes of the response as the library gives it.

`verify=False`: there is no TLS, and reading the certificates of the world takes longer than the request.
"""

from __future__ import annotations

import asyncio
import http.client
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import aiohttp
import httpx
import httpx2
import requests
import urllib3

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Judge = Callable[..., BaseException | None]
    """`from_response` of some operation: takes a response, and its body by keyword."""


def by_requests(judge: Judge, method: str, url: str) -> BaseException | None:
    return judge(requests.request(method, url, timeout=10))


def by_httpx(judge: Judge, method: str, url: str) -> BaseException | None:
    return judge(httpx.request(method, url, verify=False))


def by_httpx_async(judge: Judge, method: str, url: str) -> BaseException | None:
    async def ask() -> BaseException | None:
        async with httpx.AsyncClient(verify=False) as client:
            return judge(await client.request(method, url))

    return asyncio.run(ask())


def by_httpx2(judge: Judge, method: str, url: str) -> BaseException | None:
    return judge(httpx2.request(method, url, verify=False))


def by_httpx2_async(judge: Judge, method: str, url: str) -> BaseException | None:
    async def ask() -> BaseException | None:
        async with httpx2.AsyncClient(verify=False) as client:
            return judge(await client.request(method, url))

    return asyncio.run(ask())


def by_aiohttp(judge: Judge, method: str, url: str) -> BaseException | None:
    async def ask() -> BaseException | None:
        async with aiohttp.ClientSession() as session, session.request(method, url) as response:
            await response.read()
            return judge(response)

    return asyncio.run(ask())


def by_urllib3(judge: Judge, method: str, url: str) -> BaseException | None:
    with urllib3.PoolManager() as pool:
        return judge(pool.request(method, url, retries=False))


def by_urllib(judge: Judge, method: str, url: str) -> BaseException | None:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, method=method), timeout=10) as response:
            return judge(response, body=response.read())
    except urllib.error.HTTPError as error:
        with error:
            return judge(error, body=error.read())


def by_http_client(judge: Judge, method: str, url: str) -> BaseException | None:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    try:
        connection.request(method, url.removeprefix(f"http://{urlsplit(url).netloc}"))
        response = connection.getresponse()
        return judge(response, body=response.read())
    finally:
        connection.close()


LIBRARIES: Mapping[str, Callable[[Judge, str, str], BaseException | None]] = {
    "requests": by_requests,
    "httpx": by_httpx,
    "httpx async": by_httpx_async,
    "httpx2": by_httpx2,
    "httpx2 async": by_httpx2_async,
    "aiohttp": by_aiohttp,
    "urllib3": by_urllib3,
    "urllib": by_urllib,
    "http.client": by_http_client,
}
"""Each hands over a response whose body has been read."""


def unread_by_requests(judge: Judge, method: str, url: str) -> BaseException | None:
    with requests.request(method, url, timeout=10, stream=True) as response:
        return judge(response)


def unread_by_httpx(judge: Judge, method: str, url: str) -> BaseException | None:
    with httpx.stream(method, url, verify=False) as response:
        return judge(response)


def unread_by_httpx_async(judge: Judge, method: str, url: str) -> BaseException | None:
    async def ask() -> BaseException | None:
        async with httpx.AsyncClient(verify=False) as client, client.stream(method, url) as response:
            return judge(response)

    return asyncio.run(ask())


def unread_by_httpx2(judge: Judge, method: str, url: str) -> BaseException | None:
    with httpx2.stream(method, url, verify=False) as response:
        return judge(response)


def unread_by_aiohttp(judge: Judge, method: str, url: str) -> BaseException | None:
    async def ask() -> BaseException | None:
        async with aiohttp.ClientSession() as session, session.request(method, url) as response:
            return judge(response)

    return asyncio.run(ask())


def unread_by_urllib3(judge: Judge, method: str, url: str) -> BaseException | None:
    with urllib3.PoolManager() as pool:
        response = pool.request(method, url, retries=False, preload_content=False)
        try:
            return judge(response)
        finally:
            response.close()


def unread_by_urllib(judge: Judge, method: str, url: str) -> BaseException | None:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, method=method), timeout=10) as response:
            return judge(response)
    except urllib.error.HTTPError as error:
        with error:
            return judge(error)


def unread_by_http_client(judge: Judge, method: str, url: str) -> BaseException | None:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    try:
        connection.request(method, url.removeprefix(f"http://{urlsplit(url).netloc}"))
        with connection.getresponse() as response:
            return judge(response)
    finally:
        connection.close()


UNREAD: Mapping[str, Callable[[Any, str, str], BaseException | None]] = {
    "requests": unread_by_requests,
    "httpx": unread_by_httpx,
    "httpx async": unread_by_httpx_async,
    "httpx2": unread_by_httpx2,
    "aiohttp": unread_by_aiohttp,
    "urllib3": unread_by_urllib3,
    "urllib": unread_by_urllib,
    "http.client": unread_by_http_client,
}
"""Each hands over a response whose body is still on its way."""
