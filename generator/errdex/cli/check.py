"""`errdex check`: check that client code deals with every documented answer."""

from __future__ import annotations

import os
import sys

from errdex.errors import ConfigError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from errdex.catalogue.model import Catalogue
    from errdex.config import Config
    from errdex.lint.report import Report
    from errdex.lint.reports import Format
    from errdex.lint.run import Settings

FORMATS: tuple[Format, ...] = ("full", "concise", "json", "sarif", "github", "gitlab", "junit")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add = parser.add_argument
    add("paths", nargs="*", metavar="PATH", help="files and folders; none: those of the configuration, else all here")
    add("--catalogue", action="append", default=[], metavar="FILE", help="a catalogue; may be given several times")
    add("--format", choices=FORMATS, default="full", metavar="NAME", help=f"one of {', '.join(FORMATS)}")
    add("--select", action="extend", type=_names, default=[], metavar="RULE,..", help="run these rules only")
    add("--ignore", action="extend", type=_names, default=[], metavar="RULE,..", help="leave these rules out")
    add("--strict", action="store_true", help="report collapsed statuses that the catalogue does not insist on, too")
    add("--exit-zero", action="store_true", help="exit with 0 even when there are findings")
    add("--statistics", action="store_true", help="count the findings of each rule")
    add("--no-cache", action="store_true", help="neither read nor write what earlier runs have learnt")
    add("--jobs", type=_count, default=0, metavar="N", help="processes to use; as many as processors, if not said")
    add("--executor", default="", metavar="ADDRESS", help="have a cluster do the work: dask://HOST:PORT")
    add("--stdin-filename", default="", metavar="NAME", help="check standard input in place of the file of that name")
    add("--baseline", default="", metavar="FILE", help="findings that are accepted for now; fails when one is gone")
    add("--update-baseline", action="store_true", help="accept what is found now: write the baseline")
    add("--fix", action="store_true", help="mend what can be mended, and report the rest")
    add("--diff", action="store_true", help="show what --fix or --add-ignore would change, and change nothing")
    add("--add-ignore", default="", metavar="REASON", help="leave the findings out by comments that say why")
    add("--trace", action="store_true", help="show every fact that the findings rest on")
    add("--show-unresolved", action="store_true", help="list the calls whose operation is not known")


def run(arguments: argparse.Namespace) -> int:
    """Check the code, print the report, and return 1 when it has findings."""
    from errdex.catalogue.known import Catalogues
    from errdex.cli import CLEAN, FOUND, baseline, progress
    from errdex.cli.inputs import catalogue_paths, know_all
    from errdex.config import load_config
    from errdex.lint.run import check

    config = load_config(keep=not arguments.no_cache)
    cache_dir = "" if arguments.no_cache else config.cache_dir
    known = know_all(catalogue_paths(arguments.catalogue, config), cache_dir)
    settings = settings_of(config, (), arguments.paths)._replace(
        catalogues=Catalogues(known), known=marks([one.mark for one in known])
    )
    if arguments.stdin_filename:
        settings = settings._replace(
            paths=tuple(arguments.paths) or (arguments.stdin_filename,), stdin=_stdin(arguments.stdin_filename)
        )
    settings = settings._replace(
        select=frozenset(arguments.select) or settings.select,
        ignore=settings.ignore | frozenset(arguments.ignore),
        strict=settings.strict or arguments.strict,
        cache_dir=cache_dir or None,
        jobs=arguments.jobs,
        executor=arguments.executor,
        trace=arguments.trace,
    )
    for name in _unknown_rules([*arguments.select, *arguments.ignore]):
        raise UsageError(f"there is no rule {name!r}{_suggestion(name)}")
    report = check(settings, progress.tell)
    path = arguments.baseline or config.check.baseline
    if arguments.update_baseline:
        baseline.update(path, report.findings, settings)
        return CLEAN
    held = baseline.hold(path, report, settings)
    fixes = arguments.fix or (arguments.diff and not arguments.add_ignore)
    if fixes or arguments.add_ignore:
        from errdex.cli import fixing

        fixed = fixing.fix(settings, report, held.report.findings, config) if fixes else fixing.unchanged(report)
        if arguments.add_ignore:
            left = baseline.hold(path, fixed.report, fixing.seen(settings, fixed)).report.findings
            fixed = fixing.ignore(settings, fixed, left, arguments.add_ignore)
        held = baseline.hold(path, fixed.report, fixing.seen(settings, fixed))
        if arguments.diff or settings.stdin:
            fixing.show(settings, fixed, diff=arguments.diff)
        else:
            fixing.write(fixed)
        print(fixing.summary(fixed, len(held.report.findings)), file=sys.stderr)
        if arguments.diff or settings.stdin:
            differs = arguments.diff and bool(fixed.changes)
            return FOUND if (differs or held.report.findings) and not arguments.exit_zero else CLEAN
    print_report(
        held.report,
        settings,
        arguments.format,
        statistics=arguments.statistics,
        show_unresolved=arguments.show_unresolved,
    )
    baseline.print_stale(path, held.stale)
    return FOUND if (held.report.findings or held.stale) and not arguments.exit_zero else CLEAN


