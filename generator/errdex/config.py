"""What `[tool.errdex]` in pyproject.toml, or errdex.toml, asks for.

The nearest file counts, up to the root of the git checkout; errdex.toml wins over a pyproject.toml beside it.
`SHAPE` is the one list of keys. TOML's parser tells no positions; when something is wrong, its statement is
found as the end of the first lines of the text that parse and hold the key, so that a message has line and column.
"""

from __future__ import annotations

import os

from errdex.errors import ConfigError, Location, Problem
from errdex.kept import made_of
from errdex.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Literal

    Table = Mapping[str, object]
    Keys = tuple[str, ...]
    Kind = Literal["text", "texts", "statuses", "switch", "texts by name", "text by name", "output"]

SHAPE: dict[str, Kind | dict[str, Kind]] = {
    "catalogues": "texts",
    "cache-dir": "text",
    "module": {"output": "output"},
    "pages": {"output": "output"},
    "site": {"config": "text", "output": "output"},
    "check": {
        "paths": "texts",
        "select": "texts",
        "ignore": "texts",
        "exclude": "texts",
        "strict": "switch",
        "baseline": "output",
        "ambient": "statuses",
        "per-file-ignores": "texts by name",
        "report": "output",
    },
    "build": {"exit-zero": "switch"},
    "prove": {
        "import-from": "texts",
        "base-urls": "texts by name",
        "environment": "text by name",
        "entries": "text by name",
    },
    "servers": "texts by name",
    "wrappers": "text by name",
}
EXPECTED: dict[Kind, str] = {
    "text": "a string",
    "texts": "a list of strings",
    "statuses": "a list of statuses such as 401 or '5XX'",
    "switch": "true or false",
    "texts by name": "a table of lists of strings",
    "text by name": "a table of strings",
    "output": "a path inside the project",
}
NAMES = ("errdex.toml", "pyproject.toml")
CACHE_DIR = ".errdex_cache"
"""Where things are kept when the file does not say where."""


class Check(NamedTuple):
    """What `errdex check` is to do."""

    paths: tuple[str, ...] = ()
    """Files and folders; empty when the configuration names none."""
    select: tuple[str, ...] = ()
    """Rules to run; empty for all."""
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    """Globs of files and folders that are not looked at."""
    strict: bool = False
    baseline: str = ""
    """The file of findings that are accepted for now; empty for none."""
    ambient: tuple[str, ...] = ()
    """Statuses that one central handler of the client takes care of."""
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(glob, rules), as `Config.root` sees the files."""
    report: str = ""
    """Where `errdex build` writes the report as JSON; empty when it is only to be printed."""


class Prove(NamedTuple):
    """How `errdex prove` runs client code."""

    import_from: tuple[str, ...] = ()
    """Folders to import the client's modules from; the project's folder when there are none."""
    base_urls: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(API id, dotted names that hold its base URL): they are set to the fault server's."""
    environment: tuple[tuple[str, str], ...] = ()
    """(variable, value); `{api-id}` stands for the base URL of that API's fault server."""
    entries: tuple[tuple[str, str], ...] = ()
    """(name, `module:expression`); `{api-id}` as above."""


