"""Questions about a body that tell an error from a success: its keys, and what kind of thing it is.

Bodies of successes and of errors are documented, if at all, by examples. So a question is answered by what clients mean
when they ask it: whoever asks for `error` or for a `message` looks for an error, and an error is told in an object.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.lint.interpreter.classes import is_exception
from errdex.lint.values import Library, Sequence, Unknown

if TYPE_CHECKING:
    from errdex.lint.interpreter.machine import Walk
    from errdex.lint.values import Body, Place

#: Keys that a body has when something went wrong, and not otherwise.
_ERROR_KEYS = frozenset({"error", "errors", "fault", "errorlist", "errcode", "exception", "failure"})

#: Keys that the body of an error has, and that of a success may have.
_MESSAGE_KEYS = frozenset({"message", "msg", "detail", "details", "reason"})

#: Keys that bodies of either kind may have.
_SHARED_KEYS = frozenset({"code", "status", "title", "type", "description"})

#: What an object of JSON is, and what an array is.
_OBJECTS = frozenset({"builtins.dict", "collections.abc.Mapping", "typing.Mapping", "collections.abc.MutableMapping"})
_ARRAYS = frozenset({"builtins.list", "builtins.tuple", "collections.abc.Sequence", "typing.Sequence"})


def is_error_key(key: str) -> bool:
    """Return whether a body's key or attribute is one that only error bodies have."""
    return _bare(key) in _ERROR_KEYS


def body_truth(walk: Walk, body: Body, place: Place) -> bool | Unknown:
    """Return whether a body, or what it has under a key, is true; recorded when that depends on the status."""
    status = body.response.status
    if status is None or not body.response.tracked:
        return Unknown(question=("body", id(body.response), body.key))
    fails = status not in walk.successes
    if is_error_key(body.key) or (fails and _bare(body.key) in _MESSAGE_KEYS):
        walk.test(place, body.response, frozenset(), fails, "body")
        return fails
    if status in walk.empty and not body.key:
        walk.test(place, body.response, frozenset(), False, "body")
        return False
    return Unknown(question=("body", id(body.response), body.key), default=_absent(body.key))


def body_has(walk: Walk, body: Body, key: str, place: Place) -> bool | Unknown:
    """Return `key in body`: what a success carries, an error does not, and the other way round."""
    status, word = body.response.status, _bare(key)
    unknown = Unknown(question=("in", key, id(body.response), body.key), default=_absent(key))
    if status is None or not body.response.tracked or word in _SHARED_KEYS or not key.isidentifier():
        return unknown
    fails = status not in walk.successes
    if word in _MESSAGE_KEYS and not fails:
        return unknown
    answer = fails == (word in _ERROR_KEYS or word in _MESSAGE_KEYS)
    walk.test(place, body.response, frozenset(), answer, "body")
    return answer


def body_is(walk: Walk, body: Body, cls: object, place: Place) -> bool | None:
    """Return `isinstance(body, cls)`: the body of an error is an object, that of a success may be one; else None."""
    if isinstance(cls, Sequence):
        answers = [body_is(walk, body, one, place) for one in cls.items]
        return True if True in answers else None if None in answers else False
    if is_exception(cls):
        # What a call returned is taken for an exception only where it is known to be one (gather, futures).
        return False
    status = body.response.status
    named = cls.name if isinstance(cls, Library) else ""
    if status is None or not body.response.tracked or body.key or named not in _OBJECTS | _ARRAYS:
        return None
    if status in walk.successes or status in walk.empty:
        return None
    walk.test(place, body.response, frozenset(), named in _OBJECTS, "body")
    return named in _OBJECTS


def _bare(key: str) -> str:
    return key.lower().lstrip("_").removeprefix("has_")


def _absent(key: str) -> bool | None:
    """Return what is tried first for a success: that it carries no message of what went wrong."""
    return False if _bare(key) in _MESSAGE_KEYS else None
