"""Clients of a generated package: its classes are loaded when they are asked for, and the linter finds them.

What the linter says of clients of a module of one file is in oracle/module.md, where it is held against execution.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from errdex.catalogue.load import load_catalogue
from errdex.lint.run import Settings, check
from errdex.pymodule.render import ONE_FILE, render_module

if TYPE_CHECKING:
    from pathlib import Path

    from errdex.catalogue.model import Catalogue

STATUSES = {400: "Bad Request", 404: "Not Found", 409: "Conflict", 503: "Service Unavailable"}
HEAD = """
import requests
import shelf_errors as errors
from shelf_errors import {names}


def fetch(box):
    response = requests.get(f"https://shelf.test/boxes3/{{box}}")
"""
CASES = {
    "raised": ("Operation", "errors.raise_for_status(Operation.GET_BOX_3, response)", {}),
    "raised by id": ("Operation", "errors.raise_for_status('get-box-3', response)", {}),
    "one class": (
        "GetBox3NotFoundError, Operation, raise_for_status",
        """
        try:
            raise_for_status(operation=Operation.GET_BOX_3, response=response)
        except GetBox3NotFoundError:
            return None
        """,
        {"404": "discriminated"},
    ),
    "another operation's class takes nothing": (
        "GetBox4NotFoundError, Operation, raise_for_status",
        """
        try:
            raise_for_status(Operation.GET_BOX_3, response)
        except GetBox4NotFoundError:
            return None
        """,
        {},
    ),
    "a status of any operation": (
        "Operation",
        """
        try:
            errors.raise_for_status(Operation.GET_BOX_3, response)
        except (errors.NotFoundError, errors.ConflictError):
            return None
        """,
        {"404": "discriminated", "409": "discriminated"},
    ),
    "match": (
        "ClientError, GetBox3ConflictError, Operation, from_response",
        """
        match from_response(Operation.GET_BOX_3, response):
            case None:
                return response.json()
            case GetBox3ConflictError(status=status):
                return status
            case ClientError():
                return None
            case error:
                raise error
        """,
        {"400": "collapsed", "404": "collapsed", "409": "discriminated"},
    ),
    "isinstance": (
        "Operation, ServerError, from_response",
        """
        error = from_response(Operation.GET_BOX_3, response)
        if isinstance(error, ServerError):
            return None
        if error is not None:
            raise error
        """,
        {"503": "collapsed"},
    ),
    "the errors of an operation": (
        "Operation, errors_of",
        """
        try:
            errors.raise_for_status(Operation.GET_BOX_3, response)
        except errors_of(Operation.GET_BOX_3) as error:
            return error.retryable
        """,
        dict.fromkeys(map(str, STATUSES), "discriminated"),
    ),
    "what the library raises is not the module's": (
        "ClientError",
        """
        try:
            response.raise_for_status()
        except ClientError:
            return None
        """,
        {},
    ),
}


PARTIAL = """
    try:
        errors.raise_for_status(Operation.GET_BOX_3, response)
    except GetBox3NotFoundError:
        return None
    except errors.ServerError as error:
        raise RuntimeError from error
    return response.json()
"""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """Return a catalogue whose module is a package."""
    count = ONE_FILE // len(STATUSES) + 1
    operations = "".join(
        f'  get-box-{n}: {{title: Get box {n}, endpoints: ["GET /boxes{n}/{{id}}"]}}\n' for n in range(1, count + 1)
    )
    responses = "".join(f"  {status}: {{reason: {reason}}}\n" for status, reason in {200: "OK", **STATUSES}.items())
    path = tmp_path_factory.mktemp("shelf") / "shelf.yaml"
    api = '{id: shelf, title: Shelf, version: "1", servers: ["https://shelf.test"]}'
    path.write_text(f"catalogue: 1\napi: {api}\noperations:\n{operations}responses:\n{responses}")
    return load_catalogue(str(path))


def write(shelf: Catalogue, folder: Path, client: str) -> str:
    """Write the package and a client beside it; return the client's path."""
    files = render_module(shelf)
    assert "shelf_errors/__init__.py" in files
    for name, text in {**files, "client.py": client}.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return str(folder / "client.py")


@pytest.mark.parametrize("case", CASES)
def test_clients_of_a_generated_package_are_followed(case: str, shelf: Catalogue, tmp_path: Path) -> None:
    names, body, special = CASES[case]
    lines = "\n".join(f"    {line.removeprefix(' ' * 8)}" for line in body.strip("\n").splitlines())
    client = write(shelf, tmp_path, f"{HEAD.format(names=names)}{lines}\n    return response.json()\n")
    report = check(Settings(paths=(client,), catalogues=(shelf,)))
    (call,) = report.calls
    expected = {str(status): "delegated" for status in STATUSES} | special
    assert {status: verdict for status, verdict in call.verdicts if status != "200"} == expected
    assert [finding for finding in report.findings if finding.rule != "collapsed-status"] == []


@pytest.mark.parametrize("strict", [False, True])
def test_what_a_chain_of_handlers_leaves_out_is_named(strict: bool, shelf: Catalogue, tmp_path: Path) -> None:
    client = write(shelf, tmp_path, HEAD.format(names="GetBox3NotFoundError, Operation") + PARTIAL.lstrip("\n"))
    report = check(Settings(paths=(client,), catalogues=(shelf,), strict=strict))
    says = ["the handlers of GET /boxes3/{id} here take 404 and 503 and let 400 and 409 pass"]
    assert [finding.message for finding in report.findings] == (says if strict else [])
