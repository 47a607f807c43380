"""Plain twins of the pages, for programs and language models: `.md` files, `llms.txt` and `llms-full.txt`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.catalogue.prose import plain
from errdex.pages.machine import public_url
from errdex.pages.markup import backslashes
from errdex.pages.site import Address

if TYPE_CHECKING:
    from errdex.pages.site import Site


def llms_txt(site: Site) -> str:
    """Return the index of the reference in the form of llmstxt.org."""
    api = site.catalogue.api
    lines = [f"# {backslashes(api.title)}", ""]
    lines += [f"> {backslashes(plain(api.summary) or 'Every documented answer, its causes and remedies.')}", ""]
    lines += ["## Statuses", ""]
    for status in site.catalogue.statuses:
        title = backslashes(f"{status.code} {status.reason}".strip())
        says = f": {backslashes(plain(status.summary))}" if status.summary else ""
        lines.append(f"- [{title}]({public_url(site, site.status(status.code))}){says}")
    lines += ["", "## Operations", ""]
    for operation in site.catalogue.operations:
        endpoints = ", ".join(f"{endpoint.method} {endpoint.path}" for endpoint in operation.endpoints)
        title = backslashes(operation.title)
        lines.append(f"- [{title}]({public_url(site, site.operation(operation.id))}): {backslashes(endpoints)}")
    if site.catalogue.problems:
        lines += ["", "## Problems", ""]
    for problem in site.catalogue.problems:
        says = f": {backslashes(plain(problem.says))}" if problem.says else ""
        lines.append(f"- [{backslashes(problem.id)}]({public_url(site, site.problem(problem))}){says}")
    lines += ["", "## Data", ""]
    for name, page in (("The whole catalogue as JSON", "catalogue.json"), ("Everything in one text", "llms-full.txt")):
        lines.append(f"- [{name}]({public_url(site, Address(page))})")
    return "\n".join([*lines, ""])
