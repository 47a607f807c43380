"""The page of a status: what it means for each operation, why, what to do, an example, and how to handle it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.catalogue.naming import anchor
from errdex.pages.answers import answers
from errdex.pages.bodies import escaped, examples
from errdex.pages.handling import handling
from errdex.pages.markup import Markdown
from errdex.pages.words import retry_words, words_of
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.catalogue.model import Deprecation, Operation, Response, Status
    from errdex.pages.answers import Answer
    from errdex.pages.bodies import Example
    from errdex.pages.handling import Handling
    from errdex.pages.site import Writer
    from errdex.pages.words import Words

NAMED_IN_A_HEADING = 3
"""A heading names up to this many operations; above that it counts them."""
EXAMPLES_A_PAGE = 6
"""Up to this many different examples are shown; the data files have all."""

_CLASSES = {"1": "Informational", "2": "Success", "3": "Redirection", "4": "Client error", "5": "Server error"}


class Asked(NamedTuple):
    """An operation that an answer is about."""

    anchor: str
    """Empty when the heading above carries it."""
    line: Markdown
    """Its endpoints and a link to its page."""


class AnswerView(NamedTuple):
    """What a status means for some operations."""

    anchor: str
    """The id of the heading: the first operation's."""
    title: Markdown
    operations: tuple[Asked, ...]
    history: tuple[Markdown, ...]
    """Since when it is there, deprecated or gone."""
    words: Words
    allowed: Markdown
    """Which methods the operations take, where the status is about methods."""
    documentation: Markdown
    """A link to the API's own page, when there is one."""


class ExampleView(NamedTuple):
    """Example responses and whose they are."""

    who: Markdown
    examples: tuple[Example, ...]


class StatusText(NamedTuple):
    """What the page of a status shows, and its plain twin as well."""

    code: Markdown
    title: Markdown
    summary: Markdown
    answers: tuple[AnswerView, ...]
    listed: tuple[Asked, ...]
    """The operations of a large API, each on a line; their own pages tell the rest."""
    not_applicable: tuple[Asked, ...]
    unsaid: tuple[Asked, ...]


class StatusPage(NamedTuple):
    """Everything that the page of a status shows."""

    text: StatusText
    description: Markdown
    tags: tuple[Markdown, ...]
    chips: tuple[Markdown, ...]
    examples: tuple[ExampleView, ...]
    example_note: Markdown
    """What an example with a body is worth; empty when none has one."""
    handling: Handling | None
    retry: tuple[Markdown, ...]
    related: tuple[Markdown, ...]
    history: tuple[Markdown, ...]
    source: Markdown
    data: str
    """The machine-readable twin, relative."""


def status_page(writer: Writer, status: Status) -> StatusPage:
    """Return what the page of a status shows."""
    site = writer.site
    told = answers(site, status)
    shown = tuple(_examples(writer, told))
    has_body = any(example.media_type for view in shown for example in view.examples)
    title = f"{status.code} {status.reason}".strip()
    return StatusPage(
        text=_text(writer, status, told),
        description=writer.literal(f"{title}: what it means for each operation of {site.catalogue.api.title}"),
        tags=tuple(writer.literal(tag) for tag in status_tags(status)),
        chips=tuple(_chips(writer, status, told)),
        examples=shown,
        example_note=Markdown("The form is documented; the content is an example." if has_body else ""),
        handling=handling(writer, status, told),
        retry=tuple(_retry(writer, told)),
        related=tuple(_related(writer, status, told)),
        history=tuple(_history(writer, told)),
        source=writer.source(status.location),
        data=f"{status.code}/index.json",
    )


def status_text(writer: Writer, status: Status) -> StatusText:
    """Return what the plain twin of a status shows, and its page as well."""
    return _text(writer, status, answers(writer.site, status))


def _text(writer: Writer, status: Status, told: tuple[Answer, ...]) -> StatusText:
    site = writer.site
    ruled_out = [response.operation for response in site.told[status.code] if response.state == "not-applicable"]
    said = {response.operation for response in site.told[status.code]}
    return StatusText(
        code=writer.literal(status.code),
        title=writer.literal(f"{status.code} {status.reason}".strip()),
        # One answer for all says it itself.
        summary=Markdown("") if len(told) == 1 else writer.prose(status.summary),
        answers=() if site.grouped else tuple(_answer(writer, answer) for answer in told),
        listed=tuple(_listed(writer, told)) if site.grouped else (),
        not_applicable=tuple(_asked_nothing(writer, site.operations[name]) for name in ruled_out),
        unsaid=()
        if site.grouped
        else tuple(_asked_nothing(writer, op) for op in site.catalogue.operations if op.id not in said),
    )


