"""What is done with any bytes at all, and what must come of it: an answer or a refusal in words, and nothing else."""

from __future__ import annotations

import json
from contextlib import suppress
from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import markdown

from errdex.catalogue.export import export_json
from errdex.catalogue.load import load_catalogue
from errdex.catalogue.openapi_export import export_openapi
from errdex.errors import ErrdexError
from errdex.lint.run import Settings, check
from errdex.pages import render_pages
from errdex.pymodule.render import render_module
from tests.hostile import clients as hostile_clients
from tests.pymodule import catalogues
from tests.pymodule.test_hostile_text import everywhere, skeleton

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from errdex.catalogue.model import Catalogue

EXTENSIONS = [
    "abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc", "fenced_code",
    "pymdownx.caret", "pymdownx.details", "pymdownx.highlight", "pymdownx.keys", "pymdownx.mark",
    "pymdownx.smartsymbols", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tilde",
]  # fmt: skip
CONFIGS = {"pymdownx.highlight": {"use_pygments": False}}
"""Colours of code are elements, and depend on its words."""
PROSE = {"code", "em", "a"}
"""The elements that prose of a catalogue can ask for."""


def catalogue(data: bytes) -> None:
    """Read a catalogue, and make everything of it that can be made."""
    _all_of("api.yaml", data)


def description(data: bytes) -> None:
    """Read an OpenAPI or Swagger document, JSON or YAML."""
    _all_of("api.json", data)


def _all_of(path: str, data: bytes) -> None:
    try:
        found = load_catalogue(path, data.decode("utf-8", "replace"))
    except ErrdexError:
        return
    json.loads(export_json(found))
    export_openapi(found)
    with suppress(ErrdexError):  # two names that meet
        render_module(found)  # compiles what it made, and compares the texts
    for file, text in render_pages(found).items():
        assert ".." not in file.split("/")
        assert not file.startswith("/")
        text.encode()


def module(data: bytes) -> None:
    """Put a text wherever a catalogue takes one: the module does what it does with any other text."""
    text = data.decode("utf-8", "surrogatepass") if _is_text(data) else data.decode("latin-1")
    hostile = everywhere(catalogues.odd(), text if text.strip() else "x")
    hostile = hostile._replace(operations=tuple(one._replace(tags=()) for one in hostile.operations))
    assert _skeletons(hostile) == _harmless_skeletons()


def _is_text(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _skeletons(found: Catalogue) -> str:
    files = {name: code for name, code in render_module(found).items() if name.endswith(".py")}
    return repr([skeleton(compile(code, name, "exec")) for name, code in files.items()])


@cache
def _harmless_skeletons() -> str:
    harmless = everywhere(catalogues.odd(), "harmless")
    return _skeletons(harmless._replace(operations=tuple(one._replace(tags=()) for one in harmless.operations)))


def pages(data: bytes) -> None:
    """Put a text wherever a catalogue takes one: pages have the elements that they have with any other text."""
    text = data.decode("utf-8", "replace")
    text = text if any(character.isalnum() for character in text) else f"x{text}"
    assert _elements(text) == _elements("harmless")


@cache
def _elements(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the elements of a status's page, in their order, but for those that prose can ask for."""
    found = _Elements()
    hostile = everywhere(catalogues.odd(), text)
    api = hostile.api._replace(docs_base_url="https://example.com")
    for file, page in render_pages(hostile._replace(path="api.yaml", api=api)).items():
        if file in ("codes/409.md", "matrix.md"):
            found.feed(
                markdown.markdown(
                    page.partition("\n---\n")[2] or page, extensions=EXTENSIONS, extension_configs=CONFIGS
                )
            )
    return tuple(found.seen)


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, tuple[str, ...]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element, and refuse an address that could run."""
        for name, value in attrs:
            address = (value or "").strip().lower()
            assert name not in ("href", "src") or not address.startswith(("javascript:", "data:", "vbscript:", "//"))
            assert not name.startswith("on")
        if tag not in PROSE:
            self.seen.append((tag, tuple(sorted(name for name, _ in attrs))))

    def handle_comment(self, data: str) -> None:  # noqa: ARG002 - as HTMLParser calls it
        """Note a comment, too."""
        self.seen.append(("!", ()))


def client(data: bytes) -> None:
    """Check a client file: whatever the linter does not know, it does not fail."""
    text = data.decode("utf-8", "surrogateescape")
    settings = Settings(paths=("client.py",), catalogues=(_shop(),), stdin=("client.py", text), whole=True)
    report = check(settings)
    assert report.files == 1
    failed = [one.message for one in report.findings if "errdex itself fails" in one.message]
    assert not failed, failed


@cache
def _shop() -> Catalogue:
    return load_catalogue("api.yaml", hostile_clients.CATALOGUE)


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "catalogue": catalogue,
    "description": description,
    "module": module,
    "pages": pages,
    "client": client,
}
