"""Hypothesis finds the same examples in every run, and no test depends on how busy the machine is."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile("errdex", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("errdex")
