"""The same catalogue for programs: its data, JSON with a line for each row, and redirects for short links."""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

from errdex.catalogue.export import export_data, response_data
from errdex.pages.markup import entities
from errdex.pages.site import published, relative

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from errdex.pages.site import Address, Site

    Row: TypeAlias = dict[str, Any]


def public_url(site: Site, address: Address) -> str:
    """Return the address of a page as a browser asks for it: absolute when the catalogue says where the site is."""
    base = site.catalogue.api.docs_base_url
    path = published(address.page, directory_urls=site.options.directory_urls)
    fragment = f"#{address.anchor}" if address.anchor else ""
    return f"{base}/{path}{fragment}" if base else f"{path}{fragment}"


def redirect(target: str, title: str) -> str:
    """Return an HTML page that leads to a relative address, with and without scripts."""
    url = entities(target)
    return (
        "<!doctype html>\n"
        f'<html lang="en"><head><meta charset="utf-8"><title>{entities(title)}</title>'
        f'<link rel="canonical" href="{url}"><meta name="robots" content="noindex">'
        f'<meta http-equiv="refresh" content="0; url={url}"></head>'
        f'<body><a href="{url}">{entities(title)}</a></body></html>\n'
    )


def redirects(site: Site) -> Iterator[tuple[str, str]]:
    """Yield the short links `e/<status>` and `e/<operation>/<status>`, and the pages of grouped operations."""
    for status in site.catalogue.statuses:
        yield _redirect(site, f"e/{status.code}/index.html", site.status(status.code), status.code)
    for operation in site.catalogue.operations:
        name = site.operation_names[operation.id]
        if site.grouped:
            page = f"operations/{name}/index.html"
            yield _redirect(site, page, site.operation(operation.id), operation.title)
            continue
        for status in site.catalogue.statuses:
            if site.response(status.code, operation.id).state == "documented":
                page = f"e/{name}/{status.code}/index.html"
                yield _redirect(site, page, site.status(status.code, operation.id), f"{status.code} {operation.title}")


def _redirect(site: Site, path: str, address: Address, title: str) -> tuple[str, str]:
    target = relative(published(address.page, directory_urls=site.options.directory_urls), path)
    return path, redirect(f"{target}#{address.anchor}" if address.anchor else target, title)


def catalogue_data(site: Site) -> Row:
    """Return the exported catalogue with the address of each page; its responses are those that something is said of.

    A response is no more than what names it and leads to it: `response_texts` has all that it says.
    """
    catalogue = site.catalogue
    data: Row = export_data(catalogue, ())
    addresses = {
        "operations": [site.operation(operation.id) for operation in catalogue.operations],
        "statuses": [site.status(status.code) for status in catalogue.statuses],
        "problems": [site.problem(problem) for problem in catalogue.problems],
    }
    for key, places in addresses.items():
        data[key] = [{**row, "url": public_url(site, place)} for row, place in zip(data[key], places, strict=True)]
    data["responses"] = [
        {"status": code, "operation": operation, "url": public_url(site, site.status(code, operation))}
        for code, operation in site.responses
    ]
    return data


def response_texts(site: Site, rows: Iterable[Row]) -> Iterator[tuple[int, str]]:
    """Yield (identity, text) of the rows of responses; what one cell says of many operations is encoded once."""
    said: dict[tuple[str, str], str] = {}
    for status in site.catalogue.statuses:
        for cell in status.cells:
            response = cell.response
            if response.state != "unsaid":
                # What names a response stands first, and is another for each operation of the cell.
                head = row_text({"status": response.status, "operation": response.operation})
                rest = row_text(response_data(response))[len(head) - 1 : -1]
                said |= dict.fromkeys(((status.code, operation) for operation in cell.operations), rest)
    for row in rows:
        code, operation, url = row.values()
        named = f'"status": {row_text(code)}, "operation": {row_text(operation)}'
        yield id(row), f'{{{named}{said[code, operation]}, "url": {row_text(url)}}}'


def json_text(document: Row, rows: Mapping[int, str] = MappingProxyType({})) -> str:
    """Return JSON with a line for each row: an indented one of a large API would be twice as large.

    `rows` are the texts of rows that are known already, by the identity of the row.
    """
    members = (f"{row_text(key)}: {_lines(value, rows)}" for key, value in document.items())
    return "{\n" + ",\n".join(members) + "\n}\n"


def _lines(value: object, rows: Mapping[int, str]) -> str:
    if not isinstance(value, list) or not value:
        return row_text(value)
    return "[\n" + ",\n".join(rows.get(id(item)) or row_text(item) for item in value) + "\n]"


row_text = json.JSONEncoder(ensure_ascii=False).encode
"""json.dumps makes an encoder for each call with options."""
