"""Aspects: in what two situations can differ."""

from __future__ import annotations

from cmappraisal.texts import Choice, Text


class Aspect(Choice):
    """In what two situations can differ, in the order in which :func:`compare` changes it.

    >>> [aspect.value for aspect in Aspect]
    ['facts', 'people', 'standard', 'policy', 'moment']
    >>> Aspect.FACTS.field
    'ledger'
    """

    FACTS = ("facts", Text("登記的事實", "登记的事实", en="the facts"))
    PEOPLE = ("people", Text("任職情況", "任职情况", en="the tenures of people"))
    STANDARD = ("standard", Text("標準", "标准", en="the standard"))
    POLICY = ("policy", Text("政策", "政策", en="the policy"))
    MOMENT = (
        "moment",
        Text("登記的截止時間", "登记的截止时间", en="the moment as of which it was known"),
    )

    @property
    def field(self) -> str:
        """The field of a :class:`Situation` that it is."""
        names = {Aspect.FACTS: "ledger", Aspect.MOMENT: "as_of"}
        return names.get(self, self._value_)
