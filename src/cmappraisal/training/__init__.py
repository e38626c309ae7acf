"""Training: when it takes place, for which participants, what it teaches, and who met what."""

from cmappraisal.errors import TrainingError, UnknownCourseError
from cmappraisal.pydantic_hooks import open_to_pydantic
from cmappraisal.training.activity_timings import CareerStage, Ongoing, Quota, Timing
from cmappraisal.training.blockages import Blockage, Scarcity
from cmappraisal.training.burdens import Burden, BurdenKind
from cmappraisal.training.cadences import Cadence
from cmappraisal.training.certificates import (
    CertificateState,
    CertificateStatus,
    Completion,
    certificates_due,
    completions,
)
from cmappraisal.training.changes import Change, Rescheduled
from cmappraisal.training.classes import lessons_of
from cmappraisal.training.compliance import AttendanceRate, Compliance, check_compliance
from cmappraisal.training.compliance_grids import compliance_grid
from cmappraisal.training.contents import courses_tested
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
from cmappraisal.training.cuts import SearchCut
from cmappraisal.training.extensions import Extension
from cmappraisal.training.goals import Criterion, Goal
from cmappraisal.training.hours import Hours
from cmappraisal.training.joining import join_schedules
from cmappraisal.training.leaves import Leave, LeaveKind
from cmappraisal.training.needs import Need, training_needs
from cmappraisal.training.past_plans import PastPlan
from cmappraisal.training.performance import (
    Component,
    Performance,
    all_results_that_count,
    monthly_performance,
    results_that_count,
)
from cmappraisal.training.plans import Activity, ActivityKind, Target, TargetUnit, TrainingPlan
from cmappraisal.training.prior_teaching import taught_before
from cmappraisal.training.proportions import Proportion
from cmappraisal.training.records import (
    Attendance,
    AttendanceStatus,
    Delivered,
    Record,
    TestResult,
)
from cmappraisal.training.requirements import ComplianceStatus, Counts, Requirement
from cmappraisal.training.rescheduling import reschedule
from cmappraisal.training.resources import Room, Trainer
from cmappraisal.training.schedules import Schedule
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
from cmappraisal.training.terms import AttendanceTerms, CountedDays, PresenceTerms, Reduction
from cmappraisal.training.trainees import Group, Trainee, trainees_of
from cmappraisal.training.week_grids import week_grid
from cmappraisal.training.withdrawals import Withdrawal
from cmappraisal.training.working_days import NthWorkingDay
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
    "AttendanceTerms",
    "Blockage",
    "Burden",
    "BurdenKind",
    "Cadence",
    "CareerStage",
    "Cause",
    "CertificateState",
    "CertificateStatus",
    "Certification",
    "Change",
    "Completion",
    "Compliance",
    "ComplianceStatus",
    "Component",
    "CountedDays",
    "Counts",
    "Course",
    "Criterion",
    "Curriculum",
    "Delivered",
    "Domain",
    "Extension",
    "Goal",
    "Group",
    "Hours",
    "LapsesAfter",
    "LapsesYearly",
    "Leave",
    "LeaveKind",
    "Level",
    "Need",
    "NeverLapses",
    "NthWorkingDay",
    "Ongoing",
    "PastPlan",
    "Performance",
    "PresenceTerms",
    "Proportion",
    "Quota",
    "Record",
    "Reduction",
    "Requirement",
    "Rescheduled",
    "Room",
    "Scarcity",
    "Schedule",
    "SearchCut",
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
    "Withdrawal",
    "all_results_that_count",
    "ask",
    "certificates_due",
    "check_compliance",
    "completions",
    "compliance_grid",
    "courses_tested",
    "join_schedules",
    "lessons_of",
    "monthly_performance",
    "reschedule",
    "results_that_count",
    "schedule",
    "schedule_each",
    "taught_before",
    "trainees_of",
    "training_needs",
    "venue_team",
    "vip_service",
    "week_grid",
    "year_grid",
]

open_to_pydantic(globals())
