"""The `did you mean` at the end of a message."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_CANDIDATES = 2000
"""How many words one is compared with: 20 microseconds each; of more, only those that start alike."""


def suggestion(word: str, candidates: Iterable[str]) -> str:
    """Return `; did you mean 'x'?` for the candidate that is nearest to the word, or nothing when none is near."""
    from difflib import get_close_matches  # 19 ms that only a faulty file pays

    known = list(candidates)
    if len(known) > MAX_CANDIDATES:
        known = [candidate for candidate in known if candidate[:3] == word[:3]][:MAX_CANDIDATES]
    folded = {candidate.casefold(): candidate for candidate in known}
    near = folded.get(word.casefold()) or next(iter(get_close_matches(word[:100], known, n=1, cutoff=0.6)), "")
    return f"; did you mean '{near}'?" if near and near != word else ""