class Config(NamedTuple):
    """What the project asks of errdex; paths are relative to the current folder, so that messages can show them."""

    path: str = ""
    """The file that says it; empty when there is none."""
    root: str = "."
    """The folder of that file."""
    catalogues: tuple[str, ...] = ()
    """Files and folders."""
    cache_dir: str = CACHE_DIR
    module: str = ""
    """Where the module goes, `{api}` for the API's id; empty when none is wanted."""
    pages: str = ""
    """The folder that the pages go to, `{api}` for the API's id; empty when none are wanted."""
    site_config: str = ""
    """The mkdocs.yml of the site; empty when no site is wanted."""
    site: str = ""
    """The folder that the site goes to."""
    check: Check = Check()
    prove: Prove = Prove()
    exit_zero: bool = False
    """Findings are shown by `errdex build`, and do not fail it."""
    servers: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(API id, further base URLs or base paths under which clients reach it)."""
    wrappers: tuple[tuple[str, str], ...] = ()
    """(dotted name, what it is)."""


class Source(NamedTuple):
    """A configuration file as it was read."""

    path: str
    text: str
    table: Table
    """What it says to errdex."""
    above: Keys
    """The keys above that: `("tool", "errdex")` in pyproject.toml."""


def load_config(start: str = ".", *, keep: bool = False) -> Config:
    """Return the configuration that holds in the folder; ConfigError with every problem of the file at once.

    With `keep`, what it says is kept for the next start, unless it says where to: TOML's parser takes 13 ms.
    """
    source = find_source(start, keep=keep)
    if source is None:
        return Config()
    faults = list(_faults(source.table, SHAPE, ())) or list(_outside(source))
    if faults:
        raise ConfigError(sorted((problem(source, keys, message) for keys, message in faults), key=_position))
    return _config(source)


def find_source(start: str = ".", *, keep: bool = False) -> Source | None:
    """Return the nearest file that configures errdex; ConfigError when one on the way is no TOML."""
    folder = os.path.abspath(start)
    while True:
        for name in NAMES:
            path = os.path.join(folder, name)
            source = _read(path, keep=keep) if os.path.isfile(path) else None
            if source:
                return source
        above = os.path.dirname(folder)
        if above == folder or os.path.exists(os.path.join(folder, ".git")):
            return None
        folder = above


def problem(source: Source, keys: Keys, message: str, *, value: str = "") -> Problem:
    """Return a problem at the key, or at a value in its list."""
    line, column, text = _find(source.text, (*source.above, *keys), value)
    return Problem(Location(source.path, line, column), message, text, length=len(value or keys[-1]) if line else 1)


def _read(path: str, *, keep: bool) -> Source | None:
    """Return the file when it says anything to errdex."""
    shown = os.path.relpath(path)
    try:
        with open(path, encoding="utf-8") as stream:
            text = stream.read()
    except (OSError, UnicodeDecodeError) as error:
        what = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise ConfigError([Problem(Location(shown, 0, 0), f"cannot be read: {what}")]) from error
    folder, name = os.path.split(path)
    above = () if name == NAMES[0] else ("tool", "errdex")
    if above and "errdex" not in text:
        return None
    place = f"{folder}/{CACHE_DIR}/config-{name}.json" if keep and "cache-dir" not in text else ""
    table: Table | None = made_of(text, place, "config", lambda: _parsed(shown, text, above))
    return Source(shown, text, table, above) if isinstance(table, dict) else None


def _parsed(shown: str, text: str, above: Keys) -> Table | None:
    """Return what stands in a text below some keys; None when they are not there."""
    import tomllib

    try:
        table: object = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([_syntax_problem(shown, text, str(error))]) from error
    except (RecursionError, ValueError) as error:  # ValueError: a number of more digits than Python reads
        what = "nested too deeply" if isinstance(error, RecursionError) else "a number has too many digits"
        raise ConfigError([Problem(Location(shown, 0, 0), what)]) from error
    for key in above:
        table = table.get(key) if isinstance(table, dict) else None
    return table if isinstance(table, dict) else None


def _syntax_problem(path: str, text: str, message: str) -> Problem:
    """Return what tomllib says, with the position taken out of its text: `... (at line 3, column 9)`."""
    says, _, place = message.rpartition(" (at ")
    numbers = [int(word) for word in place.replace(",", " ").replace(")", " ").split() if word.isdecimal()]
    lines = text.split("\n")
    line, column = numbers if len(numbers) == 2 else (len(lines), len(lines[-1]) + 1)  # else: at its end
    return Problem(Location(path, line, column), (says or message)[:1].lower() + (says or message)[1:], lines[line - 1])


def _faults(table: Table, shape: Mapping[str, Kind | dict[str, Kind]], above: Keys) -> Iterator[tuple[Keys, str]]:
    """Yield each key that is unknown or holds the wrong kind of value, with what to say of it."""
    for key, value in table.items():
        keys = (*above, key)
        kind = shape.get(key)
        if kind is None:
            yield keys, f"unknown key {key!r}{_suggestion(key, shape)}"
        elif isinstance(kind, dict):
            if isinstance(value, dict):
                yield from _faults(value, kind, keys)
            else:
                yield keys, f"{key!r} must be a table"
        elif not _is(value, kind):
            yield keys, f"{key!r} must be {EXPECTED[kind]}"
        elif "\0" in "".join(_strings(value)):
            yield keys, f"{key!r} holds a NUL, which no name of a file does"


def _strings(value: object) -> Iterator[str]:
    """Yield the texts of a value, the keys of its tables included."""
    if isinstance(value, str):
        yield value
    for one in (*value, *(value.values() if isinstance(value, dict) else ())) if isinstance(value, list | dict) else ():
        yield from _strings(one)


def _is(value: object, kind: Kind) -> bool:
    """Tell whether the value is of that kind."""
    match kind:
        case "switch":
            return isinstance(value, bool)
        case "text" | "output":
            return isinstance(value, str) and value != ""
        case "texts":
            return isinstance(value, list) and all(isinstance(each, str) and each for each in value)
        case "statuses":
            return isinstance(value, list) and all(_is_status(each) for each in value)
        case "texts by name":
            return isinstance(value, dict) and all(_is(each, "texts") for each in value.values())
        case "text by name":
            return isinstance(value, dict) and all(_is(each, "text") for each in value.values())


def _is_status(value: object) -> bool:
    text = str(value) if isinstance(value, int | str) else ""
    return text == "default" or (len(text) == 3 and text[0] in "12345" and (text[1:].isdecimal() or text[1:] == "XX"))


def _outside(source: Source) -> Iterator[tuple[Keys, str]]:
    """Yield each output that is not below the project's folder."""
    root = os.path.realpath(os.path.dirname(source.path) or ".")
    for name, kinds in SHAPE.items():
        for key in kinds if isinstance(kinds, dict) else ():
            value = _get(source.table, name, key)
            if isinstance(kinds, dict) and kinds[key] == "output" and isinstance(value, str):
                place = os.path.realpath(os.path.join(root, value))
                if not place.startswith(root.rstrip(os.sep) + os.sep):
                    yield (name, key), f"{key!r} is {value!r}, which is not inside the project"


