"""What the pages of the Netwrix catalogue weigh, what they are called for good, and that all forms say the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
from jsonschema import Draft7Validator

from errdex.catalogue.load import load_catalogue
from errdex.catalogue.prose import plain
from errdex.pages import render_pages
from errdex.pymodule.render import render_module
from tests.pages.building import NETWRIX, ids_of, text_of
from tests.pages.test_matrix import shown

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from errdex.catalogue.model import Catalogue, Response
    from tests.conftest import Golden

REFERENCE = "netwrix-auditor/"
CATALOGUE = load_catalogue(str(NETWRIX))


def articles(site_pages: dict[str, Element]) -> dict[str, Element]:
    """Return the article of each page of the reference, by its path below it."""
    return {
        path.removeprefix(REFERENCE): article
        for path, tree in site_pages.items()
        if path.startswith(REFERENCE) and (article := next(tree.iter("article"), None)) is not None
    }


def test_anchors_are_only_ever_added(site_pages: dict[str, Element], update: bool, golden: Golden) -> None:
    lines = sorted(
        f"{path.removesuffix('index.html')}#{name}"
        for path, article in articles(site_pages).items()
        for name in ids_of(article)
        if not name.startswith("__")
    )
    path = Path(__file__).parent / "anchors.txt"
    if update and path.exists():
        # An address that was ever published stays: --update cannot take one away.
        lines = sorted({*lines, *path.read_text(encoding="utf-8").splitlines()})
    golden(path, "".join(f"{line}\n" for line in lines))


def test_pages_stay_light(site: Path) -> None:
    sizes = {path.relative_to(site): path.stat().st_size for path in (site / REFERENCE).rglob("*.html")}
    matrix = Path(REFERENCE) / "matrix" / "index.html"
    assert sizes.pop(matrix) <= 150_000
    assert {path: size for path, size in sizes.items() if size > 40_000} == {}


def test_every_form_says_the_same(site_pages: dict[str, Element]) -> None:
    pages = articles(site_pages)
    data = json.loads(render_pages(CATALOGUE)["catalogue.json"])
    rows = {(row["status"], row["operation"]): row for row in data["responses"]}
    responses = {(response.status, response.operation): response for response in CATALOGUE.responses()}
    assert rows.keys() == responses.keys()
    for (status, operation), response in responses.items():
        row = rows[status, operation]
        assert (row["state"], row["summary"]) == (response.state, response.summary)
        assert [cause["id"] for cause in row["causes"]] == [cause.id for cause in response.causes]
        status_page, operation_page = pages[f"codes/{status}/index.html"], pages[f"operations/{operation}/index.html"]
        assert operation in ids_of(status_page)
        assert (f"status-{status}" in ids_of(operation_page)) == (response.state == "documented")
        for text in texts(response):
            assert text in text_of(status_page)
            assert text in text_of(operation_page)


def test_the_module_and_the_matrix_say_the_same_too(site_pages: dict[str, Element]) -> None:
    (source,) = render_module(CATALOGUE).values()
    module: dict[str, Any] = {"__name__": "errors_of_a_test"}
    exec(compile(source, "errors.py", "exec"), module)
    documented = {
        (response.status, response.operation): response
        for response in CATALOGUE.responses()
        if response.state == "documented" and response.status >= "400"
    }
    tables = {operation.id: module["documented_errors"](operation.id) for operation in CATALOGUE.operations}
    assert {(status, name) for name, table in tables.items() for status in table} == documented.keys()
    listed = text_of(articles(site_pages)["module/index.html"])
    matrix = text_of(articles(site_pages)["matrix/index.html"])
    for pair, response in documented.items():
        status, operation = pair
        error = module["from_response"](operation, httpx.Response(int(status)))
        assert type(error) is tables[operation][status]
        assert error.summary == plain(response.summary)
        assert [cause.says for cause in error.causes] == [plain(cause.says) for cause in response.causes]
        assert [list(cause.remedies) for cause in error.causes] == [
            [plain(remedy.says) for remedy in cause.remedies] for cause in response.causes
        ]
        assert error.retryable == response.retryable
        assert type(error).__name__ in listed
        told = (response.summary, response.detail, *(cause.says for cause in response.causes))
        assert [text for text in told if plain(text) not in matrix] == []
    # What the matrix rules out is no row of the module, and what it shows is.
    cells = shown(site_pages[f"{REFERENCE}matrix/index.html"], CATALOGUE)
    members = {group.id: group.operations for group in CATALOGUE.groups}
    happens = {
        (status, operation)
        for (column, status), says in cells.items()
        if says != "— does not happen"
        for operation in members.get(column, (column,))
    }
    assert {(status, operation) for status, operation in happens if status >= "400"} == documented.keys()


def texts(response: Response) -> list[str]:
    """Return all that pages have to say of a response."""
    remedies = [remedy.says for cause in response.causes for remedy in cause.remedies]
    says = (response.summary, response.detail, *(cause.says for cause in response.causes), *remedies)
    return [plain(text) for text in says if text]


def test_a_status_page_keeps_its_order(site_pages: dict[str, Element]) -> None:
    article = articles(site_pages)["codes/500/index.html"]
    sections = [heading.get("id") for heading in article.iter("h2")]
    assert sections == ["_meaning", "_example", "_handling", "_retry", "_related", "_history", "_source"]


def test_the_data_fits_its_schema() -> None:
    pages = render_pages(CATALOGUE)
    schema = json.loads(pages["catalogue.schema.json"])
    Draft7Validator.check_schema(schema)
    data = json.loads(pages["catalogue.json"])
    assert [error.message for error in Draft7Validator(schema).iter_errors(data)] == []
    del data["responses"][0]["url"]
    assert [error.message for error in Draft7Validator(schema).iter_errors(data)] == ["'url' is a required property"]


def test_the_openapi_document_reads_as_a_catalogue(tmp_path: Path) -> None:
    path = tmp_path / "openapi.yaml"
    path.write_text(render_pages(CATALOGUE)["openapi-responses.yaml"], encoding="utf-8")
    again = load_catalogue(str(path))
    assert documented(again) == documented(CATALOGUE)


def documented(catalogue: Catalogue) -> set[tuple[str, str, str]]:
    """Return (method, path, status) of all documented responses."""
    return {
        (endpoint.method, endpoint.path, response.status)
        for response in catalogue.responses()
        if response.state == "documented"
        for endpoint in catalogue.operation(response.operation).endpoints
    }
