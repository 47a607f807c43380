"""Generated modules on every Python from 3.9 on that this machine has."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from errdex.pymodule.render import render_module
from tests.pymodule import catalogues
from tests.pymodule.importing import write
from tests.pymodule.interpreters import INTERPRETERS

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = """
import copy, importlib, pickle, sys
sys.path.insert(0, ".")

class Response:
    def __init__(self, status, headers, content):
        self.status, self.headers, self.content = status, headers, content

bodies = (
    None, b"", b"{}", b'{"type": "quota"}', b'{"error": {"code": "quota"}}', b"\\xff\\xfe\\x00",
    b'{"ErrorList": [{"Category": "XMLError"}]}', "\\x85".encode("utf-16"),
    b'<ErrorList xmlns="http://schemas.netwrix.com/api/v1/"><Error><Category>XMLError</Category></Error></ErrorList>',
)

def check(module):
    assert not [name for name in module.__all__ if getattr(module, name) is None]
    if hasattr(module, "NetwrixAuditorError"):
        for body in (bodies[6], bodies[8]):
            assert module.from_response("unknown", Response(404, {}, body)).problem == module.Problem.XML_ERROR
    for body in (b"[" * 60000, b"<a>" * 20000, b'{"error": {"code": ' + b"9" * 6000 + b"}}"):
        assert module.from_response("unknown", Response(404, {}, body)).status == 404
    base = next(value for value in map(module.__dict__.get, dir(module)) if isinstance(value, type)
                and issubclass(value, Exception) and value.__mro__[1] is Exception)
    for operation in ("buy", "search-activity-records", "thing-7", "unknown"):
        for status in (100, 200, 204, 302, 304, 400, 404, 409, 418, 429, 500, 501, 503, 599, 600, 999):
            for body in bodies:
                headers = {"Retry-After": "Fri, 31 Dec 1999 23:59:59 GMT", "Date": "Fri, 31 Dec 1999 23:59:29 GMT"}
                error = module.from_response(operation, Response(status, headers, body))
                if status < 300:
                    assert error is None
                    continue
                assert isinstance(error, base) and error.status == status and error.operation == operation
                assert error.retry_after == 30.0
            for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
                if status >= 300:
                    again = pickle.loads(pickle.dumps(error, protocol))
                    assert type(again) is type(error) and vars(again) == vars(error) and again.args == error.args
            if status >= 300:
                again = copy.deepcopy(error)
                assert type(again) is type(error) and vars(again) == vars(error) and again.args == error.args
                try:
                    module.raise_for_status(operation, Response(status, {}, None))
                except base as caught:
                    assert type(caught) is type(error)
                else:
                    raise AssertionError(status)

for name in NAMES:
    check(importlib.import_module(name))
print(*sys.version_info[:2], sep=".")
"""


@pytest.mark.parametrize("python", INTERPRETERS)
def test_modules_work(python: str, tmp_path: Path) -> None:
    made = (catalogues.netwrix(), catalogues.odd(), catalogues.large())
    script = SCRIPT.replace("NAMES", repr([write(render_module(catalogue), tmp_path) for catalogue in made]))
    run = subprocess.run([*INTERPRETERS[python], script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (run.stderr, run.stdout.strip()) == ("", python[:4].replace(".0", "."))