def _config(source: Source) -> Config:
    """Return what the file says; it has been checked."""
    root = os.path.dirname(source.path)
    table = source.table

    def path(*keys: str, default: str = "") -> str:
        value = _text(_get(table, *keys)) or default
        return os.path.relpath(os.path.join(root, value)) if value else ""

    def texts(*keys: str) -> tuple[str, ...]:
        return _texts(_get(table, *keys))

    has_site = isinstance(table.get("site"), dict)
    return Config(
        path=source.path,
        root=root or ".",
        catalogues=tuple(each for text in texts("catalogues") for each in _expanded(source, root, text)),
        cache_dir=path("cache-dir", default=CACHE_DIR),
        module=path("module", "output"),
        pages=path("pages", "output"),
        site_config=path("site", "config", default="mkdocs.yml" if has_site else ""),
        site=path("site", "output", default="site" if has_site else ""),
        check=Check(
            paths=tuple(os.path.relpath(os.path.join(root, each)) for each in texts("check", "paths")),
            select=texts("check", "select"),
            ignore=texts("check", "ignore"),
            exclude=texts("check", "exclude"),
            strict=_get(table, "check", "strict") is True,
            baseline=path("check", "baseline"),
            ambient=texts("check", "ambient"),
            per_file_ignores=tuple((name, _texts(value)) for name, value in _items(table, "check", "per-file-ignores")),
            report=path("check", "report"),
        ),
        prove=Prove(
            import_from=tuple(os.path.normpath(os.path.join(root, each)) for each in texts("prove", "import-from")),
            base_urls=tuple((name, _texts(value)) for name, value in _items(table, "prove", "base-urls")),
            environment=tuple((name, _text(value)) for name, value in _items(table, "prove", "environment")),
            entries=tuple((name, _text(value)) for name, value in _items(table, "prove", "entries")),
        ),
        exit_zero=_get(table, "build", "exit-zero") is True,
        servers=tuple((name, _texts(value)) for name, value in _items(table, "servers")),
        wrappers=tuple((name, _text(value)) for name, value in _items(table, "wrappers")),
    )


def _expanded(source: Source, root: str, pattern: str) -> Iterator[str]:
    """Yield the files that a pattern stands for, sorted; ConfigError when there are none."""
    path = os.path.relpath(os.path.join(root, pattern))
    if not any(character in pattern for character in "*?["):
        yield path
        return
    import glob

    found = sorted(glob.glob(path, recursive=True))
    if not found:
        raise ConfigError([problem(source, ("catalogues",), f"no file is named like {pattern!r}", value=pattern)])
    yield from found


def _get(table: Table, *keys: str) -> object:
    value: object = dict(table)
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _items(table: Table, *keys: str) -> Iterable[tuple[str, object]]:
    value = _get(table, *keys)
    return value.items() if isinstance(value, dict) else ()


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, list) else ()


def _position(problem: Problem) -> tuple[int, int]:
    return problem.location.line, problem.location.column


def _suggestion(word: str, known: Iterable[str]) -> str:
    import difflib

    close = difflib.get_close_matches(word, known, n=1)
    return f"; did you mean {close[0]!r}?" if close else f"; known keys: {', '.join(sorted(known))}"


def _find(text: str, keys: Keys, value: str) -> tuple[int, int, str]:
    """Return line, column and text of the line where the key stands, or a value below it; (0, 0, "") if nowhere."""
    import re
    import tomllib

    lines = text.splitlines()
    first = 0
    for end in range(1, len(lines) + 1):
        try:
            table: Table = tomllib.loads("\n".join(lines[:end]))
        except tomllib.TOMLDecodeError:
            continue  # in the middle of a statement of several lines
        if _has(table, keys):
            words = [keys[-1], value] if value else [keys[-1]]
            number, column = first, 0
            for word in words:
                pattern = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")
                for index in range(number, end):
                    match = pattern.search(lines[index], column if index == number else 0)
                    if match and not lines[index].lstrip().startswith("#"):
                        number, column = index, match.start()
                        break
            return number + 1, column + 1, lines[number]
        first = end
    return 0, 0, ""


def _has(table: Table, keys: Keys) -> bool:
    value: object = dict(table)
    for key in keys:
        if not isinstance(value, dict) or key not in value:
            return False
        value = value[key]
    return True
