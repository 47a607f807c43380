"""What came, what is deprecated and what went, newest version first, as a page and as an Atom feed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from errdex.catalogue.naming import anchor
from errdex.pages.machine import public_url
from errdex.pages.markup import Markdown
from errdex.pages.site import Address
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.catalogue.model import Deprecation, Response
    from errdex.pages.site import Site, Writer


NAMED_EACH = 3
"""Up to this many operations whose answers changed alike are told one by one."""


class Change(NamedTuple):
    """Something that a version of the API brought, deprecated or took away."""

    version: str
    """Empty when the catalogue does not say when."""
    kind: str
    says: str
    """What happened to what, in words."""
    address: Address


class Version(NamedTuple):
    """The changes of one version."""

    anchor: str
    title: Markdown
    changes: tuple[Markdown, ...]


class ChangesPage(NamedTuple):
    """Everything that the page of changes shows."""

    title: Markdown
    description: Markdown
    versions: tuple[Version, ...]


def changes(site: Site) -> Iterator[Change]:
    """Yield all dated facts of a catalogue, in its order."""
    for operation in site.catalogue.operations:
        yield from _of(
            operation.title, operation.since, operation.deprecated, operation.removed, site.operation(operation.id)
        )
    dated: dict[tuple[str, str, Deprecation | None, str], list[Response]] = {}
    for response in site.responses.values():
        if response.state == "documented" and (response.since or response.deprecated or response.removed):
            facts = response.status, response.since, response.deprecated, response.removed
            dated.setdefault(facts, []).append(response)
    for (code, since, deprecated, removed), responses in dated.items():
        documented = sum(response.state == "documented" for response in site.told[code])
        for what, response in _named(site, responses, every=len(responses) == documented):
            yield from _of(f"{code} from {what}", since, deprecated, removed, site.status(code, response.operation))


def _named(site: Site, responses: list[Response], *, every: bool) -> Iterator[tuple[str, Response]]:
    """Yield who answers so, and the response to lead to: a change of many operations is one change."""
    if len(responses) <= NAMED_EACH:
        yield from ((site.operations[response.operation].title, response) for response in responses)
    else:
        yield "every operation" if every else f"{len(responses)} operations", responses[0]


def _of(what: str, since: str, deprecated: Deprecation | None, removed: str, address: Address) -> Iterator[Change]:
    if since:
        yield Change(since, "new", f"{what}: new", address)
    if deprecated:
        yield Change(deprecated.since, "deprecated", f"{what}: deprecated", address)
    if removed:
        yield Change(removed, "removed", f"{what}: no longer there", address)


def changes_page(writer: Writer) -> ChangesPage:
    """Return what the page of changes shows."""
    by_version: dict[str, list[Change]] = {}
    for change in changes(writer.site):
        by_version.setdefault(change.version, []).append(change)
    title = writer.site.catalogue.api.title
    return ChangesPage(
        title=Markdown("Changes"),
        description=writer.literal(f"What changed in the documented answers of {title}"),
        versions=tuple(
            Version(
                f"_version-{anchor(version)}",
                writer.literal(version or "Without a version"),
                tuple(writer.link(writer.literal(change.says), change.address) for change in by_version[version]),
            )
            for version in sorted(by_version, key=_newest_last, reverse=True)
        ),
    )


def feed(site: Site) -> str:
    """Return the changes as Atom (RFC 4287); all entries carry the date of the catalogue, which has no other."""
    options, api = site.options, site.catalogue.api
    page = public_url(site, Address("changes.md"))
    own = public_url(site, Address("changes.xml"))
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"  <title>{escape(api.title)}: changes</title>",
        f"  <id>urn:errdex:{escape(api.id)}:changes</id>",
        f"  <updated>{escape(options.updated)}</updated>",
        f"  <author><name>{escape(api.title)}</name></author>",
        f"  <link href={quoteattr(page)}/>",
        f'  <link rel="self" href={quoteattr(own)}/>',
    ]
    for change in sorted(changes(site), key=lambda change: _newest_last(change.version), reverse=True):
        url = public_url(site, change.address)
        name = f"urn:errdex:{api.id}:{change.version}:{change.kind}:{change.address.page}:{change.address.anchor}"
        lines += [
            "  <entry>",
            f"    <title>{escape(change.says)}</title>",
            f"    <id>{escape(name)}</id>",
            f"    <updated>{escape(options.updated)}</updated>",
            f"    <link href={quoteattr(url)}/>",
            f"    <summary>{escape(f'{change.says} ({change.version})' if change.version else change.says)}</summary>",
            "  </entry>",
        ]
    return "\n".join([*lines, "</feed>", ""])


def _newest_last(version: str) -> tuple[tuple[int, str], ...]:
    """Return a sort key that puts 10.6 after 9.8; what is no version comes first."""
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in version.replace("-", ".").split("."))
