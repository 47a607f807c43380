"""Run client code to see whether what the linter says of it is so.

Each entry runs once with successes only, which tells the lines and the operations that it covers. For each call that
it covers every documented status is judged by running (see `judge`), and each finding is looked for in the runs: see
`proofs`. What no entry covers is untested, and said to be.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal

from errdex.faults.judge import judge
from errdex.faults.observe import Line, observe
from errdex.faults.passages import enclosing, passages
from errdex.faults.proofs import PROOFS
from errdex.faults.trials import attempt, how
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from errdex.faults.judge import Judgement
    from errdex.faults.observe import Behaviour, Client
    from errdex.faults.plan import Asked, Exchange
    from errdex.faults.server import FaultServer
    from errdex.faults.trials import Trial

Outcome = Literal["confirmed", "refuted", "untested"]


class Call(NamedTuple):
    """A call site, as the linter reports it."""

    path: str
    line: int
    end_line: int
    api: str
    operation: str
    verdicts: tuple[tuple[str, str], ...]
    """(status, verdict), without the successes."""


class Claim(NamedTuple):
    """What a finding says, as far as running can tell."""

    rule: str
    path: str
    line: int
    end_line: int
    api: str
    """Empty when the finding is about no API."""
    operation: str
    """Empty when it is about none."""
    statuses: tuple[str, ...]


class CallProof(NamedTuple):
    """What running shows of one call site."""

    call: Call
    entry: str
    """The entry that covers it; empty when none does."""
    judgements: tuple[Judgement, ...]
    """One for each documented status that is no success; empty when no entry covers the call."""


class Proof(NamedTuple):
    """What running shows of one finding."""

    claim: Claim
    outcome: Outcome
    entry: str
    """The entry that shows it; empty when it is untested."""
    evidence: str
    """One line."""


class Evidence:
    """All runs of one entry, each made once, and what they covered."""

    def __init__(
        self, name: str, client: Client, servers: Mapping[str, FaultServer], calls: Sequence[Call] = ()
    ) -> None:
        self.name = name
        self.client = client
        self.servers = servers
        self.passages = {shown: passages(client.files[path]) for path, shown in client.names.items()}
        self.asked: Mapping[str, tuple[Exchange, ...]] = {}
        self._calls = calls
        self._trials: dict[tuple[str, str, Asked, int], Trial] = {}

    def trial(self, api: str, operation: str, asked: Asked, after: int = 0) -> Trial:
        """Run the client while the operation gives that answer, from its request number `after` on."""
        key = (api, operation, asked, after)
        if key not in self._trials:
            for server in self.servers.values():
                server.reset()
            self._trials[key] = attempt(self.client, self.servers[api], operation, asked, after)
        return self._trials[key]

    @cached_property
    def usual(self) -> Behaviour:
        """What the client does when every answer is a success."""
        for server in self.servers.values():
            server.reset()
        behaviour = observe(self.client, 200, bytes)
        self.asked = {api: server.requests for api, server in self.servers.items()}
        return behaviour

    def covers(self, api: str, operation: str) -> bool:
        """Say whether the client asks for the operation when every answer is a success."""
        return bool(self.usual) and any(exchange.operation == operation for exchange in self.asked[api])

    def gets_to(self, path: str, lines: range) -> bool:
        """Say whether one of the lines is run when every answer is a success."""
        return any(line.path == path and line.line in lines for line in self.usual.lines)

    def enters(self, path: str, line: int) -> bool:
        """Say whether the function around a line is run when every answer is a success."""
        source = next(text for file, text in self.client.files.items() if self.client.names[file] == path)
        return self.gets_to(path, enclosing(source, line))

    def before(self, api: str, operation: str, path: str, lines: range) -> int:
        """Return how many requests for the operation other call sites make before the one in these lines."""
        others = {
            Line(call.path, call.line)
            for call in self._calls
            if (call.api, call.operation) == (api, operation) and not (call.path == path and call.line in lines)
        }
        seen = 0
        for line in self.usual.lines:
            if line.path == path and line.line in lines:
                return seen
            seen += line in others
        return 0

    def judgements(self, api: str, operation: str, after: int = 0) -> tuple[Judgement, ...]:
        """Judge every documented status of an operation, from its request number `after` on."""
        return judge(
            lambda asked: self.trial(api, operation, asked, after),
            self.servers[api].plan.responses[operation],
            self.client.files.values(),
            self.passages,
        )


def prove(
    calls: Sequence[Call], claims: Sequence[Claim], entries: Sequence[Evidence]
) -> tuple[tuple[CallProof, ...], tuple[Proof, ...]]:
    """Return what running the entries shows of each call and of each finding, in their order."""
    ending = [entry for entry in entries if entry.usual.ending != "endless"]
    return tuple(_call_proof(call, ending) for call in calls), tuple(_proof(claim, ending) for claim in claims)


def broken(entries: Sequence[Evidence]) -> Iterator[tuple[str, str]]:
    """Yield (entry, why) for entries that fail although every answer is a success."""
    for entry in entries:
        usual = entry.usual
        unknown = any(exchange.operation is None for asked in entry.asked.values() for exchange in asked)
        if usual.ending == "endless":
            yield entry.name, "does not end"
        elif usual.ending == "raised" and not unknown:
            yield entry.name, f"{how(usual)} although every answer is a success"


def _call_proof(call: Call, entries: Sequence[Evidence]) -> CallProof:
    lines = range(call.line, call.end_line + 1)
    covering = [
        entry for entry in entries if entry.covers(call.api, call.operation) and entry.gets_to(call.path, lines)
    ]
    if not covering:
        return CallProof(call, "", ())
    # The linter speaks of what callers do with the answer as well: the entry that runs the most is the outermost.
    entry = max(covering, key=lambda one: len(set(one.usual.lines)))
    after = entry.before(call.api, call.operation, call.path, lines)
    return CallProof(call, entry.name, entry.judgements(call.api, call.operation, after))


def _proof(claim: Claim, entries: Sequence[Evidence]) -> Proof:
    check = PROOFS.get(claim.rule)
    if check is None or not claim.api:
        return Proof(claim, "untested", "", "nothing that a run could show")
    refuted: Proof | None = None
    for entry in entries:
        found = check(claim, entry)
        if found is None:
            continue
        proof = Proof(claim, found.outcome, entry.name, found.evidence)
        if proof.outcome == "confirmed":
            return proof
        refuted = refuted or proof
    return refuted or Proof(claim, "untested", "", "no entry gets there")
