"""What the linter says of a program against what running it shows."""

from __future__ import annotations

import os
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from errdex.catalogue.load import load_catalogue
from errdex.faults.plan import Asked
from errdex.faults.trials import attempt
from errdex.lint.run import Settings, check
from errdex.records import NamedTuple
from tests.lint.oracle.harness import Snippet, judgements, prepared
from tests.lint.oracle.witness import astray
from tests.lint.programs.files import files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from errdex.faults.judge import Judgement
    from errdex.faults.observe import Behaviour, Client
    from errdex.faults.server import FaultServer
    from errdex.lint.report import Report

CATALOGUE = load_catalogue(os.path.join(os.path.dirname(__file__), "records.yaml"))
OPERATION = "get-record"

#: Exceptions of code that is broken by itself.
_BLUNDERS = frozenset({"NameError", "UnboundLocalError", "TypeError", "AttributeError"})
_DECODING = frozenset({"JSONDecodeError", "ContentTypeError"})


class Disagreement(NamedTuple):
    """One status of one program."""

    status: str
    said: str
    """The linter's verdict, empty when it does not see the call; or what is wrong with a witness."""
    seen: tuple[str, ...]
    """What running it allows."""
    reason: str
    """Why, in the words of the oracle."""


class Comparison(NamedTuple):
    """What came of comparing the two for one program."""

    statuses: int
    """How many could be compared; 0 when no run can judge the program."""
    witnesses: int
    """How many findings had their way compared with the one that was run."""
    disagreements: tuple[Disagreement, ...]


def compared(text: str, server: FaultServer, *, linted: str = "") -> Comparison:
    """Lint a program, run it for each documented status, and compare.

    Another text may be linted in its place, to see that this is found out.
    """
    entry = next(line for line in text.splitlines() if line.startswith("# run: ")).removeprefix("# run: ")
    snippet = Snippet("", tuple(files(text)), entry, ())
    # A new folder for each: Python takes a file of the same size in the same second for the same.
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        # Sessions that nobody closes, and a `return` in a `finally`.
        warnings.simplefilter("ignore")
        read, ran = Path(folder, "linted"), Path(folder, "ran")
        read.mkdir()
        for name, part in files(linted or text):
            (read / name).write_text(part)
        report = check(Settings(paths=(str(read),), catalogues=(CATALOGUE,)))
        client = prepared(snippet, server, ran)
        success = attempt(client, server, OPERATION, Asked("200")).behaviour
        if not _sensible(success):
            return Comparison(0, 0, ())
        observed = judgements(snippet, OPERATION, server, ran)
        if any(one.trial is not None and _passed(one.trial.behaviour, _BLUNDERS) for one in observed):
            return Comparison(0, 0, ())
        told = [one for one in observed if one.verdicts and not _is_about_the_body(one)]
        ways = list(_ways(report, told, read, client))
        wrong = (*_verdicts(report, told), *(way for way in ways if way.said))
        return Comparison(len(told), len(ways), wrong)


def _verdicts(report: Report, told: Iterable[Judgement]) -> Iterator[Disagreement]:
    said = {status: verdict for call in report.calls for status, verdict in call.verdicts}
    for one in told:
        verdict = said.get(one.status, "")
        if verdict not in one.verdicts:
            yield Disagreement(one.status, verdict, one.verdicts, one.reason)


def _ways(report: Report, told: Iterable[Judgement], linted: Path, client: Client) -> Iterator[Disagreement]:
    """Yield each witness of which the run is known, with what is wrong with it."""
    runs = {one.status: one.trial.behaviour.way for one in told if one.trial is not None}
    for finding in report.findings:
        status = finding.statuses[0] if finding.statuses else ""
        if finding.witness and status in runs:
            said = astray(finding, linted, client, runs[status])
            yield Disagreement(status, said, (), f"the witness of {finding.rule}")


def _sensible(success: Behaviour) -> bool:
    """Say whether a success ends in something that can be seen."""
    return success.ending == "returned" and (success.value != "None" or bool(success.effects))


def _passed(behaviour: Behaviour, kinds: frozenset[str]) -> bool:
    return any(passed.kind in kinds for passed in behaviour.passed)


def _is_about_the_body(one: Judgement) -> bool:
    """Say whether the body decides what is seen, not the status: it is no JSON."""
    return one.trial is not None and _passed(one.trial.behaviour, _DECODING)
