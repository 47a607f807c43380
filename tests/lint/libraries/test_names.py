"""The names that the model knows are those of the libraries: hierarchies of exceptions, statuses and their names."""

from __future__ import annotations

import http.client
import inspect
import urllib.error
from http import HTTPStatus
from typing import TYPE_CHECKING

import aiohttp
import httpx
import httpx2
import pytest
import requests
import tenacity
import urllib3

from errdex.lint.libraries import bases, canonical, is_exception
from errdex.lint.libraries.names import status_constant
from tests.lint.libraries.facts import class_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

MODULES: list[ModuleType] = [
    requests.exceptions, httpx, httpx2, aiohttp, urllib3.exceptions, urllib.error, http.client, tenacity,
]  # fmt: skip


def exceptions(module: ModuleType) -> dict[str, type[BaseException]]:
    """Return the exception classes that a module offers, by the names that client code uses."""
    return {
        f"{module.__name__}.{name}": value
        for name, value in vars(module).items()
        if inspect.isclass(value) and issubclass(value, Exception) and _is_own(module, value)
    }


def _is_own(module: ModuleType, cls: type) -> bool:
    """Return whether a class is the library's, and not one that its module happens to import."""
    own = cls.__module__.partition(".")[0] == module.__name__.partition(".")[0]
    return own and not cls.__name__.startswith("_") and not issubclass(cls, Warning)


def lineage(name: str) -> Iterator[str]:
    pending = [canonical(name)]
    while pending:
        current = pending.pop()
        yield current
        pending.extend(map(canonical, bases(current)))


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_exceptions_inherit_as_they_do_in_the_library(module: ModuleType) -> None:
    classes = exceptions(module)
    assert classes
    for name, cls in classes.items():
        assert is_exception(name), name
        public = {class_name(base) for base in cls.__mro__ if base is not object and not _is_private(base)}
        assert set(lineage(name)) >= public, name
        others = {canonical(other) for other, that in classes.items() if not issubclass(cls, that)}
        assert not others & set(lineage(name)), name


def _is_private(cls: type) -> bool:
    return cls.__name__.startswith("_") or not issubclass(cls, BaseException)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_a_class_has_one_name_wherever_it_is_imported_from(module: ModuleType) -> None:
    for name, cls in exceptions(module).items():
        assert canonical(name) == class_name(cls), name


def _constants() -> Iterator[tuple[str, int]]:
    yield from ((f"http.HTTPStatus.{name}", int(member)) for name, member in HTTPStatus.__members__.items())
    yield from ((f"http.client.{name}", int(member)) for name, member in HTTPStatus.__members__.items())
    for module in (httpx, httpx2):
        for name, code in module.codes.__members__.items():
            yield f"{module.__name__}.codes.{name}", int(code)
            yield f"{module.__name__}.codes.{name.lower()}", int(code)
    for name, code in vars(requests.codes).items():
        if name.isidentifier() and isinstance(code, int):
            yield f"requests.codes.{name}", code
            yield f"requests.status_codes.codes.{name}", code


def test_constants_are_worth_what_the_libraries_say() -> None:
    constants = dict(_constants())
    assert {name: status_constant(name) for name in constants} == constants


def test_a_table_has_no_names_of_another() -> None:
    assert status_constant("http.HTTPStatus.CHECKPOINT") is None
    assert status_constant("requests.codes.no_such_status") is None
