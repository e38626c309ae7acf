"""Collect each ``x.toml`` as a file of tests: its worked cases, by the standard in ``x.py``."""

import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cmappraisal import Policy
from cmappraisal.interop.cases import cases_of, report_case


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    return Cases.from_parent(parent, path=file_path) if file_path.suffix == ".toml" else None


class Cases(pytest.File):
    def collect(self) -> Iterator[pytest.Item]:
        module = runpy.run_path(str(self.path.with_suffix(".py")))
        policy = module.get("POLICY", Policy())
        for case in cases_of(self.path.read_text(encoding="utf-8")):
            report = report_case(case, module["STANDARD"], policy)
            yield CaseItem.from_parent(self, name=case.name, report=report)


class CaseItem(pytest.Item):
    def __init__(self, *, report: str, **rest: Any) -> None:
        super().__init__(**rest)
        self.report = report

    def runtest(self) -> None:
        if self.report:
            pytest.fail(self.report, pytrace=False)
