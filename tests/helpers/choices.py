"""Choices: what holds for the members of every choice, by the table of their wordings."""

import pickle
from typing import Any

import attrs


def assert_choices_are_worded(kind: Any, wordings: dict[str, tuple[str, str, str]]) -> None:
    """Assert the wordings of a choice in three languages, and that each member is one of a kind."""
    assert {choice.value: attrs.astuple(choice.text) for choice in kind} == wordings
    for choice in kind:
        assert kind(choice.value) is choice
        assert pickle.loads(pickle.dumps(choice)) is choice
