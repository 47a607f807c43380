"""Documented answers on demand: a server that gives them, and what client code does when it gets them."""

from __future__ import annotations
