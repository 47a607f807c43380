"""ansible-core, `ansible/module_utils/urls.py`: `fetch_url` never raises for an answer; a dict tells the status.

It runs inside a module of Ansible's alone, so the tests ask only the model.
"""

from __future__ import annotations

from tests.lint.libraries.facts import Fact, Route

FACTS = [
    Fact(
        "the status stands in the second value",
        "urls.py: fetch_url",
        """
        response, info = fetch_url(None, URL)
        return info["status"]
        """,
        {200: 200, 404: 404, 503: 503},
    ),
]

ROUTES = [
    Route("urls.py: fetch_url", "fetch_url(None, 'http://api.test/a')", "GET /a"),
    Route("urls.py: fetch_url", "fetch_url(None, url='http://api.test/a', data='b')", "POST /a"),
    Route("urls.py: fetch_url", "fetch_url(None, 'http://api.test/a', 'b')", "POST /a"),
    Route("urls.py: fetch_url", "fetch_url(None, 'http://api.test/a', None, None, 'DELETE')", "DELETE /a"),
    Route("urls.py: fetch_url", "fetch_url(None, 'http://api.test/a', 'b', method='PUT')", "PUT /a"),
]
