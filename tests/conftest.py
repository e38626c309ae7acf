"""How hypothesis runs here: by examples, never by the clock, and in CI always the same ones."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "untimed",
    deadline=None,
    derandomize="CI" in os.environ,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("million", settings.get_profile("untimed"), max_examples=1_000_000)
settings.load_profile("untimed")
