"""The Language Server Protocol, on pygls: which request is answered by which function, and places as editors count."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer

from errdex import __version__
from errdex.catalogue.ids import ids
from errdex.cli.check import settings_of
from errdex.cli.editor import catalogues, clients
from errdex.cli.fixing import modules_of
from errdex.cli.inputs import load_known
from errdex.config import Config, load_config
from errdex.errors import ErrdexError
from errdex.lint.files import matches
from errdex.lint.run import Settings

if TYPE_CHECKING:
    from pygls.workspace import TextDocument

    from errdex.catalogue.ids import Id
    from errdex.errors import Location, Problem
    from errdex.lint.report import Finding

PATIENCE = 0.15
"""Seconds without a key before a file is looked at."""
SOURCE = "errdex"


class Server(LanguageServer):
    """The server and what it knows between two requests."""

    def __init__(self) -> None:
        super().__init__("errdex", __version__)
        self.config = Config()
        self.settings = Settings((".",), ())
        self.trouble = ""
        """Why client files are not checked; empty when they are."""
        self.good: dict[str, str] = {}
        """By file: the last text of a catalogue that could be read."""
        self.turns: dict[str, int] = {}
        """By address: how often a document has changed."""

    def read_project(self) -> None:
        """Read configuration and catalogues; what was read before stays when they are broken."""
        try:
            self.config = load_config()
            read = load_known(self.config.catalogues, self.config.cache_dir)
            self.settings = settings_of(self.config, read)
            self.trouble = "" if read else "no catalogue is configured"
        except (ErrdexError, OSError) as error:
            self.trouble = str(error)

    def path(self, document: TextDocument) -> str:
        """Return the file as findings name it."""
        return os.path.relpath(document.path).replace(os.sep, "/")

    def is_client(self, document: TextDocument) -> bool:
        """Tell whether a document is client code that is to be checked."""
        path = self.path(document)
        return path.endswith((".py", ".pyw")) and not any(matches(path, one) for one in self.settings.exclude)


def make_server() -> Server:
    """Return the server with its answers."""
    server = Server()
    feature = server.feature
    feature(types.INITIALIZED)(_initialized)
    feature(types.TEXT_DOCUMENT_DID_OPEN)(_opened)
    feature(types.TEXT_DOCUMENT_DID_CHANGE)(_changed)
    feature(types.TEXT_DOCUMENT_DID_SAVE)(_saved)
    feature(types.TEXT_DOCUMENT_DID_CLOSE)(_closed)
    feature(types.TEXT_DOCUMENT_HOVER)(_hover)
    feature(types.TEXT_DOCUMENT_DEFINITION)(_definition)
    feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=[":", "[", ",", " "]))(
        _completion
    )
    feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))(_rename)
    feature(types.TEXT_DOCUMENT_PREPARE_RENAME)(_prepare_rename)
    kinds = types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix])
    feature(types.TEXT_DOCUMENT_CODE_ACTION, kinds)(_code_action)
    return server


def _initialized(server: Server, _: types.InitializedParams) -> None:
    root = server.workspace.root_path
    if root and os.path.isdir(root):
        os.chdir(root)
    server.read_project()
    if server.trouble:
        server.window_log_message(types.LogMessageParams(types.MessageType.Warning, server.trouble))


def _opened(server: Server, params: types.DidOpenTextDocumentParams) -> None:
    _publish(server, server.workspace.get_text_document(params.text_document.uri))


async def _changed(server: Server, params: types.DidChangeTextDocumentParams) -> None:
    uri = params.text_document.uri
    turn = server.turns[uri] = server.turns.get(uri, 0) + 1
    await asyncio.sleep(PATIENCE)
    if server.turns[uri] == turn:
        _publish(server, server.workspace.get_text_document(uri))


def _saved(server: Server, params: types.DidSaveTextDocumentParams) -> None:
    document = server.workspace.get_text_document(params.text_document.uri)
    if not server.is_client(document):
        server.read_project()
    for each in list(server.workspace.text_documents.values()):
        _publish(server, each)


def _closed(server: Server, params: types.DidCloseTextDocumentParams) -> None:
    uri = params.text_document.uri
    server.turns.pop(uri, None)
    server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))


def _publish(server: Server, document: TextDocument) -> None:
    if server.is_client(document):
        report = clients.report_of(server.settings, server.path(document), document.source)
        found = [_of_finding(document, one) for one in report.findings] if not server.trouble else []
    elif catalogues.is_catalogue(document.source):
        path = server.path(document)
        problems = catalogues.problems(path, document.source, _folder(server, path))
        if not problems:
            server.good[path] = document.source
        found = [_of_problem(document, one) for one in problems]
    else:
        return
    server.text_document_publish_diagnostics(
        types.PublishDiagnosticsParams(document.uri, found, version=document.version)
    )


def _folder(server: Server, path: str) -> str:
    """Return the folder that is one catalogue with the file, empty when the file is one alone."""
    real = os.path.realpath(path)
    folders = (os.path.realpath(one) for one in server.config.catalogues if os.path.isdir(one))
    return next((one for one in folders if real.startswith(one + os.sep)), "")


def _of_finding(document: TextDocument, finding: Finding) -> types.Diagnostic:
    steps = [
        types.DiagnosticRelatedInformation(
            types.Location(document.uri if step.path == finding.span.path else _uri(step.path), _line(step.line)),
            step.says,
        )
        for step in finding.witness
    ]
    return types.Diagnostic(
        range=_range(document, *finding.span[1:]),
        message="\n".join([finding.message, *finding.help]),
        severity=types.DiagnosticSeverity.Warning,
        code=finding.rule,
        code_description=types.CodeDescription(finding.url) if finding.url else None,
        source=SOURCE,
        related_information=steps,
    )


def _of_problem(document: TextDocument, problem: Problem) -> types.Diagnostic:
    line, column = max(problem.location.line, 1), max(problem.location.column, 1)
    return types.Diagnostic(
        range=_range(document, line, column, line, column + problem.length),
        message=problem.message,
        severity=types.DiagnosticSeverity.Error,
        source=SOURCE,
    )


def _hover(server: Server, params: types.HoverParams) -> types.Hover | None:
    document = server.workspace.get_text_document(params.text_document.uri)
    line, column = _place(document, params.position)
    path = server.path(document)
    if server.is_client(document):
        named = _named(server, document, line, column)
        said = clients.page(named) if named else ""
    elif catalogues.is_catalogue(document.source):
        one = catalogues.id_at(path, document.source, line, column)
        said = catalogues.said_of(path, document.source, one) if one else ""
    else:
        said = ""
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, said)) if said else None


def _definition(server: Server, params: types.DefinitionParams) -> types.Location | None:
    document = server.workspace.get_text_document(params.text_document.uri)
    line, column = _place(document, params.position)
    if server.is_client(document):
        named = _named(server, document, line, column)
        return _at(clients.location(named)) if named else None
    path = server.path(document)
    if not catalogues.is_catalogue(document.source):
        return None
    one = catalogues.id_at(path, document.source, line, column)
    for each in ids(path, document.source) if one else ():
        if one and each.declares and (each.section, each.name) == (one.section, one.name):
            return types.Location(document.uri, _range(document, *_span_of(each)))
    return None


def _named(server: Server, document: TextDocument, line: int, column: int) -> clients.Named | None:
    report = clients.report_of(server.settings, server.path(document), document.source)
    text = document.lines[line - 1] if line <= len(document.lines) else ""
    return clients.named_at(report, server.settings.catalogues, text, line, column)


def _completion(server: Server, params: types.CompletionParams) -> list[types.CompletionItem]:
    document = server.workspace.get_text_document(params.text_document.uri)
    path = server.path(document)
    if not catalogues.is_catalogue(document.source):
        return []
    line, column = _place(document, params.position)
    found = catalogues.candidates(path, document.source, server.good.get(path, ""), line, column)
    text = document.lines[line - 1] if line <= len(document.lines) else ""
    written = catalogues.word_before(text, column)
    place = _range(document, line, column - len(written), line, column)
    return [
        types.CompletionItem(
            label=one.name,
            kind=types.CompletionItemKind.Reference,
            detail=one.section,
            text_edit=types.TextEdit(place, one.name),
        )
        for one in dict.fromkeys(found)
    ]


def _prepare_rename(server: Server, params: types.PrepareRenameParams) -> types.Range | None:
    document = server.workspace.get_text_document(params.text_document.uri)
    one = _id_at(server, document, params.position)
    return _range(document, *_span_of(one)) if one else None


def _rename(server: Server, params: types.RenameParams) -> types.WorkspaceEdit | None:
    document = server.workspace.get_text_document(params.text_document.uri)
    one = _id_at(server, document, params.position)
    if one is None:
        return None
    try:
        places = catalogues.renamed(server.path(document), document.source, one, params.new_name)
    except ErrdexError as error:
        raise JsonRpcInvalidParams(str(error)) from None
    edits = [types.TextEdit(_range(document, *_span_of(place)), params.new_name) for place in places]
    return types.WorkspaceEdit(changes={document.uri: edits})


def _id_at(server: Server, document: TextDocument, position: types.Position) -> Id | None:
    path = server.path(document)
    if not catalogues.is_catalogue(document.source) or _folder(server, path):
        return None  # ids of a folder are used in other files, too
    return catalogues.id_at(path, document.source, *_place(document, position))


def _code_action(server: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
    document = server.workspace.get_text_document(params.text_document.uri)
    if not server.is_client(document) or server.trouble:
        return []
    path, text = server.path(document), document.source
    report = clients.report_of(server.settings, path, text)
    told = {one: _of_finding(document, one) for one in report.findings}
    wanted = [one for one, shown in told.items() if _overlap(shown.range, params.range)]
    modules = modules_of(server.settings, server.config)
    return [
        types.CodeAction(
            title=action.title,
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[told[one] for one in action.findings if one in told],
            edit=types.WorkspaceEdit(changes={document.uri: _edits(document, action.text)}),
        )
        for action in clients.actions(server.settings, modules, path, text, wanted)
    ]


def _edits(document: TextDocument, text: str) -> list[types.TextEdit]:
    """Return the edits, whole lines each, that make one text of another."""
    from difflib import SequenceMatcher

    old, new = document.source.splitlines(keepends=True), text.splitlines(keepends=True)
    return [
        types.TextEdit(types.Range(types.Position(first, 0), types.Position(last, 0)), "".join(new[start:end]))
        for tag, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if tag != "equal"
    ]


def _overlap(one: types.Range, other: types.Range) -> bool:
    return one.start <= other.end and other.start <= one.end


def _place(document: TextDocument, position: types.Position) -> tuple[int, int]:
    """Return a place as people count: from 1, in characters."""
    here = document.position_codec.position_from_client_units(document.lines, position)
    return here.line + 1, here.character + 1


def _range(document: TextDocument, line: int, column: int, end_line: int, end_column: int) -> types.Range:
    own = types.Range(types.Position(line - 1, column - 1), types.Position(end_line - 1, end_column - 1))
    return document.position_codec.range_to_client_units(document.lines, own)


def _line(line: int) -> types.Range:
    return types.Range(types.Position(line - 1, 0), types.Position(line, 0))


def _at(place: Location) -> types.Location:
    start = types.Position(max(place.line, 1) - 1, max(place.column, 1) - 1)
    return types.Location(_uri(place.path), types.Range(start, start))


def _span_of(one: Id) -> tuple[int, int, int, int]:
    return one.line, one.column, one.line, one.column + len(one.name)


def _uri(path: str) -> str:
    from pathlib import Path

    return Path(path).resolve().as_uri()