def status_class(code: str) -> str:
    """Return the class of a status in words; empty for `default`."""
    return _CLASSES.get(code[0], "")


def status_tags(status: Status) -> tuple[str, ...]:
    """Return the words that must find a status: code, class, phrase and kinds of body."""
    family = f"{status.code[0]}xx" if status.code[0].isdigit() else ""
    return tuple(dict.fromkeys(word for word in (status.code, family, status.reason) if word))


def who(writer: Writer, operations: tuple[Operation, ...], *, all_of: int = 0) -> Markdown:
    """Return the operations' titles, a group's title, or their number; `all_of` is how many there could be."""
    catalogue = writer.site.catalogue
    ids = {operation.id for operation in operations}
    if len(ids) > 1 and len(ids) == (all_of or len(catalogue.operations)):
        return Markdown("Every operation")
    for group in catalogue.groups:
        if len(ids) > 1 and ids == set(group.operations):
            return writer.literal(group.title)
    if len(operations) <= NAMED_IN_A_HEADING:
        return Markdown(", ".join(writer.literal(operation.title) for operation in operations))
    return Markdown(f"{len(operations)} operations")


def _answer(writer: Writer, answer: Answer) -> AnswerView:
    response = answer.response
    return AnswerView(
        anchor=anchor(answer.operations[0].id),
        title=who(writer, answer.operations),
        operations=tuple(_asked(writer, answer)),
        history=tuple(history_words(writer, response)),
        words=words_of(writer, response),
        allowed=allowed_words(writer, answer.operations, response.status),
        documentation=writer.outside("The API\u2019s own page", response.doc_url) if response.doc_url else Markdown(""),
    )


def endpoint_words(writer: Writer, operation: Operation) -> tuple[Markdown, ...]:
    """Return an operation's endpoints as `METHOD /path`."""
    return tuple(writer.code(f"{endpoint.method} {endpoint.path}") for endpoint in operation.endpoints)


def allowed_words(writer: Writer, operations: tuple[Operation, ...], code: str) -> Markdown:
    """Return which methods each operation takes, for 405 Method Not Allowed; empty for any other status."""
    if code != "405":
        return Markdown("")
    methods = {operation.id: ", ".join(writer.code(method) for method in operation.methods) for operation in operations}
    if len(set(methods.values())) == 1:
        return Markdown(f"Allowed: {methods[operations[0].id]}.")
    each = "; ".join(f"{writer.literal(operation.title)} {methods[operation.id]}" for operation in operations)
    return Markdown(f"Allowed: {each}.")


def deprecation_words(writer: Writer, deprecated: Deprecation) -> Markdown:
    """Return since when something is deprecated and what to use instead."""
    since = f" since {writer.literal(deprecated.since)}" if deprecated.since else ""
    use = f"; use {writer.code(deprecated.use)} instead" if deprecated.use else ""
    return Markdown(f"Deprecated{since}{use}.")


def _asked(writer: Writer, answer: Answer) -> Iterator[Asked]:
    """Yield the operations of an answer; the heading names a single one already, and carries the id of the first."""
    site, code = writer.site, answer.response.status
    alone = len(answer.operations) == 1
    for index, operation in enumerate(answer.operations):
        label = Markdown("all answers of this operation") if alone else writer.literal(operation.title)
        link = writer.link(label, site.operation(operation.id, "" if alone else code))
        endpoints = " ".join(endpoint_words(writer, operation))
        line = Markdown(f"{endpoints} {link}" if alone else f"{link} {endpoints}")
        yield Asked(anchor(operation.id) if index else "", line)


def _listed(writer: Writer, told: tuple[Answer, ...]) -> Iterator[Asked]:
    site = writer.site
    for answer in told:
        says = writer.prose(answer.response.summary)
        for operation in answer.operations:
            link = writer.link(writer.literal(operation.title), site.operation(operation.id, answer.response.status))
            yield Asked(anchor(operation.id), Markdown(f"{link} {says}"))


