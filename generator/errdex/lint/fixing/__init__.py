"""Mending what the linter found: edits of client code, each held against the linter before it is kept."""
