"""Arguments of commands, by argparse: everything that may stand there, help and errors included."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

from errdex import __version__
from errdex.catalogue.suggest import suggestion
from errdex.cli import COMMANDS, terminal
from errdex.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from errdex.cli import Command


def parse(command: Command, words: Sequence[str]) -> argparse.Namespace:
    """Return the arguments of a subcommand; UsageError when they are none."""
    parser = parser_of(command)
    arguments, unknown = parser.parse_known_args(words)
    if unknown:
        parser.error(
            f"{unknown[0]!r} is no argument of {parser.prog}{suggestion(unknown[0].partition('=')[0], parser.options)}"
        )
    return arguments


def parser_of(command: Command) -> Parser:
    """Return the parser of a subcommand's arguments."""
    parser = Parser(prog=f"errdex {command.name}", description=f"{command.says[0].upper()}{command.says[1:]}.")
    import_module(f"errdex.cli.{command.module}").add_arguments(parser)
    return parser


def overview() -> Parser:
    """Return the parser of what may stand in place of a subcommand; its help lists them."""
    parser = Parser(prog="errdex", description="From a catalogue of an API's answers: a site, a module, a linter.")
    parser.add_argument("--version", action="version", version=f"errdex {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", title="commands")
    for command in COMMANDS:
        commands.add_parser(command.name, help=command.says)
    parser.epilog = "`errdex COMMAND --help` tells about a command."
    return parser


class Parser(argparse.ArgumentParser):
    """argparse's parser: errors are exceptions, options are spelt out, help is the same on every Python version."""

    def __init__(self, *, prog: str, description: str = "", **_of_subparsers: object) -> None:
        super().__init__(prog=prog, description=description, formatter_class=Help, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        """Raise UsageError instead of ending the process."""
        raise UsageError(f"{message} (see `{self.prog} --help`)")

    @property
    def options(self) -> list[str]:
        """Every option of the parser."""
        return [option for action in self._actions for option in action.option_strings]


class Help(argparse.HelpFormatter):
    """Options as Python 3.13 and later show them: `-o, --output FILE`."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=30, width=min(terminal.width(sys.stdout), 122) - 2)

    def _format_action_invocation(self, action: argparse.Action) -> str:
        if not action.option_strings or action.nargs == 0:
            return super()._format_action_invocation(action)
        return f"{', '.join(action.option_strings)} {self._format_args(action, action.dest.upper())}"
