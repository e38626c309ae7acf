"""Evidence: what is handed to an employee or to a court, so that it can be checked offline.

Whoever only records and scores needs none of these names.
"""

from cmappraisal.erasures import Erased
from cmappraisal.evidence.files import (
    Completeness,
    Consistency,
    Evidence,
    ProvenEntry,
    evidence,
)
from cmappraisal.evidence.people_trees import (
    PeopleTree,
    PersonLeaf,
    audit_people,
    people_tree,
    positions_of,
)
from cmappraisal.evidence.verification import (
    EvidenceAspect,
    Verification,
    Verified,
    explain_verification,
    verify_evidence,
)
from cmappraisal.pydantic_hooks import open_to_pydantic
from cmappraisal.redactions import Redacted

__all__ = [
    "Completeness",
    "Consistency",
    "Erased",
    "Evidence",
    "EvidenceAspect",
    "PeopleTree",
    "PersonLeaf",
    "ProvenEntry",
    "Redacted",
    "Verification",
    "Verified",
    "audit_people",
    "evidence",
    "explain_verification",
    "people_tree",
    "positions_of",
    "verify_evidence",
]

open_to_pydantic(globals())
