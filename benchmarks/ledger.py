"""How long a ledger that never changes takes, as ratios to a plain list, and how that grows.

Run it with ``python benchmarks/ledger.py``. Every figure is a ratio of two medians of processor
time measured in turn, so that it says the same on a fast machine and on a slow one. Inputs are
seeded.
"""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import reduce
from typing import Any, TypeAlias

from cmappraisal import (
    Amended,
    Case,
    Entry,
    Ledger,
    Recorded,
    Reversed,
    Violation,
    canonical_bytes,
)
from cmappraisal.errors import AppraisalError
from cmappraisal.interop.converters import dumps, loads
from cmappraisal.merkle import tree_head, verify_inclusion
from measuring import START, Answer, Ratio, Work, drawn, entries_of, ratio, run, seconds

VIOLATIONS = 100_000
APPENDED = 1_000_000
"""The entries that are appended one by one where that is compared with a ledger at once."""
FEW = 5_000
"""The violations of the smaller of two ledgers where growth is measured; the larger has 4 times
as many."""

LINEAR = 6
"""The bound of what grows with the number of entries, from one size to 4 times that size. Sorting,
and memory that the processor does not hold close by, take it above 4; a square would be 16."""

BOUNDS_OF_READING = {
    "loads of a ledger": 10,
    "loads, each of 100 entries with a field beyond its bound": 18,
}

DAYS = [date(2024, 7, 1) + timedelta(number) for number in range(730)]
QUARTERS = [(DAYS[first], DAYS[first + 90]) for first in range(0, 630, 90)]

Make: TypeAlias = Callable[[list[Entry]], Any]


def listed(count: int) -> list[Entry]:
    """A plain list of the entries about some violations."""
    return entries_of(Violation(**each) for each in drawn(count))


def appended(entries: Iterable[Entry]) -> Ledger:
    """A ledger that grew by one entry at a time."""
    return reduce(lambda ledger, entry: ledger.extend((entry,)), entries, Ledger())


def amended(count: int) -> list[Entry]:
    """The entries of one case that is amended again and again."""
    violation = Violation("V-1", "RM-1", rule="2.1", occurred_on=date(2025, 3, 2))
    moments = (START + timedelta(minutes=number) for number in range(1, count))
    return [
        Recorded(violation, at=START),
        *(Amended(violation, "restated", at=moment) for moment in moments),
    ]


def branches(count: int) -> Make:
    """Entries as the ledgers of some branches, each of which has cases of its own."""

    def make(entries: list[Entry]) -> list[Ledger]:
        shares: list[list[Entry]] = [[] for _ in range(count)]
        for entry in entries:
            shares[int(entry.violation_id[2:]) % count].append(entry)
        return list(map(Ledger, shares))

    return make


