"""Run the command line with `python -m errdex`."""

from __future__ import annotations

from errdex.cli import program

program()
