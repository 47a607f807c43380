"""What running shows of findings: each kind of finding once as it is so, and once as it is not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from errdex.catalogue.load import load_catalogue
from errdex.errors import UsageError
from errdex.faults import observe
from errdex.faults.entries import Surroundings, client_of, entry
from errdex.faults.prove import Call, Claim, Evidence, broken, prove
from errdex.faults.server import FaultServer
from errdex.records import NamedTuple
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Errdex

CATALOGUE = ROOT / "tests/lint/oracle/records.yaml"

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(scope="module")
def records() -> Iterator[FaultServer]:
    with FaultServer(load_catalogue(str(CATALOGUE))) as server:
        yield server


def evidence(text: str, start: str, server: FaultServer, folder: Path) -> Evidence:
    """Return the runs of a client; `BASE` is set to the server's URL."""
    (folder / "client.py").write_text(text)
    around = Surroundings({str(folder / "client.py"): text}, [str(folder)], {"client.BASE": server.url}, {})
    return Evidence("main", client_of(entry("main", f"client:{start}", {}), around), {"records": server})


class Case(NamedTuple):
    """A client, a finding, and what running shows of it."""

    rule: str
    body: str
    """The function `run()`, from line 8 on; `GET`, `POST` and `COVER` send a request."""
    line: int
    statuses: str
    outcome: str
    evidence: str
    operation: str = "get-record"


HEAD = """import time
import requests
BASE = "https://api.example.com/v1"
GET = lambda: requests.get(BASE + "/records/7")
POST = lambda: requests.post(BASE + "/records", json={})
COVER = lambda: requests.get(BASE + "/records/7/cover")
def run():
"""

