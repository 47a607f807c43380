"""The files that hold all of a catalogue for programs, in parts where one file would be heavy.

A site whose pages are grouped has its data grouped as well: what belongs to the operations of a section is in a
file of the section, or in several, and the file that would hold everything tells where.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from errdex.catalogue.openapi_export import export_openapi, exported_openapi, index_of_openapi, part_of_openapi
from errdex.pages.machine import catalogue_data, json_text, public_url, response_texts
from errdex.pages.markup import backslashes
from errdex.pages.site import UP, Address
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from errdex.pages.site import Section, Site

    Row: TypeAlias = dict[str, Any]
    Item = TypeVar("Item")

HEAVIEST = 400_000
"""Bytes of a part that can still be divided."""


class Part(NamedTuple):
    """A file that programs fetch."""

    path: str
    text: str
    section: str = ""
    """The title of the section that it is for; empty for all."""


class Plain(NamedTuple):
    """The plain text of a page, wherever it will be."""

    page: str
    section: str
    """The id of the section that it is for; empty for all."""
    text: str
    """With `UP` for what leads to the root of the reference."""


# --- JSON


def catalogue_parts(site: Site) -> Iterator[Part]:
    """Yield `catalogue.json`, in parts for a grouped site, and a twin of each page of a status and of a problem."""
    data = catalogue_data(site)
    rows = dict(response_texts(site, data["responses"]))  # each is in two files
    if site.grouped:
        parts = list(_catalogue_sections(site, data, rows))
        yield Part("catalogue.json", json_text(_index(site, data, parts)))
        yield from (part for part, _ in parts)
    else:
        yield Part("catalogue.json", json_text(data, rows))
    by_status: dict[str, list[Row]] = {}
    by_problem: dict[str, list[Row]] = {}
    for row in data["responses"]:
        by_status.setdefault(row["status"], []).append(row)
        for problem in site.responses[row["status"], row["operation"]].problems:
            by_problem.setdefault(problem.id, []).append({**row})  # in short
    for status in data["statuses"]:
        yield from _pages(f"codes/{status['status']}", status, by_status.get(status["status"], []), rows)
    for problem in data["problems"]:
        folder = f"problems/{site.problem_names[problem['id']]}"
        yield from _pages(folder, problem, by_problem.get(problem["id"], []), rows)


def _catalogue_sections(site: Site, data: Row, rows: Mapping[int, str]) -> Iterator[tuple[Part, list[str]]]:
    """Yield the part of each section with the operations that it has."""
    operations = {row["id"]: row for row in data["operations"]}
    responses: dict[str, list[Row]] = {}
    for row in data["responses"]:
        responses.setdefault(row["operation"], []).append(row)

    def text_of(section: Section, names: Sequence[str]) -> str:
        document = {
            "catalogue": data["catalogue"],
            "section": section.title,
            "operations": [operations[name] for name in names],
            "responses": [row for name in names for row in responses.get(name, ())],
        }
        return json_text(document, rows)

    taken: set[str] = set()
    for section in site.sections:
        names = [operation.id for operation in section.operations]
        for own, text in divided(names, partial(text_of, section)):
            yield Part(_free(f"catalogue/{section.id}", ".json", taken), text, section.title), list(own)


def _index(site: Site, data: Row, parts: Iterable[tuple[Part, list[str]]]) -> Row:
    index = {key: value for key, value in data.items() if key not in ("operations", "responses")}
    # What is said of nothing fills as many lines as there are operations.
    said = {
        (status.code, cell.operations)
        for status in site.catalogue.statuses
        for cell in status.cells
        if cell.response.state != "unsaid"
    }
    index["shared"] = [row for row in data["shared"] if (row["status"], tuple(row["operations"])) in said]
    index["parts"] = [
        {"section": part.section, "operations": names, "url": public_url(site, Address(part.path))}
        for part, names in parts
    ]
    return index


def _pages(folder: str, head: Row, responses: list[Row], rows: Mapping[int, str]) -> Iterator[Part]:
    """Yield `index.json` below a folder; of many rows the first, and the address of the file with the next."""
    pieces = [list(piece) for piece, _ in divided(responses, lambda piece: json_text({"responses": piece}, rows))]
    for number, piece in enumerate(pieces, 1):
        more = {"next": f"index-{number + 1}.json"} if number < len(pieces) else {}
        name = "index.json" if number == 1 else f"index-{number}.json"
        yield Part(f"{folder}/{name}", json_text({**head, "responses": piece, **more}, rows))


# --- OpenAPI


def openapi_parts(site: Site) -> Iterator[Part]:
    """Yield `openapi-responses.yaml`; for a grouped site its paths lead to a document of each section."""
    if not site.grouped:
        yield Part("openapi-responses.yaml", export_openapi(site.catalogue))
        return
    exported = exported_openapi(site.catalogue)
    paths: dict[str, list[str]] = {}
    for path, operation in exported.first.items():
        paths.setdefault(operation, []).append(path)
    files: dict[str, str] = {}
    taken: set[str] = set()
    for section in site.sections:
        own = [path for operation in section.operations for path in paths.get(operation.id, ())]
        for piece, text in divided(own, lambda own: part_of_openapi(exported, own)) if own else ():
            file = _free(f"openapi-responses/{section.id}", ".yaml", taken)
            files |= dict.fromkeys(piece, file)
            yield Part(file, text, section.title)
    yield Part("openapi-responses.yaml", index_of_openapi(exported, {path: files[path] for path in exported.paths}))


# --- text


def text_parts(site: Site, plain: Sequence[Plain]) -> Iterator[Part]:
    """Yield `llms-full.txt`; for a grouped site it leads to texts of the statuses, of each section, of the problems."""
    if not site.grouped:
        yield Part("llms-full.txt", _together("", plain))
        return
    api = site.catalogue.api
    lines = [f"# {backslashes(api.title)}", "", "Everything that the reference says, in several texts.", ""]
    for part in _texts(site, plain):
        yield part
        name = part.section or part.path.partition("/")[2].partition("-")[0].removesuffix(".txt").capitalize()
        lines.append(f"- [{backslashes(name)}]({public_url(site, Address(part.path))})")
    yield Part("llms-full.txt", "\n".join([*lines, ""]))


def _texts(site: Site, plain: Iterable[Plain]) -> Iterator[Part]:
    titles = {section.id: section.title for section in site.sections}
    by_file: dict[str, list[Plain]] = {}
    for page in plain:
        file = f"llms-full/sections/{page.section}" if page.section else f"llms-full/{page.page.partition('/')[0]}"
        by_file.setdefault(file, []).append(page)
    taken: set[str] = set()
    for file, pages in by_file.items():
        for _, text in divided(pages, partial(_together, "../" * file.count("/"))):
            yield Part(_free(file, ".txt", taken), text, titles.get(pages[0].section, ""))


def _together(up: str, pages: Sequence[Plain]) -> str:
    return "\n".join(page.text.replace(UP, up) for page in pages)


# --- dividing


def divided(items: Sequence[Item], text_of: Callable[[Sequence[Item]], str]) -> Iterator[tuple[Sequence[Item], str]]:
    """Yield the items with their text; in halves, and halves of these, as long as the text is heavy."""
    text = text_of(items)
    if len(items) < 2 or (len(text) <= HEAVIEST and len(text.encode()) <= HEAVIEST):
        yield items, text
        return
    middle = len(items) // 2
    yield from divided(items[:middle], text_of)
    yield from divided(items[middle:], text_of)


def _free(stem: str, suffix: str, taken: set[str]) -> str:
    """Return a path that is not taken, numbered from the second on, and take it."""
    path, number = f"{stem}{suffix}", 1
    while path in taken:
        number += 1
        path = f"{stem}-{number}{suffix}"
    taken.add(path)
    return path
