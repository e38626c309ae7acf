"""Extras: an import that needs an extra names the command that installs it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def needs_extra(extra: str, package: str) -> Iterator[None]:
    """Where a module imports what an extra brings: a failure names the command that installs it.

    Args:
        extra: The name of the extra.
        package: The package whose import is inside.

    Raises:
        ModuleNotFoundError: A module that is imported inside is not there.

    >>> with needs_extra("json", "cattrs"):
    ...     raise ModuleNotFoundError("No module named 'cattrs'")
    Traceback (most recent call last):
    ModuleNotFoundError: this module needs cattrs; install it with: pip install 'cmappraisal[json]'
    """
    try:
        yield
    except ModuleNotFoundError as error:
        # The subclass of ImportError stays, because tools that skip what is not installed look
        # for it.
        raise ModuleNotFoundError(
            f"this module needs {package}; install it with: pip install 'cmappraisal[{extra}]'",
            name=error.name,
            path=error.path,
        ) from error
