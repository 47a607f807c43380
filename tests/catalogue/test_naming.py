from __future__ import annotations

import builtins
import http
import keyword

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errdex.catalogue.naming import (
    CLASS_NAME,
    MEMBER_NAME,
    SLUG,
    TAKEN_CLASS_NAMES,
    class_name,
    collisions,
    is_device,
    member_name,
    slug,
)
from errdex.catalogue.reasons import REASONS, reason_phrase


@pytest.mark.parametrize(
    ("text", "as_class", "as_member", "as_slug"),
    [
        ("write-activity-records", "WriteActivityRecords", "WRITE_ACTIVITY_RECORDS", "write-activity-records"),
        ("XMLError", "XMLError", "XML_ERROR", "xmlerror"),
        ("getPetById", "GetPetById", "GET_PET_BY_ID", "getpetbyid"),
        ("repos/list-for-user", "ReposListForUser", "REPOS_LIST_FOR_USER", "repos-list-for-user"),
        ("RATE_LIMIT", "RATELIMIT", "RATE_LIMIT", "rate-limit"),
        ("Not  Found!", "NotFound", "NOT_FOUND", "not-found"),
        ("I'm a teapot", "ImATeapot", "IM_A_TEAPOT", "i-m-a-teapot"),
        ("2fa", "N2fa", "N2FA", "2fa"),
        ("Café", "Cafe", "CAFE", "cafe"),
        ("日本", "N", "N", "unnamed"),
        ("", "N", "N", "unnamed"),
        ("class", "Class", "CLASS", "class"),
        ("none", "ApiNone", "NONE", "none"),
        ("con", "Con", "CON", "con-x"),
    ],
)  # fmt: skip
def test_names(text: str, as_class: str, as_member: str, as_slug: str) -> None:
    assert (class_name(text), member_name(text), slug(text)) == (as_class, as_member, as_slug)


def test_a_class_never_hides_a_builtin() -> None:
    assert class_name("permission", "Error") == "ApiPermissionError"
    assert class_name("not-implemented", "Error") == "ApiNotImplementedError"
    assert class_name("not-found", "Error") == "NotFoundError"
    taken = {name for name in dir(builtins) if name[0].isupper()}
    assert taken <= TAKEN_CLASS_NAMES | {"_"}
    assert {word for word in keyword.kwlist if word[0].isupper()} <= TAKEN_CLASS_NAMES


@given(st.text(), st.sampled_from(["", "Error"]))
def test_every_name_fits_its_pattern(text: str, suffix: str) -> None:
    name = class_name(text, suffix)
    assert CLASS_NAME.fullmatch(name)
    assert name not in TAKEN_CLASS_NAMES
    assert not keyword.iskeyword(name)
    assert MEMBER_NAME.fullmatch(member_name(text))
    assert SLUG.fullmatch(slug(text))
    assert not is_device(slug(text))


def test_collisions_are_found_whatever_the_case() -> None:
    names = [("a-b", "AB"), ("c", "C"), ("ab", "Ab"), ("c", "C"), ("a_b", "AB")]
    assert [*collisions(names)] == [("a-b", "ab", "Ab"), ("a-b", "a_b", "AB")]


def test_reasons_are_those_of_the_registry() -> None:
    # Python's table follows the registry too, some versions behind and with two phrases of its own.
    differ = {status: status.phrase for status in http.HTTPStatus if status.phrase != REASONS.get(status)}
    assert differ.keys() <= {103, 413, 414, 416, 418, 422, 424, 425}
    assert [reason_phrase(code) for code in ("404", "413", "299", "4XX", "default", "1XX")] == [
        "Not Found",
        "Content Too Large",
        "",
        "Client Error",
        "",
        "Informational",
    ]
