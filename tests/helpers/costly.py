"""Properties whose examples are costly draw fewer of them."""

from hypothesis import settings


def one_in(number: int) -> settings:
    """Let a property draw one example for so many of the profile, and at least one."""
    return settings(max_examples=max(1, settings().max_examples // number))


costly = one_in(5)
"""For properties of which an example takes more than about 20 ms of processor time, so that the
others can draw many."""
