"""errdex.records.NamedTuple does what typing.NamedTuple does."""

from __future__ import annotations

import copy
import pickle
import typing

import pytest

from errdex import records


class Ours(records.NamedTuple):
    """A record."""

    name: str
    """Its name."""
    sizes: tuple[int, ...] = ()
    parent: Ours | None = None

    @property
    def total(self) -> int:
        return sum(self.sizes)

    def named(self) -> str:
        return f"{__class__.__name__} {self.name}"  # type: ignore[name-defined]


class Theirs(typing.NamedTuple):
    """A record."""

    name: str
    """Its name."""
    sizes: tuple[int, ...] = ()
    parent: Theirs | None = None


class One(records.NamedTuple):
    only: int


class Nothing(records.NamedTuple):
    pass


@pytest.mark.parametrize("arguments", [("a",), ("a", (1, 2)), ("a", (), None)])
def test_the_same(arguments: tuple[typing.Any, ...]) -> None:
    ours = Ours(*arguments)
    theirs: typing.Any = Theirs(*arguments)
    assert ours == theirs
    assert hash(ours) == hash(theirs)
    assert repr(ours) == repr(theirs).replace("Theirs", "Ours")
    assert ours._asdict() == theirs._asdict()
    assert ours._replace(name="b") == theirs._replace(name="b")
    assert Ours._make(theirs) == ours
    for copied in (copy.copy(ours), copy.deepcopy(ours), pickle.loads(pickle.dumps(ours))):
        assert copied == ours
        assert type(copied) is Ours
    match ours:
        case Ours(name, sizes):
            assert (name, sizes) == ours[:2]


def test_the_class_is_the_same() -> None:
    for name in ("_fields", "_field_defaults", "__match_args__", "__doc__", "__slots__"):
        assert getattr(Ours, name) == getattr(Theirs, name), name
    assert Ours.__bases__ == Theirs.__bases__ == (tuple,)
    assert type(Ours) is type
    assert list(Ours.__annotations__) == list(Theirs.__annotations__)
    assert typing.get_type_hints(Ours)["sizes"] == tuple[int, ...]


def test_methods_and_sizes() -> None:
    assert Ours("a", (1, 2)).total == 3
    assert Ours("a").named() == "Ours a"
    assert One(1) == (1,)
    assert One(only=2).only == 2
    assert Nothing() == ()


@pytest.mark.parametrize("wrong", [{}, {"name": "a", "size": 1}, {"sizes": ()}])
def test_wrong_arguments(wrong: dict[str, typing.Any]) -> None:
    for _ in range(2):  # before and after `__new__` is compiled
        for record in (Ours, Theirs):
            with pytest.raises(TypeError):
                record(**wrong)
    with pytest.raises(ValueError, match="unexpected field names: \\['size'\\]"):
        Ours("a")._replace(size=1)  # type: ignore[call-arg]
    with pytest.raises(AttributeError):
        Ours("a").name = "b"  # type: ignore[misc]


def test_defaults_come_last() -> None:
    with pytest.raises(TypeError, match="without a default"):

        class Wrong(records.NamedTuple):
            a: int = 0
            b: int  # type: ignore[misc]
