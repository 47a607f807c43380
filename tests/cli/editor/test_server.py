"""The server as an editor drives it: a real client of the protocol, over pipes, with a project on disk."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from typing import TYPE_CHECKING

import pytest
from lsprotocol import types
from pygls.lsp.client import LanguageClient

from tests.cli.test_fixing import CLIENT, FIXED
from tests.conftest import ROOT, clean_environment

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

CATALOGUE = (ROOT / "codes/netwrix-auditor.yaml").read_text(encoding="utf-8")
SOON = 30.0
"""Seconds that an answer may take on a machine with other things to do."""


class Editor(LanguageClient):
    """A client that remembers the last diagnostics of each document."""

    def __init__(self, folder: Path) -> None:
        super().__init__("test", "1")
        self.folder = folder
        self.found: dict[str, types.PublishDiagnosticsParams] = {}
        self.logged: list[str] = []
        self.news = asyncio.Event()

        def find(params: types.PublishDiagnosticsParams) -> None:
            self.found[params.uri] = params
            self.news.set()

        def log(params: types.LogMessageParams) -> None:
            self.logged.append(params.message)
            self.news.set()

        self.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(find)
        self.feature(types.WINDOW_LOG_MESSAGE)(log)

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    def open(self, name: str, text: str) -> None:
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(text, encoding="utf-8")
        language = "python" if name.endswith(".py") else "yaml"
        item = types.TextDocumentItem(self.uri(name), language, 1, text)
        self.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def type(self, name: str, version: int, text: str) -> None:
        document = types.VersionedTextDocumentIdentifier(version, self.uri(name))
        change = types.TextDocumentContentChangeWholeDocument(text)
        self.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    async def diagnostics(self, name: str, version: int = 1) -> list[types.Diagnostic]:
        uri = self.uri(name)
        while uri not in self.found or (self.found[uri].version or 0) < version:
            self.news.clear()
            await asyncio.wait_for(self.news.wait(), SOON)
        return list(self.found[uri].diagnostics)

    def at(
        self, name: str, text: str, needle: str, offset: int = 1
    ) -> tuple[types.TextDocumentIdentifier, types.Position]:
        """Return the place of the needle's second character, as an editor counts: in units of UTF-16."""
        before = text[: text.index(needle) + offset]
        column = len(before[before.rfind("\n") + 1 :].encode("utf-16-le")) // 2
        return types.TextDocumentIdentifier(self.uri(name)), types.Position(before.count("\n"), column)


@contextlib.asynccontextmanager
async def started(folder: Path) -> AsyncIterator[Editor]:
    editor = Editor(folder)
    await editor.start_io(
        sys.executable, "-m", "errdex", "lsp", cwd=str(ROOT), env=clean_environment(PYTHONWARNINGS="")
    )
    root = types.WorkspaceFolder(folder.as_uri(), "project")
    params = types.InitializeParams(types.ClientCapabilities(), root_uri=folder.as_uri(), workspace_folders=[root])
    await asyncio.wait_for(editor.initialize_async(params), SOON)
    editor.initialized(types.InitializedParams())
    try:
        yield editor
    finally:
        await asyncio.wait_for(editor.shutdown_async(None), SOON)
        editor.exit(None)
        await editor.stop()  # type: ignore[no-untyped-call]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "codes").mkdir()
    (tmp_path / "codes/netwrix-auditor.yaml").write_text(CATALOGUE, encoding="utf-8")
    (tmp_path / "netwrix_auditor_errors.py").write_bytes((ROOT / "examples/netwrix_auditor_errors.py").read_bytes())
    (tmp_path / "errdex.toml").write_text(
        "catalogues = ['codes/netwrix-auditor.yaml']\n[module]\noutput = 'netwrix_auditor_errors.py'\n",
        encoding="utf-8",
    )
    return tmp_path


def drive(folder: Path, what: Callable[[Editor], Awaitable[None]]) -> None:
    async def run() -> None:
        async with started(folder) as editor:
            await what(editor)

    asyncio.run(run())


