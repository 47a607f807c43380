"""Catalogues that were read before, kept so that a run of the linter parses no YAML and imports no parser.

A kept catalogue is a line of JSON: the fields of each class of record as columns, a record in a field being its number.
Columns of numbers come after that line, as the machine has them: the JSON reader takes longer for a number than for a
word. How a field is written follows from the annotations of model.py, and so does the fingerprint that a kept catalogue
has to bear: one of another layout, of another version of errdex, with a wrong checksum or of sources that have changed
by a single byte is no catalogue, and is read again. Nothing that goes wrong with it is an error.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from itertools import repeat
from operator import itemgetter

from errdex.catalogue import model
from errdex.errors import Location
from errdex.kept import MAX_BYTES, digest, mark_of, read_kept, roots, write_kept
from errdex.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Any

_RECORDS = (
    model.Deprecation, model.Link, model.Remedy, model.Cause, model.Problem, model.Body, model.Header, model.Endpoint,
    model.Operation, model.Group, model.Response, model.Cell, model.Status, model.Server, model.Api, model.Catalogue,
)  # fmt: skip
"""Each after the classes that its fields have; a Location is written where it stands."""
_BETWEEN = "\x7f"
"""Stands between joined texts: no catalogue has it, and JSON need not escape it."""
_LARGE = 2**31
_NAMES = {record.__name__: record for record in _RECORDS}


def load_cached(path: str, cache_dir: str) -> model.Catalogue:
    """Return the catalogue of a file or folder as `load_catalogue` does, from `cache_dir` when nothing has changed.

    An empty `cache_dir` keeps nothing. Raises CatalogueError as `load_catalogue` does, and nothing else: what cannot be
    read from the cache is read from its sources, what cannot be written there is not.
    """
    return load_known(path, cache_dir)[0]


def load_known(path: str, cache_dir: str) -> tuple[model.Catalogue, str]:
    """Return the catalogue and what stands for its sources; the latter is empty when that cannot be known."""
    loaded = load(path, cache_dir)
    return loaded.catalogue, mark_of(loaded.digests)


class Loaded(NamedTuple):
    """A catalogue, and what it was read from."""

    catalogue: model.Catalogue
    digests: Mapping[str, str]
    """By source, what stands for its content; none at all when that cannot be known of each."""


def load(path: str, cache_dir: str) -> Loaded:
    """Return the catalogue of a file or folder as `load_cached` does, with its sources."""
    if not cache_dir:
        from errdex.catalogue.load import load_catalogue

        return Loaded(load_catalogue(path), {})
    # Before they are parsed: a later change must not fit them.
    digests = {root: _digest_of(root) for root in roots(path)}
    return _read(path, cache_dir, digests) or _load_and_keep(path, cache_dir, digests)


def recall(path: str, cache_dir: str, digests: Mapping[str, str]) -> model.Catalogue | None:
    """Return the kept catalogue of exactly these sources, which are not looked at."""
    kept = _read(path, cache_dir, digests)
    return kept.catalogue if kept is not None and kept.digests == digests else None


def _load_and_keep(path: str, cache_dir: str, digests: dict[str, str]) -> Loaded:
    import time

    from errdex.catalogue.load import read_catalogue

    started = time.time()
    loaded = read_catalogue(path)
    for file in loaded.files:
        if file not in digests:
            # Known only now: it may have changed since it was parsed, unless it is older than that.
            digests[file] = _digest_of(file) if _modified(file) < started - 2 else ""
    if not all(digests.values()):
        return Loaded(loaded.catalogue, {})
    write_kept(_place(path, cache_dir), _kind(), _encoded(loaded.catalogue, digests))
    return Loaded(loaded.catalogue, digests)


def _digest_of(path: str) -> str:
    """Return what stands for the content of a regular file; nothing when that cannot be known."""
    data = _content(path)
    return "" if data is None else digest(data)


def _content(path: str) -> bytes | None:
    try:
        status = os.stat(path)
        if status.st_mode & 0o170000 != 0o100000 or status.st_size > MAX_BYTES:  # stat.S_ISREG
            return None
        with open(path, "rb") as file:
            return file.read()
    except (OSError, ValueError):
        return None


def _modified(path: str) -> float:
    try:
        return os.stat(path).st_mtime
    except OSError:
        return float("inf")


# --- the file


def _place(path: str, cache_dir: str) -> str:
    return os.path.join(cache_dir, f"catalogue-{digest(os.fsencode(path))}.json")


def _read(path: str, cache_dir: str, digests: Mapping[str, str]) -> Loaded | None:
    """Return the kept catalogue if it is of these sources, of which the first are known, and of no other content."""
    payload = read_kept(_place(path, cache_dir), _kind())
    if payload is None:
        return None
    collecting = gc.isenabled()
    gc.disable()
    try:
        end = payload.index(b"\n")
        document = json.loads(payload[:end])
        sources: dict[str, str] = document["sources"]
        if [*sources][: len(digests)] != [*digests]:
            return None
        if any(found != (digests.get(path) or _digest_of(path)) for path, found in sources.items()):
            return None
        return Loaded(_decoded(document, memoryview(payload)[end + 1 :]), sources)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        return None  # whole and yet no catalogue: written by somebody else
    finally:
        if collecting:
            gc.enable()


def _kind() -> str:
    return f"catalogue {_fingerprint()}"


# --- records as columns


class _Field(NamedTuple):
    """How a field of a record is written."""

    name: str
    kind: str
    """`one` or `many` records, a `location`, `texts`, `pairs` of texts, or `plain` JSON."""
    record: str
    """The name of the records; empty for other kinds."""


def _fields(record: type[Any]) -> Iterator[_Field]:
    """Yield the fields of a record, by their annotations."""
    kinds = {"Location": "location", "tuple[str, ...]": "texts", "tuple[tuple[str, str], ...]": "pairs"}
    for name, annotation in record.__annotations__.items():
        said = str(getattr(annotation, "__forward_arg__", annotation))
        inner = said.removeprefix("tuple[").removesuffix(", ...]").removesuffix(" | None")
        if inner in _NAMES:
            yield _Field(name, "many" if said.startswith("tuple[") else "one", inner)
        else:
            yield _Field(name, kinds.get(said, "plain"), "")


def _fingerprint() -> str:
    """Return what changes with the layout of the records."""
    return digest(repr([sys.byteorder, *([record.__name__, *_fields(record)] for record in _RECORDS)]).encode())


def _encoded(catalogue: model.Catalogue, digests: dict[str, str]) -> bytes:
    """Return what is kept of a catalogue and its sources."""
    blob = bytearray()
    numbers: dict[int, int] = {}
    tables: dict[str, list[Any]] = {name: [] for name in _NAMES}
    fields = {name: [*_fields(record)] for name, record in _NAMES.items()}

    def number_of(record: Any) -> int:  # noqa: ANN401
        """Return the number of a record in its table; what it has is numbered before it."""
        if id(record) not in numbers:
            name = type(record).__name__
            for field in fields[name]:
                value = getattr(record, field.name)
                if field.kind == "many":
                    for each in value:
                        number_of(each)
                elif field.kind == "one" and value is not None:
                    number_of(value)
            numbers[id(record)] = len(tables[name])
            tables[name].append(record)
        return numbers[id(record)]

    def column(field: _Field, values: list[Any]) -> object:
        match field.kind:
            case "one":
                return _packed([-1 if value is None else number_of(value) for value in values], blob)
            case "many":
                return _packed([tuple(map(number_of, value)) for value in values], blob)
            case "location":
                return [_packed([value[part] for value in values], blob) for part in range(3)]
            case _:
                return _packed(values, blob)

    number_of(catalogue)
    document: dict[str, object] = {"sources": digests}
    for name, records in tables.items():
        columns = [column(field, [getattr(each, field.name) for each in records]) for field in fields[name]]
        document[name] = [len(records), columns]
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))  # no line ends: JSON escapes those of texts
    return text.encode("utf-8", "surrogatepass") + b"\n" + blob


def _packed(values: list[Any], blob: bytearray) -> object:
    """Return a column: [values] when most differ, [[value], how many] when none does, else [values, number of each]."""
    different: dict[Any, int] = {}
    numbers = [different.setdefault((type(value), value), len(different)) for value in values]
    if len(different) * 2 > len(values):
        return [_joined(values, blob)]
    joined = _joined([value for _, value in different], blob)
    return [joined, len(values) if len(different) == 1 else _joined(numbers, blob)]


def _joined(values: list[Any], blob: bytearray) -> object:
    """Return texts as one text, which the JSON reader takes in at once; numbers as their place in the blob.

    Other values are returned as they are.
    """
    if len(values) > 1 and all(isinstance(value, str) and _BETWEEN not in value for value in values):
        return _BETWEEN.join(values)
    if len(values) > 1 and all(type(value) is int and -_LARGE <= value < _LARGE for value in values):
        from array import array

        start = len(blob)
        blob += array("i", values).tobytes()
        return {"from": start, "to": len(blob)}
    return values


def _decoded(document: dict[str, Any], blob: memoryview) -> model.Catalogue:
    """Return the catalogue of a kept document; any of the errors of a wrong shape when it is none.

    Whole columns are mapped at once, in C: a record costs less here than its text costs the JSON reader.
    """
    new = tuple.__new__
    # Number -1, which is None, counts from the end.
    tables: dict[str, list[Any]] = {"": []}
    for name, record in _NAMES.items():
        size, columns = document[name]
        read = [
            _column(field.kind, column, tables[field.record], blob)
            for field, column in zip(_fields(record), columns, strict=True)
        ]
        records = [*map(new, repeat(record), zip(*read, strict=True))]
        if len(records) != size:
            raise ValueError(name)
        tables[name] = [*records, None]
    catalogue, _ = tables["Catalogue"]
    return catalogue  # type: ignore[no-any-return]


def _column(kind: str, column: Any, table: list[Any], blob: memoryview) -> Iterable[Any]:  # noqa: ANN401
    if kind == "location":
        parts = [_unpacked(part, blob) for part in column]
        return map(tuple.__new__, repeat(Location), zip(*parts, strict=True))
    if kind == "one":
        return _picked(table, [*_unpacked(column, blob)])
    if kind == "many":
        return _unpacked(column, blob, lambda numbers: tuple([table[number] for number in numbers]))
    if kind == "texts":
        return _unpacked(column, blob, tuple)
    if kind == "pairs":
        return _unpacked(column, blob, lambda pairs: tuple([(first, second) for first, second in pairs]))
    return _unpacked(column, blob)


def _unpacked(column: list[Any], blob: memoryview, read: Callable[[Any], object] | None = None) -> Iterable[Any]:
    values = _values(column[0], blob)
    if read is not None:
        values = [read(value) for value in values]
    if len(column) == 1:
        return values
    numbers = column[1]
    return repeat(values[0], numbers) if isinstance(numbers, int) else _picked(values, _values(numbers, blob))


def _values(joined: Any, blob: memoryview) -> list[Any]:  # noqa: ANN401
    if isinstance(joined, str):
        return joined.split(_BETWEEN)
    if isinstance(joined, dict):
        return blob[joined["from"] : joined["to"]].cast("i").tolist()
    return joined  # type: ignore[no-any-return]


def _picked(values: list[Any], numbers: list[int]) -> Iterable[Any]:
    # With a single number, `itemgetter` returns no tuple.
    return itemgetter(*numbers)(values) if len(numbers) > 1 else [values[number] for number in numbers]
