"""The pages of a catalogue as a plugin of mkdocs 1.6 and properdocs: rendered at build time, never written to docs/.

    plugins:
      - errdex:
          catalogue: codes/netwrix-auditor.yaml
          path: netwrix-auditor

A menu entry that leads to the folder (`Netwrix: netwrix-auditor/`) is replaced by the menu of all pages. While
serving, a catalogue that cannot be read keeps the last good pages and shows what is wrong on top of each; with
`--dirty`, as `errdex build --serve` has it, an edit builds only the pages that it changes.
"""

from __future__ import annotations

import contextlib
import os
import posixpath
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File

from errdex.catalogue.compiled import load_known
from errdex.errors import ErrdexError
from errdex.kept import digest
from errdex.pages.kept import rendered
from errdex.pages.markup import entities
from errdex.pages.navigation import nav_entries
from errdex.pages.render import SCRIPT, STYLESHEET, page_sources
from errdex.pages.site import PageOptions, plan_site

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from errdex.pages.navigation import NavEntry
    from errdex.pages.site import Site

_log = get_plugin_logger("errdex")

_EXTENSIONS = ("attr_list", "md_in_html", "tables", "pymdownx.superfences", "pymdownx.tabbed")


class ErrdexConfig(base.Config):  # type: ignore[no-untyped-call]
    """What stands below `errdex:` in mkdocs.yml."""

    catalogue = c.Type(str)
    """The catalogue's file or folder, relative to mkdocs.yml."""
    path = c.Type(str, default="")
    """Where the pages go below the root of the site."""
    source_url = c.Type(str, default="")
    code_url = c.Type(str, default="")
    module = c.Type(str, default="")
    coverage = c.Type(str, default="")
    """A file with the output of `errdex check --format json`, relative to mkdocs.yml."""
    cache_dir = c.Type(str, default=".errdex_cache")
    """Where the catalogue and its pages are kept between builds, relative to mkdocs.yml; empty keeps nothing."""


class GeneratedFile(File):
    """A rendered file, which mkdocs need not build again when it is what the last build made."""

    as_built = False

    def is_modified(self) -> bool:
        """Tell whether a dirty build has to build it."""
        return not (self.as_built and os.path.isfile(self.abs_dest_path))


