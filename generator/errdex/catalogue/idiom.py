"""From a catalogue that was read from a description to the data of a catalogue as a person would write it.

What every operation answers alike is said once for the status; what all responses of a status have is said above its
`for`. The text of an error that several responses repeat becomes a cause with a name, a body that several have gets a
name. Nothing is left out but what a catalogue has no place for, and nothing is added.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from errdex.catalogue.naming import class_name, slug
from errdex.catalogue.prose import link_faults, plain
from errdex.catalogue.wording import Reason, take_apart
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from errdex.catalogue.model import Body, Catalogue, Cause, Header, Operation, Response, Server

Data = dict[str, object]

_ID = re.compile(r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*")
_LONGEST_ID = 80
_WORDS_OF_AN_ID = 6
_PARAMETER = re.compile(r"\{(\+?)([^{}]*)\}")
_NOT_IN_PATH = re.compile(r"[^!$-;=@-z|~]")
_GENERIC = re.compile(r"(?:content|error)(?:-\d+)?")


def catalogue_data(catalogue: Catalogue, known: Catalogue | None = None) -> Data:
    """Return the catalogue as the sections of a file, each in the order in which a person would write it.

    Bodies, causes and remedies that `known` has keep their names, and no name of it gets another meaning.
    """
    return _Idiom(catalogue, known).data()


class _Cell(NamedTuple):
    """What one status means for some operations, as far as a file says it."""

    not_applicable: bool
    summary: str
    detail: str
    reasons: tuple[Reason, ...]
    remedies: tuple[str, ...]
    body: str
    headers: tuple[Header, ...]


class _Names:
    """Names for texts: equal texts have one name, and no name is given twice."""

    def __init__(self, known: Iterable[tuple[str, str]] = ()) -> None:
        self.given: dict[str, str] = {}
        """Text -> name."""
        self._known = dict(known)
        self._taken = {class_name(name).casefold() for name in self._known.values()}

    def of(self, text: str, wanted: str) -> str:
        """Return the name of a text; a new text gets the wanted name, shortened to an id, or that with a number."""
        if text in self._known:
            self.given[text] = self._known[text]
        if text not in self.given:
            stem = identifier(wanted)
            name, number = stem, 1
            # Two ids that differ only in case or hyphens would name one class.
            while class_name(name).casefold() in self._taken:
                number += 1
                name = f"{stem}-{number}"
            self._taken.add(class_name(name).casefold())
            self.given[text] = name
        return self.given[text]


def identifier(text: str) -> str:
    """Return a text as an id of a catalogue: itself if it is one, else its letters and digits joined by hyphens."""
    if _ID.fullmatch(text) and len(text) <= _LONGEST_ID:
        return text
    name = "-".join(re.findall(r"[A-Za-z0-9]+", text))[:_LONGEST_ID].rstrip("-")
    return name or slug(text)


class _Idiom:
    """A catalogue on its way to data."""

    def __init__(self, catalogue: Catalogue, known: Catalogue | None) -> None:
        self._catalogue = catalogue
        self._columns = _Names()
        """Of operations and groups, which stand side by side under `for`."""
        self._bodies = _Names(
            (_body_key(name, body), body.id)
            for body in (known.bodies if known else ())
            for name in (_unnumbered(body.id), body.id)
        )
        self._causes = _Names((repr(_known_reason(cause)), cause.id) for cause in (known.causes if known else ()))
        self._remedies = _Names((remedy.says, remedy.id) for remedy in (known.remedies if known else ()))
        self._reasons: dict[str, Reason] = {}
        """By the name of the cause."""
        self._body_data: Data = {}
        for operation in catalogue.operations:
            self._columns.of(operation.id, operation.id)
        for group in catalogue.groups:
            self._columns.of(f"group {group.id}", group.id)
        self._users = Counter(
            (response.body.id, response.status) for response in catalogue.responses() if response.body is not None
        )
        self._cells = self._all_cells()

    def data(self) -> Data:
        """Return the sections that have something in them."""
        own: dict[str, Data] = defaultdict(dict)
        responses: dict[int | str, Data] = {}
        for status in self._catalogue.statuses:
            code = int(status.code) if status.code.isdecimal() else status.code
            said, exceptions = self._status(status.code)
            if said is not None:
                responses[code] = {**({"reason": status.reason} if status.reason else {}), **said}
            for operation, fields in exceptions.items():
                own[operation][code] = fields  # type: ignore[index]  # a status is a number where it can be
        operations = self._catalogue.operations
        sections: Data = {
            "catalogue": 1,
            "api": self._api(),
            "bodies": self._body_data,
            "causes": {name: self._cause(reason) for name, reason in self._reasons.items()},
            "remedies": {name: text for text, name in self._remedies.given.items()},
            "operations": {self._id(o.id): _operation(o, own.get(o.id, {})) for o in operations},
            "groups": {
                self._id(f"group {group.id}"): {"title": group.title, "operations": [*map(self._id, group.operations)]}
                for group in self._catalogue.groups
            },
            "responses": responses,
            "notes": [prose(note) for note in self._catalogue.notes],
        }
        return {section: said for section, said in sections.items() if said}

    def _id(self, given: str) -> str:
        return self._columns.given[given]

    def _api(self) -> Data:
        api = self._catalogue.api
        return {
            "id": identifier(api.id),
            "title": api.title,
            **_given(version=api.version, summary=prose(api.summary), servers=[*_servers(api.servers)]),
        }

    def _cause(self, reason: Reason) -> object:
        if not reason.remedies:
            return reason.says
        return {"says": reason.says, "remedies": [self._remedy(text) for text in reason.remedies]}

    def _remedy(self, text: str) -> str:
        return self._remedies.of(text, _first_words(text))

    def _reason(self, reason: Reason) -> str:
        name = self._causes.of(repr(reason), _first_words(reason.says))
        self._reasons[name] = reason
        for text in reason.remedies:
            self._remedy(text)
        return name

    def _all_cells(self) -> dict[str, dict[str, _Cell]]:
        """Return what is said by status and operation, the texts that errors repeat as causes."""
        cells: dict[str, dict[str, _Cell]] = defaultdict(dict)
        for response in self._catalogue.responses():
            if response.state != "unsaid":
                cells[response.status][response.operation] = self._cell(response)
        differing = {
            code for code, row in cells.items() if _is_error(code) and len({cell.summary for cell in row.values()}) > 1
        }
        repeated = Counter(_as_reason(cell) for code in differing for cell in cells[code].values())
        for code in differing:
            for operation, cell in cells[code].items():
                reason = _as_reason(cell)
                if reason is not None and repeated[reason] > 1:
                    cells[code][operation] = cell._replace(summary="", reasons=(reason,), remedies=())
        return cells

    def _cell(self, response: Response) -> _Cell:
        if response.state == "not-applicable":
            return _Cell(True, "", "", (), (), "", ())  # noqa: FBT003 -- the only field that says anything
        summary, detail = prose(response.summary), prose(response.detail)
        body = self._body(response.body, response) if response.body else ""
        reasons = tuple(
            Reason(prose(cause.says), tuple(prose(remedy.says) for remedy in cause.remedies))
            for cause in response.causes
        )
        remedies = tuple(prose(remedy.says) for remedy in response.remedies)
        if _is_error(response.status) and not reasons and not remedies:
            summary, detail, reasons, remedies = take_apart(summary, detail)
        return _Cell(False, summary, detail, reasons, remedies, body, response.headers)  # noqa: FBT003

    def _body(self, body: Body, response: Response) -> str:
        """Return the name of a body; one that only one operation has, for one status, is named after these."""
        wanted = _unnumbered(body.id)
        if _GENERIC.fullmatch(body.id) and self._users[body.id, response.status] == 1:
            wanted = f"{response.operation}-{response.status}"
        name = self._bodies.of(_body_key(identifier(wanted), body), wanted)
        self._body_data[name] = {
            "kind": body.kind,
            **_given(
                says=prose(body.says),
                media_types=list(body.media_types),
                example={m: _example(t) for m, t in body.example},
            ),
        }
        return name

    def _status(self, code: str) -> tuple[Data | None, Mapping[str, Data]]:
        """Return what is said for a status as a whole, and what single operations say under themselves."""
        row = self._cells.get(code, {})
        fields = {operation: self._fields(cell) for operation, cell in row.items() if not cell.not_applicable}
        if not row:
            return None, {}
        shared = _shared(list(fields.values()))
        rest = {
            o: {key: value for key, value in said.items() if shared.get(key) != value} for o, said in fields.items()
        }
        if len(fields) == len(self._catalogue.operations) and sum(map(bool, rest.values())) * 2 <= len(rest):
            return shared, {operation: said for operation, said in rest.items() if said}
        cells: dict[str, object] = {o: rest.get(o, "not-applicable") for o in row}
        return {**shared, "for": dict(self._grouped(cells))}, {}

    def _grouped(self, cells: dict[str, object]) -> Iterator[tuple[str, object]]:
        """Yield the cells in the order of the operations, one for a whole group that has it."""
        group_of = {}
        for group in self._catalogue.groups:
            said = [cells.get(operation) for operation in group.operations]
            if len(said) > 1 and said[0] is not None and said.count(said[0]) == len(said):
                group_of.update(dict.fromkeys(group.operations, group.id))
        seen = set()
        for operation in self._catalogue.operations:
            if operation.id not in cells:
                continue
            name = f"group {group_of[operation.id]}" if operation.id in group_of else operation.id
            if name not in seen:
                seen.add(name)
                yield self._id(name), cells[operation.id]

    def _fields(self, cell: _Cell) -> Data:
        return _given(
            summary=cell.summary,
            detail=cell.detail,
            body=cell.body,
            causes=[self._reason(reason) for reason in cell.reasons],
            remedies=[self._remedy(text) for text in cell.remedies],
            headers={header.name: _header(header) for header in cell.headers},
        )


def _unnumbered(name: str) -> str:
    return re.sub(r"-\d+$", "", name)


def _body_key(name: str, body: Body) -> str:
    """Return a text that is equal for bodies of one schema, or for one response, that say the same."""
    return repr(
        (name, body.kind, body.says, sorted(body.media_types), sorted((m, _example(t)) for m, t in body.example))
    )


def _known_reason(cause: Cause) -> Reason:
    return Reason(cause.says, tuple(remedy.says for remedy in cause.remedies))


def _as_reason(cell: _Cell) -> Reason | None:
    """Return the text of an error as a cause; None for one that has more to say, or nothing."""
    return None if cell.reasons or cell.detail or not cell.summary else Reason(cell.summary, cell.remedies)


def _is_error(status: str) -> bool:
    return status[0] in "45d"


def _shared(fields: list[Data]) -> Data:
    """Return the fields that all responses have, each with its most frequent value."""
    shared: Data = {}
    for key in dict.fromkeys(key for said in fields for key in said):
        values = Counter(repr(said.get(key)) for said in fields)
        value, count = values.most_common(1)[0]
        if all(key in said for said in fields) and (count > 1 or len(fields) == 1):
            shared[key] = next(said[key] for said in fields if repr(said[key]) == value)
    return shared


def _operation(operation: Operation, responses: Data) -> Data:
    endpoints = [f"{endpoint.method} {_path(endpoint.path)}" for endpoint in operation.endpoints]
    names = {f"{endpoint.method} {endpoint.path}" for endpoint in operation.endpoints}
    return {
        "title": endpoints[0] if operation.title in names else operation.title,
        **_given(
            summary=prose(operation.summary),
            endpoints=endpoints,
            limits=[prose(limit) for limit in operation.limits],
            tags=list(dict.fromkeys(filter(str.strip, operation.tags))),
            deprecated=operation.deprecated is not None,
            doc_url=operation.doc_url if re.fullmatch(r"https?://[!-;=?-~]+", operation.doc_url or "") else "",
            responses=responses,
        ),
    }


def _path(path: str) -> str:
    """Return a path as the format wants it: what no path may hold is percent-encoded, parameters are words."""
    names: dict[str, str] = {}

    def parameter(match: re.Match[str]) -> str:
        name = re.sub(r"[^A-Za-z0-9_.-]", "_", match[2])
        name = name if re.match("[A-Za-z_]", name) else f"p{name}"
        names[name] = number = str(int(names.get(name, "0")) + 1)
        return f"{{{match[1]}{name if number == '1' else name + number}}}"

    pieces = re.split(r"(\{[^{}]*\})", path)
    return "".join(
        _PARAMETER.sub(parameter, piece) if _PARAMETER.fullmatch(piece) else _NOT_IN_PATH.sub(_encoded, piece)
        for piece in pieces
    )


def _encoded(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode())


def _servers(servers: Iterable[Server]) -> Iterator[object]:
    """Yield the servers; a scheme that is a variable is its default, for a catalogue wants to see it."""
    for server in servers:
        url = server.url
        defaults = dict(server.variables)
        start = re.match(r"\{([^{}]*)\}", url)
        if start and start[1] in defaults:
            url = defaults[start[1]] + url[start.end() :]
        if re.fullmatch(r"https?://[!-;=?-~]+|/[!-;=?-~]*", url):
            left = {name: default for name, default in server.variables if f"{{{name}}}" in url}
            yield {"url": url, "variables": left} if left else url


def _header(header: Header) -> object:
    said = _given(
        says=prose(header.says),
        type="" if header.type == "string" else header.type,
        required=header.required,
        example=header.example,
    )
    return header.says if list(said) == ["says"] else said


def _example(text: str) -> str:
    """Return an example so that a person can read it: JSON of more than a line on several."""
    if len(text) <= _LONGEST_ID:
        return text
    try:
        return json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return text


def prose(text: str) -> str:
    """Return a text as prose of a catalogue: one with a link that leads where none may has no links."""
    return text.replace("](", "]\\(").strip() if any(link_faults(text, ())) else text.strip()


def _first_words(text: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", plain(text).lower().replace("'", ""))[:_WORDS_OF_AN_ID])


def _given(**values: object) -> Data:
    """Return the keys that have something to say."""
    return {key: value for key, value in values.items() if value not in ("", None, False) and value not in ([], {})}
