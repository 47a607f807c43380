"""What the searches found, as small as it can be said."""

from __future__ import annotations

KNOWN: list[tuple[str, bytes]] = [
    (
        "catalogue",  # a problem that is only named
        (
            b"catalogue: 1\napi: {id: shop, title: Shop}\n"
            b"bodies: {coded: {kind: error, problem: {json: code}, problems: [odd]}}\n"
            b"operations: {look: {title: Look, endpoints: [GET /look]}}\n"
            b"responses: {404: {summary: Gone., body: coded}}\n"
        ),
    ),
    ("client", b"continue\n"),  # what Python parses and does not compile
    ("client", b"import requests\ndef f():\n    requests.get(x)\n    break\n"),
    ("client", b"import requests\nrequests.get(x)\nreturn x\n"),
]