def stages(entries: list[Entry]) -> list[Ledger]:
    """Entries as ten ledgers, each of which has the cases of the one before it and more."""
    return [Ledger(entries[: len(entries) * tenth // 10]) for tenth in range(1, 11)]


def known_at_half(ledger: Ledger) -> Ledger:
    """A ledger as it was when half of its entries were made."""
    entries = list(ledger)
    return ledger.as_of(entries[len(entries) // 2].at)


def growing_and_asked(entries: Sequence[Entry]) -> None:
    """A ledger that grows by ten entries at a time, and is asked for one day after each ten."""
    ledger = Ledger()
    for start in range(0, len(entries), 10):
        ledger = ledger.extend(entries[start : start + 10])
        ledger.between(DAYS[0], DAYS[0])


def plainly_between(ledger: Ledger, first: date, last: date) -> tuple[Case, ...]:
    """What ``between`` says, by looking at every case."""
    found = (case for case in ledger.cases() if first <= case.violation.occurred_on <= last)
    return tuple(sorted(found, key=lambda case: (case.violation.occurred_on, case.violation.id)))


def memory(work: Callable[[], object]) -> int:
    """The bytes that the result of some work takes."""
    tracemalloc.start()
    result = work()
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del result
    return taken


def outcome(text: str) -> Ledger | AppraisalError:
    """The ledger of a text, or what keeps it from being read."""
    try:
        return loads(text, Ledger)
    except AppraisalError as error:
        return error


def badly(document: dict[str, Any]) -> Iterator[tuple[str, list[Any]]]:
    """The entries of a document made bad, each of them, in three ways."""
    entries = document["entries"]
    acts = [entry for entry in entries if entry["kind"] == "recorded"]
    none = [{**each, "violation": {**each["violation"], "quantity": 0}} for each in acts]
    # No more than an error lists, for beyond that reading stops.
    yield "each of 100 entries with a field beyond its bound", none[:100]
    yield "each entry before the one that it follows", acts[::-1]
    yield "each entry of a case never recorded", [each for each in entries if each not in acts]


def answers() -> Iterator[Answer]:
    """What a ledger says of a few thousand entries, and what the plain list says."""
    entries = listed(3_000)
    ledger = appended(entries)
    yield "the entries of the ledger and of the list", list(ledger) == entries
    at_once = Ledger(entries)
    yield "the cases appended and given at once", list(ledger.cases()) == list(at_once.cases())
    leaves = [canonical_bytes(entry) for entry in entries]
    root = ledger.root()
    yield "the root of the ledger and of the list", root == tree_head(leaves)
    proof = ledger.prove_inclusion(7)
    included = verify_inclusion(leaves[7], 7, len(leaves), proof, root=root)
    yield "an entry and its proof of inclusion", included
    as_json = [json.dumps(json.loads(leaf), sort_keys=True, ensure_ascii=False) for leaf in leaves]
    reread = [json.dumps(json.loads(text), separators=(",", ":")).encode() for text in as_json]
    yield "the canonical bytes and those of json", leaves == reread
    text = dumps(ledger)
    yield "the ledger and what is read of its text", outcome(text) == ledger
    for how, bad in badly(json.loads(text)):
        read = outcome(json.dumps({**json.loads(text), "entries": bad}))
        yield f"not one entry is read: {how}", isinstance(read, AppraisalError)
    for place in range(0, len(entries), 500):
        known = ledger.as_of(entries[place].at)
        before = [entry for entry in entries if entry.at <= entries[place].at]
        yield f"the ledger as of entry {place}", list(known) == before
        cases = list(Ledger(before).cases())
        yield f"its cases as of entry {place}", list(known.cases()) == cases
        yield f"what is appended to it at {place}", known.extend(entries[len(before) :]) == ledger
    for first, last in QUARTERS:
        found = plainly_between(ledger, first, last)
        yield f"the cases from {first} to {last}", ledger.between(first, last) == found
    for manager in ledger.managers[:20]:
        ids = dict.fromkeys(
            entry.violation.id
            for entry in entries
            if isinstance(entry, (Recorded, Amended)) and entry.violation.manager == manager
        )
        file = tuple(map(ledger.case, ids))
        yield f"the cases of {manager}", ledger.for_manager(manager) == file
    placed = sorted(entries, key=lambda entry: (entry.at, entry.violation_id))
    for name, parts in (("ten branches", branches(10)(entries)), ("ten stages", stages(entries))):
        yield f"the merged entries of {name}", list(Ledger.merge(*parts)) == placed


def growth(entries: list[Entry], make: Make, act: Callable[[Any], object]) -> float:
    """How many times as long something takes for all of some entries as for a quarter of them."""
    quarter = entries[: len(entries) // 4]
    all_of_them = Work(act, lambda: make(entries), apart=True)
    return ratio(all_of_them, Work(act, lambda: make(quarter), apart=True))


def costs() -> Iterator[Ratio]:
    """How long a ledger takes beside a plain list."""
    fields = list(drawn(VIOLATIONS))
    entries = listed(VIOLATIONS)
    building, appending, at_once = seconds(
        lambda: entries_of(Violation(**each) for each in fields),
        lambda: appended(entries),
        lambda: Ledger(entries),
        rounds=3,
    )
    yield "appending one by one / building the list", appending / building, 4
    yield "a ledger at once / building the list", at_once / building, 2
    yield "appending 1,000,000 one by one / the same at once", appending_many(), 2
    list_size = memory(lambda: listed(VIOLATIONS // 4))
    ledger_size = memory(lambda: appended(listed(VIOLATIONS // 4)))
    yield "memory of the ledger / of the list", ledger_size / list_size, 2
    documents = [json.loads(canonical_bytes(entry)) for entry in entries]
    in_json = ratio(
        Work(lambda _: [canonical_bytes(entry) for entry in entries], apart=True),
        Work(
            lambda _: [json.dumps(document, sort_keys=True) for document in documents], apart=True
        ),
    )
    yield "canonical bytes / json.dumps, keys sorted", in_json, 1.5

    ledger = appended(entries)
    ledger.root()
    last = next(case for case in reversed(list(ledger.cases())) if case.is_upheld)
    struck = Reversed(last.violation.id, "no breach", at=entries[-1].at + timedelta(1))
    first_root, next_roots, proofs = seconds(
        Work(Ledger.root, lambda: Ledger(entries)),
        # A thousand ledgers, each one entry longer than the one whose root is known.
        lambda: [ledger.extend((struck,)).root() for _ in range(1000)],
        lambda: [ledger.prove_inclusion(index) for index in range(1000)],
        rounds=3,
    )
    yield "root after one more append / first root", next_roots / 1000 / first_root, 0.01
    yield "proof of inclusion / first root", proofs / 1000 / first_root, 0.01


def appending_many() -> float:
    """How many times as long a million entries take one by one as at once."""
    entries = listed(APPENDED)[:APPENDED]
    # It takes so long that one turn each says what three would.
    one_by_one, at_once = seconds(lambda: appended(entries), lambda: Ledger(entries), rounds=1)
    return one_by_one / at_once


def readings() -> Iterator[Ratio]:
    """How long the text of a ledger takes to be read beside its JSON alone."""
    text = dumps(Ledger(listed(VIOLATIONS // 5)))
    document = json.loads(text)
    texts = {"loads of a ledger": text}
    for how, bad in badly(document):
        texts[f"loads, {how}"] = json.dumps({**document, "entries": bad})
    del document
    for name, each in texts.items():
        times = range(max(1, len(text) // len(each) // 4))

        def read(by: Callable[[str], object], of: str = each, times: range = times) -> None:
            for _ in times:
                by(of)

        ours = Work(read, lambda: outcome, apart=True)
        plainly = Work(read, lambda: json.loads, apart=True)
        yield f"{name} / json.loads", ratio(ours, plainly), BOUNDS_OF_READING.get(name, 16)


def growths() -> Iterator[Ratio]:
    """What each way to use a ledger takes for 4 times as many entries."""
    entries = listed(4 * FEW)
    one_case = amended(4 * FEW)
    ways: tuple[tuple[str, list[Entry], Make, Callable[[Any], object]], ...] = (
        ("a ledger at once", entries, list, Ledger),
        ("appending one by one", entries, list, appended),
        ("amending one case again and again", one_case, list, appended),
        ("reading all cases", entries, appended, lambda ledger: list(ledger.cases())),
        (
            "the files of all managers",
            entries,
            appended,
            lambda ledger: [ledger.for_manager(manager) for manager in ledger.managers],
        ),
        (
            "the cases of each quarter",
            entries,
            appended,
            lambda ledger: [ledger.between(first, last) for first, last in QUARTERS],
        ),
        ("as of half-way", entries, appended, known_at_half),
        ("the first root", entries, Ledger, Ledger.root),
        ("merging ten branches", entries, branches(10), lambda parts: Ledger.merge(*parts)),
        ("merging 500 branches", entries, branches(500), lambda parts: Ledger.merge(*parts)),
        ("merging ten stages", entries, stages, lambda parts: Ledger.merge(*parts)),
    )
    for name, of, make, act in ways:
        yield f"{name}: 4 times the entries", growth(of, make, act), LINEAR
    # An index is made anew where runs merge, so this grows with the square of a logarithm too.
    asked = growth(entries, list, growing_and_asked)
    yield "growing, and asked for a day meanwhile: 4 times the entries", asked, 8


def ratios() -> Iterator[Ratio]:
    """Each ratio with its bound."""
    # Growth first, while no other data is there for the garbage collector to walk through.
    yield from growths()
    yield from readings()
    yield from costs()


if __name__ == "__main__":
    run(ratios, answers)