def settings_of(config: Config, catalogues: Sequence[tuple[Catalogue, str]], paths: Sequence[str] = ()) -> Settings:
    """Return what the configuration asks of the linter; ConfigError when it names a rule that there is not.

    With each catalogue stands what tells its sources from others.
    """
    from errdex.lint.run import Settings

    asked = config.check
    _reject_unknown_rules(config)
    return Settings(
        paths=tuple(paths or asked.paths or ["."]),
        catalogues=tuple(catalogue for catalogue, _ in catalogues),
        known=marks([mark for _, mark in catalogues]),
        select=frozenset(asked.select),
        ignore=frozenset(asked.ignore),
        per_file_ignores=tuple((pattern, frozenset(rules)) for pattern, rules in asked.per_file_ignores),
        exclude=asked.exclude,
        servers=config.servers,
        ambient=frozenset(asked.ambient),
        wrappers=config.wrappers,
        strict=asked.strict,
        cache_dir=config.cache_dir,
    )


def marks(of_each: Sequence[str]) -> str:
    """Return what stands for the sources of catalogues, empty when one of them is not known."""
    return " ".join(of_each) if all(of_each) else ""


def print_report(
    report: Report, settings: Settings, name: Format, *, statistics: bool = False, show_unresolved: bool = False
) -> None:
    """Print the report in that format."""
    from errdex import __version__
    from errdex.cli import terminal
    from errdex.lint.reports import render
    from errdex.lint.reports.context import Context

    context = Context(
        lines=lambda path: lines_of(settings, path),
        base=os.getcwd().replace(os.sep, "/"),
        colour=terminal.is_coloured(sys.stdout),
        width=terminal.width(sys.stdout),
        statistics=statistics,
        show_unresolved=show_unresolved,
        version=__version__,
    )
    write = terminal.write_commands if name == "github" else terminal.write_text
    write(render(name, report, context))


def lines_of(settings: Settings, path: str) -> Sequence[str]:
    """Return the lines of a client file as the run saw them; none when it cannot be read."""
    from errdex.lint.files import Source, read_source

    given = [*settings.texts, *([settings.stdin] if settings.stdin else [])]
    text = next((text for name, text in given if os.path.abspath(name) == os.path.abspath(path)), None)
    if text is not None:
        return Source(path, b"", text).lines
    source = read_source(path)
    return source.lines if isinstance(source, Source) else ()


def _reject_unknown_rules(config: Config) -> None:
    """Raise ConfigError with the place of every rule name that means nothing."""
    from errdex.config import find_source, problem

    named = [
        (("check", "select"), config.check.select),
        (("check", "ignore"), config.check.ignore),
        *((("check", "per-file-ignores", pattern), rules) for pattern, rules in config.check.per_file_ignores),
    ]
    unknown = [(keys, name) for keys, names in named for name in _unknown_rules(names)]
    source = find_source(config.root) if unknown else None
    if source:
        raise ConfigError(
            problem(source, keys, f"there is no rule {name!r}{_suggestion(name)}", value=name) for keys, name in unknown
        )


def _unknown_rules(names: Sequence[str]) -> Iterator[str]:
    if names:
        from errdex.lint.rules import NAMES

        yield from (name for name in names if name not in NAMES)


def _suggestion(name: str) -> str:
    from errdex.catalogue.suggest import suggestion
    from errdex.lint.rules import NAMES

    return suggestion(name, NAMES)


def _stdin(name: str) -> tuple[str, str]:
    """Return the file name and what standard input holds, decoded as Python would decode the file."""
    from errdex.lint.files import Unread, decode

    source = decode(name, sys.stdin.buffer.read())
    if isinstance(source, Unread):
        raise UsageError(f"standard input cannot be checked: {source.reason}")
    return name, source.text


def _names(text: str) -> list[str]:
    return [name for name in (part.strip() for part in text.split(",")) if name]


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        import argparse

        raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes")
    return int(text)
