"""How two responses to the same status of the same operation differ, as a client sees it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator

    from errdex.catalogue.changes import Grade, Kind
    from errdex.catalogue.model import Body, Cause, Header, Problem, Remedy, Response
    from errdex.errors import Location

_NUMBER = re.compile(r"-\d+$")


class Difference(NamedTuple):
    """One difference between two responses."""

    kind: Kind
    grade: Grade
    says: str
    """The end of a message whose beginning names operations and status."""
    before: str
    after: str
    said_once: Hashable
    """Equal for the same difference of other responses when the source says it once for all of them; else None."""
    old: Location | None
    new: Location | None


class _Places(NamedTuple):
    """Where the two sides of a difference stand."""

    old: Location
    new: Location
    said_once: Hashable
    """What the difference has in common with that of other responses; None for nothing."""

    def differ(self, kind: Kind, grade: Grade, says: str, said: tuple[object, object] = ("", "")) -> Difference:
        """Return a difference between these places; `said` is what the old and the new one say."""
        before, after = ("" if text is None else str(text) for text in said)
        return Difference(kind, grade, says, before, after, self.said_once, self.old, self.new)


def _places(old: Body | Cause | Header | Problem | Remedy, new: Body | Cause | Header | Problem | Remedy) -> _Places:
    """Return the places of things that a source may say once for several responses."""
    return _Places(old.location, new.location, (old.location, new.location))


def differences(old: Response, new: Response) -> Iterator[Difference]:
    """Yield each difference between two documented responses."""
    at = _Places(old.location, new.location, None)
    yield from _policies(at, old, new)
    yield from _bodies(at, old.body, new.body)
    yield from _problems(at, old, new)
    yield from _headers(at, old, new)
    yield from _named(at, ("cause-added", "cause-removed", "cause-reworded"), old.causes, new.causes)
    yield from _named(at, ("remedy-added", "remedy-removed", "remedy-reworded"), old.remedies, new.remedies)
    yield from _words(at, old, new)


def _policies(at: _Places, old: Response, new: Response) -> Iterator[Difference]:
    if old.client != new.client:
        said = (old.client, new.client)
        if new.client == "must-handle":
            yield at.differ("became-must-handle", "breaking", "has to be handled by clients now", said)
        elif old.client == "must-handle":
            yield at.differ("no-longer-must-handle", "fine", f"is {new.client} now, no longer must-handle", said)
        else:
            yield at.differ("client-policy-changed", "fine", f"is {new.client} now, no longer {old.client}", said)
    if old.retryable != new.retryable:
        says = {True: "may be retried now", False: "is not worth a retry now", None: "says nothing on retrying now"}
        was = {True: "it could be before", False: "it was not before", None: "nothing was said before"}
        grade: Grade = "risky" if new.retryable is False else "fine"
        text = f"{says[new.retryable]}; {was[old.retryable]}"
        yield at.differ("retry-changed", grade, text, (old.retryable, new.retryable))
    if old.deprecated != new.deprecated:
        if new.deprecated is None:
            yield at.differ("status-undeprecated", "fine", "is no longer deprecated")
        else:
            use = f": use {new.deprecated.use}" if new.deprecated.use else ""
            yield at.differ("status-deprecated", "risky", f"is deprecated{use}", ("", new.deprecated.since))


def _bodies(at: _Places, old: Body | None, new: Body | None) -> Iterator[Difference]:
    """Yield the differences of the bodies; what follows from another kind of body is not told besides."""
    if old is None or new is None:
        if new:
            yield at.differ("body-said", "fine", f"has {_kind(new)}, of which nothing was said", ("", new.kind))
        elif old:
            yield at.differ("body-unsaid", "risky", f"had {_kind(old)}, of which nothing is said", (old.kind, ""))
        return
    at = _places(old, new)
    if old.kind != new.kind:
        grade: Grade = "fine" if old.kind == "empty" else "breaking"
        says = f"has {_kind(new)} where it had {_kind(old)}"
        yield at.differ("body-kind-changed", grade, says, (old.kind, new.kind))
        return
    names = (_NUMBER.sub("", old.id), _NUMBER.sub("", new.id))
    if names[0] != names[1] and not {"content", "error", "empty"} & set(names):
        yield at.differ("body-schema-changed", "risky", f"has the body {names[1]} where it had {names[0]}", names)
    yield from _media_types(at, old, new)
    if old.problem != new.problem:
        was, now = (", ".join(f"{form}: {place}" for form, place in body.problem) for body in (old, new))
        text = f"names its problem at {now or 'no known place'}, no longer at {was or 'an unknown one'}"
        yield at.differ("problem-location-changed", "breaking" if was else "fine", text, (was, now))
    if old.says != new.says:
        yield at.differ("body-reworded", "fine", "has its body described in other words", (old.says, new.says))
    if old.example != new.example:
        yield at.differ("body-example-changed", "fine", "has another example of its body")
    if old.kind == "error" and (old.problems or new.problems) and old.open != new.open:
        if new.open:
            yield at.differ("problems-opened", "risky", "may name other problems than those listed")
        else:
            yield at.differ("problems-closed", "fine", "names no other problems than those listed")


def _kind(body: Body) -> str:
    return {"empty": "an empty body", "content": "content", "error": "an error body"}[body.kind]


def _media_types(at: _Places, old: Body, new: Body) -> Iterator[Difference]:
    gone = _missing(old.media_types, new.media_types)
    come = _missing(new.media_types, old.media_types)
    if gone and come:
        yield at.differ("media-type-changed", "breaking", f"comes as {come}, no longer as {gone}", (gone, come))
    elif come:
        yield at.differ("media-type-added", "risky" if old.media_types else "fine", f"comes as {come} too", ("", come))
    elif gone:
        grade: Grade = "breaking" if new.media_types else "risky"
        yield at.differ("media-type-removed", grade, f"no longer comes as {gone}", (gone, ""))


def _missing(some: Iterable[str], others: Iterable[str]) -> str:
    return ", ".join(sorted(set(some) - set(others)))


def _problems(at: _Places, old: Response, new: Response) -> Iterator[Difference]:
    if old.body and new.body and (old.problems, new.problems) == (old.body.problems, new.body.problems):
        at = _places(old.body, new.body)
    before = {problem.id: problem for problem in old.problems}
    after = {problem.id: problem for problem in new.problems}
    for name in {**before, **after}:
        if name not in before:
            yield at.differ("problem-added", "risky", f"can name the problem {name}", ("", name))
        elif name not in after:
            yield at.differ("problem-removed", "fine", f"no longer names the problem {name}", (name, ""))
        elif _problem(before[name]) != _problem(after[name]):
            said = (before[name].says, after[name].says)
            text = f"has the problem {name} described in other words"
            yield _places(before[name], after[name]).differ("problem-reworded", "fine", text, said)


def _problem(problem: Problem) -> tuple[object, ...]:
    return (
        problem.title,
        problem.says,
        problem.type,
        problem.retryable,
        _texts(problem.causes),
        _texts(problem.remedies),
    )


def _texts(said: Iterable[Cause | Remedy]) -> list[str]:
    return [one.says for one in said]


def _headers(at: _Places, old: Response, new: Response) -> Iterator[Difference]:
    """Yield the differences of the headers, whose names are the same in any case."""
    before = {header.name.lower(): header for header in old.headers}
    after = {header.name.lower(): header for header in new.headers}
    for key in {**before, **after}:
        if key not in before:
            name = after[key].name
            yield at.differ("header-added", "fine", f"has the header {name}", ("", name))
        elif key not in after:
            name = before[key].name
            grade: Grade = "breaking" if before[key].required else "risky"
            yield at.differ("header-removed", grade, f"no longer has the header {name}", (name, ""))
        else:
            yield from _header(before[key], after[key])


def _header(old: Header, new: Header) -> Iterator[Difference]:
    at = _places(old, new)
    if new.required and not old.required:
        yield at.differ("header-became-required", "fine", f"always has the header {new.name}")
    elif old.required and not new.required:
        yield at.differ("header-became-optional", "risky", f"need not have the header {new.name}")
    if old.type != new.type:
        says = f"has {new.type} in the header {new.name} where it had {old.type}"
        yield at.differ("header-type-changed", "breaking", says, (old.type, new.type))
    if (old.says, old.example) != (new.says, new.example):
        says = f"has the header {new.name} described in other words"
        yield at.differ("header-reworded", "fine", says, (old.says, new.says))


def _named(
    at: _Places, kinds: tuple[Kind, Kind, Kind], before: Iterable[Cause | Remedy], after: Iterable[Cause | Remedy]
) -> Iterator[Difference]:
    """Yield what was added, removed and reworded; the remedies of a cause and its `retryable` are its words."""
    added, removed, reworded = kinds
    noun = added.partition("-")[0]
    was = {one.id: one for one in before}
    now = {one.id: one for one in after}
    for name in {**was, **now}:
        if name not in was:
            yield at.differ(added, "fine", f"has the {noun} {name}", ("", now[name].says))
        elif name not in now:
            yield at.differ(removed, "fine", f"no longer has the {noun} {name}", (was[name].says, ""))
        elif _one(was[name]) != _one(now[name]):
            text = f"has the {noun} {name} described in other words"
            yield _places(was[name], now[name]).differ(reworded, "fine", text, (was[name].says, now[name].says))


def _one(named: Cause | Remedy) -> tuple[object, ...]:
    return named.says, getattr(named, "retryable", None), _texts(getattr(named, "remedies", ()))


def _words(at: _Places, old: Response, new: Response) -> Iterator[Difference]:
    if old.reason != new.reason:
        says = f"has the reason phrase {new.reason!r}, no longer {old.reason!r}"
        yield at.differ("reason-changed", "fine", says, (old.reason, new.reason))
    was, now = (" ".join(f"{response.summary} {response.detail}".split()) for response in (old, new))
    if was != now:
        yield at.differ("reworded", "fine", "is described in other words", (was, now))
    if old.doc_url != new.doc_url:
        yield at.differ("doc-url-changed", "fine", "is documented elsewhere", (old.doc_url, new.doc_url))
    if old.owner != new.owner:
        yield at.differ("owner-changed", "fine", "has another owner", (old.owner, new.owner))
    if old.related != new.related:
        said = (", ".join(old.related), ", ".join(new.related))
        yield at.differ("related-changed", "fine", "has other related statuses", said)
    if old.since != new.since:
        yield at.differ(
            "status-since-changed", "fine", "is said to exist since another version", (old.since, new.since)
        )
