"""What client code returned, raised or wrote, in words that are the same in every run that did the same."""

from __future__ import annotations

import contextlib
import inspect
import re

_STATUS_ATTRIBUTES = ("status_code", "status", "code", "http_status", "response")

#: Their messages hold the reason phrase, the URL and addresses; their types say enough.
_LIBRARIES = ("requests.", "urllib3.", "httpx", "aiohttp.", "urllib.", "http.", "tenacity", "json.", "niquests.")


class Mask:
    """Describe values without the status in them, and remember whether it, or the body, was there."""

    def __init__(self, status: int, body: bytes) -> None:
        self.carries = False
        self.uses_body = False
        self._status = status
        self._number = re.compile(rf"(?<!\d){status}(?!\d)")
        self._marks = {word for word in re.findall(rb"[A-Za-z0-9 -]{4,}", body) if not word.isspace()}

    def text(self, text: str) -> str:
        """Return the text with the status, ports and addresses taken out."""
        if any(mark.decode() in text for mark in self._marks):
            self.uses_body = True
        text = re.sub(r"127\.0\.0\.1:\d+|port=\d+|0x[0-9a-f]{6,}", "*", text)
        return self._number.sub("<status>", text)

    def describe(self, value: object, depth: int = 4) -> str:
        """Return the value in words, the same for the same value whatever the run."""
        if isinstance(value, bool) or value is None:
            return repr(value)
        if isinstance(value, int):
            return self._int(value)
        if isinstance(value, (str, bytes)):
            text = value.decode(errors="replace") if isinstance(value, bytes) else value
            if self._number.fullmatch(text):
                self.carries = True
            return repr(self.text(text))
        if isinstance(value, float):
            return repr(value)
        name = type(value).__qualname__
        if depth == 0:
            return name
        if isinstance(value, dict):
            pairs = ((self.describe(key, depth - 1), self.describe(item, depth - 1)) for key, item in value.items())
            return f"{{{', '.join(f'{key}: {item}' for key, item in pairs)}}}"
        if isinstance(value, (list, tuple)):
            items = ", ".join(self.describe(item, depth - 1) for item in value)
            return f"[{items}]" if type(value) is list else f"({items})" if type(value) is tuple else f"{name}({items})"
        if isinstance(value, (set, frozenset)):
            return f"{{{', '.join(sorted(self.describe(item, depth - 1) for item in value))}}}"
        return self._object(value, name, depth)

    def _int(self, value: int) -> str:
        if value == self._status:
            self.carries = True
            return "<status>"
        return self.text(repr(int(value)))

    def _object(self, value: object, name: str, depth: int) -> str:
        """Name a response or an exception by its type and whether it carries the status, the rest by their fields."""
        carries = self._has_status(value)
        if isinstance(value, BaseException):
            if carries or self._number.search(str(value)) or self._chain_carries(value):
                self.carries = True
            inner = getattr(value, "exceptions", ())
            groups = "".join(f", {self.describe(one, depth - 1)}" for one in inner)
            own = self.text(str(value)) if not type(value).__module__.startswith(_LIBRARIES) else ""
            return f"{name}({own!r}{groups})" if own or groups else name
        if carries and _is_response(value):
            self.carries = True
            return f"{name}(<status>)"
        fields = getattr(value, "__dict__", None)
        if not isinstance(fields, dict) or type(value).__module__.startswith(_LIBRARIES):
            return name
        return f"{name}({', '.join(f'{key}={self.describe(item, depth - 1)}' for key, item in sorted(fields.items()))})"

    def _has_status(self, value: object) -> bool:
        for attribute in _STATUS_ATTRIBUTES:
            found = inspect.getattr_static(value, attribute, None)
            if found is None:
                continue
            with contextlib.suppress(Exception):
                found = getattr(value, attribute)
                if found == self._status or (attribute == "response" and found is not None and self._has_status(found)):
                    return True
        return False

    def _chain_carries(self, error: BaseException) -> bool:
        seen = error.__cause__ or error.__context__
        steps = 0
        while seen is not None and steps < 8:
            if self._has_status(seen) or self._number.search(str(seen)):
                return True
            seen, steps = seen.__cause__ or seen.__context__, steps + 1
        return False


def _is_response(value: object) -> bool:
    return hasattr(value, "headers")
