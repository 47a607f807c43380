"""Edits that make new inputs of known ones: a piece is cut, repeated, moved, or taken from another or from a list."""

from __future__ import annotations

import re
from typing import NamedTuple

PIECES = (
    b"", b"\n", b"\r", b"\t", b" ", b"  ", b"\x00", b"\x1b", b"\x85", b"\xe2\x80\xa8", b"\xef\xbb\xbf", b"\xff",
    b"\xed\xa0\x80", b"{", b"}", b"[", b"]", b"(", b")", b":", b",", b"-", b"?", b"&a ", b"*a", b"!", b"|", b">", b"%",
    b"@", b"`", b"#", b"'", b'"', b"\\", b"$", b"<", b"<b>", b"</td>", b"<!--", b"-->", b"&lt;", b"]]>", b"{{", b"{%",
    b"${", b"../", b"~1", b"\n---\n", b"\n...\n", b"\n    ", b"\n|a|b|\n", b"\n# ", b"\n```\n", b"\n\n",
    b"{: onclick=x}", b"](x)", b"[x](javascript:y)", b"0", b"404", b"4XX", b"default", b"999999999999999999999",
    b"1e400", b"null", b"true", b"$ref", b"for", b"responses", b"if x:\n    ", b"else:\n    ", b"try:\n    ",
    b"except Exception:\n    ", b"finally:\n    ", b"while x:\n    ", b"with x:\n    ", b"for x in y:\n    ",
    b"def f(x):\n    ", b"class C:\n    ", b"match x:\n    case ", b"lambda: ", b"await ", b"async ", b"yield ",
    b"return ", b"raise ", b"x", b"=", b":=", b".", b"*", b"**", b"@x\n", b"import x\n", b"from x import *\n",
    b"requests", b".get(", b".json()", b".status_code", b".ok", b".raise_for_status()", b" == 404", b" in (404, 500)",
    b" // 100", b"response", b"session", b"f'{x}'", b"global x\n", b"nonlocal x\n", b"del x\n", b"assert ", b"not ",
    b" if x else ", b"# errdex: ignore[",
)  # fmt: skip


LINES = (
    b"if x: pass", b"if response.status_code == 404: return None", b"if not response.ok: raise ValueError",
    b"return response", b"while response.status_code == 503: response = look()", b"for x in (response,): pass",
    b"response = x = {0: response}", b"with suppress(Exception): response.raise_for_status()", b"assert response.ok",
    b"del response", b"yield response", b"match response.status_code:", b"case 404 | 500: pass", b"case _: raise",
    b"try: response.raise_for_status()", b"except Exception as error: raise error from None",
    b"except* ValueError: pass", b"else: pass", b"finally: return response",
    b"def f(*x, y=response, **z): return f(*x, **z)", b"class C(C): x = response",
    b"x: int = [y for y in x if (z := y)]", b"global response", b"response = await x", b"async with x as (y, *z): pass",
    b"response = lambda: response()", b"x = {**x, 'y': response}", b"x, *y = response", b"x[response:] += y",
    b"raise x from response", b"import client", b"from client import look as response", b"response.status_code = 404",
    b"x = response.status_code // 100 in {4, 5}", b"session = requests.Session()",
    b"response = requests.request(*x, **y)", b"url = f'https://shop.example/{x!r:>{y}}'", b"  summary: x", b"- x",
    b"x: {y: z}", b"? x", b'"x": {"$ref": "#/x"},',
)  # fmt: skip
WORD = re.compile(rb"[A-Za-z_]\w*")


class Edit(NamedTuple):
    """One change; numbers are taken modulo what there is."""

    kind: int
    position: int
    length: int
    piece: int


def edited(seeds: tuple[bytes, ...], first: int, edits: list[Edit]) -> bytes:
    """Return one of the seeds, changed."""
    data = seeds[first % len(seeds)]
    for kind, position, length, piece in edits:
        start = position % (len(data) + 1)
        end = min(start + length % 200, len(data))
        before, middle, after = data[:start], data[start:end], data[end:]
        match kind % 9:
            case 0:
                data = before + after
            case 1:
                data = before + PIECES[piece % len(PIECES)] + middle + after
            case 2:
                data = before + PIECES[piece % len(PIECES)] + after
            case 3:
                data = before + middle * (2 + piece % 3) + after
            case 4:
                other = seeds[piece % len(seeds)]
                begin = position % (len(other) + 1)
                data = before + other[begin : begin + length % 200] + after
            case 5:
                data = _with_line(data, position, LINES[piece % len(LINES)])
            case 6:
                lines = data.splitlines()
                data = _with_line(data, position, lines[piece % len(lines)] if lines else b"")
            case 7:
                words = WORD.findall(data)
                found = list(WORD.finditer(data))
                if found:
                    place = found[position % len(found)]
                    data = data[: place.start()] + words[(piece + length) % len(words)] + data[place.end() :]
            case _:
                data = before + after[: piece % 300] + middle + after[piece % 300 :]
        data = data[:20_000]
    return data


def _with_line(data: bytes, position: int, line: bytes) -> bytes:
    """Put a line before another, as far to the right as that."""
    lines = data.split(b"\n")
    at = position % len(lines)
    blank = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
    return b"\n".join([*lines[:at], blank + line.lstrip(), *lines[at:]])