def _asked_nothing(writer: Writer, operation: Operation) -> Asked:
    """Return an operation that does not answer so, or of which that is not known."""
    link = writer.link(writer.literal(operation.title), writer.site.operation(operation.id))
    return Asked(anchor(operation.id), Markdown(f"{link} {' '.join(endpoint_words(writer, operation))}"))


def _chips(writer: Writer, status: Status, told: tuple[Answer, ...]) -> Iterator[Markdown]:
    site = writer.site
    if family := status_class(status.code):
        yield Markdown(family)
    documented = sum(len(answer.operations) for answer in told)
    total = len(site.catalogue.operations)
    yield Markdown("Every operation" if documented == total else f"{documented} of {total} operations")
    kinds = {answer.response.body.kind if answer.response.body else "" for answer in told}
    if len(kinds) == 1 and "" not in kinds:
        yield Markdown(f"Body: {kinds.pop()}")
    retryable = {answer.response.retryable for answer in told}
    if len(retryable) == 1 and (verdict := retryable.pop()) is not None:
        yield Markdown("Worth retrying" if verdict else "Not worth retrying")
    removed = {answer.response.removed for answer in told}
    if len(removed) == 1 and (version := removed.pop()):
        yield Markdown(f"No longer there since {writer.literal(version)}")
    if any(answer.response.client == "must-handle" for answer in told):
        yield Markdown("Clients must handle it")


def _examples(writer: Writer, told: tuple[Answer, ...]) -> Iterator[ExampleView]:
    """Yield each distinct example once, with names when there are several; none when there are too many to read."""
    owners: dict[tuple[Example, ...], list[Operation]] = {}
    for answer in told:
        shown = tuple(examples(answer.response))
        if shown:
            owners.setdefault(shown, []).extend(answer.operations)
        if len(owners) > EXAMPLES_A_PAGE:
            return
    for shown, operations in owners.items():
        name = Markdown("") if len(owners) == 1 else who(writer, tuple(operations))
        yield ExampleView(name, tuple(escaped(example) for example in shown))


def _retry(writer: Writer, told: tuple[Answer, ...]) -> Iterator[Markdown]:
    """Yield what is said about sending the request again, by answer, exceptions by cause after it."""
    verdicts: dict[bool | None, list[Operation]] = {}
    for answer in told:
        verdicts.setdefault(answer.response.retryable, []).extend(answer.operations)
    for verdict, operations in verdicts.items():
        words = retry_words(verdict) or "The catalogue does not say whether sending the same request again can help."
        yield Markdown(words if len(verdicts) == 1 else f"{who(writer, tuple(operations))}: {words}")
    seen = set()
    for answer in told:
        for cause in answer.response.causes:
            if cause.retryable is not None and cause.retryable != answer.response.retryable and cause.says not in seen:
                seen.add(cause.says)
                yield Markdown(f"{writer.prose(cause.says)} {retry_words(cause.retryable)}")


def _related(writer: Writer, status: Status, told: tuple[Answer, ...]) -> Iterator[Markdown]:
    site = writer.site
    named = [code for answer in told for code in answer.response.related]
    beside = [other.code for other in site.catalogue.statuses if other.code[0] == status.code[0]]
    reasons = {other.code: other.reason for other in site.catalogue.statuses}
    for code in dict.fromkeys((*named, *beside)):
        if code != status.code and code in reasons:
            yield writer.link(writer.literal(f"{code} {reasons[code]}".strip()), site.status(code))


def _history(writer: Writer, told: tuple[Answer, ...]) -> Iterator[Markdown]:
    for answer in told:
        for event in history_words(writer, answer.response):
            yield Markdown(f"{who(writer, answer.operations)}: {event}")


def history_words(writer: Writer, thing: Response | Operation) -> Iterator[Markdown]:
    """Yield when something came, was deprecated and went."""
    if thing.since:
        yield Markdown(f"Since {writer.literal(thing.since)}.")
    if thing.deprecated:
        yield deprecation_words(writer, thing.deprecated)
    if thing.removed:
        yield Markdown(f"No longer there since {writer.literal(thing.removed)}.")
