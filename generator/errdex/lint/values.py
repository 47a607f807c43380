"""What an expression of client code can be worth to the analysis.

A constant is itself: `str`, `int`, `float`, `bool`, `bytes`, `None`, `...`. Everything else is one of the classes
below. What nobody can know is `Unknown`; it has an identity, so that asking the same question of it twice on one
path gives one answer. Containers and instances are mutable and shared, as they are when the code runs: each path
through the code is walked from its start, so nothing has to be copied or undone.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, TypeAlias

from errdex.records import NamedTuple

if TYPE_CHECKING:
    import ast
    from collections.abc import Callable

    from errdex.lint.project import SourceModule

_identities = count()


class Place(NamedTuple):
    """Where an expression or statement stands: stable for as long as the file does not change."""

    path: str
    line: int
    """1-based."""
    column: int
    """0-based, in bytes, as the syntax tree counts."""
    end_line: int
    end_column: int


class Itself:
    """An object that a question is about: the same as no other, and there as long as the question is."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Itself) and self.value is other.value

    def __hash__(self) -> int:
        return id(self.value)


class Unknown:
    """A value that cannot be known; `question` makes two unknowns the same question."""

    __slots__ = ("annotation", "default", "foreign", "identity", "name", "question")

    def __init__(
        self, name: str = "", question: object = None, default: object = None, annotation: object = None
    ) -> None:
        self.name = name
        """What the code calls it, for display; may be empty."""
        self.identity = next(_identities)
        self.question = question if question is not None else self.identity
        """Equal questions get equal answers on one path."""
        self.default = default
        """The value it has when nobody says otherwise: what is tried first."""
        self.annotation = annotation
        """The class it is declared to be an instance of, when the code says so."""
        self.foreign = False
        """Whether a function outside the project gives it, whatever the project's own functions are told."""

    def __repr__(self) -> str:
        return f"?{self.name}"


class Hole(NamedTuple):
    """An unknown piece of a string."""

    name: str
    """What the code calls it; may be empty."""
    question: object = None
    """What tells it from other pieces of that name, where that is known."""


class Text(NamedTuple):
    """A string with unknown pieces; neighbouring literal pieces are one."""

    parts: tuple[str | Hole, ...]

    def __repr__(self) -> str:
        return "".join(part if isinstance(part, str) else "{" + part.name + "}" for part in self.parts)


class Sequence:
    """A list, tuple, set or frozenset."""

    __slots__ = ("frozen", "items", "kind", "open")

    def __init__(self, kind: str, items: list[object], *, is_open: bool = False) -> None:
        self.kind = kind
        self.items = items
        self.open = is_open
        """True when it may hold more than `items`."""
        self.frozen = False
        """True once the module that made it is complete: later changes are not followed."""


class Span(NamedTuple):
    """A `range`."""

    start: int
    stop: int
    step: int

    @property
    def last(self) -> int:
        """The last number, if there is any."""
        return range(self.start, self.stop, self.step)[-1]


class Mapping:
    """A dict; `open` when it may hold more keys than `items`."""

    __slots__ = ("frozen", "items", "open")

    def __init__(self, items: dict[object, object] | dict[str, object], *, is_open: bool = False) -> None:
        self.items: dict[object, object] = dict(items.items())
        self.open = is_open
        self.frozen = False
        """True once the module that made it is complete: later changes are not followed."""


class Function:
    """A function or lambda of client code, with the frame that it closes over."""

    __slots__ = (
        "closure",
        "defaults",
        "is_async",
        "is_generator",
        "kind",
        "module",
        "name",
        "node",
        "owner",
        "wrapped",
    )

    def __init__(
        self,
        node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda,
        module: SourceModule,
        closure: Frame | None,
        *,
        name: str,
        is_async: bool,
        is_generator: bool,
        owner: Class | None,
    ) -> None:
        self.node = node
        self.module = module
        self.closure = closure
        self.name = name
        self.is_async = is_async
        self.is_generator = is_generator
        self.owner = owner
        """The class whose body defines it."""
        self.defaults: dict[str, object] = {}
        self.kind = ""
        """`property`, `cached_property`, `staticmethod`, `classmethod`, `contextmanager` or nothing."""
        self.wrapped: tuple[Callable[..., object], ...] = ()
        """What library decorators (retry policies) do around a call, innermost first."""


class Method(NamedTuple):
    """A callable bound to the object that it was looked up on."""

    function: object
    receiver: object


