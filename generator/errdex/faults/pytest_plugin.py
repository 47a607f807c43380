"""The pytest plugin: a client test runs once per documented answer, and a table says what was tried.

`@pytest.mark.errdex("write-activity-records")` makes one test of each status that is documented for the operation. The
test takes the fixture `errdex_answer` (or `errdex_url`): a server on loopback gives that answer while it runs. pytest
loads this module in every run, so nothing else is imported before a test has the mark.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from errdex.catalogue.model import Catalogue, Response
    from errdex.faults.server import FaultServer
    from errdex.faults.tally import Tally

MARK = "errdex"
_CATALOGUES = pytest.StashKey[dict[str, "Catalogue"]]()


class ErrdexAnswer(NamedTuple):
    """The answer that the server gives while a test runs."""

    url: str
    """The API's base URL on the server."""
    operation: str
    """The operation's id."""
    status: str
    """`503`, or a range or `default` as the catalogue has it."""
    response: Response
    """What the catalogue says of it."""
    server: FaultServer
    """To answer otherwise, and to see what was asked."""

    @property
    def is_success(self) -> bool:
        """Whether the status is one of the 2xx."""
        return self.status.startswith("2")


class _Cell(NamedTuple):
    """One documented answer, as a test's parameter."""

    path: str
    operation: str
    status: str


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the options."""
    group = parser.getgroup("errdex")
    group.addoption(
        "--errdex-catalogue",
        action="append",
        default=[],
        metavar="FILE",
        help="a catalogue whose operations tests may name; without it those of errdex's configuration",
    )
    group.addoption(
        "--errdex-fail-under",
        type=float,
        metavar="PERCENT",
        help="fail when fewer of the documented answers have a test that passed",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Declare the mark and begin to count."""
    config.addinivalue_line(
        "markers",
        f"{MARK}(operation, ..., statuses=None, catalogue=None): run the test once per documented answer of the "
        "operations; `statuses` leaves the others out, `catalogue` names the file",
    )
    config.stash[_CATALOGUES] = {}
    config.pluginmanager.register(_Counter(config), "errdex-counter")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make one test of each documented answer of the operations that the mark names."""
    marks = list(metafunc.definition.iter_markers(MARK))
    if not marks:
        return
    if "errdex_answer" not in metafunc.fixturenames:
        raise pytest.UsageError(
            f"{metafunc.definition.nodeid} has the mark errdex and takes neither errdex_answer nor errdex_url"
        )
    cells = [cell for mark in marks for cell in _cells(metafunc.config, mark)]
    metafunc.parametrize(
        "errdex_answer", cells, indirect=True, ids=[f"{cell.operation}-{cell.status}" for cell in cells]
    )


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Tell the reports which answer the test is about; they may travel to another process."""
    callspec = getattr(item, "callspec", None)
    cell = callspec.params.get("errdex_answer") if callspec else None
    if isinstance(cell, _Cell):
        item.user_properties.append(("errdex", "#".join(cell)))


@pytest.fixture(scope="session")
def _errdex_servers() -> Iterator[tuple[dict[str, FaultServer], ExitStack]]:
    with ExitStack() as stack:
        yield {}, stack


@pytest.fixture
def errdex_answer(
    request: pytest.FixtureRequest, _errdex_servers: tuple[dict[str, FaultServer], ExitStack]
) -> ErrdexAnswer:
    """Let a server give one documented answer, and return where it is and what it says."""
    cell = getattr(request, "param", None)
    if not isinstance(cell, _Cell):
        pytest.fail("errdex_answer is for tests with the mark errdex", pytrace=False)
    from errdex.faults.server import FaultServer

    servers, stack = _errdex_servers
    if cell.path not in servers:
        servers[cell.path] = stack.enter_context(FaultServer(_catalogue(request.config, cell.path)))
    server = servers[cell.path]
    server.reset()
    server.answer(cell.operation, cell.status)
    response = server.plan.responses[cell.operation][cell.status]
    return ErrdexAnswer(server.url, cell.operation, cell.status, response, server)


