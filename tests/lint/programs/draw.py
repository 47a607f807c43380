"""Choices at random, the same ones for the same seed."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Option = TypeVar("Option")


class Draw:
    """A source of choices."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def one(self, options: Sequence[Option]) -> Option:
        """Return one of the options."""
        return options[int(self._random.random() * len(options))]

    def some(self, options: Sequence[Option], least: int, most: int) -> list[Option]:
        """Return `least` to `most` of the options, in their order."""
        wanted = self.number(least, min(most, len(options)))
        left = list(range(len(options)))
        taken = [left.pop(int(self._random.random() * len(left))) for _ in range(wanted)]
        return [options[index] for index in sorted(taken)]

    def number(self, low: int, high: int) -> int:
        """Return a number, both bounds included."""
        return low + int(self._random.random() * (high - low + 1))

    def chance(self, percent: int) -> bool:
        """Return True so often."""
        return self._random.random() * 100 < percent

    def weighted(self, options: Sequence[tuple[int, Callable[..., Option]]]) -> Callable[..., Option]:
        """Return one of the functions, by their weights."""
        left = self._random.random() * sum(weight for weight, _ in options)
        for weight, function in options:
            left -= weight
            if left < 0:
                return function
        return options[-1][1]
