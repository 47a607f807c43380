from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from errdex.catalogue.load import load_catalogue, validate_strict

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
catalogue: 1
api: {id: shop, title: Shop}
bodies: {empty: {kind: empty}}
operations:
  read: {title: Read, endpoints: ["GET /x/{id}"]}
  list: {title: List, endpoints: [GET /y]}
responses:
  200: {summary: Done., body: empty}
"""

CASES = {
    "nothing is open": ("", []),
    "an operation of which a status says nothing": (
        "  404: {summary: None., body: empty, for: {list: {}}}\n",
        ["9:3 404 is unsaid for the operation 'read'"],
    ),
    "several": ("  404: {for: {}}\n", ["9:3 404 is unsaid for the operations 'read', 'list'"]),
    "said not to happen is said": (
        "  404: {for: {read: not-applicable, list: not-applicable}}\n",
        [],
    ),
    "a response that says nothing": (
        "  404: {body: empty}\n",
        ["9:3 404 for all has no summary, no detail and no cause"],
    ),
    "a response without a body": ("  404: {summary: None.}\n", ["9:3 404 for 'read' has no body"]),
    "what nothing uses": (
        """\
causes: {slow: {says: Slow., remedies: [wait]}}
remedies: {wait: Wait.}
links: {guide: {title: Guide}}
problems: {Broken: {}}
""",
        [
            "9:10 cause 'slow' is not used",
            "10:12 remedy 'wait' is not used",
            "11:9 link 'guide' is not used",
            "12:12 problem 'Broken' is not used",
        ],
    ),
}


@pytest.mark.parametrize(("text", "problems"), CASES.values(), ids=CASES)
def test_what_is_left_open(text: str, problems: list[str], tmp_path: Path) -> None:
    path = tmp_path / "shop.yaml"
    path.write_text(HEAD + text)
    found = validate_strict(load_catalogue(str(path)))
    assert [f"{p.location.line}:{p.location.column} {p.message}" for p in found] == problems
    lines = (HEAD + text).split("\n")
    assert [p.source for p in found] == [lines[p.location.line - 1] for p in found]


def test_the_key_that_is_spoken_of_is_marked(tmp_path: Path) -> None:
    path = tmp_path / "shop.yaml"
    path.write_text(HEAD + "  404: {for: {}}\nlinks: {guide: {title: Guide}, way: {title: Way}}\n")
    found = validate_strict(load_catalogue(str(path)))
    marked = [problem.source[problem.location.column - 1 :][: problem.length] for problem in found]
    assert marked == ["404", "guide", "way"]


def test_what_is_used_by_something_that_is_used() -> None:
    text = """\
catalogue: 1
api: {id: shop, title: Shop, summary: "See [it](ref:summary)."}
links:
  summary: {title: S}
  cause: {title: C}
  remedy: {title: R}
  problem: {title: P}
  header: {title: H}
bodies: {errors: {kind: error, problems: [Broken]}}
problems: {Broken: {says: "See [it](ref:problem).", causes: [broken], remedies: [mend]}}
causes:
  slow: {says: "Slow, [see](ref:cause).", remedies: [wait]}
  broken: It broke.
remedies:
  wait: Wait, [see](ref:remedy).
  mend: Mend it.
operations:
  read: {title: Read, endpoints: [GET /x]}
responses:
  200: {summary: Done., body: errors, causes: [slow], headers: {X-Y: "See [it](ref:header)."}}
"""
    assert validate_strict(load_catalogue("shop.yaml", text)) == ()


def test_endpoints_that_a_request_cannot_tell_apart() -> None:
    text = HEAD.replace("GET /y", '"GET /x/{name}"')
    (problem,) = validate_strict(load_catalogue("shop.yaml", text))
    assert problem.message == "'GET /x/{name}' of 'list' is an endpoint of 'read' too, in line 5"


def test_operations_that_cannot_succeed() -> None:
    text = HEAD.replace("200:", "404:")
    assert [problem.message for problem in validate_strict(load_catalogue("shop.yaml", text))] == [
        "operation 'read' has no status of success",
        "operation 'list' has no status of success",
    ]


def test_a_problem_that_is_named_and_not_described() -> None:
    text = """\
catalogue: 1
api: {id: shop, title: Shop}
bodies: {errors: {kind: error, problems: [Slow, Broken]}}
problems: {Slow: It is slow.}
operations: {read: {title: Read, endpoints: [GET /x]}}
responses: {200: {summary: Done., body: errors}}
"""
    (problem,) = validate_strict(load_catalogue("shop.yaml", text))
    assert (problem.location.line, problem.message) == (3, "problem 'Broken' is named and not described")
    without = text.replace("problems: {Slow: It is slow.}\n", "")
    assert validate_strict(load_catalogue("shop.yaml", without)) == ()


def test_an_api_that_answers_nothing() -> None:
    found = validate_strict(load_catalogue("x.yaml", "catalogue: 1\napi: {id: x, title: X}\n"))
    assert [problem.message for problem in found] == ["no status is documented"]
