"""The linter as a plugin of flake8: thin, with the configuration of the project; each file is checked by itself."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from errdex import __version__
from errdex.errors import ErrdexError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from errdex.lint.run import Settings

NO_CATALOGUE = "EDX000"
CODES = {
    "unread-file": "EDX001",
    "unused-ignore": "EDX002",
    "dropped-status": "EDX101",
    "collapsed-status": "EDX102",
    "unchecked-response": "EDX103",
    "redirect-passes-check": "EDX104",
    "partial-handlers": "EDX105",
    "unknown-operation": "EDX201",
    "wrong-method": "EDX202",
    "deprecated-operation": "EDX203",
    "undocumented-status": "EDX301",
    "deprecated-status": "EDX302",
    "unreachable-branch": "EDX303",
    "shadowed-handler": "EDX304",
    "constant-condition": "EDX305",
    "broad-except": "EDX401",
    "assert-as-check": "EDX402",
    "empty-body-read": "EDX501",
    "retry-not-retryable": "EDX601",
    "retry-after-ignored": "EDX602",
}
"""flake8 knows rules by codes; these never change, and none is used again."""


class Plugin:
    """What flake8 asks for each file."""

    name = "errdex"
    version = __version__

    def __init__(self, tree: object, filename: str, lines: Sequence[str]) -> None:
        del tree
        self._filename = filename
        self._text = "".join(lines)

    def run(self) -> Iterator[tuple[int, int, str, type[Plugin]]]:
        """Yield (line, column from 0, code and message, plugin) of each finding."""
        from errdex.lint.run import check

        settings = _settings()
        if isinstance(settings, str):
            yield 1, 0, f"{NO_CATALOGUE} {settings}", type(self)
            return
        report = check(settings._replace(stdin=(self._filename, self._text), jobs=1))
        for finding in report.findings:
            if finding.rule != "unread-file":  # flake8 says so itself
                message = f"{CODES[finding.rule]} {finding.rule}: {finding.message}"
                yield finding.span.line, finding.span.column - 1, message, type(self)


@cache
def _settings() -> Settings | str:
    """Return what the configuration asks for, or why that cannot be done."""
    from errdex.cli.check import settings_of
    from errdex.cli.inputs import catalogue_paths, load_known
    from errdex.config import load_config

    try:
        config = load_config()
        return settings_of(config, load_known(catalogue_paths([], config), config.cache_dir))._replace(cache_dir=None)
    except (ErrdexError, OSError) as error:
        return "errdex cannot check: " + "; ".join(str(error).splitlines())
