"""The function of a program that sends the request, with the words of its library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.lint.programs import libraries
from tests.lint.programs.libraries import HOST, URL
from tests.lint.programs.writer import Scope, indented

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.lint.programs.writer import Writer


def define(w: Writer, name: str, parameters: str, lines: Iterator[str]) -> Iterator[str]:
    """Yield a function, a coroutine where the library waits."""
    yield f"{'async ' if w.library.waits else ''}def {name}({parameters}):"
    yield from indented(lines)


def body(w: Writer) -> str:
    """Return an expression for what the response `r` carries."""
    found = w.draw.one(w.library.body)
    if found.startswith("json."):
        w.imports("import json")
    return found.format("r")


def scope(w: Writer) -> Scope:
    """Return what code can get at where the response is `r`."""
    return Scope(f"r.{w.library.status}", body(w), "r")


def request(w: Writer, then: Iterator[str]) -> Iterator[str]:
    """Yield the lines that send the request, and those that come after it."""
    url = f'f"{URL}/records/{{record_id}}"'
    style = w.draw.number(0, 3)
    match w.library:
        case libraries.REQUESTS | libraries.NIQUESTS if style == 0:
            yield f"with {w.library.name}.Session() as session:"
            yield f"    r = session.get({url})"
            yield from indented(then)
        case libraries.REQUESTS | libraries.NIQUESTS:
            name = w.library.name
            yield w.draw.one((f"r = {name}.get({url})", f'r = {name}.request("GET", {url}, timeout=5)'))
            yield from then
        case libraries.HTTPX if style == 0:
            yield f'with httpx.Client(base_url="{URL}", verify=False) as client:'
            yield '    r = client.get(f"/records/{record_id}")'
            yield from indented(then)
        case libraries.HTTPX:
            yield f"r = httpx.get({url}, verify=False)"
            yield from then
        case libraries.HTTPX_ASYNC:
            yield "async with httpx.AsyncClient(verify=False) as client:"
            yield f"    r = await client.get({url})"
            yield from indented(then)
        case libraries.AIOHTTP:
            yield "async with aiohttp.ClientSession() as session:"
            yield f"    async with session.get({url}) as r:"
            yield from indented(indented(then))
        case libraries.HTTP_CLIENT:
            yield f'connection = http.client.HTTPConnection("{HOST}")'
            yield 'connection.request("GET", f"/v1/records/{record_id}")'
            yield "r = connection.getresponse()"
            yield from then
        case _:
            yield "http = urllib3.PoolManager()"
            yield f'r = http.request("GET", {url})'
            yield from then
