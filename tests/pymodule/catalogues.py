"""Catalogues for tests of the module: a real one, one with every oddity, and one too large for a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from errdex.catalogue.load import load_catalogue

if TYPE_CHECKING:
    from errdex.catalogue.model import Catalogue

ROOT = Path(__file__).parents[2]

ODD = """\
catalogue: 1
api:
  id: odd
  title: An odd "API"
  version: "2.10"
  docs_url: https://docs.example.com/odd
  request_id_header: X-Request-Id
bodies:
  problem:
    kind: error
    media_types: [application/problem+json]
    problem: {json: type}
    problems: [out-of-stock, too-many-at-once]
    open: true
  coded:
    kind: error
    media_types: [application/json]
    problem: {json: error.code}
    problems: [quota]
problems:
  out-of-stock:
    title: Out of stock
    says: Nothing of it is left.
    type: https://example.com/problems/out-of-stock
    causes: [sold]
    remedies: [order-more]
    retryable: false
  too-many-at-once: {type: "https://example.com/problems/too-many-at-once", retryable: true}
  quota: {title: Quota used up, retryable: false}
causes:
  sold: {says: Others were faster., remedies: [order-more], retryable: false}
  busy: It is Monday.
remedies:
  order-more: {says: Order more of it.}
  wait: {says: Wait.}
operations:
  buy:
    title: Buy
    endpoints: ["POST /things/{id}/buy"]
  look:
    title: Look
    endpoints: ["GET /things/{id}"]
  leave:
    title: Leave
    endpoints: [DELETE /session]
responses:
  200: {summary: It is done., for: {buy: {}, look: {}, leave: {}}}
  304: {summary: It is as it was., for: {buy: not-applicable, look: {}, leave: not-applicable}}
  404: {for: {buy: {summary: There is no such thing.}, look: {summary: Nothing to see.}, leave: not-applicable}}
  409:
    body: problem
    retryable: true
    for:
      buy:
        causes: [sold, busy]
        remedies: [wait]
        doc_url: https://example.com/conflicts
        since: "2.1"
        deprecated: {since: "2.9", use: "429"}
        removed: "3.0"
      look: not-applicable
      leave: not-applicable
  429: {body: coded, retryable: true, for: {buy: {}, look: {}, leave: not-applicable}}
  4XX: {summary: The client is at fault., for: {buy: {}, look: not-applicable, leave: not-applicable}}
  501: {for: {buy: {}, look: not-applicable, leave: not-applicable}}
  default: {summary: Something else., for: {buy: {}, look: {}, leave: not-applicable}}
"""


def netwrix() -> Catalogue:
    return load_catalogue(str(ROOT / "codes/netwrix-auditor.yaml"))


def odd() -> Catalogue:
    return load_catalogue("odd.yaml", ODD)


def large(operations: int = 200) -> Catalogue:
    """Return an API with three errors for each operation, tagged by tens."""
    lines = ["catalogue: 1", "api: {id: large, title: Large}", "operations:"]
    lines += [
        f"  thing-{n}: {{title: Thing {n}, endpoints: [GET /things/{n}], tags: [area {n // 50}]}}"
        for n in range(operations)
    ]
    lines += ["responses:", "  200: {summary: Done.}", "  404: {summary: Gone.}"]
    lines += ["  429: {summary: Slower., retryable: true}", "  503:", "    for:"]
    lines += [f"      thing-{n}: {{summary: Thing {n} is busy.}}" for n in range(operations)]
    return load_catalogue("large.yaml", "\n".join(lines))