class Class:
    """A class of client code."""

    __slots__ = (
        "assignments",
        "bases",
        "enum",
        "fields",
        "lineage",
        "module",
        "name",
        "namespace",
        "node",
        "reassigned",
    )

    def __init__(self, name: str, module: SourceModule, node: ast.ClassDef | None, bases: list[object]) -> None:
        self.name = name
        self.module = module
        self.node = node
        self.bases = bases
        self.namespace: dict[str, object] = {}
        self.fields: list[tuple[str, object]] | None = None
        """Names and defaults of the constructor that a dataclass or NamedTuple gets."""
        self.enum = False
        self.assignments: dict[str, list[tuple[Function, ast.Assign | ast.AnnAssign]]] | None = None
        """Statements of its methods that assign attributes of `self`; None until somebody asks."""
        self.lineage: tuple[object, ...] | None = None
        """The class and its bases, nearest first; None until somebody asks."""
        self.reassigned: frozenset[str] | None = None
        """Attributes that methods other than the constructor assign; None until somebody asks."""

    def __repr__(self) -> str:
        return self.name


class Instance:
    """An object of a client's class or of a library's."""

    __slots__ = ("attributes", "changes", "cls", "lazy")

    def __init__(self, cls: Class | Library, attributes: dict[str, object] | None = None) -> None:
        self.cls = cls
        self.attributes = {} if attributes is None else attributes
        self.lazy: Callable[[str], object] | None = None
        """Finds attributes that only other methods set, for an instance that the analysis made up."""
        self.changes: list[Change] | None = None
        """Where to note what a walk is about to change, for an object that outlives it; None for one of its own."""

    def __repr__(self) -> str:
        return f"<{self.cls!r}>"


Change: TypeAlias = tuple[Instance, dict[str, object]]
"""An object of a module, and the attributes that it had before a walk changed one."""


class Library(NamedTuple):
    """A module, class or function that is not the client's own, by its dotted name."""

    name: str

    def __repr__(self) -> str:
        return self.name


class Member(NamedTuple):
    """A member of an enum that the client defines."""

    cls: Class
    name: str
    value: object


class Deferred:
    """A coroutine, future or generator: a call that has not run yet."""

    __slots__ = ("done", "function", "generator", "keywords", "place", "positional", "result", "submitted")

    def __init__(
        self,
        function: object,
        positional: list[object],
        keywords: dict[str, object],
        place: Place,
        *,
        generator: bool = False,
    ) -> None:
        self.function = function
        self.positional = positional
        self.keywords = keywords
        self.place = place
        self.generator = generator
        self.submitted = False
        """Whether an executor runs it, which keeps for its future what it raises."""
        self.done = False
        self.result: object = None


class Request(NamedTuple):
    """A request as a library would send it."""

    library: str
    """`requests`, `httpx`, `aiohttp`, `urllib3`, `urllib`, `http.client` or `any` when only the shape is known."""
    method: object
    """`str` or `Unknown`."""
    url: object
    """`str`, `Text` or `Unknown`."""
    place: Place
    """The call that sends it."""
    guessed: bool = False
    """True when only the shape of the call says that it sends a request."""


class Response:
    """What comes back, with the status that this run supposes."""

    __slots__ = ("attributes", "library", "request", "status", "tracked")

    def __init__(self, library: str, request: Request, status: int | None, *, tracked: bool) -> None:
        self.library = library
        self.request = request
        self.status = status
        """None when any status is possible."""
        self.tracked = tracked
        """True for the response that the run is about."""
        self.attributes: dict[str, object] = {}


class StatusValue(NamedTuple):
    """A number or text made from a response's status."""

    value: int | float | str
    response: Response
    exact: bool
    """True while it still tells one status from its neighbours: `status`, `str(status)`; not `status // 100`."""
    integer: bool = True
    """False for text."""


class Body(NamedTuple):
    """What a response carries, or a part of it."""

    response: Response
    key: str
    """The last key or attribute that was taken; empty for the whole."""


class Super(NamedTuple):
    """`super()` inside a method."""

    owner: Class
    receiver: object


class Module:
    """A module of the client's project."""

    __slots__ = ("source",)

    def __init__(self, source: SourceModule) -> None:
        self.source = source


class Partial(NamedTuple):
    """`functools.partial`."""

    function: object
    positional: tuple[object, ...]
    keywords: tuple[tuple[str, object], ...]


class Frame:
    """The names of one call, module or class body."""

    __slots__ = (
        "exception",
        "function",
        "globals",
        "is_class",
        "module",
        "names",
        "nonlocals",
        "owner",
        "parent",
        "receiver",
        "yields",
    )

    def __init__(self, module: SourceModule, parent: Frame | None, function: Function | None = None) -> None:
        self.module = module
        self.parent = parent
        """The frame that the function closes over; None for a module."""
        self.function = function
        self.names: dict[str, object] = {}
        self.is_class = False
        """True for a class body, whose names its methods do not see."""
        self.globals: set[str] = set()
        self.nonlocals: set[str] = set()
        self.owner: Class | None = None
        """The class whose method this is, for `super()`."""
        self.receiver: object = None
        """What `self` or `cls` is."""
        self.exception: object = None
        """The exception that is being handled, for a bare `raise`."""
        self.yields: Callable[[object], object] | None = None
        """Who takes what the generator yields."""
