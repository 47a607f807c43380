"""Which answer a request gets.

A request may ask for answers itself (header or query parameter). Otherwise the script of its operation holds, and
without a script the first documented success. Of several answers each request gets the next; the last one repeats.
"""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from errdex.catalogue.suggest import suggestion
from errdex.errors import UsageError
from errdex.faults.answers import Answer, by_operation, documented, number
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from errdex.catalogue.model import Catalogue, Server
    from errdex.faults.answers import Cut

#: The request header, and in lower case the query parameter, that asks for answers: `503; delay=0.5, 200`.
ASK = "Errdex-Answer"

#: The fields of an answer that is asked for.
OPTIONS = frozenset({"status", "reason", "headers", "body", "type", "problem", "delay", "cut"})

_STATUS = r"(?:[1-9]\d\d|[1-5]XX|default)"


class Asked(NamedTuple):
    """What a test asks the server to answer; what it leaves open is as the catalogue documents it."""

    status: str
    """`503`, `4XX` or `default`; a number that is not documented is answered as well."""
    like: str = ""
    """The documented status whose reason, headers and body to send; its own when empty."""
    body_of: str = ""
    """The documented status whose body to send."""
    reason: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    """Sent in place of the documented headers of the same names."""
    body: bytes | None = None
    media_type: str | None = None
    """The Content-Type to claim, whatever the body is."""
    problem: str = ""
    """The problem that the error body names."""
    delay: float = 0.0
    """Seconds before the first byte."""
    cut: Cut | None = None
    """Where the connection is cut."""


