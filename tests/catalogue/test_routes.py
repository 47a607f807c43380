"""Which operation a URL with holes names: what is no operation first, then what is one."""

from __future__ import annotations

import pytest

from errdex.catalogue.load import load_catalogue
from errdex.catalogue.routes import Routes, address

TEXT = """\
catalogue: 1
api:
  id: shop
  title: Shop API
  version: "1"
  servers: ["https://api.shop.example/v2"]
operations:
  list-orders: {title: List orders, endpoints: [GET /orders]}
  create-order: {title: Create an order, endpoints: [POST /orders]}
  latest-order: {title: Get the latest order, endpoints: [GET /orders/latest]}
  get-order: {title: Get an order, endpoints: ["GET /orders/{id}"]}
  get-line: {title: Get a line, endpoints: ["GET /shops/{owner}/{shop}/orders/{id}/lines/{line}"]}
  get-file: {title: Get a file, endpoints: ["GET /files/{path}"]}
responses:
  200: {reason: OK, summary: Done.}
"""


@pytest.fixture(scope="module")
def routes() -> Routes:
    return Routes(load_catalogue("shop.yaml", TEXT))


@pytest.mark.parametrize(
    ("pieces", "operations"),
    [
        ([None], []),
        (["https://elsewhere.example/v2/orders"], []),  # another host with the same path is another API
        (["https://api.shop.example/v3/orders/x/y"], []),
        (["https://api.shop.example/orders"], []),  # not below the base path
        ([None, "/customers"], []),
        (["https://api.shop.example/v2/orders"], ["list-orders", "create-order"]),
        (["https://api.shop.example:443/v2/orders/?page=", None], ["list-orders", "create-order"]),
        ([None, "/orders"], ["list-orders", "create-order"]),
        ([None, "/v2/orders"], ["list-orders", "create-order"]),
        (["orders/latest"], ["latest-order"]),  # a literal segment before a parameter
        (["/orders/", None], ["get-order"]),
        (["/orders/17"], ["get-order"]),
        ([None, "/files/a/b/c.txt"], ["get-file"]),  # the last parameter takes the rest
        ([None, "/shops/", None, "/orders/", None, "/lines/", None], ["get-line"]),  # owner and shop in one piece
        ([None, "/shops/a/b/orders/1/lines/2"], ["get-line"]),
        (["/v", None, "/orders/latest"], ["latest-order"]),  # a version that is configured
    ],
)
def test_a_url_names_its_operations(routes: Routes, pieces: list[str | None], operations: list[str]) -> None:
    assert [match.operation.id for match in routes.matches(address(pieces))] == operations


@pytest.mark.parametrize(
    ("method", "pieces", "possible"),
    [
        ("DELETE", ["https://api.shop.example/v2/orders/", None], False),
        ("GET", ["https://api.shop.example/v2/order"], False),
        ("GET", ["https://api.shop.example/v2/", None], True),
        ("GET", ["https://api.shop.example/v2/shops/", None], True),
        ("GET", ["https://api.shop.example/v2/orders/", None, "/x"], False),
        ("GET", ["https://api.shop.example/v2/shops/", None, "/lines/1"], True),  # the hole may hold slashes
    ],
)
def test_what_no_value_of_a_hole_makes_an_operation(
    routes: Routes, method: str, pieces: list[str | None], *, possible: bool
) -> None:
    assert routes.could_be(address(pieces), method) == possible
