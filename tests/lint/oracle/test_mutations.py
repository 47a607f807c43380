"""A small change of a snippet changes what is observed: the oracle sees what it is there to see."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from errdex.catalogue.load import load_catalogue
from errdex.faults.server import FaultServer
from tests.lint.oracle.harness import judgements, snippets

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HERE = os.path.dirname(__file__)

# (page, snippet, text, changed text, verdicts after the change)
MUTATIONS = [
    (
        "comparisons",
        "Equal to a literal, else the exception of the library",
        "== 404",
        "== 410",
        "404 429 503 delegated",
    ),
    (
        "comparisons",
        "Equal to a literal, else the exception of the library",
        "== 404",
        ">= 404",
        "404 429 503 collapsed",
    ),
    (
        "comparisons",
        "Equal to a literal, else the exception of the library",
        "response.raise_for_status()",
        "response.raise_for_status",
        "404 discriminated 429 503 dropped",
    ),
    ("comparisons", "Not equal to the success", "!= 201", "== 201", "400 409 413 503 collapsed"),
    ("comparisons", "In a tuple", "(204, 404)", "(204,)", "404 409 delegated"),
    ("comparisons", "In a list, else a fallback", "[200, 201]", "[200, 503]", "404 429 collapsed 503 discriminated"),
    ("comparisons", "A range, chained", "< 300", "< 500", "404 429 dropped 503 collapsed"),
    ("comparisons", "Members of HTTPStatus", "CONFLICT", "GONE", "400 409 503 delegated 413 discriminated"),
    ("flags", "The ok of requests", "not r.ok", "r is None", "404 429 503 dropped"),
    ("flags", "A response of requests is true when it is ok", "not r:", "r is None:", "404 429 503 dropped"),
    ("flags", "A caller tests the returned boolean", "if not remove", "if remove", "404 409 collapsed"),
    (
        "branches",
        "A branch that only reports is an end of its own",
        "r.status_code == 201",
        "r is not None",
        "400 409 413 503 dropped",
    ),
    (
        "branches",
        "match with an open end that raises",
        "case other:",
        "case 999 as other:",
        "400 409 413 discriminated 503 collapsed",
    ),
    ("raising", "A hook of a session of requests", "session.hooks", "{'response': []}", "404 429 503 dropped"),
    (
        "raising",
        "raise_for_status of httpx refuses what is no success",
        "httpx",
        "requests",
        "302 delegated 304 dropped 404 delegated",
    ),
    (
        "handlers",
        "One status inside the handler, the rest raised again",
        "        raise\n",
        "        return {}\n",
        "404 discriminated 429 503 collapsed",
    ),
    ("handlers", "Nobody learns of the failure", "        pass", "        print('failed')", "404 409 collapsed"),
    (
        "handlers",
        "A finally that swallows the exception",
        "        return record",
        "        print(record)",
        "404 429 503 delegated",
    ),
    ("helpers", "A table of exceptions", "409: Conflict, ", "", "413 discriminated 400 409 503 delegated"),
    (
        "helpers",
        "Own exceptions, caught by the caller one by one",
        "except Busy",
        "except ApiError",
        "404 503 discriminated 429 collapsed",
    ),
    (
        "loops",
        "Try again, then take what came last",
        "return response.json()",
        "return response.ok",
        "404 429 503 collapsed",
    ),
    (
        "policies",
        "Retry does not try a POST again",
        "total=2",
        "total=2, allowed_methods=['POST']",
        "503 discriminated 400 409 413 dropped",
    ),
    ("policies", "tenacity gives a fallback in the end", "lambda state: None", "None", "404 429 503 delegated"),
]


@pytest.fixture(scope="module")
def server() -> Iterator[FaultServer]:
    with FaultServer(load_catalogue(os.path.join(HERE, "records.yaml"))) as running:
        yield running


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: f"{mutation[1]}: {mutation[3]}")
def test_a_change_is_seen(mutation: tuple[str, str, str, str, str], server: FaultServer, tmp_path: Path) -> None:
    page, name, text, changed, verdicts = mutation
    with open(os.path.join(HERE, f"{page}.md"), encoding="utf-8") as file:
        snippet = next(snippet for snippet in snippets(file.read()) if snippet.name == name)
    (path, source), expected = snippet.files[-1], snippet.expected[0]
    assert text in source
    mutant = snippet._replace(files=(*snippet.files[:-1], (path, source.replace(text, changed))))
    observed = judgements(mutant, expected.operation, server, tmp_path)
    assert {judgement.status: judgement.verdicts[0] for judgement in observed} == _verdicts(verdicts)
    assert {judgement.status: judgement.verdicts[0] for judgement in observed} != dict(expected.verdicts)


def _verdicts(words: str) -> dict[str, str]:
    """Read `404 discriminated 429 503 dropped`."""
    found: dict[str, str] = {}
    waiting: list[str] = []
    for word in words.split():
        if word.isdecimal():
            waiting.append(word)
        else:
            found |= dict.fromkeys(waiting, word)
            waiting = []
    return found