class Exchange(NamedTuple):
    """One request that the server saw."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: tuple[tuple[str, str], ...]
    body: bytes
    operation: str | None
    """None when no operation of the catalogue has this method and path."""
    status: int
    """What was answered; 0 when the connection was cut before the status line."""
    sent: bytes = b""
    """The body that was answered."""


def parse_all(text: str) -> list[Asked]:
    """Read answers with commas between them, such as `503; delay=1, 503, 200`; UsageError for anything else."""
    return [parse(one) for one in re.split(rf",(?=\s*{_STATUS}\s*(?:[;,]|$))", text)]


def parse(text: str) -> Asked:
    """Read a status and its options, such as `503; delay=0.5; cut=body; type=text/html`; UsageError for the rest."""
    status, *options = (part.strip() for part in text.split(";"))
    return from_mapping({"status": status, **dict(_pair(option) for option in options if option)})


def _pair(option: str) -> tuple[str, str]:
    name, equals, value = option.partition("=")
    if not equals:
        raise UsageError(f"answer option {option!r} has no value")
    return name.strip(), value.strip()


def from_mapping(fields: Mapping[str, object]) -> Asked:
    """Read an answer from the fields of a JSON object or of a header; UsageError names the field that is wrong."""
    for name in fields:
        if name not in OPTIONS:
            raise UsageError(f"answer has no option {name!r}; it has {', '.join(sorted(OPTIONS))}")
    status = str(fields.get("status", ""))
    if not re.fullmatch(_STATUS, status):
        raise UsageError(f"answer status {status!r} is no status, range or default")
    cut = fields.get("cut")
    if cut not in (None, "before", "headers", "body"):
        raise UsageError(f"answer cut {cut!r} is not before, headers or body")
    headers = fields.get("headers") or {}
    if not isinstance(headers, dict):
        raise UsageError("answer headers are no object")
    return Asked(
        status,
        reason=_text(fields, "reason"),
        headers=tuple((str(name), str(value)) for name, value in headers.items()),
        body=None if (body := _text(fields, "body")) is None else body.encode(),
        media_type=_text(fields, "type"),
        problem=_text(fields, "problem") or "",
        delay=_seconds(fields.get("delay", 0)),
        cut=cut,
    )


def _text(fields: Mapping[str, object], name: str) -> str | None:
    value = fields.get(name)
    if value is not None and not isinstance(value, str):
        raise UsageError(f"answer {name} is no text")
    return value


def _seconds(value: object) -> float:
    try:
        return float(str(value))
    except ValueError:
        raise UsageError(f"answer delay {value!r} is no number of seconds") from None


class Route(NamedTuple):
    """Where an operation answers."""

    method: str
    pattern: re.Pattern[str]
    operation: str


class Match(NamedTuple):
    """What the catalogue has at the path of a request."""

    operation: str | None
    """The operation of the path and the method; None when there is none."""
    routes: tuple[Route, ...]
    """The routes of the path, whatever their method; empty for an unknown path."""


class Plan:
    """What the server answers and what it was asked; safe to use from several threads."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.responses = by_operation(catalogue)
        paths = tuple(dict.fromkeys(map(base_path, catalogue.api.servers))) or ("",)
        #: Where the API's paths begin; a variable without a default may be anything, its own name as well.
        self.base_path = re.sub(r"\{(.*?)\}", r"\1", paths[0])
        self._bases = tuple(map(_pattern, paths))
        self._routes = sorted(
            (
                Route(endpoint.method, _pattern(endpoint.path), operation.id)
                for operation in catalogue.operations
                for endpoint in operation.endpoints
            ),
            # What says more wins: a literal path over a template, `{sha}.{type}` over `{sha}`.
            key=lambda route: -len(re.sub(r"\(.*?\)", "", route.pattern.pattern)),
        )
        self._scripts: dict[str, list[Asked | Answer]] = {}
        self._seen: list[Exchange] = []
        self._lock = threading.Lock()

    @property
    def seen(self) -> tuple[Exchange, ...]:
        """The requests so far, oldest first."""
        with self._lock:
            return tuple(self._seen)

    def note(self, exchange: Exchange) -> None:
        """Remember a request."""
        with self._lock:
            self._seen.append(exchange)

    def script(self, operation: str, answers: Sequence[Asked | Answer]) -> None:
        """Answer the next requests of the operation in this order, and go on with the last answer.

        UsageError when the catalogue has no such operation or there is no answer.
        """
        if operation not in self.responses:
            near = suggestion(operation, self.responses)
            raise UsageError(f"catalogue {self.catalogue.api.id} has no operation {operation!r}{near}")
        if not answers:
            raise UsageError(f"no answer given for {operation}")
        with self._lock:
            self._scripts[operation] = list(answers)

    def reset(self) -> None:
        """Forget scripts and requests."""
        with self._lock:
            self._scripts.clear()
            self._seen.clear()

    def match(self, method: str, path: str) -> Match:
        """Find the operation of a request.

        A path with or without its trailing slash is the same when the catalogue has only one of them.
        """
        relative = [path[hit.end() :] for base in self._bases if (hit := base.match(path))]
        for form in (form for rest in relative for form in (rest, _other_slash(rest))):
            routes = tuple(route for route in self._routes if route.pattern.fullmatch(form))
            if routes:
                return Match(next((route.operation for route in routes if route.method == method), None), routes)
        return Match(None, ())

    def answer(self, operation: str, asked: str | None, media_types: Sequence[str]) -> Answer:
        """Return what to send to one request of that operation; `asked` is the request's own wish.

        UsageError when the wish cannot be read or fulfilled.
        """
        with self._lock:
            key = operation if asked is None else f"{operation} {asked}"
            if asked is not None and key not in self._scripts:
                self._scripts[key] = [*parse_all(asked)]
            script = self._scripts.get(key) or [Asked(self.success(operation))]
            answer = script.pop(0) if len(script) > 1 else script[0]
        return answer if isinstance(answer, Answer) else self._filled(operation, answer, media_types)

    def after_redirect(self, operation: str, media_types: Sequence[str]) -> Answer:
        """Return the operation's first success; UsageError when there is no such operation."""
        if operation not in self.responses:
            raise UsageError(f"catalogue {self.catalogue.api.id} has no operation {operation!r}")
        return self._filled(operation, Asked(self.success(operation)), media_types)

    def refusal(self, path: str, match: Match, media_types: Sequence[str]) -> Answer:
        """Return the documented 404 or 405 for a request that is no operation, else a bare one."""
        methods = ", ".join(dict.fromkeys(route.method for route in match.routes))
        status, headers = ("405", (("Allow", methods),)) if methods else ("404", ())
        for operation in [route.operation for route in match.routes] or self.responses:
            if status in self.responses[operation]:
                answer = documented(self.responses[operation], status, media_types=media_types)
                return answer._replace(headers=(*answer.headers, *headers))
        text = f"catalogue {self.catalogue.api.id} has no operation at {path}".encode()
        return Answer(int(status), headers=(("Content-Type", "text/plain"), *headers), body=text)

    def success(self, operation: str) -> str:
        """Return the status that an operation answers when nothing else is asked: its first documented success."""
        statuses = self.responses[operation]
        return next((status for status in statuses if status.startswith("2")), next(iter(statuses), "200"))

    def _filled(self, operation: str, asked: Asked, media_types: Sequence[str]) -> Answer:
        responses = self.responses[operation]
        if not asked.status.isdecimal() and asked.status not in responses:
            raise UsageError(f"{operation} does not document {asked.status}")
        status = number(responses, asked.status)
        like, answer = asked.like or asked.status, Answer(status)
        if like in responses:
            answer = documented(responses, like, media_types=media_types, problem=asked.problem)
        if asked.body_of in responses:
            other = documented(responses, asked.body_of, media_types=media_types)
            answer = answer._replace(headers=_typed(answer, other), body=other.body)
        elif asked.body_of:
            answer = answer._replace(body=b"")
        body = answer.body if asked.body is None else asked.body
        headers = (*asked.headers, *((("Content-Type", asked.media_type),) if asked.media_type else ()))
        replaced = {name.lower() for name, _ in headers} | ({"content-type"} if not body else set())
        return answer._replace(
            status=status,
            reason=answer.reason if asked.reason is None else asked.reason,
            headers=(*(pair for pair in answer.headers if pair[0].lower() not in replaced), *headers),
            body=body,
            delay=asked.delay,
            cut=asked.cut,
        )


def _typed(answer: Answer, other: Answer) -> tuple[tuple[str, str], ...]:
    """Return the headers of an answer with the Content-Type of another."""
    kept = tuple(pair for pair in answer.headers if pair[0].lower() != "content-type")
    return (*kept, *(pair for pair in other.headers if pair[0].lower() == "content-type"))


def base_path(server: Server) -> str:
    """Return the path of a server's URL without its trailing slash; variables have the defaults that they have."""
    url = server.url
    for name, default in server.variables:
        url = url.replace(f"{{{name}}}", default)
    return (urlsplit(url).path if "://" in url else url).rstrip("/")


def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"(\{[^{}]*\})", template)
    return re.compile("".join(_part(part) for part in parts))


def _part(part: str) -> str:
    if part.startswith("{+"):
        return "(.+)"
    return "([^/]+)" if part.startswith("{") else re.escape(part)


def _other_slash(path: str) -> str:
    return path[:-1] if path.endswith("/") else f"{path}/"
