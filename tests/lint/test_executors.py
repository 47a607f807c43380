"""Work on a real cluster of this machine: the same report, whatever happens to its workers."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import clean_environment
from tests.lint.test_memory import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Errdex

CLIENT = """import requests


def fetch(path):
    return requests.get('https://shelf.test' + path)


def read_{0}():
    return fetch('/books').json()


def lend_{0}():
    response = requests.get('https://shelf.test/loans')
    response.raise_for_status()
    return response.json()


def elsewhere_{0}(url):
    return requests.get(url).json()
"""
COMMAND = ("check", "one", "two", "--catalogue", "shelf.yaml", "--format", "json", "--no-cache")


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two repositories, each with files that stand alone."""
    folder = tmp_path_factory.mktemp("fleet")
    (folder / "shelf.yaml").write_text(CATALOGUE)
    for number in range(60):
        place = folder / ("one", "two")[number % 2] / f"part{number}"
        place.mkdir(parents=True)
        (place / "client.py").write_text(CLIENT.format(number) + "\n".join(f"x{at} = {at}" for at in range(400)))
    (folder / "two" / "broken.py").write_text("import requests\nrequests.get('https://shelf.test/books'\n")
    return folder


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    import distributed

    start: Any = distributed.LocalCluster
    with start(n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", host="127.0.0.1") as cluster:
        yield cluster


def without_time(text: str) -> Any:
    report = json.loads(text)
    del report["summary"]["seconds"]
    return report


def address(cluster: Any) -> str:
    return str(cluster.scheduler_address).replace("tcp://", "dask://")


def test_a_cluster_finds_what_one_process_finds(fleet: Path, cluster: Any, errdex: Errdex) -> None:
    plain = errdex(*COMMAND, "--jobs", "1", cwd=fleet)
    assert plain.code == 1
    there = errdex(*COMMAND, "--executor", address(cluster), cwd=fleet)
    assert there.code == 1, there.err
    assert without_time(there.out) == without_time(plain.out)


def test_a_worker_that_is_killed_loses_nothing_and_doubles_nothing(fleet: Path, cluster: Any, errdex: Errdex) -> None:
    plain = errdex(*COMMAND, "--jobs", "1", cwd=fleet)
    command = [sys.executable, "-m", "errdex", *COMMAND, "--executor", address(cluster)]
    run = subprocess.Popen(
        command, cwd=fleet, env=clean_environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    scheduler = cluster.scheduler
    killed = 0
    deadline = time.monotonic() + 60
    while not killed and run.poll() is None and time.monotonic() < deadline:
        busy = [worker for worker in list(scheduler.workers.values()) if worker.processing]
        done = [task for task in list(scheduler.tasks.values()) if task.state == "memory"]
        if busy and done:  # in the middle: something is done, and something is under way
            killed = next(one.pid for one in cluster.workers.values() if one.worker_address == busy[0].address)
            os.kill(killed, signal.SIGKILL)
        time.sleep(0.005)
    out, err = run.communicate(timeout=120)
    assert killed, "the run was over before a worker could be killed"
    assert run.returncode == 1, err
    assert without_time(out) == without_time(plain.out)


@pytest.mark.parametrize(
    ("executor", "said"),
    [
        ("dask://127.0.0.1:1", "no dask scheduler answers at 127.0.0.1:1"),
        ("dask://", "the executor 'dask://' is not known: dask://HOST:PORT is"),
        ("ray://a:1", "the executor 'ray://a:1' is not known: dask://HOST:PORT is"),
    ],
)
def test_no_cluster(executor: str, said: str, fleet: Path, errdex: Errdex) -> None:
    ran = errdex(*COMMAND, "--executor", executor, cwd=fleet)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
