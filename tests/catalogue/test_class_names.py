"""The names that a catalogue gives to the classes of its module."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from errdex.catalogue.class_names import documented_responses, is_error, module_names
from errdex.catalogue.load import load_catalogue
from errdex.errors import CatalogueError

if TYPE_CHECKING:
    from errdex.catalogue.model import Catalogue


def catalogue(responses: str, operations: str = "look", api: str = "shop") -> Catalogue:
    lines = [f"  {name}: {{title: {name}, endpoints: [GET /{name}]}}" for name in operations.split()]
    text = "\n".join(["catalogue: 1", f"api: {{id: {api}, title: A}}", "operations:", *lines, "responses:"])
    return load_catalogue("shop.yaml", f"{text}\n{responses}")


def of_operations(made: Catalogue) -> dict[str, str]:
    """Return the names of the classes of operations and what they are derived from."""
    return {error.name: " ".join(error.bases) for error in module_names(made).errors if error.operation}


@pytest.mark.parametrize("status", ["100", "101", "1XX", "200", "204", "2XX"])
def test_informational_and_successful_statuses_have_no_class(status: str) -> None:
    assert not is_error(status)
    assert of_operations(catalogue(f"  {status}: {{summary: Done.}}")) == {}


@pytest.mark.parametrize(
    ("status", "named"),
    [
        ("404: {summary: Gone.}", {"LookNotFoundError": "NotFoundError"}),
        ("404: {reason: No Such Thing}", {"LookNoSuchThingError": "NoSuchThingError"}),
        ("500: {summary: Broken.}", {"LookInternalServerError": "InternalServerError"}),
        ("418: {summary: Short and stout.}", {"LookStatus418Error": "Status418Error"}),
        ("418: {reason: I'm a teapot}", {"LookImATeapotError": "ImATeapotError"}),
        ("501: {summary: Not yet.}", {"LookNotImplementedError": "ApiNotImplementedError"}),
        ("304: {summary: The same.}", {"LookNotModifiedError": "NotModifiedError"}),
        ("4XX: {summary: Your fault.}", {"LookClientError": "ClientError"}),
        ("5XX: {summary: Our fault.}", {"LookServerError": "ServerError"}),
        ("3XX: {summary: Elsewhere.}", {"LookRedirectError": "RedirectError"}),
        (
            "default: {summary: Anything.}",
            {
                "LookDefaultError": "ShopError",
                "LookDefaultRedirectError": "LookDefaultError RedirectError",
                "LookDefaultClientError": "LookDefaultError ClientError",
                "LookDefaultServerError": "LookDefaultError ServerError",
            },
        ),
    ],
)
def test_a_documented_error_has_a_class(status: str, named: dict[str, str]) -> None:
    assert of_operations(catalogue(f"  {status}")) == named


def test_a_default_has_no_class_for_a_range_that_is_documented_itself() -> None:
    named = of_operations(catalogue("  5XX: {summary: Our fault.}\n  default: {summary: Anything.}"))
    assert "LookServerError" in named
    assert "LookDefaultServerError" not in named
    assert "LookDefaultClientError" in named


@pytest.mark.parametrize(
    ("api", "module", "base"),
    [
        ("shop", "shop_errors", "ShopError"),
        ("my-shop.v2", "my_shop_v2_errors", "MyShopV2Error"),
        ("24seven", "n24seven_errors", "N24sevenError"),
        ("permission", "permission_errors", "ApiPermissionError"),
    ],
)
def test_a_module_and_its_base_are_named_after_the_api(api: str, module: str, base: str) -> None:
    names = module_names(catalogue("  404: {summary: Gone.}", api=api))
    assert (names.module, names.base) == (module, base)


@pytest.mark.parametrize(
    ("responses", "operations", "api", "name"),
    [
        ("404: {reason: Gone}\n  410: {summary: Gone.}", "look", "shop", "GoneError"),
        ("404: {reason: Client}", "look", "shop", "ClientError"),
        ("404: {summary: Gone.}", "undocumented", "shop", "UndocumentedNotFoundError"),
        ("404: {summary: Gone.}", "look", "server", "ServerError"),
        (
            "401: {reason: Authentication Required}\n  407: {summary: Who is the proxy?}",
            "proxy",
            "shop",
            "ProxyAuthenticationRequiredError",
        ),
    ],
)
def test_a_name_that_two_facts_would_share_is_an_error_that_cites_both(
    responses: str, operations: str, api: str, name: str
) -> None:
    with pytest.raises(CatalogueError) as caught:
        module_names(catalogue(f"  {responses}", operations, api))
    assert f"'{name}' would be the name of this and of what stands at shop.yaml:" in str(caught.value)


def test_documented_responses_are_those_of_the_catalogue_in_its_order() -> None:
    made = catalogue(
        "  200: {summary: Done.}\n"
        "  404: {for: {c: {summary: Gone.}, a: {summary: Gone as well.}, b: not-applicable}}\n"
        "  503: {for: {b: {summary: Busy.}}}",
        "a b c",
    )
    documented = [response for response in made.responses() if response.state == "documented"]
    assert list(documented_responses(made)) == documented
    assert [(r.status, r.operation) for r in documented][3:] == [("404", "a"), ("404", "c"), ("503", "b")]
