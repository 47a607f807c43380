"""What the searches begin with: known input, and what earlier searches by coverage grew out of it."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

from tests.hostile import catalogues as hostile_catalogues
from tests.hostile import clients as hostile_clients
from tests.hostile import descriptions as hostile_descriptions

ROOT = Path(__file__).parents[2]
CORPUS = Path(__file__).with_name("corpus")
MOST_KEPT = 40
"""Inputs of a target."""


def _examples(folder: str, pattern: str) -> list[bytes]:
    return [path.read_bytes() for path in sorted((ROOT / folder).glob(pattern)) if path.stat().st_size < 20_000]


def _small(cases: object) -> list[bytes]:
    assert isinstance(cases, tuple)
    return [case.make for case in cases if isinstance(case.make, bytes) and len(case.make) < 5_000]


@cache
def seeds(name: str) -> tuple[bytes, ...]:
    """Return what the bytes of a target are made from."""
    return (*_known(name), *corpus(name))


def _known(name: str) -> tuple[bytes, ...]:
    match name:
        case "catalogue":
            return (*_examples("codes", "*.yaml"), *_small(hostile_catalogues.CASES))
        case "description":
            return tuple(_small(hostile_descriptions.CASES))
        case "client":
            planted = _examples("tests/lint/defects/planted", "*.py")
            return (*_examples("examples", "*client.py"), *planted, *_small(hostile_clients.CASES))
        case _:
            texts = (*hostile_catalogues.TEXTS, *hostile_descriptions.TEXTS)
            return tuple(text.encode("utf-8", "surrogatepass") for text in texts if len(text) < 1_000)


def corpus(name: str) -> tuple[bytes, ...]:
    """Return what searches grew for a target: small inputs that reached what no other did."""
    path = CORPUS / f"{name}.txt"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return tuple(ast.literal_eval(line) for line in lines)


def write_corpus(name: str, inputs: list[bytes]) -> None:
    """Keep the inputs, or the first of them, a line each."""
    CORPUS.mkdir(exist_ok=True)
    text = "".join(f"{data!r}\n" for data in list(dict.fromkeys(inputs))[:MOST_KEPT])
    (CORPUS / f"{name}.txt").write_text(text, encoding="utf-8")
