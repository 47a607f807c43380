"""Comments that speak to the linter: which findings to leave out, and which operation a call is.

    # errdex: ignore                             every finding of this line
    # errdex: ignore[broad-except]               one rule
    # errdex: ignore[dropped-status: 413, 503]   one rule, for these statuses only; text after the bracket says why
    # errdex: ignore-file[unknown-operation]     the same for the whole file
    # errdex: operation search-activity-records  what the call in this line asks for

A directive speaks of the statement (of a compound statement: its header) that it stands in, whichever of its
lines that is; on a line of its own it speaks of the statement below. An `ignore` may stand at the call or where
its fault is (the `return response.json()` of a helper, once for all calls through it). Whatever a directive says
must be of use: what it leaves out in vain, and what cannot be understood, is reported as `unused-ignore`.
"""

from __future__ import annotations

import io
import re

from errdex.lint.files import MARKER
from errdex.lint.report import Finding, Span, fault, listed, rule_page
from errdex.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from tokenize import TokenInfo

    from errdex.lint.files import Source

WORDS = ("ignore", "ignore-file", "operation")

_DIRECTIVE = re.compile(r"#[ \t]*errdex:[ \t]*([^\s\[#]*)([^#]*)")
_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
#: The words of messages that go with the number of their statuses.
_SINGULAR = (("are", "is"), ("pass", "passes"), ("end", "ends"))
_STATUS = re.compile(r"[1-5](?:[0-9]{2}|XX)|default")


class Entry(NamedTuple):
    """One thing that a directive leaves out."""

    rule: str
    """Empty for every rule."""
    statuses: tuple[str, ...]
    """Empty for every status."""

    def __str__(self) -> str:
        return f"{self.rule}: {', '.join(self.statuses)}" if self.statuses else self.rule


class Ignore(NamedTuple):
    """A comment that leaves findings out."""

    span: Span
    """The comment."""
    first_line: int
    """The lines that it speaks of, 1-based and inclusive."""
    last_line: int
    entries: tuple[Entry, ...]
    """At least one."""
    whole_file: bool


class Binding(NamedTuple):
    """A comment that says which operation a call is."""

    span: Span
    """The comment."""
    first_line: int
    """The lines that it speaks of, 1-based and inclusive."""
    last_line: int
    operation: str


class Directives(NamedTuple):
    """All that the comments of one file say to the linter."""

    ignores: tuple[Ignore, ...] = ()
    bindings: tuple[Binding, ...] = ()
    malformed: tuple[Finding, ...] = ()
    """`unused-ignore` findings: comments that look like directives and are not."""

    def operations(self) -> dict[int, str]:
        """Return the operation ids by the lines that they are said of."""
        return {line: b.operation for b in self.bindings for line in range(b.first_line, b.last_line + 1)}


class Applied(NamedTuple):
    """What is left when the directives have been obeyed."""

    kept: tuple[Finding, ...]
    unused: tuple[Finding, ...]
    """`unused-ignore` findings."""


def directives(source: Source) -> Directives:
    """Read the directives of one file; those before the first token that is not Python, when there is one."""
    if MARKER not in source.data:
        return Directives()
    ignores: list[Ignore] = []
    bindings: list[Binding] = []
    malformed: list[Finding] = []
    for first_line, last_line, line, column, comment in _comments(source):
        for match in _DIRECTIVE.finditer(comment):
            start = column + match.start()
            span = Span(source.path, line, start, line, start + len(match[0].rstrip()))
            read = _read(match[1], match[2].strip())
            if isinstance(read, str):
                malformed.append(_finding(span, read))
            elif match[1] == "operation":
                bindings.append(Binding(span, first_line, last_line, read[0].rule))
            else:
                ignores.append(Ignore(span, first_line, last_line, read, match[1] == "ignore-file"))
    return Directives(tuple(ignores), tuple(bindings), tuple(malformed))


