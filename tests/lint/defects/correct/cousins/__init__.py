"""Awkward: an inherited helper has a default that only the providers of other services use."""
