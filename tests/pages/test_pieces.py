"""A page is rendered again when a fact that it shows has changed, and not otherwise."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from errdex.catalogue.load import load_catalogue
from errdex.kept import digest
from errdex.pages.kept import rendered
from errdex.pages.render import render_site
from errdex.pages.site import PageOptions, plan_site
from tests.pages.building import NETWRIX

if TYPE_CHECKING:
    from pathlib import Path

    from errdex.pages.pieces import Piece
    from errdex.pages.render import Rendered

TEXT = NETWRIX.read_text(encoding="utf-8")
OF_A_RESPONSE = {
    "a comment at the end": ("\nresponses:\n", "\nresponses:  # all of them\n"),
    "a summary": ("summary: The posted activity records are not valid.", "summary: They are not valid."),
    "a detail of a group": ("an empty list is the end of the records.", "an empty list is the end."),
    "a cause of several": ("says: The Netwrix Auditor Archive Service is busy.", "says: The service is busy."),
    "a remedy": ("says: Renew the licence of Netwrix Auditor.", "says: Pay."),
    "whether to retry": (
        "    retryable: false\n    summary: The endpoint",
        "    retryable: true\n    summary: The endpoint",
    ),
}
"""By what is changed: what stands in the catalogue, and what shall stand there."""
OF_MORE = {
    # An operation's page is made of its responses, and does not show their examples.
    "an example": ("Invalid count parameter specified. Error details: 0x80040204 C", "C"),
    "a line above": ("\napi:\n", "\n# the API\napi:\n"),
    "the title of an operation": ("title: Write Activity Records", "title: Put Records"),
    "a limit": ("The records end where", "Records end where"),
    "the title of a group": ("title: Retrieve, search Activity Records", "title: Reading"),
    "the reason of a status": ("reason: Not Found", "reason: Nowhere"),
    "a related status": ("    related: [405]\n", "    related: []\n"),
    "a status that is gone": (TEXT[TEXT.index("\n  413:") : TEXT.index("\n  500:")], ""),
    "an address": ("\nresponses:\n", "\nresponses:\n"),
}


def render(path: Path, text: str, known: dict[str, Piece] | None, options: PageOptions | None = None) -> Rendered:
    path.write_text(text, encoding="utf-8")
    return render_site(plan_site(load_catalogue(str(path)), options or PageOptions()), known)


def changed_pages(before: Rendered, after: Rendered) -> set[str]:
    return {path for path, piece in after.pieces.items() if before.pieces.get(path, piece)[1:] != piece[1:]}


@pytest.mark.parametrize("edit", OF_A_RESPONSE)
def test_the_pages_that_show_it_are_rendered_again_and_no_others(edit: str, tmp_path: Path) -> None:
    old, new = OF_A_RESPONSE[edit]
    assert TEXT.count(old) > 0
    first = render(tmp_path / "api.yaml", TEXT, {})
    assert set(first.made) == set(first.pieces)
    fresh = render(tmp_path / "api.yaml", TEXT.replace(old, new), None)
    again = render(tmp_path / "api.yaml", TEXT.replace(old, new), first.pieces)
    assert (again.files, again.twins) == (fresh.files, fresh.twins)
    assert set(again.made) == changed_pages(first, fresh)
    assert len(again.made) < len(first.made)


@pytest.mark.parametrize("edit", OF_MORE)
def test_what_more_pages_may_show_renders_those_again(edit: str, tmp_path: Path) -> None:
    old, new = OF_MORE[edit]
    assert TEXT.count(old) > 0
    options = PageOptions(source_url="https://git.example.org/{path}#{line}") if edit == "an address" else None
    first = render(tmp_path / "api.yaml", TEXT, {})
    fresh = render(tmp_path / "api.yaml", TEXT.replace(old, new), None, options)
    again = render(tmp_path / "api.yaml", TEXT.replace(old, new), first.pieces, options)
    assert (again.files, again.twins) == (fresh.files, fresh.twins)
    assert set(again.made) >= changed_pages(first, fresh)


def large() -> dict[str, object]:
    """Return an API of so many operations that they share pages, with a page of the matrix for each section."""
    names = [f"thing-{number}" for number in range(520)]
    return {
        "catalogue": 1,
        "api": {"id": "large", "title": "Large API"},
        "operations": {
            name: {"title": f"Do {name}", "endpoints": [f"GET /{name}"], "tags": [f"Section {number // 20}"]}
            for number, name in enumerate(names)
        },
        "responses": {
            404: {"for": {name: {"summary": f"There is no {name}."} for name in names}},
            422: {"for": {name: {"summary": "It does not fit."} for name in names[::3]}},
        },
    }


def test_one_response_of_a_large_api_is_on_three_pages(tmp_path: Path) -> None:
    text = json.dumps(large(), indent=1)
    first = render(tmp_path / "api.yaml", text, {})
    assert len(first.made) == 2 + 26 + 26
    text = text.replace("There is no thing-47.", "It was there.")
    fresh = render(tmp_path / "api.yaml", text, None)
    again = render(tmp_path / "api.yaml", text, first.pieces)
    assert (again.files, again.twins) == (fresh.files, fresh.twins)
    assert again.made == ("codes/404.md", "sections/Section_202.md", "matrix/Section_202.md")


def test_pieces_are_kept_between_runs(tmp_path: Path) -> None:
    path, kept = tmp_path / "api.yaml", str(tmp_path / "kept")

    def build(text: str) -> Rendered:
        path.write_text(text, encoding="utf-8")
        site = plan_site(load_catalogue(str(path)), PageOptions())
        return rendered(site, digest(text.encode()), kept)

    first = build(TEXT)
    assert set(first.made) == set(first.pieces)
    assert build(TEXT).made == ()
    old, new = OF_A_RESPONSE["a summary"]
    again = build(TEXT.replace(old, new))
    assert set(again.made) == {"codes/400.md", "operations/write-activity-records.md"}
    assert build(TEXT.replace(old, new)) == again._replace(made=())
