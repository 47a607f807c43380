"""A catalogue as JSON, with every group and merged cell expanded, and as the Markdown table that people write."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from errdex.catalogue.prose import Code, Emphasis, Link, parse_prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from errdex.catalogue.model import (
        Body,
        Catalogue,
        Cause,
        Cell,
        Deprecation,
        Header,
        Operation,
        Problem,
        Remedy,
        Response,
        Status,
    )

NOT_APPLICABLE = "—"
UNSAID = "?"


def export_json(catalogue: Catalogue) -> str:
    """Return the catalogue as JSON: one row in `responses` for each pair of a status and an operation.

    `remedies` of a row has all that can be done about it, those of its causes first; `causes` tells which belongs
    to which. `shared` has what the source said once for several operations. Prose keeps its markup.
    """
    return json.dumps(export_data(catalogue), indent=2, ensure_ascii=False) + "\n"


def export_data(catalogue: Catalogue, responses: Iterable[Response] | None = None) -> dict[str, object]:
    """Return what `export_json` writes; with only some of the responses when they are given."""
    api = catalogue.api
    return {
        "catalogue": 1,
        "api": {
            "id": api.id,
            "title": api.title,
            "version": api.version,
            "summary": api.summary,
            "servers": [{"url": server.url, "variables": dict(server.variables)} for server in api.servers],
            "docs_url": api.docs_base_url,
            "request_id_header": api.request_id_header,
        },
        "operations": [_operation(operation) for operation in catalogue.operations],
        "groups": [
            {"id": group.id, "title": group.title, "operations": list(group.operations)} for group in catalogue.groups
        ],
        "columns": list(catalogue.columns),
        "responses": [
            response_data(response) for response in (catalogue.responses() if responses is None else responses)
        ],
        "shared": [
            {"status": status.code, "operations": list(cell.operations), "group": cell.group}
            for status in catalogue.statuses
            for cell in status.cells
            if len(cell.operations) > 1
        ],
        "statuses": [
            {"status": status.code, "reason": status.reason, "summary": status.summary} for status in catalogue.statuses
        ],
        "problems": [_problem(problem) for problem in catalogue.problems],
        "links": [{"id": link.id, "title": link.title, "url": link.url} for link in catalogue.links],
        "notes": list(catalogue.notes),
    }


def _operation(operation: Operation) -> dict[str, object]:
    return {
        "id": operation.id,
        "title": operation.title,
        "summary": operation.summary,
        "endpoints": [{"method": endpoint.method, "path": endpoint.path} for endpoint in operation.endpoints],
        "methods": list(operation.methods),
        "limits": list(operation.limits),
        "tags": list(operation.tags),
        "since": operation.since,
        "deprecated": _deprecation(operation.deprecated),
        "removed": operation.removed,
        "doc_url": operation.doc_url,
    }


def response_data(response: Response) -> dict[str, object]:
    """Return what `export_json` writes of a response."""
    return {
        "status": response.status,
        "operation": response.operation,
        "state": response.state,
        "reason": response.reason,
        "summary": response.summary,
        "detail": response.detail,
        "body": _body(response.body),
        "causes": [_cause(cause) for cause in response.causes],
        "remedies": [_remedy(remedy) for remedy in _all_remedies(response)],
        "headers": [_header(header) for header in response.headers],
        "problems": [problem.id for problem in response.problems],
        "retryable": response.retryable,
        "client": response.client,
        "since": response.since,
        "deprecated": _deprecation(response.deprecated),
        "removed": response.removed,
        "doc_url": response.doc_url,
        "owner": response.owner,
        "related": list(response.related),
    }


def _all_remedies(response: Response) -> Iterator[Remedy]:
    """Yield each remedy once: those of the causes, then those of the response as a whole."""
    seen = set()
    for remedy in (*(remedy for cause in response.causes for remedy in cause.remedies), *response.remedies):
        if (remedy.id, remedy.says) not in seen:
            seen.add((remedy.id, remedy.says))
            yield remedy


def _body(body: Body | None) -> dict[str, object] | None:
    if body is None:
        return None
    return {
        "id": body.id,
        "kind": body.kind,
        "says": body.says,
        "media_types": list(body.media_types),
        "problem": dict(body.problem),
        "open": body.open,
        "example": dict(body.example),
    }


def _cause(cause: Cause) -> dict[str, object]:
    return {
        "id": cause.id,
        "says": cause.says,
        "remedies": [remedy.id for remedy in cause.remedies],
        "retryable": cause.retryable,
    }


def _remedy(remedy: Remedy) -> dict[str, object]:
    return {"id": remedy.id, "says": remedy.says}


def _problem(problem: Problem) -> dict[str, object]:
    return {
        "id": problem.id,
        "title": problem.title,
        "says": problem.says,
        "type": problem.type,
        "causes": [_cause(cause) for cause in problem.causes],
        "remedies": [_remedy(remedy) for remedy in problem.remedies],
        "retryable": problem.retryable,
    }


def _header(header: Header) -> dict[str, object]:
    return {
        "name": header.name,
        "says": header.says,
        "type": header.type,
        "required": header.required,
        "example": header.example,
    }


def _deprecation(deprecation: Deprecation | None) -> dict[str, object] | None:
    return None if deprecation is None else {"since": deprecation.since, "use": deprecation.use}


def export_markdown(catalogue: Catalogue) -> str:
    """Return the table of statuses by columns, and the notes under it.

    A cell that holds for several neighbouring columns stands in the first of them, and the others are empty. A dash
    is a response that is said not to happen, a question mark one of which nothing is said.
    """
    groups = {group.id: group for group in catalogue.groups}
    columns = [groups[id_].operations if id_ in groups else (id_,) for id_ in catalogue.columns]
    titles = [groups[id_].title if id_ in groups else catalogue.operation(id_).title for id_ in catalogue.columns]
    rows = [
        f"# {_escaped(catalogue.api.title)}: response status codes",
        "",
        _row("Code", "Status", *(_escaped(title) for title in titles)),
        "---|" * (2 + len(columns)),
        *(_row(*_cells(catalogue, status, columns)) for status in catalogue.statuses),
    ]
    for note in catalogue.notes:
        rows += ["", _markdown(catalogue, note)]
    return "\n".join(rows) + "\n"


def _row(*cells: str) -> str:
    return "".join(f"{cell} | " if cell else "| " for cell in cells).rstrip()


def _cells(catalogue: Catalogue, status: Status, columns: list[tuple[str, ...]]) -> Iterator[str]:
    yield f"{status.code} {_escaped(status.reason)}".strip()
    yield {"1": "Informational", "2": "Success", "3": "Redirection"}.get(status.code[0], "Error")
    of = {operation: cell for cell in status.cells for operation in cell.operations}
    left: list[Cell] = []
    for operations in columns:
        cells = list(dict.fromkeys(of[operation] for operation in operations))
        yield "" if cells == left and len(cells) == 1 else _column(catalogue, cells, operations)
        left = cells


def _column(catalogue: Catalogue, cells: list[Cell], operations: tuple[str, ...]) -> str:
    if len(cells) == 1:
        return _cell(catalogue, cells[0])
    shown = [_titles(catalogue, [id_ for id_ in operations if id_ in cell.operations]) for cell in cells]
    return "<br>".join(
        f"{_escaped(titles)}: {_cell(catalogue, cell)}" for titles, cell in zip(shown, cells, strict=True)
    )


def _titles(catalogue: Catalogue, operations: Iterable[str]) -> str:
    return ", ".join(catalogue.operation(operation).title for operation in operations)


def _cell(catalogue: Catalogue, cell: Cell) -> str:
    response = cell.response
    if response.state != "documented":
        return NOT_APPLICABLE if response.state == "not-applicable" else UNSAID
    said = [response.summary]
    if response.body and response.body.kind != "error":
        said.append(response.body.says)
    said.append(response.detail)
    causes = [" ".join((cause.says, *(remedy.says for remedy in cause.remedies))) for cause in response.causes]
    said += [f"- {cause}" for cause in causes] if len(causes) > 1 else causes
    said += [remedy.says for remedy in response.remedies]
    text = " ".join(_markdown(catalogue, prose) for prose in said if prose)
    return f"{text} {_allowed(catalogue, cell.operations)}".strip() if response.status == "405" else text


def _allowed(catalogue: Catalogue, operations: tuple[str, ...]) -> str:
    """Return the methods that do not get a 405 (RFC 9110, 15.5.6), which nobody has to write down."""
    methods = {operation: ", ".join(catalogue.operation(operation).methods) for operation in operations}
    if len(set(methods.values())) == 1:
        return f"Allowed: {methods[operations[0]]}."
    return "; ".join(f"{_titles(catalogue, [operation])} allows {methods[operation]}" for operation in operations) + "."


# An underscore inside a word is no markup.
_SPECIAL = re.compile(r"[\\`*\[\]<>|&~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda match: f"\\{match[0]}", text)


def _markdown(catalogue: Catalogue, prose: str) -> str:
    """Return a prose as Markdown for a cell of a table."""
    urls = {link.id: link.url for link in catalogue.links}
    parts = []
    for node in parse_prose(prose):
        match node:
            case Code(text):
                parts.append(f"`{text}`".replace("|", "\\|"))
            case Emphasis(text):
                parts.append(f"*{_escaped(text)}*")
            case Link(text, target):
                url = urls[node.ref] if node.ref else target
                parts.append(f"[{_escaped(text)}]({url})".replace("|", "%7C") if url else _escaped(text))
            case _:
                parts.append(_escaped(node.text))
    return "".join(parts)