def apply(
    findings: Iterable[Finding],
    ignores: Iterable[Ignore],
    *,
    known: Collection[str],
    ran: Collection[str] | None = None,
) -> Applied:
    """Leave out what the ignores of the findings' files say, and report what they leave out in vain.

    `known` are the names of all rules; `ran` those that could have reported something in this run (None: all),
    because a directive for a rule that was not asked for is not in vain. A finding of which some statuses are
    left out is kept, narrowed to the others. `unused-ignore` findings can be left out by name only.
    """
    by_file: dict[str, list[Ignore]] = {}
    for ignore in ignores:
        by_file.setdefault(ignore.span.path, []).append(ignore)
    asked = [(ignore, entry) for each in by_file.values() for ignore in each for entry in ignore.entries]
    alive = frozenset(known if ran is None else ran)

    obeyed = [_obey(finding, by_file) for finding in findings]
    used = _used(obeyed)
    unused = [
        finding
        for ignore, entry in asked
        if entry.rule != "unused-ignore"
        for finding in _vain(ignore, entry, used.get((ignore.span, entry)), frozenset(known), alive)
    ]
    obeyed_unused = [_obey(finding, by_file, by_name=True) for finding in unused]
    used = _used(obeyed_unused)
    idle = [
        _finding(ignore.span, "`ignore[unused-ignore]` leaves nothing out")
        for ignore, entry in asked
        if entry.rule == "unused-ignore" and (ignore.span, entry) not in used
    ]
    return Applied(
        tuple(each.left for each in obeyed if each.left),
        (*(each.left for each in obeyed_unused if each.left), *idle) if "unused-ignore" in alive else (),
    )


def narrowed(finding: Finding, statuses: tuple[str, ...]) -> Finding:
    """Return the finding for these of its statuses only, message included.

    Witness and help speak of the first status; they go when it goes.
    """
    message = finding.message.replace(listed(finding.statuses), listed(statuses))
    if len(statuses) == 1:
        for several, one in _SINGULAR:
            message = message.replace(f"both {several}", f"it {one}").replace(f"all {several}", f"it {one}")
            message = message.replace(f"which {several}", f"which {one}")
        message = message.replace("with empty bodies", "with an empty body").replace(" them ", " it ")
    elif len(statuses) == 2:
        for several, _ in _SINGULAR:
            message = message.replace(f"all {several}", f"both {several}")
    narrow = finding._replace(statuses=statuses, message=message)
    return narrow if statuses[0] == finding.statuses[0] else narrow._replace(witness=(), help=())


class _Obeyed(NamedTuple):
    left: Finding | None
    """What the directives leave of a finding."""
    because: tuple[tuple[Span, Entry, frozenset[str]], ...]
    """Which entries of which comments left out which statuses."""


def _obey(finding: Finding, by_file: dict[str, list[Ignore]], *, by_name: bool = False) -> _Obeyed:
    """Apply the directives to one finding; with `by_name` only those entries that name its rule."""
    because = tuple(
        (ignore.span, entry, frozenset(entry.statuses).intersection(finding.statuses))
        for ignore in _speaking(finding, by_file)
        for entry in ignore.entries
        if entry.rule == finding.rule or not (entry.rule or by_name)
        if not entry.statuses or not set(entry.statuses).isdisjoint(finding.statuses)
    )
    out = frozenset().union(*(statuses for _, _, statuses in because))
    left = tuple(status for status in finding.statuses if status not in out)
    if any(not entry.statuses for _, entry, _ in because) or (finding.statuses and not left):
        return _Obeyed(None, because)
    return _Obeyed(narrowed(finding, left) if out else finding, because)


def _used(obeyed: Iterable[_Obeyed]) -> dict[tuple[Span, Entry], frozenset[str]]:
    used: dict[tuple[Span, Entry], frozenset[str]] = {}
    for each in obeyed:
        for span, entry, statuses in each.because:
            used[span, entry] = used.get((span, entry), frozenset()) | statuses
    return used


