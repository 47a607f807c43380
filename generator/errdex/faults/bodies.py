"""The text of a documented body: the catalogue's example, naming the problem that belongs to the response.

Without an example the smallest body is made that has the name of the problem where the catalogue says it stands.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from errdex.catalogue.model import Body, Response


def text(response: Response, body: Body, media_type: str, problem: str = "") -> str:
    """Return the body's text in that media type.

    `problem` is the problem to name; without it the example keeps its own when that is one of the response's, and
    names the first of the response's otherwise.
    """
    form = subtype(media_type)
    pointer = dict(body.problem).get(form, "")
    names = [known.id for known in response.problems or body.problems]
    example = dict(body.example).get(media_type)
    if example is None:
        return _smallest(form, pointer, problem or (names[0] if names else ""))
    named = _named(form, example, pointer) if pointer else ""
    if not named or (not problem and (named in names or not names)):
        return example
    # The name stands in the example as the whole text of its element or as a whole JSON string.
    quotes = ('"', '"') if form == "json" else (">", "<")
    wanted = problem or names[0]
    return example.replace(named.join(quotes), wanted.join(quotes), 1)


def subtype(media_type: str) -> str:
    """Return `json` for `application/json; charset=utf-8` and for `application/problem+json`."""
    return re.split(r"[/+]", media_type.partition(";")[0].strip())[-1].lower()


def _named(form: str, example: str, pointer: str) -> str:
    """Return the problem that the example names; empty when it names none."""
    if form == "xml":
        try:
            return ET.fromstring(example.encode()).findtext(pointer) or ""  # noqa: S314 - our own text
        except ET.ParseError:
            return ""
    try:
        value: object = json.loads(example)
    except (ValueError, RecursionError):
        return ""
    for step in pointer.split("."):
        if isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        elif isinstance(value, dict):
            value = value.get(step)
        else:
            return ""
    return value if isinstance(value, str) else ""


def _smallest(form: str, pointer: str, name: str) -> str:
    if form == "json":
        return json.dumps(_json_at(pointer.split("."), name) if pointer and name else {})
    if form == "xml":
        return _xml_at(pointer, name)
    return name


def _json_at(steps: Sequence[str], name: str) -> object:
    """Return the JSON value that has `name` at the end of the steps; a number is the index of a list."""
    value: object = name
    for step in reversed(steps):
        value = [value] * (int(step) + 1) if step.isdecimal() else {step: value}
    return value


def _xml_at(pointer: str, name: str) -> str:
    """Return a document that has `name` at the end of the path below its root; `{uri}tag` is a tag in a namespace."""
    steps = re.findall(r"(?:\{([^}]*)\})?([^/{}]+)", pointer)
    namespace = next((uri for uri, _ in steps if uri), "")
    opened = "".join(f"<{tag}>" for _, tag in steps)
    closed = "".join(f"</{tag}>" for _, tag in reversed(steps))
    attribute = f" xmlns={quoteattr(namespace)}" if namespace else ""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<Response{attribute}>{opened}{escape(name)}{closed}</Response>\n'
