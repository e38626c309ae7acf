"""Training: when it takes place, for which participants, what it teaches, and who met what."""

from cmappraisal.errors import ResourceConflict, TrainingError, UnknownCourseError
from cmappraisal.training.cadences import Cadence
from cmappraisal.training.certificates import (
    CertificateStatus,
    Completion,
    certificates_due,
    completions,
)
from cmappraisal.training.compliance import AttendanceRate, Compliance, check_compliance
from cmappraisal.training.courses import (
    Certification,
    Course,
    Curriculum,
    Domain,
    LapsesAfter,
    LapsesYearly,
    Level,
    NeverLapses,
)
from cmappraisal.training.needs import Need, training_needs
from cmappraisal.training.performance import (
    Component,
    Performance,
    monthly_performance,
    results_that_count,
)
from cmappraisal.training.plans import (
    Activity,
    ActivityKind,
    CareerStage,
    Quota,
    Target,
    TargetUnit,
    Timing,
    TrainingPlan,
)
from cmappraisal.training.records import Attendance, AttendanceStatus, Delivered, Record, TestResult
from cmappraisal.training.requirements import ComplianceStatus, Counts, Requirement
from cmappraisal.training.rescheduling import reschedule
from cmappraisal.training.resources import Room, Trainer
from cmappraisal.training.schedules import Change, Rescheduled, Schedule
from cmappraisal.training.scheduling import schedule, schedule_each
from cmappraisal.training.sessions import Cause, Session
from cmappraisal.training.shortfalls import Shortfall, ShortfallCause
from cmappraisal.training.templates import (
    ASK,
    VENUE_TEAM,
    VIP_SERVICE,
    ask,
    venue_team,
    vip_service,
)
from cmappraisal.training.trainees import Group, Trainee
from cmappraisal.training.year_grids import year_grid

__all__ = [
    "ASK",
    "VENUE_TEAM",
    "VIP_SERVICE",
    "Activity",
    "ActivityKind",
    "Attendance",
    "AttendanceRate",
    "AttendanceStatus",
    "Cadence",
    "CareerStage",
    "Cause",
    "CertificateStatus",
    "Certification",
    "Change",
    "Completion",
    "Compliance",
    "ComplianceStatus",
    "Component",
    "Counts",
    "Course",
    "Curriculum",
    "Delivered",
    "Domain",
    "Group",
    "LapsesAfter",
    "LapsesYearly",
    "Level",
    "Need",
    "NeverLapses",
    "Performance",
    "Quota",
    "Record",
    "Requirement",
    "Rescheduled",
    "ResourceConflict",
    "Room",
    "Schedule",
    "Session",
    "Shortfall",
    "ShortfallCause",
    "Target",
    "TargetUnit",
    "TestResult",
    "Timing",
    "Trainee",
    "Trainer",
    "TrainingError",
    "TrainingPlan",
    "UnknownCourseError",
    "ask",
    "certificates_due",
    "check_compliance",
    "completions",
    "monthly_performance",
    "reschedule",
    "results_that_count",
    "schedule",
    "schedule_each",
    "training_needs",
    "venue_team",
    "vip_service",
    "year_grid",
]
