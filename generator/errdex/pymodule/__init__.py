"""A catalogue in, the source text of a Python module out."""
