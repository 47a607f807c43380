"""The subcommands that take a catalogue, by the real command."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.catalogue.broken import broken_catalogues
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.catalogue.broken import Broken
    from tests.conftest import Errdex, Ran

NETWRIX = ROOT / "codes/netwrix-auditor.yaml"
BROKEN = broken_catalogues()


def by_file(ran: Ran) -> dict[str, list[str]]:
    """Return the heads of the problems by the name of the file that they are in."""
    found: dict[str, list[str]] = {}
    for line in ran.err.splitlines():
        name, _, rest = line.partition(".yaml:")
        if rest:
            found.setdefault(f"{name}.yaml", []).append(rest.strip())
    return found


def test_broken_catalogues_are_refused_at_the_right_place(errdex: Errdex, tmp_path: Path) -> None:
    for number, case in enumerate(BROKEN):
        (tmp_path / f"{number}.yaml").write_text(case.text, encoding="utf-8")
    ran = errdex("validate", *(f"{number}.yaml" for number in range(len(BROKEN))), cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert "Traceback" not in ran.err
    told = by_file(ran)
    assert len(BROKEN) >= 40
    for number, case in enumerate(BROKEN):
        places = [told_at.split(": ")[0] for told_at in told[f"{number}.yaml"]]
        assert places == [_place(problem) for problem in case.problems], case.name


def _place(problem: str) -> str:
    """Return how the command shows the place of `line:column message`; nothing for a fault of the whole file."""
    place, _, message = problem.partition(" ")
    return place if place != "0:0" else message.split(": ")[0]


@pytest.mark.parametrize("case", BROKEN[:: max(len(BROKEN) // 5, 1)], ids=lambda case: case.name)
@pytest.mark.parametrize(
    "words", ["export --to json", "pages -o out", "module -o out.py", "explain 404 --catalogue", "check --catalogue"]
)
def test_no_command_takes_a_broken_catalogue(errdex: Errdex, tmp_path: Path, words: str, case: Broken) -> None:
    (tmp_path / "broken.yaml").write_text(case.text, encoding="utf-8")
    ran = errdex(*words.split(), "broken.yaml", cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("broken.yaml:")
    assert [path.name for path in tmp_path.iterdir()] == ["broken.yaml"]


def test_strict_reports_what_is_unsaid(errdex: Errdex, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "catalogue: 1\napi: {id: x, title: X}\noperations:\n  a: {title: A, endpoints: [GET /a]}\n"
        "  b: {title: B, endpoints: [GET /b]}\nresponses:\n  200: {reason: OK, for: {a: {summary: Done.}}}\n"
    )
    assert errdex("validate", "a.yaml", cwd=tmp_path).code == 0
    ran = errdex("validate", "--strict", "a.yaml", cwd=tmp_path)
    assert ran.code == 1
    assert "a.yaml:7:" in ran.err
    assert "'b'" in ran.err


def test_json_has_a_row_for_each_status_and_operation(errdex: Errdex) -> None:
    ran = errdex("export", NETWRIX, "--to", "json")
    assert (ran.code, ran.err) == (0, "")
    exported = json.loads(ran.out)
    rows = {(row["status"], row["operation"]): row for row in exported["responses"]}
    operations = [operation["id"] for operation in exported["operations"]]
    statuses = ["200", "400", "401", "404", "405", "413", "500", "503"]
    assert list(rows) == [(status, operation) for status in statuses for operation in operations]
    assert {rows["503", operation]["state"] for operation in operations if operation != "write-activity-records"} == {
        "not-applicable"
    }
    empty = [rows[status, operation] for status in ("401", "404", "405", "413") for operation in operations]
    assert {row["body"]["kind"] for row in empty} == {"empty"}


@pytest.mark.parametrize("form", ["json", "markdown"])
def test_export_to_a_file_gives_the_same(errdex: Errdex, tmp_path: Path, form: str) -> None:
    shown = errdex("export", NETWRIX, "--to", form)
    ran = errdex("export", NETWRIX, "--to", form, "-o", tmp_path / "deep/out")
    assert (ran.code, ran.out) == (0, "")
    assert (tmp_path / "deep/out").read_text(encoding="utf-8") == shown.out


@pytest.mark.parametrize(
    ("command", "target"), [("pages", "out/reference"), ("module", "out/errors.py"), ("module", "out")]
)
def test_written_then_fresh_then_stale(errdex: Errdex, tmp_path: Path, command: str, target: str) -> None:
    ran = errdex(command, NETWRIX, "-o", target, "--check", cwd=tmp_path)
    assert ran.code == 1
    assert ": missing\n" in ran.out
    assert list(tmp_path.iterdir()) == []
    ran = errdex(command, NETWRIX, "-o", target, cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"{command:<9} {target}")
    times = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert errdex(command, NETWRIX, "-o", target, "--check", cwd=tmp_path) == (0, "", "")
    assert errdex(command, NETWRIX, "-o", target, cwd=tmp_path).out.endswith(" (unchanged)\n")
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == times
    text = NETWRIX.read_text(encoding="utf-8").replace("The licence of Netwrix Auditor has expired.", "It expired.")
    (tmp_path / "changed.yaml").write_text(text, encoding="utf-8")
    ran = errdex(command, "changed.yaml", "-o", target, "--check", cwd=tmp_path)
    assert ran.code == 1
    assert ": out of date\n" in ran.out


def test_same_bytes_from_any_folder_and_hash_seed(errdex: Errdex, tmp_path: Path) -> None:
    outputs = []
    for seed in ("0", "1"):
        folder = tmp_path / seed
        (folder / "codes").mkdir(parents=True)
        (folder / "codes/netwrix-auditor.yaml").write_bytes(NETWRIX.read_bytes())
        for words in (
            ["pages", "-o", "pages"],
            ["module", "-o", "errors.py"],
            ["export", "--to", "json", "-o", "x.json"],
        ):
            command, *rest = words
            ran = errdex(command, "codes/netwrix-auditor.yaml", *rest, cwd=folder, env={"PYTHONHASHSEED": seed})
            assert ran.code == 0
        outputs.append(
            {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        )
    assert outputs[0] == outputs[1]


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("503", ["503 Service Unavailable", "write-activity-records", "does not happen"]),
        ("503 write-activity-records", ["503 Service Unavailable", "archive service", "said in"]),
        ("write-activity-records", ["POST /activity_records/", "413", "503"]),
        ("XMLError", ["XMLError: ", "400 of search-activity-records"]),
        ("xmlerror", ["XMLError: "]),
        ("/activity_records/search 405", ["405 Method Not Allowed", "search-activity-records"]),
        ("POST /activity_records/enum", ["retrieve-activity-records: "]),
        ("404 401", ["404 Not Found", "401 Unauthorized"]),
    ],
)
def test_explain(errdex: Errdex, words: str, parts: list[str]) -> None:
    ran = errdex("explain", *words.split(), "--catalogue", NETWRIX)
    assert (ran.code, ran.err) == (0, "")
    for part in parts:
        assert part.casefold() in ran.out.casefold()


def test_explain_both_tells_of_that_operation_only(errdex: Errdex) -> None:
    ran = errdex("explain", "500", "search-activity-records", "--catalogue", NETWRIX)
    assert "search-activity-records" in ran.out
    assert "write-activity-records" not in ran.out


def test_explain_a_code_by_its_range(errdex: Errdex, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "catalogue: 1\napi: {id: x, title: X}\noperations: {a: {title: A, endpoints: [GET /a]}}\n"
        "responses: {4XX: {summary: Your fault.}, default: {summary: Who knows.}}\n"
    )
    for code, summary in ("418", "Your fault."), ("4xx", "Your fault."), ("500", "Who knows."):
        assert summary in errdex("explain", code, "--catalogue", "a.yaml", cwd=tmp_path).out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["write-activity-record"], "says nothing of 'write-activity-record'; did you mean 'write-activity-records'?"),
        (["503", "nonsense"], "says nothing of 'nonsense'"),
    ],
)
def test_explain_what_nobody_knows(errdex: Errdex, words: list[str], message: str) -> None:
    ran = errdex("explain", *words, "--catalogue", NETWRIX)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


def test_explain_as_json(errdex: Errdex) -> None:
    ran = errdex("explain", "503", "write-activity-records", "--catalogue", NETWRIX, "--format", "json")
    told = json.loads(ran.out)
    assert [(row["status"], row["operation"], row["retryable"]) for row in told["responses"]] == [
        ("503", "write-activity-records", True)
    ]
    assert [row["id"] for row in told["operations"]] == ["write-activity-records"]
    assert told["rules"] == []


def test_prose_cannot_command_the_terminal(errdex: Errdex, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "catalogue: 1\napi: {id: x, title: X}\noperations: {a: {title: A, endpoints: [GET /a]}}\n"
        'responses: {404: {summary: "Gone.\\u202e \\U0001F600"}}\n'
    )
    ran = errdex("explain", "404", "--catalogue", "a.yaml", cwd=tmp_path)
    assert "\u202e" not in ran.out + ran.err


@pytest.mark.parametrize("form", ["text", "json", "markdown", "github"])
def test_diff(errdex: Errdex, tmp_path: Path, form: str) -> None:
    text = NETWRIX.read_text(encoding="utf-8")
    (tmp_path / "old.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "new.yaml").write_text(
        text.replace("/activity_records/search]", "/activity_records/find]"), encoding="utf-8"
    )
    ran = errdex("diff", "old.yaml", "old.yaml", "--format", form, cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert "/activity_records/find" not in ran.out
    ran = errdex("diff", "old.yaml", "new.yaml", "--format", form, cwd=tmp_path)
    assert (ran.code, ran.err) == (1, "")
    plain = ran.out.replace("\\", "")
    assert "POST /activity_records/find" in plain
    assert "POST /activity_records/search" in plain


def test_import_then_import_again(errdex: Errdex, tmp_path: Path) -> None:
    source, catalogue = tmp_path / "openapi.yaml", tmp_path / "codes/shop.yaml"
    source.write_text(
        "openapi: 3.1.0\ninfo: {title: Shop, version: '1'}\npaths:\n  /items:\n    get:\n      operationId: listItems\n"
        "      responses:\n        '200': {description: The items.}\n        '404': {description: There are none.}\n"
    )
    ran = errdex("import", "openapi.yaml", "-o", "codes/shop.yaml", cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == ["catalogue codes/shop.yaml", "imported  codes/shop.yaml.imported"]
    assert errdex("validate", "codes/shop.yaml", cwd=tmp_path).code == 0
    ran = errdex("import", "openapi.yaml", "-o", "codes/shop.yaml", cwd=tmp_path)
    assert ran.code == 0
    assert ran.out.splitlines() == [
        "catalogue codes/shop.yaml (unchanged)",
        "imported  codes/shop.yaml.imported (unchanged)",
    ]

    catalogue.write_text(catalogue.read_text().replace("There are none.", "The shop is empty."))
    source.write_text(source.read_text().replace("The items.", "All items."))
    ran = errdex("import", "openapi.yaml", "-o", "codes/shop.yaml", cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert "The shop is empty." in catalogue.read_text()
    assert "All items." in catalogue.read_text()

    source.write_text(source.read_text().replace("There are none.", "Nothing is left."))
    ran = errdex("import", "openapi.yaml", "-o", "codes/shop.yaml", cwd=tmp_path)
    assert ran.code == 1
    assert "codes/shop.yaml:" in ran.err
    assert "The shop is empty." in catalogue.read_text()
    assert "Nothing is left." in catalogue.read_text()
    assert errdex("validate", "codes/shop.yaml", cwd=tmp_path).code == 0
