"""What `errdex check` mends: as a difference, as text, or written into the files, each of them whole."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from errdex.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from errdex.config import Config
    from errdex.lint.files import Source
    from errdex.lint.fixing.fix import Change, Fixed
    from errdex.lint.report import Finding, Report
    from errdex.lint.run import Settings


def fix(settings: Settings, report: Report, wanted: Iterable[Finding], config: Config) -> Fixed:
    """Mend what can be mended of the findings; nothing is written."""
    from errdex.lint.fixing import fix as fixing

    return fixing.fix(settings, report, wanted, modules_of(settings, config))


def ignore(settings: Settings, fixed: Fixed, wanted: Iterable[Finding], reason: str) -> Fixed:
    """Leave findings out by comments, after what is mended; UsageError when the reason is no text for a comment."""
    from errdex.lint.fixing import fix as fixing

    if "\n" in reason or "\r" in reason or "#" in reason:
        raise UsageError("--add-ignore: a reason is one line without '#'")
    return fixing.followed(settings, fixed, wanted, reason)


def unchanged(report: Report) -> Fixed:
    """Return that nothing is mended."""
    from errdex.lint.fixing.fix import Fixed

    return Fixed((), report)


def seen(settings: Settings, fixed: Fixed) -> Settings:
    """Return the settings of a run that sees the files as they will be."""
    from errdex.lint.fixing.fix import seen

    return seen(settings, fixed.changes)


def show(settings: Settings, fixed: Fixed, *, diff: bool) -> None:
    """Print the difference, or what became of the text on standard input."""
    from errdex.cli import terminal

    if diff:
        terminal.write_text("".join(line for change in fixed.changes for line in difference(change)))
    elif settings.stdin:
        terminal.write_text("".join(change.after for change in fixed.changes) or settings.stdin[1])


def write(fixed: Fixed) -> None:
    """Write the files, all at once."""
    from errdex.cli.write import Staging

    with Staging() as staging:
        for change in fixed.changes:
            path = change.before.path
            with open(path, "rb") as stream:
                if stream.read() != change.before.data:
                    raise UsageError(f"{path} was changed while it was checked: nothing is written, run again")
            staging.file(path, encoded(change.before, change.after))
        staging.commit()


def encoded(before: Source, after: str) -> bytes:
    """Return a text in the encoding of the file that it goes into; UsageError when that cannot hold it."""
    import io
    import tokenize

    name = tokenize.detect_encoding(io.BytesIO(before.data).readline)[0]
    try:
        if before.text.encode(name) == before.data:
            return after.encode(name)
    except UnicodeError:
        pass
    raise UsageError(f"{before.path} cannot be written: its encoding {name!r} does not give back what was read")


def difference(change: Change) -> Iterator[str]:
    """Yield the lines of a unified difference."""
    from difflib import unified_diff

    path = change.before.path
    old, new = change.before.text.splitlines(keepends=True), change.after.splitlines(keepends=True)
    for line in unified_diff(old, new, path, path):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def summary(fixed: Fixed, left: int) -> str:
    """Return what was mended, in a line."""
    files = len(fixed.changes)
    if not files:
        return "nothing to fix"
    gone = sum(len(change.gone) for change in fixed.changes)
    named = sum(change.named for change in fixed.changes)
    parts = [f"{gone} finding{'s' * (gone != 1)} fixed"] if gone else []
    parts += [f"{named} comparison{'s' * (named != 1)} named"] if named else []
    return f"{', '.join(parts)} in {files} file{'s' * (files != 1)}; {left} left"


def modules_of(settings: Settings, config: Config) -> Mapping[str, Sequence[str]]:
    """Return the files in which the configuration says that generated modules are, by the ids of their APIs."""
    found: dict[str, list[str]] = {}
    for catalogue in settings.catalogues:
        path = config.module.replace("{api}", catalogue.api.id.replace("-", "_"))
        if path.endswith(".py"):
            found[catalogue.api.id] = [path]
        elif path and os.path.isdir(path):
            inside = (os.path.join(path, name, "__init__.py") for name in sorted(os.listdir(path)))
            found[catalogue.api.id] = [one for one in inside if os.path.isfile(one)]
    return {api: [one.replace(os.sep, "/") for one in paths] for api, paths in found.items()}
