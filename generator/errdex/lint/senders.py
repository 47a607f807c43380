"""Whether a file could send a request by itself, told from its bytes: it uses a client library for more than its words.

Most files that import a client library only catch its exceptions, or hand on a client that they were given. In such a
file there is nothing to count, and it need not be parsed. What is not plain here is taken for sending.
"""

from __future__ import annotations

import re
from functools import lru_cache
from keyword import kwlist, softkwlist

#: Words that a file has when it sends a request of the standard library, or makes a client of a name of its own.
_PLAIN = (
    b"urlopen", b"open_url", b"fetch_url", b"HTTPConnection", b"HTTPSConnection", b"OpenerDirector", b"PoolManager",
    b"ProxyManager", b"ConnectionPool", b"CachedSession", b"BaseUrlSession", b"AuthorizedSession", b"RetryClient",
    b"OAuth1Session", b"OAuth2Session",
)  # fmt: skip
_LIBRARIES = (b"requests", b"niquests", b"httpx", b"aiohttp", b"urllib3")
_FUNCTIONS = rb"(?:get|post|put|patch|delete|head|options|request|stream|session)"
_CLASSES = rb"(?:AsyncSession|ClientSession|Session|AsyncClient|Client)"
#: After the name of a library: something of it, or such a name imported from it.
_USE = (
    rb"[\w.]*(?:(?:\s*\.\s*\w+)*\s*\.\s*(?:%(name)s)\b"
    rb"|[ \t]+import\b(?:[ \t]*\([^)]*|(?:\\\r?\n|[^\n])*)\b(?:%(name)s)\b)"
)
_RENAMED = re.compile(
    rb"import\b(?:[ \t]*\([^)]*|(?:\\\r?\n|[^\n])*)(?:requests|niquests|httpx|aiohttp|urllib3)[\w.]*[ \t]+as[ \t]"
)
#: A client's class, and the name that it annotates; the end of what stands before tells everything else.
_MENTION = re.compile(
    rb"(?:\bfrom[ \t][\w. \t]+\bimport\b(?:[ \t]*\([^()#]*\)|[^\n(;\\]*(?=\n))"
    rb"|(\w+)\s*:[\w\s.,|\[\]]*?\b" + _CLASSES + rb"\b(?!\s*\()"
    rb"|\b" + _CLASSES + rb"\b)"
)
_METHODS = rb"(?:get|post|put|patch|delete|head|options|request|stream|urlopen|open|putrequest)"


#: Not `pull_requests`, `list-pull-requests`, `/requests/`: names of other things.
_REQUESTS = re.compile(rb"(?<![\w/-])(?:re|ni)quests\w*(?![\w/-])")
_BEFORE = re.compile(rb"(\w+)[ \t]+\Z")
_AFTER = re.compile(rb"[ \t]+(\w+)")
_KEYWORDS = frozenset(word.encode() for word in (*kwlist, *softkwlist))


def names_a_client(data: bytes) -> bool:
    """Return whether a word stands in the data without which no request of a known library is sent.

    Of `urllib` these are only what opens a URL; `quests` is in `requests` and in `niquests`.
    """
    return (
        (b"quests" in data and _names_requests(data))
        or b"httpx" in data
        or b"aiohttp" in data
        or (
            b"url" in data and (b"urllib3" in data or b"urlopen" in data or b"open_url" in data or b"fetch_url" in data)
        )
        or b"build_opener" in data
        or b"OpenerDirector" in data
        or (b"Connection" in data and (b"HTTPConnection" in data or b"HTTPSConnection" in data))
    )


def _names_requests(data: bytes) -> bool:
    """Return whether the library may be what is meant: two names side by side, `pull requests`, are no code."""
    for found in _REQUESTS.finditer(data):
        start, end = found.span()
        beside = (_BEFORE.search(data[max(start - 40, 0) : start]), _AFTER.match(data, end))
        if all(word is None or word[1] in _KEYWORDS for word in beside):
            return True
    return False


def sends_by_itself(data: bytes) -> bool:
    """Return whether a request could be sent in the file by what it imports itself."""
    if any(word in data for word in _PLAIN):
        return True
    if (b"authlib" in data and b"OAuth" in data) or _RENAMED.search(data):
        return True
    named = [library for library in _LIBRARIES if library in data]
    if any(_use(library, _FUNCTIONS).search(data) for library in named):
        return True
    return any(_use(library, _CLASSES).search(data) for library in named) and _uses_client(data)


@lru_cache(maxsize=16)
def _use(library: bytes, names: bytes) -> re.Pattern[bytes]:
    return re.compile(library + _USE % {b"name": names})


def _uses_client(data: bytes) -> bool:
    """Return whether a client is made, or one that a parameter or a name is said to be is sent with."""
    holders = set()
    for found in _MENTION.finditer(data):
        if found[1]:
            holders.add(found[1])
        elif not found[0].startswith(b"from") or b" as " in found[0]:
            return True
    return any(
        re.search(rb"\b" + name + rb"(?:[\s)\\]|#[^\n]*\n)*\.(?:[\s\\]|#[^\n]*\n)*" + _METHODS + rb"\s*\(", data)
        for name in holders
    )
