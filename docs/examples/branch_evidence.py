"""The evidence of one relationship manager out of the branch's year, handed out and checked.

RM-05 is handed a file, and checks it offline: with the library, and with a script that needs
nothing but Python. Then somebody changes a byte of it, hides an entry, hides RM-05 from the tree
of people, and cuts the ledger short; each time the script says what fails.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import evolve

from branch_year import BRANCH, POLICY, VIOLATIONS, YEAR, heading, salt_of, year_of
from cmappraisal import ERROR_POINTS, Ledger, score
from cmappraisal.evidence import (
    Evidence,
    PeopleTree,
    evidence,
    explain_verification,
    people_tree,
    verify_evidence,
)
from cmappraisal.interop.converters import dumps

VERIFIER = Path(__file__).with_name("verify_evidence.py")
EARLIER = 30
"""How many entries the ledger had when its root was last in everybody's letter."""


def people_of(ledger: Ledger) -> PeopleTree:
    """The tree of the branch's people, each with a salt of their own."""
    return people_tree(ledger, {person: salt_of(person) for person in BRANCH})


def file_of(ledger: Ledger) -> Evidence:
    """The file of RM-05."""
    return evidence(
        ledger,
        manager="RM-05",
        appraisal=score(ledger, ERROR_POINTS, YEAR, manager="RM-05", policy=POLICY),
        people=people_of(ledger),
        earlier_size=EARLIER,
    )


def verified_alone(document: str, ledger: Ledger, people: PeopleTree) -> Iterator[str]:
    """What the script says of a document, by what was published of a ledger and its people."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "RM-05.json"
        path.write_text(document, encoding="utf-8")
        published = [ledger.root().hex(), str(len(ledger)), people.root.hex()]
        done = subprocess.run(
            [sys.executable, "-I", str(VERIFIER), str(path), *published],
            capture_output=True,
            check=False,
            encoding="utf-8",
        )
    yield from done.stdout.splitlines()
    yield f"exit code {done.returncode}"


def main() -> None:
    """Hand out the file, check it, and let it fail."""
    ledger = year_of(VIOLATIONS)
    people, file = people_of(ledger), file_of(ledger)
    document = dumps(file)
    heading("The file of RM-05, checked with the library")
    published = verify_evidence(file, root=ledger.root(), size=len(ledger), people_root=people.root)
    print(explain_verification(published), end="")
    heading("Checked with Python alone")
    print(*verified_alone(document, ledger, people), sep="\n")
    shorter = Ledger(list(ledger)[:-1])
    without = PeopleTree(leaf for leaf in people.leaves if leaf.person != "RM-05")
    for what, given, tree in (
        ("one byte is changed", document.replace('"by": "RM-05"', '"by": "RM-06"'), people),
        ("an entry is hidden", dumps(evolve(file, entries=file.entries[1:])), people),
        ("RM-05 is hidden from the tree of people", document, without),
        ("the ledger is cut short", dumps(file_of(shorter)), people),
    ):
        heading(f"After {what}")
        said = verified_alone(given, ledger, tree)
        print(*(line for line in said if not line.startswith("holds")), sep="\n")


if __name__ == "__main__":
    main()
