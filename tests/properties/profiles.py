"""How many examples Hypothesis draws: few by default, many with `--hypothesis-profile thorough`."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

FEW, THOROUGH = "few", "thorough"

# Derandomised, so that everybody finds what CI finds: nothing depends on chance or on earlier runs.
settings.register_profile(
    FEW,
    max_examples=3,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    THOROUGH,
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)


def examples(times: int) -> settings:
    """Draw `times` times as many examples as the profile says."""
    return settings(max_examples=times * settings.default.max_examples)
