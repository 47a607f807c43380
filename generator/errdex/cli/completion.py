"""`errdex completion`: print what a shell has to know to complete commands, options and their values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.records import NamedTuple

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

SHELLS = ("bash", "zsh", "fish")


class Option(NamedTuple):
    """An option of a command."""

    names: tuple[str, ...]
    says: str
    takes: str
    """What its value is called; empty when it takes none."""
    choices: tuple[str, ...]


class Described(NamedTuple):
    """A command as shells know it."""

    name: str
    says: str
    options: tuple[Option, ...]
    words: tuple[str, ...]
    """What can stand without an option; files when there is nothing."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("shell", choices=SHELLS, metavar="SHELL", help=f"one of {', '.join(SHELLS)}")


def run(arguments: argparse.Namespace) -> int:
    """Print the script."""
    from errdex.cli import CLEAN, terminal

    terminal.write_text(script(arguments.shell))
    return CLEAN


def script(shell: str) -> str:
    """Return the script for a shell."""
    lines = {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell](described())
    return "\n".join(lines) + "\n"


def described() -> tuple[Described, ...]:
    """Return every command with its options."""
    from errdex.cli import COMMANDS
    from errdex.cli.parsing import parser_of

    return tuple(_described(command.name, command.says, parser_of(command)) for command in COMMANDS)


def _described(name: str, says: str, parser: argparse.ArgumentParser) -> Described:
    options: list[Option] = []
    words: list[str] = []
    for action in parser._actions:  # noqa: SLF001 - argparse has no other way to ask
        choices = tuple(map(str, action.choices or ()))
        if action.option_strings:
            metavar = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
            takes = "" if action.nargs == 0 else metavar
            options.append(Option(tuple(action.option_strings), action.help or "", takes, choices))
        else:
            words += choices
    if name == "explain":
        from errdex.lint.rules import NAMES

        words += sorted(NAMES)
    return Described(name, says, tuple(options), tuple(words))


def _bash(commands: Sequence[Described]) -> Iterator[str]:
    yield "# errdex for bash: source <(errdex completion bash)"
    yield "_errdex() {"
    yield '  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words=""'
    yield "  COMPREPLY=()"
    yield '  if [ "$COMP_CWORD" -eq 1 ]; then'
    yield f"    COMPREPLY=($(compgen -W '{' '.join(one.name for one in commands)} --help --version' -- \"$word\"))"
    yield "    return"
    yield "  fi"
    yield '  case "${COMP_WORDS[1]} $before" in'
    for command in commands:
        for option in command.options:
            for name in option.names if option.takes else ():
                chosen = f"-W '{' '.join(option.choices)}'" if option.choices else "-f"
                yield f"    '{command.name} {name}') COMPREPLY=($(compgen {chosen} -- \"$word\")); return ;;"
    yield "  esac"
    yield '  case "${COMP_WORDS[1]}" in'
    for command in commands:
        names = " ".join(name for option in command.options for name in option.names)
        yield f"    {command.name})"
        yield f"      if [[ $word == -* ]]; then words='{names}'; else words='{' '.join(command.words)}'; fi ;;"
    yield "  esac"
    yield '  COMPREPLY=($(compgen -W "$words" -- "$word"))'
    yield '  if [[ $word != -* ]]; then COMPREPLY+=($(compgen -f -- "$word")); fi'
    yield "}"
    yield "complete -o filenames -F _errdex errdex"


def _zsh(commands: Sequence[Described]) -> Iterator[str]:
    yield "#compdef errdex"
    yield "# errdex for zsh: source <(errdex completion zsh), or put it as _errdex into a folder of $fpath"
    yield "_errdex() {"
    yield "  if (( CURRENT == 2 )); then"
    yield "    local -a commands=("
    for command in commands:
        yield f"      {_quoted(f'{command.name}:{command.says}')}"
    yield "    )"
    yield "    _describe command commands"
    yield "    return"
    yield "  fi"
    yield "  local command=$words[2]"
    yield "  shift words; (( CURRENT-- ))"
    yield "  case $command in"
    for command in commands:
        yield f"    {command.name})"
        specs = [_zsh_option(name, option) for option in command.options for name in option.names]
        rest = f"*:word:({' '.join(command.words)})" if command.words else "*:file:_files"
        yield f"      _arguments {' '.join([*specs, _quoted(rest)])} ;;"
    yield "  esac"
    yield "}"
    yield 'if [ "$funcstack[1]" = _errdex ]; then _errdex "$@"; else compdef _errdex errdex; fi'


def _zsh_option(name: str, option: Option) -> str:
    says = option.says.replace("[", "(").replace("]", ")").replace(":", ";")
    value = ""
    if option.takes:
        what = f"({' '.join(option.choices)})" if option.choices else "_files"
        value = f":{option.takes.lower().replace(':', ' ')}:{what}"
    return _quoted(f"*{name}[{says}]{value}")


def _fish(commands: Sequence[Described]) -> Iterator[str]:
    yield "# errdex for fish: errdex completion fish | source"
    yield "complete -c errdex -n __fish_use_subcommand -l help -l version -f"
    for command in commands:
        yield f"complete -c errdex -n __fish_use_subcommand -f -a {command.name} -d {_quoted(command.says)}"
        seen = f"-n '__fish_seen_subcommand_from {command.name}'"
        if command.words:
            yield f"complete -c errdex {seen} -a '{' '.join(command.words)}'"
        for option in command.options:
            names = [f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names]
            value = f" -x -a '{' '.join(option.choices)}'" if option.choices else " -r" if option.takes else ""
            yield f"complete -c errdex {seen} {' '.join(names)}{value} -d {_quoted(option.says)}"


def _quoted(text: str) -> str:
    """Return a word as all three shells read it."""
    return "'" + text.replace("\\", "").replace("'", "`") + "'"
