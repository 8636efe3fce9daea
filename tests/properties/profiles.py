"""How many examples Hypothesis draws: a few as a rule, many with `--hypothesis-profile thorough`."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

FEW, THOROUGH = "few", "thorough"

# What CI finds, everybody finds: nothing hangs on chance or on what was found before.
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
    """Draw so many times as many examples as the profile says."""
    return settings(max_examples=times * settings.default.max_examples)
