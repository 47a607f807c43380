"""`NamedTuple` as typing has it, for a tenth of its price.

A class made with typing.NamedTuple costs 0.2 ms: every annotation is compiled, and `__new__` is. A run of the linter
makes some eighty such classes and uses half of them, so that was a sixth of its start. Here annotations stay the
strings that they are, and `__new__` is compiled when the first instance is made; instances are just as fast.
To a type checker this is typing.NamedTuple itself.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple
else:
    from _collections import _tuplegetter  # what collections.namedtuple makes its fields of

    class _Maker(type):
        """Makes a subclass of tuple from the fields that a class statement annotates."""

        def __new__(mcs, name, bases, namespace):
            if not bases:
                return super().__new__(mcs, name, bases, namespace)
            made = type(name, (tuple,), {"__slots__": (), **_METHODS, **namespace})
            fields = tuple(made.__annotations__)
            defaults = {field: namespace[field] for field in fields if field in namespace}
            if tuple(defaults) != fields[len(fields) - len(defaults) :]:
                raise TypeError(f"{name}: a field without a default follows one that has one")
            for index, field in enumerate(fields):
                setattr(made, field, _tuplegetter(index, ""))
            made._fields = made.__match_args__ = fields
            made._field_defaults = defaults
            made.__new__ = _first
            return made

    class NamedTuple(metaclass=_Maker):
        """Base of records: tuples whose places have names."""

    def _first(cls, *values, **named):
        """Make the first instance: compile what makes the others."""
        names = ", ".join(cls._fields)
        comma = "," if len(cls._fields) == 1 else ""
        code = f"lambda _cls, {names}: _new(_cls, ({names}{comma}))" if names else "lambda _cls: _new(_cls, ())"
        new = eval(code, {"_new": tuple.__new__, "__name__": cls.__module__})  # noqa: S307 -- names of fields alone
        new.__defaults__ = tuple(cls._field_defaults.values())
        new.__name__ = "__new__"
        new.__qualname__ = f"{cls.__qualname__}.__new__"
        cls.__new__ = new
        return new(cls, *values, **named)

    def _replace(self, /, **named):
        """Return a new record with other values in the fields that are named."""
        made = self._make(map(named.pop, self._fields, self))
        if named:
            raise ValueError(f"Got unexpected field names: {list(named)!r}")
        return made

    def _make(cls, values):
        """Return a record of the values."""
        return cls(*values)

    def _asdict(self):
        """Return the values by the names of their fields."""
        return dict(zip(self._fields, self, strict=True))

    def _repr(self):
        said = ", ".join(f"{field}={value!r}" for field, value in zip(self._fields, self, strict=True))
        return f"{type(self).__name__}({said})"

    def _arguments(self):
        return tuple(self)

    _METHODS = {
        "_replace": _replace,
        "_make": classmethod(_make),
        "_asdict": _asdict,
        "__repr__": _repr,
        "__getnewargs__": _arguments,
    }

__all__ = ["NamedTuple"]
