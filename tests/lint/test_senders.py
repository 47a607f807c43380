"""A file in which a request is counted is one that could send it by itself, however it names its library."""

from __future__ import annotations

import pytest

import errdex.lint.interpreter  # noqa: F401  # libraries and interpreter know each other: this one goes first
from errdex.lint.libraries.clients import CLIENTS, FUNCTIONS
from errdex.lint.libraries.names import _ALIASES
from errdex.lint.listing import listed
from errdex.lint.prefilter import Pieces, scan
from errdex.lint.project import Project, SourceModule
from errdex.lint.senders import names_a_client

NAMES = sorted({
    *CLIENTS, *FUNCTIONS, *(name for name, alias in _ALIASES.items() if alias in CLIENTS),
    "urllib.request.urlopen", "six.moves.urllib.request.urlopen", "ansible.module_utils.urls.open_url",
    "ansible.module_utils.urls.fetch_url", "niquests.get", "niquests.Session", "httpx2.Client", "httpx2.post",
    "requests.sessions.Session", "requests.api.put", "aiohttp.client.ClientSession", "urllib3.poolmanager.PoolManager",
})  # fmt: skip
#: How a name is brought in, and how it is called afterwards.
IMPORTS = [
    ("import {package}", "{package}.{name}"),
    ("import {package} as p", "p.{name}"),
    ("from {package} import {name}", "{name}"),
    ("from {package} import {name} as n", "n"),
    ("from {package} import (\n    A,  # why\n    {name},\n)", "{name}"),
    ("from {package} import A, \\\n    {name} as n", "n"),
]
USES = [
    "{called}('get', path)",
    "{called}().get(path)",
    "client = {called}()\nclient.post(path)",
    "client = await {called}(\n    x=1,\n)\nclient.urlopen('GET', path)",
    "with {called}() as client:\n    client.open(path)",
    "async def f(client: {called}):\n    await client.get(path)",
    "async def f(x: int, client: {called} | None = None, y=1):\n    await (client\n        # so\n        .get(path))",
    "class A:\n    client: {called}\n    def f(self):\n        self.client.put(path)",
    "class A({called}):\n    def f(self):\n        self.request('GET', path)",
    "def f() -> {called}: ...",
]


def counted(text: str) -> int:
    module = Project(()).load("a.py", text)
    assert isinstance(module, SourceModule), text
    return len(list(listed(module)))


@pytest.mark.parametrize("dotted", NAMES)
def test_what_is_counted_is_looked_at(dotted: str) -> None:
    package, _, name = dotted.rpartition(".")
    some = 0
    for imported, called in IMPORTS:
        for use in USES:
            text = "path = f()\n" + f"{imported}\n{use}".format(
                package=package, name=name, called=called.format(package=package, name=name)
            )
            found = counted(text)
            some += found
            made = scan(text.encode(), Pieces(frozenset(), anything=False))
            assert made.imports or not found, text
    assert some, "nothing is counted in any form: the test says nothing"


@pytest.mark.parametrize(
    "text",
    [
        "import requests\n\ntry:\n    f()\nexcept requests.RequestException as error:\n    raise A from error\n",
        "from aiohttp import ClientError, ClientSession\n\ndef f(session: ClientSession):\n    return A(session)\n",
        "import aiohttp\n\ndata = {}\ndata.get('x')\n\nclass A:\n    session: aiohttp.ClientSession | None\n",
        "import requests\n\nDOC = 'a client'\nx: requests.Response\n",
        "from httpx import HTTPError\nfrom elsewhere import Client\n\nclient = Client()\nclient.get(1)\n",
        "from urllib.parse import quote\n",
    ],
)
def test_what_only_knows_the_words_is_not(text: str) -> None:
    assert counted(text) == 0
    assert not scan(text.encode(), Pieces(frozenset(), anything=False)).imports


@pytest.mark.parametrize("use", USES[1:-1])
def test_a_request_by_a_client_is_counted(use: str) -> None:
    called = use.format(called="httpx.Client")
    assert counted(f"import httpx\n\npath = f()\n{called}") == 1
    assert counted(f"import elsewhere as httpx\n\npath = f()\n{called}") == 0


@pytest.mark.parametrize(
    "text",
    [
        "# Lists pull requests of a repository.",
        '"""Two requests\tper second."""',
        "def f(exclude_pull_requests): return exclude_pull_requests",
        "# https://docs.example.com/rest/repos#list-pull-requests-of-a-commit",
        'URL = "/repos/requests/x"',
    ],
)
def test_requests_that_are_no_library(text: str) -> None:
    assert not names_a_client(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "import requests", "import os,requests", "from requests import get", "import niquests as http", "f(requests)",
        "from pip._vendor import requests", "pip._vendor.requests.get", "import requests_toolbelt",
        "__import__('requests')", "from compat import *\nx = requests", "return requests", "x = y or requests",
        "requests if x else y",
        "(\nrequests\n)", "for x in requests : pass", "lambda: requests", "[requests,session]", "case requests:",
        "# requests",
        "é requests", "some requests here, and requests.get", "x=requests;y=1", "await requests", "f'{requests}'",
    ],
)  # fmt: skip
def test_what_may_be_the_library(text: str) -> None:
    assert names_a_client(text.encode())