@pytest.fixture
def errdex_url(errdex_answer: ErrdexAnswer) -> str:
    """Return the API's base URL on a server that gives one documented answer."""
    return errdex_answer.url


class _Counter:
    """What became of each answer, over all processes of the run."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._outcomes: dict[_Cell, set[str]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a test that ran, or could not be set up."""
        if report.when == "call" or report.failed:
            for name, value in report.user_properties:
                if name == "errdex":
                    self._outcomes.setdefault(_Cell(*str(value).split("#")), set()).add(report.outcome)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """Fail a run that passed with too few answers tried."""
        wanted = self._config.getoption("errdex_fail_under")
        if wanted is None or exitstatus not in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}:
            return
        if not hasattr(self._config, "workerinput") and any(
            tally.percent < wanted for tally in self._tallies(all_=True)
        ):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Show a table of operations and statuses."""
        wanted = self._config.getoption("errdex_fail_under")
        for tally in self._tallies(all_=wanted is not None):
            terminalreporter.section(f"errdex: {tally.title}")
            for line in tally.lines():
                terminalreporter.write_line(line)
            if wanted is not None and tally.percent < wanted:
                terminalreporter.write_line(f"FAIL: {wanted:g} % were asked for", red=True)

    def _tallies(self, *, all_: bool) -> list[Tally]:
        """Return one tally for each catalogue that tests used, or for all that are configured."""
        used = {cell.path for cell in self._outcomes}
        if not used and not all_:
            return []
        from errdex.faults.tally import Tally

        paths = dict.fromkeys([*(_configured(self._config) if all_ else ()), *sorted(used)])
        return [
            Tally(
                _catalogue(self._config, path),
                {(cell.operation, cell.status): found for cell, found in self._outcomes.items() if cell.path == path},
            )
            for path in paths
        ]


def _cells(config: pytest.Config, mark: pytest.Mark) -> Iterator[_Cell]:
    from errdex.catalogue.suggest import suggestion
    from errdex.faults.tally import answerable

    named = mark.kwargs.get("catalogue")
    paths = [str(config.rootpath / named)] if named else _configured(config)
    if not paths:
        raise pytest.UsageError("no catalogue is named: give --errdex-catalogue, or set it in errdex's configuration")
    statuses = mark.kwargs.get("statuses")
    wanted = None if statuses is None else {str(status) for status in statuses}
    for operation in mark.args:
        homes = [path for path in paths if operation in answerable(_catalogue(config, path))]
        if not homes:
            known = [name for path in paths for name in answerable(_catalogue(config, path))]
            raise pytest.UsageError(f"no catalogue has an operation {operation!r}{suggestion(str(operation), known)}")
        documented = answerable(_catalogue(config, homes[0]))[operation]
        for status in sorted((wanted or set()) - set(documented)):
            raise pytest.UsageError(f"{operation} does not document {status}")
        for status in documented:
            if wanted is None or status in wanted:
                yield _Cell(homes[0], operation, status)


def _configured(config: pytest.Config) -> Sequence[str]:
    given = config.getoption("errdex_catalogue")
    if given:
        return [str(config.invocation_params.dir / path) for path in given]
    from errdex.config import load_config
    from errdex.errors import ErrdexError

    try:
        return [str(config.rootpath / path) for path in load_config(str(config.rootpath)).catalogues]
    except ErrdexError as error:
        raise pytest.UsageError(str(error)) from error


def _catalogue(config: pytest.Config, path: str) -> Catalogue:
    from errdex.catalogue.load import load_catalogue
    from errdex.errors import ErrdexError

    loaded = config.stash[_CATALOGUES]
    if path not in loaded:
        try:
            loaded[path] = load_catalogue(path)
        except ErrdexError as error:
            raise pytest.UsageError(str(error)) from error
    return loaded[path]
