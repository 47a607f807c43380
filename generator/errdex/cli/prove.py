"""`errdex prove`: run client code against the fault server, and say which findings of the linter are so."""

from __future__ import annotations

import json
from contextlib import ExitStack
from typing import TYPE_CHECKING

from errdex.errors import UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping, Sequence

    from errdex.catalogue.model import Catalogue
    from errdex.config import Config
    from errdex.faults.prove import Call, CallProof, Claim, Evidence, Proof
    from errdex.faults.server import FaultServer
    from errdex.lint.report import Report


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add = parser.add_argument
    add("paths", nargs="*", metavar="PATH", help="files and folders; none: those of the configuration, else all here")
    add("--catalogue", action="append", default=[], metavar="FILE", help="a catalogue; may be given several times")
    add("--format", choices=("text", "json"), default="text", metavar="NAME", help="one of text, json")
    add("--exit-zero", action="store_true", help="exit with 0 even when there are findings")


def run(arguments: argparse.Namespace) -> int:
    """Check the code, run its entries, print what they show, and return 1 when there are findings."""
    from errdex.cli import CLEAN, FOUND, terminal
    from errdex.cli.check import settings_of
    from errdex.cli.inputs import catalogue_paths, load_all
    from errdex.cli.mock import server_type
    from errdex.config import load_config
    from errdex.faults.prove import broken, prove
    from errdex.lint.run import check

    config = load_config()
    if not config.prove.entries:
        raise UsageError("nothing is named to run: set 'entries' under [tool.errdex.prove] in pyproject.toml")
    catalogues = load_all(catalogue_paths(arguments.catalogue, config), config.cache_dir)
    settings = settings_of(config, catalogues, arguments.paths)
    report = check(settings)
    serve = server_type("prove")
    with ExitStack() as stack:
        servers = {catalogue.api.id: stack.enter_context(serve(catalogue)) for catalogue in catalogues}
        calls = _calls(report)
        entries = list(_entries(config, _sources(settings.paths), servers, calls))
        call_proofs, proofs = prove(calls, _claims(report, catalogues), entries)
        failed = list(broken(entries))
    if arguments.format == "json":
        terminal.write_text(json.dumps(_as_json(call_proofs, proofs, failed), indent=2) + "\n")
    else:
        print(*map(terminal.visible, _as_text(call_proofs, proofs, failed)), sep="\n")
    return FOUND if report.findings and not arguments.exit_zero else CLEAN


def _sources(paths: Sequence[str]) -> dict[str, str]:
    """Return the texts of the client's files that can be read; the linter has reported the others."""
    from errdex.lint.files import Source, Unread, find, parse, read_source

    sources = [read_source(path) for path in find(paths) if isinstance(path, str)]
    return {
        source.path: source.text
        for source in sources
        if isinstance(source, Source) and not isinstance(parse(source), Unread)
    }


def _entries(
    config: Config, sources: Mapping[str, str], servers: Mapping[str, FaultServer], calls: Sequence[Call]
) -> Iterator[Evidence]:
    from errdex.catalogue.suggest import suggestion
    from errdex.faults.entries import Surroundings, client_of, entry, placed
    from errdex.faults.prove import Evidence

    urls = {api: server.url for api, server in servers.items()}
    for api, _ in config.prove.base_urls:
        if api not in urls:
            raise UsageError(f"[tool.errdex.prove.base-urls] names {api!r}, no API of these{suggestion(api, urls)}")
    around = Surroundings(
        sources,
        config.prove.import_from or (config.root,),
        {name: urls[api] for api, names in config.prove.base_urls for name in names},
        {name: placed(value, urls) for name, value in config.prove.environment},
    )
    for name, text in config.prove.entries:
        yield Evidence(name, client_of(entry(name, text, urls), around), servers, calls)


def _calls(report: Report) -> list[Call]:
    from errdex.faults.prove import Call

    return [
        Call(
            call.span.path,
            call.span.line,
            call.span.end_line,
            call.catalogue,
            call.operation,
            tuple(pair for pair in call.verdicts if pair[1] != "success"),
        )
        for call in report.calls
    ]


def _claims(report: Report, catalogues: Sequence[Catalogue]) -> list[Claim]:
    from errdex.faults.prove import Claim

    known = {catalogue.api.id for catalogue in catalogues}
    return [
        Claim(
            finding.rule,
            finding.span.path,
            finding.span.line,
            finding.span.end_line,
            finding.catalogue if finding.catalogue in known else "",
            finding.operation,
            finding.statuses,
        )
        for finding in report.findings
    ]


def _as_text(calls: Sequence[CallProof], proofs: Sequence[Proof], failed: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield a table for each call that was run, then what is shown of each finding, then the sums."""
    from errdex.faults.trials import words

    for entry, why in failed:
        yield f"entry {entry} {why}"
    for call, entry, judgements in calls:
        place = f"{call.path}:{call.line}"
        if not entry:
            yield f"{place}: {call.operation}: no entry gets there"
            continue
        yield f"{place}: {call.operation}, run by {entry}"
        yield f"  {'status':8}{'linter':15}{'run':15}what happened"
        linted = dict(call.verdicts)
        for one in judgements:
            said = linted.get(one.status, "")
            seen = said if said in one.verdicts else " or ".join(one.verdicts) or "not judged"
            yield f"  {one.status:8}{said:15}{seen:15}{words(one.trial) if one.trial else one.reason}"
    for proof in proofs:
        claim = proof.claim
        statuses = f" {', '.join(claim.statuses)}" if claim.statuses else ""
        yield f"{proof.outcome}: {claim.path}:{claim.line}: {claim.rule}{statuses}: {proof.evidence}"
    yield _sum(calls, proofs)


def _sum(calls: Sequence[CallProof], proofs: Sequence[Proof]) -> str:
    outcomes = [proof.outcome for proof in proofs]
    judged = [
        dict(call.verdicts).get(one.status, "") in one.verdicts
        for call, _, judgements in calls
        for one in judgements
        if one.verdicts
    ]
    counts = ", ".join(f"{outcomes.count(name)} {name}" for name in ("confirmed", "refuted", "untested"))
    findings = "1 finding" if len(proofs) == 1 else f"{len(proofs)} findings"
    return f"{findings}: {counts}; {sum(judged)} of {len(judged)} verdicts as when run"


def _as_json(
    calls: Sequence[CallProof], proofs: Sequence[Proof], failed: Sequence[tuple[str, str]]
) -> dict[str, object]:
    from errdex.faults.trials import words

    return {
        "calls": [
            {
                "path": call.path,
                "line": call.line,
                "catalogue": call.api,
                "operation": call.operation,
                "entry": entry or None,
                "statuses": [
                    {
                        "status": one.status,
                        "linter": dict(call.verdicts).get(one.status),
                        "run": list(one.verdicts),
                        "evidence": words(one.trial) if one.trial else one.reason,
                    }
                    for one in judgements
                ],
            }
            for call, entry, judgements in calls
        ],
        "findings": [
            {
                "rule": proof.claim.rule,
                "path": proof.claim.path,
                "line": proof.claim.line,
                "operation": proof.claim.operation,
                "statuses": list(proof.claim.statuses),
                "outcome": proof.outcome,
                "entry": proof.entry or None,
                "evidence": proof.evidence,
            }
            for proof in proofs
        ],
        "failed": [{"entry": entry, "why": why} for entry, why in failed],
    }
