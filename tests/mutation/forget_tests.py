"""A plugin of pytest: whoever runs tests again in the same process imports them again.

mutmut does so for each mutant. Test modules that are kept would keep what they made without it, and
pytest escapes the ids of their tests a second time, so that it cannot find them.
"""

import sys
from pathlib import Path

import pytest


def pytest_unconfigure(config: pytest.Config) -> None:
    tests = config.rootpath / "tests"
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if file is not None and Path(file).is_relative_to(tests) and module is not THIS:
            del sys.modules[name]


THIS = sys.modules[__name__]