def _speaking(finding: Finding, by_file: dict[str, list[Ignore]]) -> Iterator[Ignore]:
    for path, line in dict.fromkeys(((finding.span.path, finding.span.line), fault(finding))):
        for ignore in by_file.get(path, ()):
            if ignore.whole_file or ignore.first_line <= line <= ignore.last_line:
                yield ignore


def _vain(
    ignore: Ignore, entry: Entry, used: frozenset[str] | None, known: frozenset[str], alive: frozenset[str]
) -> Iterator[Finding]:
    if entry.rule and entry.rule not in known:
        yield _finding(ignore.span, f"there is no rule {entry.rule!r}{_meant(entry.rule, known)}")
    elif entry.rule and entry.rule not in alive:
        return
    elif used is None:
        if entry.rule or known <= alive:
            said = f"`ignore[{entry}]`" if entry.rule else "`ignore`"
            yield _finding(ignore.span, f"{said} leaves nothing out{' of this file' if ignore.whole_file else ''}")
    elif rest := [status for status in entry.statuses if status not in used]:
        where = "in this file" if ignore.whole_file else "here"
        yield _finding(ignore.span, f"{entry.rule} does not report {listed(rest)} {where}")


def _read(word: str, rest: str) -> tuple[Entry, ...] | str:
    """Return what a directive says, or what is wrong with it; the id of an operation is its only entry's rule."""
    if word == "operation":
        name = rest.split(maxsplit=1)[0] if rest else ""
        return (Entry(name, ()),) if name and not name.startswith("[") else "`operation` needs the id of an operation"
    if word not in WORDS:
        return f"{word!r} is not a directive{_meant(word, WORDS)}"
    if not rest.startswith("["):
        return (Entry("", ()),)
    brackets = _BRACKETS.match(rest)
    if brackets is None:
        return f"the bracket of `{word}` is not closed"
    entries: list[Entry] = []
    for part in brackets[1].replace(",", " ").replace(":", " : ").split():
        if part == ":":
            continue
        if not _STATUS.fullmatch(part):
            entries.append(Entry(part, ()))
        elif not entries:
            return f"status {part} stands before any rule"
        else:
            entries[-1] = entries[-1]._replace(statuses=(*entries[-1].statuses, part))
    return tuple(entries) or f"`{word}[]` names no rule"


def _comments(source: Source) -> Iterator[tuple[int, int, int, int, str]]:
    """Yield (first line, last line, line, column, text) of each comment: the lines that it speaks of, and its place."""
    import tokenize  # Costs 20 ms, and few files need it.

    aside = (tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER)
    pending: list[TokenInfo] = []
    first = 0
    try:
        for token in tokenize.generate_tokens(io.StringIO("\n".join(source.lines)).readline):
            if token.type == tokenize.COMMENT:
                pending.append(token)
            elif token.type == tokenize.NEWLINE:
                for comment in pending:
                    yield first, token.start[0], *_told(comment)
                pending, first = [], 0
            elif token.type == tokenize.NL and not first and not token.line.strip():
                # A blank line: what stands above it speaks of nothing below.
                for comment in pending:
                    yield comment.start[0], comment.start[0], *_told(comment)
                pending = []
            elif token.type not in aside:
                first = first or token.start[0]
    except (tokenize.TokenError, SyntaxError):
        pass  # Whoever parses the file says so.
    for comment in pending:
        yield comment.start[0], comment.start[0], *_told(comment)


def _told(comment: TokenInfo) -> tuple[int, int, str]:
    return comment.start[0], comment.start[1] + 1, comment.string


def _meant(word: str, words: Collection[str]) -> str:
    import difflib  # Costs 20 ms, for a mistake.

    close = difflib.get_close_matches(word, sorted(words), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""


def _finding(span: Span, message: str) -> Finding:
    url = rule_page("unused-ignore")
    return Finding("unused-ignore", message, span, catalogue="", operation="", statuses=(), confidence="high", url=url)