def edited(text: str, edits: list[types.TextEdit]) -> str:
    """Make the edits of a protocol in a text of ASCII."""
    lines = text.splitlines(keepends=True)
    for edit in sorted(edits, key=lambda edit: (edit.range.start.line, edit.range.start.character), reverse=True):
        starts = [sum(map(len, lines[:number])) for number in range(len(lines) + 1)]
        whole = "".join(lines)
        start = starts[edit.range.start.line] + edit.range.start.character
        end = starts[edit.range.end.line] + edit.range.end.character
        lines = (whole[:start] + edit.new_text + whole[end:]).splitlines(keepends=True)
    return "".join(lines)


def test_findings_come_while_typing(folder: Path) -> None:
    async def what(editor: Editor) -> None:
        editor.open("client.py", "import requests\n")
        assert await editor.diagnostics("client.py") == []
        for version, end in enumerate((10, 60, 200), 2):
            editor.type("client.py", version, CLIENT[:end])
        editor.type("client.py", 5, CLIENT)
        (found,) = await editor.diagnostics("client.py", 5)
        assert (found.code, found.source, found.severity) == (
            "dropped-status",
            "errdex",
            types.DiagnosticSeverity.Warning,
        )
        assert "413 and 503" in found.message
        assert found.range.start.line == 6
        assert [each.location.range.start.line for each in found.related_information or ()] == [6, 7, 9]
        editor.type("client.py", 6, FIXED)
        assert await editor.diagnostics("client.py", 6) == []

    drive(folder, what)


def test_places_are_counted_as_editors_do(folder: Path) -> None:
    async def what(editor: Editor) -> None:
        text = CLIENT.replace("response = requests", 'x = "\U0001f600"; response = requests')
        editor.open("client.py", text)
        (found,) = await editor.diagnostics("client.py")
        _, place = editor.at("client.py", text, "requests.post", 0)
        assert found.range.start == place

    drive(folder, what)


def test_actions_insert_what_is_missing_or_leave_it_out(folder: Path) -> None:
    async def what(editor: Editor) -> None:
        editor.open("client.py", CLIENT)
        (found,) = await editor.diagnostics("client.py")
        params = types.CodeActionParams(
            types.TextDocumentIdentifier(editor.uri("client.py")), found.range, types.CodeActionContext([found])
        )
        actions = [
            one
            for one in await editor.text_document_code_action_async(params) or []
            if isinstance(one, types.CodeAction)
        ]
        assert [one.title for one in actions] == [
            "Insert the missing branch for 413, 503",
            "Leave out dropped-status here, with a reason",
        ]
        for number, action in enumerate(actions, 2):
            assert action.edit
            assert action.edit.changes
            after = edited(CLIENT, list(action.edit.changes[editor.uri("client.py")]))
            assert ("raise_for_status(Operation." in after, "# errdex: ignore[" in after) == (number == 2, number == 3)
            editor.type("client.py", number, after)
            assert await editor.diagnostics("client.py", number) == []

    drive(folder, what)


MEANINGS = [
    # (text, what a hover on it says, the catalogue's key above the line that it leads to)
    ("requests.post", "413", "413:"),
    ("400, 401", "400 Bad Request", "400:"),
    ("Operation.WRITE", "write-activity-records", "write-activity-records:"),
    ("Status.SERVICE", "503 Service Unavailable", "503:"),
    ("WriteActivityRecordsUnauthorizedError", "401 Unauthorized", "401:"),
]


def test_what_a_place_means(folder: Path) -> None:
    text = (
        CLIENT + "\n\nfrom netwrix_auditor_errors import WriteActivityRecordsUnauthorizedError\n"
        "print(Operation.WRITE_ACTIVITY_RECORDS, Status.SERVICE_UNAVAILABLE)\n"
    )

    async def what(editor: Editor) -> None:
        editor.open("client.py", text)
        await editor.diagnostics("client.py")
        for needle, said, key in MEANINGS:
            document, place = editor.at("client.py", text, needle, len(needle) - 2 if "." in needle else 1)
            hover = await editor.text_document_hover_async(types.HoverParams(document, place))
            assert hover
            assert isinstance(hover.contents, types.MarkupContent)
            assert said in hover.contents.value
            definition = await editor.text_document_definition_async(types.DefinitionParams(document, place))
            assert isinstance(definition, types.Location)
            assert definition.uri == editor.uri("codes/netwrix-auditor.yaml")
            above = CATALOGUE.splitlines()[: definition.range.start.line + 1]
            assert any(each.strip().startswith(key) for each in above[-40:]), above[-1]

    drive(folder, what)


