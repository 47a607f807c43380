"""Annotations of GitHub Actions: a workflow command that comes apart again as the runner takes it apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def annotation(level: str, path: str, properties: Mapping[str, str], text: str) -> str:
    """Return the command that puts a text beside a line of a file, or beside none when the path is empty.

    https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
    """
    # The runner takes all signs of equality that follow a name for one.
    place = {"file": f"./{path}" if path.startswith("=") else path} if path else {}
    written = ",".join(f"{key}={escaped_property(value)}" for key, value in {**place, **properties}.items())
    # The runner reads UTF-8, which cannot hold the bytes of a file name that are none.
    return f"::{level} {written}::{escaped_data(text)}".encode("utf-8", "backslashreplace").decode()


def escaped_data(text: str) -> str:
    """Return the text as the data of a command (actions/toolkit, packages/core/src/command.ts, `escapeData`)."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escaped_property(text: str) -> str:
    """Return the text as a property of a command (the same file, `escapeProperty`)."""
    return escaped_data(text).replace(":", "%3A").replace(",", "%2C")
