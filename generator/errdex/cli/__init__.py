"""The command line: subcommands, exit codes, and what is said when a run cannot go on.

A subcommand is a module of this package with `add_arguments(parser)` and `run(arguments)`. Only the one that is
asked for is imported, and it imports what it needs: start-up time is a feature.
"""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module

from errdex import __version__
from errdex.catalogue.suggest import suggestion
from errdex.cli import plain, progress, terminal
from errdex.errors import ErrdexError, InputError, UsageError
from errdex.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, NoReturn

CLEAN, FOUND, CANNOT_RUN, BUG = range(4)
"""Exit codes: nothing to report; findings or stale output; unusable input or usage; a bug in errdex."""
READER_GONE = 141
"""What a shell reports of a program that wrote to a closed pipe."""
COLLECT_AFTER = 100_000
"""Objects between two searches for cycles: at Python's 700, they are a twelfth of the time of a short run."""
UNENDING = frozenset(("mock", "lsp", "prove"))
"""Commands that go on until they are stopped, or run code that writes as it likes."""
SHORT = frozenset(("check",))
"""Commands whose start and end count: without argparse, unless something about the words is not plain."""
DEBUG = "ERRDEX_DEBUG"
"""The environment variable that asks for the traceback of a bug."""


class Command(NamedTuple):
    """A subcommand."""

    name: str
    module: str
    """Its module in this package."""
    says: str


COMMANDS = (
    Command("build", "build", "validate, generate and check everything that the configuration asks for"),
    Command("validate", "validate", "say everything that is wrong with catalogues"),
    Command("check", "check", "check that client code deals with every documented answer"),
    Command("pages", "pages", "write the reference pages of a catalogue"),
    Command("module", "module", "write the exception module of a catalogue"),
    Command("explain", "explain", "tell about a status, an operation, a problem or a rule"),
    Command("import", "importing", "make a catalogue of an OpenAPI description or a Markdown table"),
    Command("export", "export", "turn a catalogue into JSON, OpenAPI or a Markdown table"),
    Command("diff", "diff", "tell what changed for clients between two catalogues"),
    Command("mock", "mock", "serve the documented answers of a catalogue"),
    Command("prove", "prove", "run client code to see which findings are so"),
    Command("lsp", "lsp", "serve an editor: findings while typing, pages, mending, ids of catalogues"),
    Command("completion", "completion", "print what a shell needs to complete commands and options"),
    Command("init", "init", "write a starting catalogue, configuration and pre-commit entry"),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run a subcommand and return its exit code; an interrupt ends the process as its signal would."""
    gc.set_threshold(COLLECT_AFTER)
    words = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a file name need not be text, nor the locale's encoding hold every text
            stream.reconfigure(errors="backslashreplace")
    try:
        try:
            code = _run(words)
        except SystemExit:  # argparse, after --help and --version
            code = CLEAN
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still in the buffer must not be written when the interpreter ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READER_GONE
    except InputError as error:
        terminal.print_problems(error.problems)
        if len(error.problems) > 1:
            _say(f"{len(error.problems)} problems")
        return CANNOT_RUN
    except ErrdexError as error:
        _say(str(error))
        return CANNOT_RUN
    except OSError as error:
        _say(
            f"{terminal.visible(str(error.filename))}: {error.strerror}"
            if error.filename and error.strerror
            else str(error)
        )
        return CANNOT_RUN
    except Exception as error:  # noqa: BLE001 -- whatever else comes is a bug, and has to be called one
        _say_bug(error, words)
        return BUG
    except BaseException as stop:
        from errdex.cli import signals

        signals.die_of(stop)
        raise
    return code


def program() -> NoReturn:
    """Run the command line and end the process with its exit code.

    What a short run made is not taken apart first, which takes 4 ms, unless there may be threads, or somebody watches.
    """
    code = main()
    watched = sys.getprofile() is not None or sys.gettrace() is not None
    if SHORT.isdisjoint(sys.argv[1:2]) or "threading" in sys.modules or watched:
        sys.exit(code)
    if sys.stderr is not None:
        sys.stderr.flush()
    os._exit(code)  # standard output is flushed


def _run(words: list[str]) -> int:
    """Find the subcommand, parse its arguments, run it."""
    name = words[0] if words else "--help"
    command = next((command for command in COMMANDS if command.name == name), None)
    if command is None:
        if name.startswith("-"):
            from errdex.cli import parsing

            parsing.overview().parse_args([name])
        known = [command.name for command in COMMANDS]
        raise UsageError(f"there is no command {name!r}{suggestion(name, known)} (see `errdex --help`)")
    module = import_module(f"errdex.cli.{command.module}")
    arguments: Any = plain.read(module.add_arguments, words[1:]) if command.name in SHORT else None
    if arguments is None:
        from errdex.cli import parsing

        arguments = parsing.parse(command, words[1:])
    if command.name not in UNENDING:
        progress.start(f"errdex {command.name}")
    try:
        code: int = module.run(arguments)
    finally:
        progress.stop()
    return code


def _say(message: str) -> None:
    """Write one message to standard error; what another program said may have several lines."""
    progress.hide()
    name = terminal.bold("errdex:", coloured=terminal.is_coloured(sys.stderr))
    print(name, terminal.inert("\n".join(map(terminal.visible, message.split("\n")))), file=sys.stderr)


def _say_bug(error: Exception, words: list[str]) -> None:
    """Say that errdex is at fault, with what a report needs."""
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    place = f" at {os.path.basename(frame.tb_frame.f_code.co_filename)}:{frame.tb_lineno}" if frame else ""
    _say(f"this is a bug in errdex, not in your files: {type(error).__name__}{place}: {error}")
    _say(f"errdex {__version__}, Python {sys.version.split()[0]}, {sys.platform}: errdex {' '.join(words)}")
    if os.environ.get(DEBUG):
        import traceback

        traceback.print_exception(error)
    else:
        _say(f"please report it with these lines and the traceback that {DEBUG}=1 shows (see CONTRIBUTING.md)")