def test_nothing_is_said_of_nothing(folder: Path) -> None:
    async def what(editor: Editor) -> None:
        editor.open("client.py", "x = 1\n")
        await editor.diagnostics("client.py")
        document, place = editor.at("client.py", "x = 1\n", "x", 0)
        assert await editor.text_document_hover_async(types.HoverParams(document, place)) is None
        assert await editor.text_document_definition_async(types.DefinitionParams(document, place)) is None
        assert await editor.text_document_completion_async(types.CompletionParams(document, place)) == []

    drive(folder, what)


def test_a_catalogue_is_told_its_faults_and_clients_follow_it_when_saved(folder: Path) -> None:
    name = "codes/netwrix-auditor.yaml"

    async def what(editor: Editor) -> None:
        editor.open("client.py", CLIENT)
        editor.open(name, CATALOGUE)
        assert len(await editor.diagnostics("client.py")) == 1
        assert await editor.diagnostics(name) == []
        broken = CATALOGUE.replace("body: empty", "body: emtpy", 1)
        editor.type(name, 2, broken)
        (fault,) = await editor.diagnostics(name, 2)
        assert "did you mean 'empty'" in fault.message
        assert fault.range.start.line == broken[: broken.index("emtpy")].count("\n")
        without = CATALOGUE.replace("  413:", "  414:", 1)
        (folder / name).write_text(without, encoding="utf-8")
        editor.type(name, 3, without)
        editor.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(editor.uri(name))))
        await editor.diagnostics(name, 3)
        editor.type("client.py", 2, CLIENT + "\n")
        (found,) = await editor.diagnostics("client.py", 2)
        assert "414 and 503" in found.message

    drive(folder, what)


def test_ids_of_a_catalogue(folder: Path) -> None:
    name = "codes/netwrix-auditor.yaml"

    async def what(editor: Editor) -> None:
        editor.open(name, CATALOGUE)
        await editor.diagnostics(name)
        typing = CATALOGUE + "  599:\n    body: \n"
        editor.type(name, 2, typing)
        document, place = editor.at(name, typing, "    body: \n", len("    body: "))
        items = await editor.text_document_completion_async(types.CompletionParams(document, place))
        assert isinstance(items, list)
        assert {item.label for item in items} >= {"empty", "error-list"}
        assert {item.detail for item in items} == {"bodies"}
        editor.type(name, 3, CATALOGUE)
        await editor.diagnostics(name, 3)
        document, place = editor.at(name, CATALOGUE, "body: empty", len("body: e"))
        hover = await editor.text_document_hover_async(types.HoverParams(document, place))
        assert hover
        assert isinstance(hover.contents, types.MarkupContent)
        assert "kind: empty" in hover.contents.value
        definition = await editor.text_document_definition_async(types.DefinitionParams(document, place))
        assert isinstance(definition, types.Location)
        assert "empty" in CATALOGUE.splitlines()[definition.range.start.line]
        edit = await editor.text_document_rename_async(types.RenameParams(document, place, "nothing"))
        assert edit
        assert edit.changes
        after = edited(CATALOGUE, list(edit.changes[editor.uri(name)]))
        assert "body: empty" not in after
        editor.type(name, 4, after)
        assert await editor.diagnostics(name, 4) == []
        for bad in ("error-list", "no good", "a: b", ""):
            with pytest.raises(Exception, match="cannot be its name"):
                await editor.text_document_rename_async(types.RenameParams(document, place, bad))

    drive(folder, what)


def test_a_project_without_catalogues_says_so(tmp_path: Path) -> None:
    async def what(editor: Editor) -> None:
        editor.open("client.py", CLIENT)
        assert await editor.diagnostics("client.py") == []
        assert editor.logged == ["no catalogue is configured"]

    drive(tmp_path, what)
