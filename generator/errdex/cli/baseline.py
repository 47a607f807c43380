"""The baseline file of a run: read, held against what was found, written anew."""

from __future__ import annotations

import os
import sys
from functools import cache

from errdex.errors import UsageError
from errdex.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from errdex.lint.fingerprint import Key, Lines
    from errdex.lint.report import Finding, Report
    from errdex.lint.run import Settings


class Held(NamedTuple):
    """A run held against its baseline."""

    report: Report
    """Its findings are those that the baseline does not accept."""
    stale: tuple[str, ...] = ()
    """A line for each entry of the baseline that the run could have found and did not."""


def hold(path: str, report: Report, settings: Settings) -> Held:
    """Take away what the baseline accepts; UsageError when it cannot be read, ConfigError when it is none."""
    if not path:
        return Held(report)
    from errdex.lint.baseline import compared, read_baseline, told
    from errdex.lint.run import looked_at

    base = _base(path)

    def could_find(key: Key) -> bool:
        return looked_at(settings, key.rule, os.path.relpath(os.path.join(base, key.path)))

    shown = {_absolute(finding.span.path): finding.span.path for finding in report.findings}
    found = compared(
        map(_placed, report.findings), read_baseline(path, _text(path)), _lines(settings), base, looked_at=could_find
    )
    new = (one._replace(span=one.span._replace(path=shown[one.span.path])) for one in found.new)
    return Held(report._replace(findings=tuple(new)), tuple(told(found.stale)))


def update(path: str, findings: Iterable[Finding], settings: Settings) -> None:
    """Write the baseline that accepts these findings, and say where it is; UsageError without a path."""
    if not path:
        raise UsageError("no baseline is named: give its file with --baseline, or set 'baseline' under check")
    from errdex.cli import outputs, write
    from errdex.lint.baseline import baseline_of, written

    text = written(baseline_of(map(_placed, findings), _lines(settings), _base(path)))
    with write.Staging() as staging:
        changed = staging.file(path, text.encode("utf-8", "backslashreplace"), marker=b'"errdex-baseline"')
        staging.commit()
    outputs.print_place("baseline", path, changed=changed)


def print_stale(path: str, stale: Iterable[str]) -> None:
    """Say on standard error what the baseline accepts in vain."""
    from errdex.cli import terminal

    terminal.say(*(f"{path}: {line}" for line in stale), stream=sys.stderr)


def _text(path: str) -> str:
    if os.path.exists(path) and not os.path.isfile(path):
        raise UsageError(f"{path} is not a regular file")
    try:
        with open(path, encoding="utf-8") as stream:
            return stream.read()
    except FileNotFoundError:
        raise UsageError(f"{path} does not exist; --update-baseline writes it") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}") from None


def _base(path: str) -> str:
    """Return the folder that the paths of a baseline are seen from: its own, wherever the command is given."""
    return os.path.dirname(_absolute(path))


def _absolute(path: str) -> str:
    return os.path.abspath(path).replace(os.sep, "/")


def _placed(finding: Finding) -> Finding:
    return finding._replace(span=finding.span._replace(path=_absolute(finding.span.path)))


def _lines(settings: Settings) -> Lines:
    from errdex.cli.check import lines_of

    return cache(lambda path: lines_of(settings, path))
