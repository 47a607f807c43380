"""Which operation a URL names: templates of the catalogue against URLs with unknown pieces.

A URL is a sequence of pieces, each a string or None for a piece that nobody knows. Its host must be one of the
catalogue's, or unknown; below it the server's base path may stand whole, in part (the rest is in the unknown base) or,
where the base is unknown, not at all. A literal segment of a template must stand in the URL as it is; a parameter takes
one segment, and the last parameter takes the rest. The template with the most literal segments wins (RFC 6570's
templates in OpenAPI's sense: concrete paths before templated ones).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from errdex.catalogue.model import Catalogue, Endpoint, Operation

Evidence = Literal["server", "path"]
#: What a literal segment counts; one less for a match that had to stretch something.
_LITERAL = 3
#: Segments of base paths that say nothing about whose API it is; versions are others.
_GENERIC = frozenset({"api", "rest"})
#: Further segments that one unknown piece of a URL may hold.
_MOST_WIDENED = 2
#: Where a path ends; clients that add a pair to a query by hand forget its question mark.
_QUERY = re.compile(r"[?#]|&\w+=")
_VERSION = re.compile(r"v?\d+(\.\d+)*")
#: What paths are made of, and values of parameters seldom.
_WORD = re.compile(r"[a-z]+([_-][a-z]+)*")


class Match(NamedTuple):
    """An endpoint that a URL can be."""

    operation: Operation
    endpoint: Endpoint
    literals: int
    """How many segments of the template stand in the URL literally."""
    evidence: Evidence
    """`server`: the host or the base path is the catalogue's; `path`: only the path is."""
    doubtful: bool
    """The last parameter takes a plain word, which may name something else: `/user/projects` for `/user/{id}`."""


class Address(NamedTuple):
    """A URL, taken apart."""

    host: str | None
    """Lower case, without port; None when unknown."""
    segments: tuple[str | None, ...]
    """The path, without its query; None for a segment that is unknown in whole or in part."""
    open: bool
    """True when what stands before the path is unknown."""
    base: str
    """The name of the unknown piece that the URL starts with; empty when it starts with none."""


class Base(NamedTuple):
    """Where an API is served."""

    host: str | None
    """None when it is a variable or unsaid."""
    segments: tuple[str | None, ...]
    """None for a segment that may be anything: `/v{version}`."""

    @property
    def is_generic(self) -> bool:
        """Whether any API may be served there: `/api/v1` on a host that is not said."""
        return self.host is None and all(s is None or s in _GENERIC or _VERSION.fullmatch(s) for s in self.segments)


class Template(NamedTuple):
    """An endpoint's path, taken apart."""

    operation: Operation
    endpoint: Endpoint
    segments: tuple[str | None, ...]
    """None for a segment with a parameter."""
    spans: bool
    """The last parameter takes everything that follows: `{+path}`, or a name that says so."""


def address(pieces: Sequence[str | None], base: str = "") -> Address:
    """Take a URL apart at its slashes."""
    segments: list[list[str | None]] = [[]]
    scheme = False
    for piece in pieces:
        if piece is None:
            segments[-1].append(None)
            continue
        text, done = _without_query(piece)
        if not scheme and "://" in text and not any(any(s) for s in segments):
            text = text.partition("://")[2]
            scheme = True
        first, *rest = text.split("/")
        if first:
            segments[-1].append(first)
        segments.extend([part] if part else [] for part in rest)
        if done:
            break
    whole = [_segment(part) for part in segments]
    if scheme:
        head = segments[0]
        host = None if None in head else "".join(part for part in head if part is not None).rpartition("@")[2].lower()
        return Address(None if host is None else _without_port(host), _tidy(whole[1:]), open=host is None, base="")
    if segments[0] and segments[0][0] is None:
        # What follows the unknown piece without a slash is taken for the start of the path: f"{base}items".
        literal = segments[0][1:]
        kept = [_segment(literal), *whole[1:]] if literal else whole[1:]
        return Address(None, _tidy(kept), open=True, base=base)
    return Address(None, _tidy(whole), open=True, base="")


def _without_query(text: str) -> tuple[str, bool]:
    end = _QUERY.search(text)
    return (text[: end.start()], True) if end else (text, False)


