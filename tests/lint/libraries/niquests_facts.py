"""niquests 3.21: what requests does, but that raise_for_status gives the response.

Its urllib3-future takes urllib3's place where it is installed, so the tests ask only the model. Asking the library
is done by hand, in an environment of its own:

    python -m venv niquests-env && niquests-env/bin/pip install niquests trustme PyYAML Jinja2
    PYTHONPATH=generator:. niquests-env/bin/python -m tests.lint.libraries.niquests_facts

It says nothing when all facts hold.
"""

from __future__ import annotations

from tests.lint.libraries.facts import Fact, StatusServer, observed
from tests.lint.libraries.requests_facts import FACTS as _OF_REQUESTS

_HTTP_ERROR = "raises requests.HTTPError"
#: hooks are lists only; raise_for_status is below.
_OTHERWISE = {
    "a session's hooks may be one function",
    "raise_for_status raises from 400 to 599 and returns None",
}

FACTS = [
    fact._replace(code=fact.code.replace("requests.", "niquests."))
    for fact in _OF_REQUESTS
    if fact.says not in _OTHERWISE and "HTTPAdapter" not in fact.code
] + [
    Fact(
        "raise_for_status raises from 400 to 599 and returns the response",
        "models.py: Response.raise_for_status",
        "return niquests.get(URL, allow_redirects=False).raise_for_status()",
        {200: "response", 302: "response", 304: "response", 400: _HTTP_ERROR, 404: _HTTP_ERROR, 599: _HTTP_ERROR},
    ),
]  # fmt: skip

if __name__ == "__main__":
    with StatusServer() as server:
        for fact in FACTS:
            seen = observed(fact, server)
            if seen != fact.answers:
                raise SystemExit(f"{fact.says}: {seen}")