CASES = [
    Case("dropped-status", "    return GET().json()", 8, "404 503", "confirmed", "with 404 it returned {"),
    Case(
        "dropped-status",
        "    r = GET()\n    if r.status_code == 503: return None\n    return r.json()",
        8,
        "404 503",
        "refuted",
        "503 is discriminated: returned None in line 9",
    ),
    Case("unchecked-response", "    GET()", 8, "404 429 503", "confirmed", "with 404 it returned None in line 4"),
    Case(
        "redirect-passes-check",
        "    r = COVER()\n    r.raise_for_status()\n    return r.text",
        8,
        "304",
        "confirmed",
        "with 304 it returned '' in line 10",
        "get-cover",
    ),
    Case(
        "collapsed-status",
        "    r = GET()\n    return r.json() if r.ok else None",
        8,
        "404",
        "confirmed",
        "with 404 it returned None in line 9",
    ),
    Case(
        "collapsed-status",
        "    r = GET()\n    r.raise_for_status()",
        8,
        "404",
        "refuted",
        "404 is delegated: raised HTTPError in line 9",
    ),
    Case(
        "broad-except",
        "    try:\n        GET().raise_for_status()\n    except Exception:\n        return None",
        10,
        "404 503",
        "confirmed",
        "with 404 the handler in line 10 is run; it returned None in line 11",
    ),
    Case(
        "broad-except",
        "    try:\n        GET()\n    except Exception:\n        return None",
        10,
        "404",
        "refuted",
        "with 404 it returned None in line 4, not so that the handler in line 10 is run",
    ),
    Case(
        "partial-handlers",
        "    try:\n        r = GET()\n        if r.status_code == 404: raise KeyError\n        r.raise_for_status()\n"
        "    except KeyError:\n        return None",
        12,
        "429 503",
        "confirmed",
        "with 429 the handler in line 12 lets it pass; it raised HTTPError in line 11",
    ),
    Case(
        "partial-handlers",
        "    try:\n        r = GET()\n        if r.status_code >= 404: raise KeyError\n        r.raise_for_status()\n"
        "    except KeyError:\n        return None",
        12,
        "429 503",
        "refuted",
        "with 429 it returned None in line 13, not so that the handler in line 12 lets it pass",
    ),
    Case(
        "empty-body-read",
        "    r = GET()\n    data = r.json()\n    if r.ok: return data",
        9,
        "429",
        "confirmed",
        "with 429 line 9 raises; it raised JSONDecodeError in line 9",
    ),
    Case(
        "empty-body-read",
        "    r = GET()\n    data = r.json() if r.content else None\n    if r.ok: return data",
        9,
        "429",
        "refuted",
        "with 429 it returned None in line 10, not so that line 9 raises",
    ),
    Case(
        "assert-as-check",
        "    r = GET()\n    assert r.ok\n    return r.json()",
        9,
        "404",
        "confirmed",
        "with 404 the assertion in line 9 fails",
    ),
    Case(
        "unreachable-branch",
        "    r = GET()\n    r.raise_for_status()\n    if r.status_code == 404: return None",
        10,
        "404",
        "confirmed",
        "with 404 line 10 is not run; it raised HTTPError in line 9",
    ),
    Case(
        "unreachable-branch",
        "    r = GET()\n    if r.status_code == 404: return None",
        9,
        "404",
        "refuted",
        "with 404 it returned None in line 9, not so that line 9 is not run",
    ),
    Case(
        "shadowed-handler",
        "    try:\n        GET().raise_for_status()\n    except OSError:\n        return 1\n"
        "    except requests.HTTPError:\n        return 2",
        12,
        "",
        "confirmed",
        "with 200 line 12 is not run",
    ),
    Case(
        "shadowed-handler",
        "    try:\n        GET().raise_for_status()\n    except KeyError:\n        return 1\n"
        "    except requests.HTTPError:\n        return 2",
        12,
        "",
        "refuted",
        "with 404 it returned 2 in line 13, not so that line 12 is not run",
    ),
    Case(
        "constant-condition",
        "    r = GET()\n    if r.status_code == 200 or 201:\n        return r.json()\n    return None",
        9,
        "",
        "confirmed",
        "whatever is answered, line 10 comes after it",
    ),
    Case(
        "constant-condition",
        "    r = GET()\n    if r.status_code == 200:\n        return r.json()\n    return None",
        9,
        "",
        "refuted",
        "lines 10, 11 come after it",
    ),
    Case(
        "undocumented-status",
        "    r = GET()\n    if r.status_code == 418: return None\n    r.raise_for_status()",
        9,
        "418",
        "confirmed",
        "with 418 it returned None in line 9, with 424 it raised HTTPError in line 10",
    ),
    Case(
        "undocumented-status",
        "    r = GET()\n    if r.status_code == '418': return None\n    r.raise_for_status()",
        9,
        "418",
        "refuted",
        "418 is treated as 424 is: it raised HTTPError in line 10",
    ),
    Case(
        "retry-not-retryable",
        "    for _ in range(3):\n        r = GET()\n        if r.ok: break",
        9,
        "404",
        "confirmed",
        "with 404 the request is sent again; it returned None in line 8 after 3 requests",
    ),
    Case("retry-not-retryable", "    return GET()", 8, "404", "refuted", "with 404 it returned Response(<status>)"),
    Case(
        "retry-after-ignored",
        "    for _ in range(3):\n        r = GET()\n        if r.ok: break\n        time.sleep(1)",
        9,
        "429",
        "confirmed",
        "told to wait 7310 seconds, it returned None in line 8 after 3 requests and slept for (1.0, 1.0, 1.0)",
    ),
    Case(
        "retry-after-ignored",
        "    for _ in range(3):\n        r = GET()\n        if r.ok: break\n"
        "        time.sleep(int(r.headers['Retry-After']))",
        9,
        "429",
        "refuted",
        "with 429 it returned None in line 8 after 3 requests, and slept for (7310.0, 7310.0, 7310.0)",
    ),
    Case(
        "unknown-operation",
        "    requests.get(BASE + '/recrods/7')",
        8,
        "",
        "confirmed",
        "GET /v1/recrods/7 is answered with 404",
        "",
    ),
    Case(
        "wrong-method",
        "    requests.put(BASE + '/records/7')",
        8,
        "",
        "confirmed",
        "PUT /v1/records/7 is answered with 405",
    ),
    Case(
        "wrong-method",
        "    requests.get(BASE + '/records/7')",
        8,
        "",
        "refuted",
        "every request is one of an operation",
    ),
    Case("deprecated-operation", "    return GET().json()", 8, "", "confirmed", "it asks for get-record"),
    Case("dropped-status", "    return None", 8, "404", "untested", "no entry gets there"),
    Case("unread-file", "    return GET().json()", 8, "", "untested", "nothing that a run could show"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule} {case.outcome} {case.body.strip()[-20:]}")
def test_a_finding_is_shown_to_be_so_or_not(case: Case, records: FaultServer, tmp_path: Path) -> None:
    runs = evidence(f"{HEAD}{case.body}\n", "run()", records, tmp_path)
    path = str(tmp_path / "client.py")
    claim = Claim(case.rule, path, case.line, case.line, "records", case.operation, tuple(case.statuses.split()))
    _, (proof,) = prove([], [claim], [runs])
    assert proof.outcome == case.outcome
    assert proof.evidence.startswith(case.evidence)


def test_a_call_is_judged_by_the_entry_that_covers_it(records: FaultServer, tmp_path: Path) -> None:
    body = "    return POST().json()\ndef other():\n    r = GET()\n    r.raise_for_status()\n"
    runs = evidence(HEAD + body, "other()", records, tmp_path)
    path = str(tmp_path / "client.py")
    covered = Call(path, 10, 10, "records", "get-record", (("404", "delegated"),))
    uncovered = Call(path, 8, 8, "records", "create-record", (("409", "dropped"),))
    (first, second), _ = prove([covered, uncovered], [], [runs])
    assert {one.status: one.verdicts for one in first.judgements} == {
        "404": ("delegated",),
        "429": ("delegated",),
        "503": ("delegated",),
    }
    assert (first.entry, second.entry, second.judgements) == ("main", "", ())


def test_a_coroutine_is_awaited(records: FaultServer, tmp_path: Path) -> None:
    text = "import httpx\nBASE = ''\nasync def run():\n    async with httpx.AsyncClient() as client:\n"
    text += "        return (await client.get(BASE + '/records/7')).json()\n"
    runs = evidence(text, "run()", records, tmp_path)
    assert runs.usual.value == "{'id': 7310, 'name': 'harbour plan', 'state': 'open'}"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (
            "    return missing",
            "raised NameError(\"name 'missing' is not defined\") in line 8 although every answer is",
        ),
        ("    while True: pass", "does not end"),
    ],
)
def test_an_entry_that_fails_by_itself_is_said(
    body: str, why: str, records: FaultServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(observe, "PATIENCE", 1.0)
    runs = evidence(f"{HEAD}{body}\n", "run()", records, tmp_path)
    ((name, said),) = broken([runs])
    assert name == "main"
    assert said.startswith(why)


@pytest.mark.parametrize("text", ["client", "client:", ":run()", "client run:run()"])
def test_an_entry_needs_a_module_and_an_expression(text: str) -> None:
    with pytest.raises(UsageError, match="prove entry 'x' is not module:expression"):
        entry("x", text, {})


def test_every_finding_of_the_example_is_confirmed(errdex: Errdex) -> None:
    ran = errdex("prove", "--format", "json")
    assert ran.code == 1, ran.err
    shown = json.loads(ran.out)
    assert shown["failed"] == []
    assert {finding["outcome"] for finding in shown["findings"]} == {"confirmed"}
    assert len(shown["findings"]) >= 5
    for call in shown["calls"]:
        assert call["entry"]
        for status in call["statuses"]:
            assert status["linter"] in status["run"], (call["line"], status)


CLIENT = """import os

import requests

API = os.environ["RECORDS_URL"]


def fetch(record_id):
    response = requests.get(f"{API}/records/{record_id}")
    return response.json()


def remove(record_id):
    return requests.delete(f"{API}/records/{record_id}").status_code


def crash():
    raise LookupError
"""

CONFIG = """[tool.errdex]
catalogues = ["records.yaml"]

[tool.errdex.servers]
records = ["/"]

[tool.errdex.prove.environment]
RECORDS_URL = "{records}"

[tool.errdex.prove.entries]
fetch = "client:fetch(7)"
crash = "client:crash()"
"""

TABLE = """entry crash raised LookupError in line 18 although every answer is a success
client.py:9: get-record, run by fetch
  status  linter         run            what happened
  404     dropped        dropped        returned {'error': {'kind': 'Refused', 'message': 'not this time'}} in line 10
  429     dropped        dropped        raised JSONDecodeError in line 10
  503     dropped        dropped        returned {'error': {'kind': 'Refused', 'message': 'not this time'}} in line 10
client.py:14: delete-record: no entry gets there
confirmed: client.py:9: unchecked-response 404, 429, 503: with 404 it \
returned {'error': {'kind': 'Refused', 'message': 'not this time'}} in line 10
1 finding: 1 confirmed, 0 refuted, 0 untested; 3 of 3 verdicts as when run
"""


def project(folder: Path, config: str = CONFIG) -> Path:
    (folder / "client.py").write_text(CLIENT)
    (folder / "records.yaml").write_text(CATALOGUE.read_text())
    (folder / "pyproject.toml").write_text(config)
    return folder


def test_the_table(tmp_path: Path, errdex: Errdex) -> None:
    ran = errdex("prove", "client.py", cwd=project(tmp_path))
    assert (ran.err, ran.code) == ("", 1)
    assert ran.out == TABLE


def test_exit_zero(tmp_path: Path, errdex: Errdex) -> None:
    assert errdex("prove", "client.py", "--exit-zero", cwd=project(tmp_path)).code == 0


@pytest.mark.parametrize(
    ("config", "says"),
    [
        ('[tool.errdex]\ncatalogues = ["records.yaml"]\n', "nothing is named to run: set 'entries' under"),
        (CONFIG.replace("client:fetch(7)", "fetch(7)"), "prove entry 'fetch' is not module:expression"),
        (
            f'{CONFIG}[tool.errdex.prove.base-urls]\nrecord = ["client.API"]\n',
            "[tool.errdex.prove.base-urls] names 'record', no API of these; did you mean 'records'?",
        ),
        (CONFIG.replace("fetch = ", "fetch = 1 # "), "'entries' must be a table of strings"),
    ],
)
def test_what_cannot_be_run_is_said(config: str, says: str, tmp_path: Path, errdex: Errdex) -> None:
    ran = errdex("prove", "client.py", cwd=project(tmp_path, config))
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err