def _without_port(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() else host


def _segment(parts: Sequence[str | None]) -> str | None:
    if not parts:
        return ""
    return None if None in parts else "".join(part for part in parts if part is not None)


def _tidy(segments: Iterable[str | None]) -> tuple[str | None, ...]:
    """Drop the empty segments: doubled, leading and trailing slashes name the same resource to a person."""
    return tuple(segment for segment in segments if segment != "")


class Routes:
    """The endpoints of a catalogue, ready to be asked."""

    def __init__(self, catalogue: Catalogue, servers: Iterable[str] = ()) -> None:
        self.catalogue = catalogue
        named = [server.url for server in catalogue.api.servers]
        self.bases = tuple(dict.fromkeys(_base(url, catalogue) for url in (*named, *servers)))
        self._templates: dict[int, list[Template]] = {}
        self._longest = 0
        self._heads: set[str | None] = set()
        self._known: dict[Address, tuple[Match, ...]] = {}
        for operation in catalogue.operations:
            for endpoint in operation.endpoints:
                segments = tuple(
                    None if "{" in part else part for part in endpoint.path.split("?")[0].split("/") if part
                )
                self._templates.setdefault(len(segments), []).append(
                    Template(operation, endpoint, segments, _spans(endpoint.path))
                )
                self._longest = max(self._longest, len(segments))
                self._heads.add(segments[0] if segments else None)

    def below(self, where: Address) -> tuple[str | None, ...] | None:
        """Return the part of a URL's path below the server's base path, None when the URL is not one of this API's."""
        return next((segments for segments, evidence, _ in self._paths(where) if evidence == "server"), None)

    def serves(self, where: Address) -> bool:
        """Return whether the URL is certainly one of this API's: its host or its base path says so."""
        return any(evidence == "server" for _, evidence, _ in self._paths(where))

    def may_serve(self, where: Address) -> bool:
        """Return whether the URL can be this API's: a host with nothing but `/api/v1` is another's."""
        return not self.bases or any(not _is_others(base, where) for base in self.bases)

    def is_own(self, where: Address) -> bool:
        """Return whether more than a base path that many APIs have says that the URL is this API's."""
        below = self.below(where)
        return any(not base.is_generic for base in self.bases) or bool(below and below[0] in self._heads)

    def could_be(self, where: Address, method: str) -> bool:
        """Return whether an endpoint of that method, or of any, fits the URL for some value of its unknown pieces."""
        return any(
            _fits(template.segments, segments, spans=template.spans)
            for segments, evidence, _ in self._paths(where)
            if evidence == "server"
            for templates in self._templates.values()
            for template in templates
            if not method or template.endpoint.method == method
        )

    def matches(self, where: Address) -> tuple[Match, ...]:
        """Return the endpoints that the URL can be, whatever the method: the most literal template's only."""
        known = self._known.get(where)
        if known is None:
            known = self._known[where] = self._best(where)
        return known

    def _best(self, where: Address) -> tuple[Match, ...]:
        found: list[Match] = []
        for segments, evidence, least in self._paths(where):
            found.extend(match for match in self._match(segments, evidence) if match.literals >= least)
        if not found:
            return ()
        best = max((match.evidence == "server", match.literals) for match in found)
        kept = [match for match in found if (match.evidence == "server", match.literals) == best]
        return tuple(dict.fromkeys(kept))

    def _paths(self, where: Address) -> Iterator[tuple[tuple[str | None, ...], Evidence, int]]:
        """Yield the paths below the base that the URL can mean, what speaks for it, and the literals that it takes."""
        for base in self.bases or (Base(None, ()),):
            if where.host is not None and base.host is not None and where.host != base.host:
                continue
            known = where.host is not None and base.host is not None
            if _starts_with(where.segments, base.segments, exact=known):
                told = known or (base.segments and not _is_others(base, where))
                evidence: Evidence = "server" if told else "path"
                yield where.segments[len(base.segments) :], evidence, 0
            if where.open:
                yield where.segments, "path", 0
                behind = _behind_unknown(where.segments)
                if behind:
                    yield behind, "path", 0
                    # One more word may stand between a version and the path: /v{version}/libpod/containers/json.
                    yield behind[1:], "path", 2 * _LITERAL
                for start in range(1, len(base.segments)):
                    tail = base.segments[start:]
                    if tail[0] is not None and _starts_with(where.segments, tail):
                        yield where.segments[len(tail) :], "path", 0
            elif where.host is not None and base.host is None and not base.segments:
                yield where.segments, "path", 0

    def _match(self, segments: tuple[str | None, ...], evidence: Evidence) -> Iterator[Match]:
        for length in range(1, min(len(segments), self._longest) + 1):
            for template in self._templates.get(length, ()):
                literals = _literals(template, segments)
                if literals is not None and (literals or evidence == "server"):
                    doubtful = template.segments[-1] is None and not template.spans and _is_word(segments[-1])
                    yield Match(template.operation, template.endpoint, literals, evidence, doubtful)
        for length in range(len(segments) + 1, self._longest + 1 if None in segments else 0):
            for template in self._templates.get(length, ()):
                # One unknown piece may hold several segments: f"/repos/{full_name}/pulls". What is known has to stand
                # in the template then, at least one of it.
                for wider in _widened(segments, length):
                    literals = _literals(template, wider)
                    if literals and literals == _LITERAL * sum(one is not None for one in wider):
                        yield Match(template.operation, template.endpoint, literals - 1, evidence, doubtful=False)


#: Names of parameters that hold a path of their own, in documents that have no way to say so.
_SPANNING = frozenset({"path", "filepath", "file_path", "file", "ref", "basehead", "key", "wildcard", "proxy", "rest"})


def _spans(path: str) -> bool:
    last = path.rstrip("/").rsplit("/", 1)[-1]
    return last.startswith("{") and (last.startswith("{+") or last.strip("{+}").lower() in _SPANNING)


def _is_word(segment: str | None) -> bool:
    return segment is not None and _WORD.fullmatch(segment) is not None


def _fits(template: tuple[str | None, ...], segments: tuple[str | None, ...], *, spans: bool) -> bool:
    """Return whether a URL can be of a template, when an unknown segment may be any text, slashes included."""
    if not template or not segments:
        return not template and not segments
    wanted, given = template[0], segments[0]
    if spans and len(template) == 1:
        return True
    if given is None:
        return _fits(template[1:], segments[1:], spans=spans) or _fits(template[1:], segments, spans=spans)
    return (wanted is None or wanted == given) and _fits(template[1:], segments[1:], spans=spans)


def _widened(segments: tuple[str | None, ...], length: int) -> Iterator[tuple[str | None, ...]]:
    """Yield the ways to stretch one unknown segment so that there are as many segments as asked for."""
    missing = length - len(segments)
    if missing > _MOST_WIDENED:
        return
    for index, segment in enumerate(segments):
        if segment is None:
            yield (*segments[:index], *([None] * (missing + 1)), *segments[index + 1 :])


def _literals(template: Template, segments: tuple[str | None, ...]) -> int | None:
    """Return how many literal segments agree, None when the URL cannot be of the template."""
    if len(segments) > len(template.segments) and not template.spans:
        return None
    count = 0
    for wanted, given in zip(template.segments, segments, strict=False):
        if wanted is None:
            continue
        if given != wanted:
            return None
        count += 1
    # A last parameter that swallows several segments (contents/{path}) is a poorer match than one that fits.
    return count * _LITERAL - (1 if len(segments) > len(template.segments) else 0)


def _behind_unknown(segments: tuple[str | None, ...]) -> tuple[str | None, ...]:
    """Return what follows unknown segments at the start: a version or a prefix that is configured somewhere."""
    start = next((index for index, segment in enumerate(segments) if segment is not None), 0)
    return segments[start:] if start else ()


def _starts_with(segments: tuple[str | None, ...], base: tuple[str | None, ...], *, exact: bool = False) -> bool:
    """Return whether a path begins with the base; on a host that is not known, in any version of it."""
    return len(segments) >= len(base) and all(
        wanted is None
        or given == wanted
        or (
            not exact
            and given is not None
            and _VERSION.fullmatch(given)
            and _VERSION.fullmatch(wanted)
            and len(base) == 1
        )
        for given, wanted in zip(segments, base, strict=False)
    )


def _is_others(base: Base, where: Address) -> bool:
    """Return whether the URL names a host of the internet, and nothing says that the API is served there."""
    host = where.host or ""
    return base.is_generic and "." in host and host.rpartition(".")[2].isalpha()


def _base(url: str, catalogue: Catalogue) -> Base:
    """Return where a server URL or base path points, its variables at their defaults."""
    for server in catalogue.api.servers:
        if server.url == url:
            for name, default in server.variables:
                url = url.replace("{" + name + "}", default) if "/" in default else url
    where = address(_pieces(url))
    return Base(where.host, where.segments)


def _pieces(template: str) -> list[str | None]:
    pieces: list[str | None] = []
    rest = template
    while "{" in rest:
        before, _, rest = rest.partition("{")
        pieces.extend([before, None] if before else [None])
        rest = rest.partition("}")[2]
    return [*pieces, rest] if rest else pieces