class ErrdexPlugin(BasePlugin[ErrdexConfig]):  # type: ignore[no-untyped-call]
    """One catalogue in one site; list the plugin once for each catalogue."""

    supports_multiple_instances = True

    def __init__(self) -> None:
        self._serving = False
        self._site: Site | None = None
        self._good: dict[str, str] = {}
        """What the last readable catalogue was rendered to."""
        self._pages: dict[str, str] = {}
        """What the site gets."""
        self._twins: dict[str, str] = {}
        """The plain twins of the last readable catalogue."""
        self._menu_entries: tuple[NavEntry, ...] = ()
        self._built: tuple[tuple[NavEntry, ...], dict[str, str]] = ((), {})
        """The menu and the files of the last build."""
        self._titles: dict[str, str] = {}
        """What the last build called each page of the site, by its source."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG002, D102 - mkdocs' signature
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Render, and give the site what the pages need: styles, script, Markdown extensions, menu."""
        root = Path(config.config_file_path or ".").parent
        faults = self._render(root, directory_urls=config.use_directory_urls)
        if faults:
            self._pages = _with_faults(self._good, faults)
        if STYLESHEET in self._pages:
            _add(config.extra_css, self._below(STYLESHEET))
            config.extra_javascript.append(self._below(SCRIPT))
        for extension in _EXTENSIONS:
            _add(config.markdown_extensions, extension)
        config.mdx_configs.setdefault("pymdownx.tabbed", {}).setdefault("alternate_style", True)
        if config.nav is not None and self._site is not None:
            self._menu_entries = nav_entries(self._site, frozenset(self._pages))
            config.nav = _with_menu(config.nav, self.config.path.strip("/"), list(self._menu(self._menu_entries)))
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the rendered files."""
        sources = page_sources(self._site) if self._site else {}
        root = Path(config.config_file_path or ".").parent
        menu, built = self._built
        for path, text in self._pages.items():
            file = cast("GeneratedFile", GeneratedFile.generated(config, self._below(path), content=text))
            file.as_built = built.get(path) == text
            if location := sources.get(path):
                source = os.path.relpath(root / location.path, config.docs_dir).replace(os.sep, "/")
                file.edit_uri = f"{source}#L{location.line}"
            files.append(file)
        if menu != self._menu_entries:
            # Every page shows the menu.
            for page in files.documentation_pages():
                Path(page.abs_dest_path).unlink(missing_ok=True)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:  # noqa: ARG002 - mkdocs' signature
        """Call pages that a dirty build does not read what the last build called them."""
        for page in nav.pages:
            if not page.file.is_modified() and (title := self._titles.get(page.file.src_uri)):
                page.title = title
        return nav

    def on_page_context(
        self,
        context: TemplateContext,
        *,
        page: Page,
        config: MkDocsConfig,  # noqa: ARG002 - mkdocs' signature
        nav: Navigation,  # noqa: ARG002 - mkdocs' signature
    ) -> TemplateContext:
        """Remember what a page is called."""
        self._titles[page.file.src_uri] = str(page.title)
        return context

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Put the plain twin of each page beside its HTML; no Markdown file in docs/ could get there."""
        for path, text in self._twins.items():
            target = Path(config.site_dir, self._below(path))
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        self._built = self._menu_entries, self._pages

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object) -> LiveReloadServer:  # noqa: ARG002 - mkdocs' signature
        """Build again when the catalogue or the coverage report changes."""
        root = Path(config.config_file_path or ".").parent
        for name in (self.config.catalogue, self.config.coverage):
            if name:
                server.watch(str(root / name))
        return server

    def _kept(self) -> str:
        """Return the file that keeps the pages between builds; empty when nothing is to be kept."""
        if not self.config.cache_dir:
            return ""
        name = digest(f"{self.config.catalogue}\0{self.config.path}".encode())
        return os.path.join(self.config.cache_dir, f"pages-{name}.json")

    def _below(self, path: str) -> str:
        return posixpath.join(self.config.path.strip("/"), path)

    def _menu(self, entries: Iterable[NavEntry]) -> Iterator[object]:
        for entry in entries:
            value: object = list(self._menu(entry.entries)) if entry.entries else self._below(entry.page)
            yield {entry.title: value} if entry.title else value

    def _render(self, root: Path, *, directory_urls: bool) -> str:
        """Render the catalogue as it is now; return what is wrong with it, while serving, else raise PluginError."""
        try:
            coverage = (root / self.config.coverage).read_text(encoding="utf-8") if self.config.coverage else ""
            options = PageOptions(
                source_url=self.config.source_url,
                code_url=self.config.code_url,
                module=self.config.module,
                coverage=coverage,
                directory_urls=directory_urls,
            )
            # Pages show the path as it was named, so that they are the same on every machine.
            with contextlib.chdir(root):
                catalogue, sources = load_known(self.config.catalogue, self.config.cache_dir)
            # While serving, most builds are for another page: nothing is rendered again then.
            if self._site is None or (catalogue, options) != (self._site.catalogue, self._site.options):
                site = plan_site(catalogue, options)
                with contextlib.chdir(root):
                    self._good, self._twins, *_ = rendered(site, sources, self._kept())
                self._site = site
            self._pages = self._good
        except (ErrdexError, OSError, ValueError) as error:
            if not self._serving:
                raise PluginError(str(error)) from error
            _log.error("%s", error)
            return str(error)
        return ""


def _add(values: list[str], value: str) -> None:
    if value not in values:
        values.append(value)


def _with_menu(nav: list[object], path: str, menu: list[object]) -> list[object]:
    """Return the menu of mkdocs.yml, each entry that leads to the folder `path` replaced."""
    replaced: list[object] = []
    for entry in nav:
        if isinstance(entry, dict):
            replaced.append({title: _menu_value(value, path, menu) for title, value in entry.items()})
        else:
            replaced.append(entry)
    return replaced


def _menu_value(value: object, path: str, menu: list[object]) -> object:
    if isinstance(value, list):
        return _with_menu(value, path, menu)
    return menu if value == f"{path}/" else value


def _with_faults(pages: dict[str, str], faults: str) -> dict[str, str]:
    """Return the last good pages, each with the faults on top; one page when there never were good ones."""
    lines = "".join(f"{entities(line)}\n" for line in faults.splitlines())
    notice = f'<pre class="errdex-fault"><code>The catalogue cannot be used.\n{lines}</code></pre>\n\n'
    if not pages:
        return {"index.md": f"# Catalogue\n\n{notice}"}
    return {path: _below_front_matter(text, notice) if path.endswith(".md") else text for path, text in pages.items()}


def _below_front_matter(text: str, notice: str) -> str:
    end = text.index("\n---\n", 3) + len("\n---\n") if text.startswith("---\n") else 0
    return f"{text[:end]}\n{notice}{text[end:]}"
