"""What comes with a response, in words and as an example."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.pages.markup import Markdown, entities
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.catalogue.model import Body, Response
    from errdex.pages.site import Writer

_WORDS = {
    "empty": "The body is empty.",
    "content": "The body holds what was asked for.",
    "error": "The body describes the error.",
}


class Example(NamedTuple):
    """An example response."""

    media_type: str
    """Empty for an empty body."""
    lines: tuple[str, ...]
    """Status line, headers, an empty line and the body, to stand in a `<pre>` element."""


def body_words(writer: Writer, body: Body | None) -> Markdown:
    """Return what the catalogue says of a body, else a sentence for its kind; empty when it says nothing at all."""
    if body is None:
        return Markdown("")
    return writer.prose(body.says) if body.says else Markdown(_WORDS[body.kind])


def examples(response: Response) -> Iterator[Example]:
    """Yield the documented example of each media type as it is; one without a body when there is none to show."""
    body = response.body
    shown = body.example if body else ()
    if not shown and response.status.isdigit():
        yield _example(response, "", "")
    for media_type, text in shown:
        yield _example(response, media_type, text)


def _example(response: Response, media_type: str, text: str) -> Example:
    content_type = [f"Content-Type: {media_type}"] if media_type else []
    headers = [f"{header.name}: {header.example}" for header in response.headers if header.example]
    body = ["", *text.rstrip("\n").split("\n")] if text else []
    lines = [f"HTTP/1.1 {response.status} {response.reason}".rstrip(), *content_type, *headers, *body]
    return Example(media_type, tuple(lines))


def escaped(example: Example) -> Example:
    """Return an example that may stand in a page."""
    return Example(entities(example.media_type), tuple(entities(line) for line in example.lines))
