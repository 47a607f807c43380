"""Which roots are walked: those that can lead to a request, found from the requests outwards.

Walking every function of a large project with unknown arguments is what costs most, and few functions lead to a
request. So the first to be walked are those whose own text has what may send one. Whoever names a function that a walk
found to lead to a request is walked next, and so on: names lead, walks confirm. A root whose walks find nothing is left
as soon as whatever could lead on in it was executed.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from errdex.lint.interpreter.classes import ancestors
from errdex.lint.mentions import BASE, NOTHING, SENDING, naming_statements
from errdex.lint.roots import Heirs, nested
from errdex.lint.values import Class, Library

if TYPE_CHECKING:
    import ast
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from errdex.lint.discover import Reached
    from errdex.lint.mentions import Mention, Text
    from errdex.lint.roots import Root


class Prospects:
    """What walks of a root that found nothing may still come to."""

    def __init__(self, words: frozenset[bytes]) -> None:
        self._words = words
        self._named: dict[ast.AST, list[tuple[ast.stmt, frozenset[str]]]] = {}
        self.sending: set[str] = set(SENDING)
        """Names of what sends requests."""
        self.leading: set[str] = set()
        """Names of the functions that were found to lead to a request."""

    def remain(self, root: ast.AST, entered: AbstractSet[ast.AST], executed: AbstractSet[ast.stmt]) -> bool:
        """Return whether a statement that names what leads on was not executed.

        What sends requests counts in the root's own text alone: other functions that were `entered` are roots, too.
        """
        own = {root: self.sending | self.leading}
        return any(
            statement not in executed and not own.get(function, self.leading).isdisjoint(names)
            for function in (root, *entered)
            for statement, names in self._of(function)
        )

    def _of(self, function: ast.AST) -> list[tuple[ast.stmt, frozenset[str]]]:
        known = self._named.get(function)
        if known is None:
            known = self._named[function] = list(naming_statements(function, self._words))
        return known


def reaching(
    roots: Sequence[Root],
    texts: Iterable[Text],
    walk: Callable[[Root], Reached],
    prospects: Prospects,
    words: frozenset[str] = frozenset(),
) -> frozenset[str]:
    """Walk the roots that can lead to a request, tell `prospects` what does on the way, and return the names of it.

    A method that leads to one is walked as each class inherits it, too. `words` are further names that send requests:
    of what the configuration says to be a client.
    """
    mentions: dict[ast.AST, Mention] = {}
    aliases: dict[str, set[str]] = {}
    made: dict[str, set[str]] = {}
    for text in texts:
        mentions.update(text.mentions)
        for given in text.given:
            for further, leading_on in ((aliases, given.meant), (made, given.makers)):
                for name in leading_on:
                    further.setdefault(name, set()).add(given.name)
    mentioned = [mentions.get(root.node, NOTHING) for root in roots]
    naming: dict[str, list[int]] = {}
    for index, mention in enumerate(mentioned):
        for name in mention.names:
            naming.setdefault(name, []).append(index)
    # What a function that sends requests is called otherwise, as `ask` in `self.ask = session.get`.
    words |= _reach(SENDING | words, aliases) - SENDING
    prospects.sending |= words
    plain = _plain(root.owner for root in roots)
    opening = [mention.opens or not mention.objects <= plain for mention in mentioned]
    pending = [
        (index, mention.hands_on)
        for index, mention in enumerate(mentioned)
        if opening[index] or not words.isdisjoint(mention.names)
    ]
    heirs = Heirs({root.module: None for root in roots})
    walked, inherited, leading, led = set[int](), set[int](), set[int](), set[str]()
    # What led nowhere when less was known.
    again: dict[int, None] = {}
    while pending or again:
        if not pending:
            pending = [(index, False) for index in again]
            walked -= again.keys()
            again = {}
        index, leads = pending.pop()
        if index not in walked:
            walked.add(index)
            leads = _leads(walk(roots[index]), opens=opening[index]) or leads
        elif index not in leading and not leads:
            again[index] = None
            continue
        # What sends a request by itself may do so in its heirs alone: behind an attribute that is empty in the base.
        if (leads or opening[index]) and index not in inherited:
            inherited.add(index)
            for heir in heirs.of(roots[index], None if leads else mentioned[index].names):
                leads = _leads(walk(heir), opens=opening[index]) or leads
        if not leads or index in leading:
            continue
        leading.add(index)
        name, owner = getattr(roots[index].node, "name", ""), roots[index].owner
        asking = naming.get(f"{BASE}{name}", ()) if owner is not None else ()
        # A mixin leads on by itself: which class its `super()` asks is up to its heirs.
        kin = (one for one in asking if heirs.are_kin(roots[one].owner, owner))
        pending.extend((one, owner not in ancestors(roots[one].owner)) for one in kin)
        of_object = owner is not None and name.startswith("__") and name.endswith("__")
        if owner is not None and of_object:
            names = _reach([owner.name], aliases, made)
        else:
            names = _reach([name, *(made.get(name, ()) if mentioned[index].nests else ())], aliases)
        for name in sorted(names - led):
            led.add(name)
            prospects.leading.add(name)
            pending.extend((one, not of_object and name in mentioned[one].held) for one in naming.get(name, ()))
    return frozenset(led)


def left_over(
    roots: Iterable[Root], texts: Iterable[Text], led: frozenset[str], reached: frozenset[ast.AST]
) -> Iterator[Root]:
    """Yield functions inside functions that can lead to a request, and that no walk has entered on the way to one.

    What makes them hands them on: to a framework that calls them, to whoever wants a function.
    """
    mentions = {node: mention for text in texts for node, mention in text.mentions.items()}
    for root in roots:
        if mentions.get(root.node, NOTHING).nests:
            for inner in nested(root):
                mention = mentions.get(inner.node, NOTHING)
                if inner.node not in reached and (
                    mention.opens or mention.objects or not led.isdisjoint(mention.names)
                ):
                    yield inner


def _plain(owners: Iterable[Class | None]) -> frozenset[str]:
    """Return the names of classes that have what the project gives them, and nothing from a library."""
    classes = {owner: None for owner in owners if owner is not None}
    others = {cls.name for cls in classes if not all(_is_plain(one) for one in ancestors(cls))}
    return frozenset(cls.name for cls in classes) - others


def _is_plain(cls: object) -> bool:
    match cls:
        case Class():
            return "__getattr__" not in cls.namespace
        case Library(name=name):
            return name.startswith(("builtins.", "abc.", "typing.", "unittest."))
        case _:
            return False


def _leads(reached: Reached, *, opens: bool) -> bool:
    """Return whether whoever names a function is worth a walk.

    Where not every branch could be walked, only a request of the function's own is.
    """
    return bool(reached.occurrences) or reached.awaits_caller or (reached.is_cut and opens)


def _reach(names: Iterable[str], *further: dict[str, set[str]]) -> set[str]:
    """Return the names, and all that these lead to."""
    pending = [name for name in names if name]
    found = set[str]()
    while pending:
        name = pending.pop()
        if name not in found:
            found.add(name)
            pending.extend(chain.from_iterable(one.get(name, ()) for one in further))
    return found
