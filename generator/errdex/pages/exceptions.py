"""The page of the generated module: what to import, and the class that stands for each answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.catalogue.naming import anchor
from errdex.pages.handling import method_function
from errdex.pages.markup import Markdown
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.pages.site import Writer


class ErrorLine(NamedTuple):
    """A class and the answer that it stands for."""

    name: Markdown
    stands_for: Markdown


class OperationErrors(NamedTuple):
    """The classes of an operation."""

    anchor: str
    title: Markdown
    member: str
    errors: tuple[ErrorLine, ...]


class ModulePage(NamedTuple):
    """Everything that the page of the module shows."""

    title: Markdown
    description: Markdown
    module: str
    base: str
    method: str
    member: str
    """Of the first operation, for the example: the function of requests, and the constant."""
    statuses: tuple[ErrorLine, ...]
    operations: tuple[OperationErrors, ...]


def module_page(writer: Writer) -> ModulePage | None:
    """Return what the page of the module shows; None when there is no module to speak of."""
    site = writer.site
    if not site.names.members or not method_function(first := site.catalogue.operations[0]):
        return None
    return ModulePage(
        title=Markdown("Python module"),
        description=writer.literal(f"The exceptions of {site.catalogue.api.title}"),
        module=site.module,
        base=site.names.base,
        method=method_function(first),
        member=site.names.members[first.id],
        statuses=tuple(_of_statuses(writer)),
        operations=() if site.grouped else tuple(_of_operations(writer)),
    )


def _of_statuses(writer: Writer) -> Iterator[ErrorLine]:
    site = writer.site
    for status in site.catalogue.statuses:
        if name := site.names.errors.get(("", status.code)):
            label = writer.literal(f"{status.code} {status.reason}".strip())
            yield ErrorLine(writer.code(name), writer.link(label, site.status(status.code)))


def _of_operations(writer: Writer) -> Iterator[OperationErrors]:
    site = writer.site
    for operation in site.catalogue.operations:
        errors = tuple(
            ErrorLine(
                writer.code(name), writer.link(writer.literal(status.code), site.status(status.code, operation.id))
            )
            for status in site.catalogue.statuses
            if (name := site.names.errors.get((operation.id, status.code)))
        )
        if errors:
            member = site.names.members[operation.id]
            yield OperationErrors(anchor(operation.id), writer.literal(operation.title), member, errors)
