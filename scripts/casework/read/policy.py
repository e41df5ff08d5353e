"""framework/policy.yaml to the policy."""

from typing import TypeVar

from casework.model.document import Document
from casework.model.fiscal import MONTHS, FiscalCalendar
from casework.model.policy import Approvals, Bar, Policy, TalentReview
from casework.model.rating import Rating
from casework.read.fields import Fields

_DEFAULT = Policy()
Knob = TypeVar("Knob")


def read_policy(document: Document | None) -> Policy:
    """The policy. A knob that is absent or broken has its default."""
    if document is None:
        return _DEFAULT
    fields = Fields(document)
    promotion = fields.fields("promotion")
    return Policy(
        calendar=_calendar(fields.fields("fiscal_year")),
        current_level=_bar(promotion.fields("current_level"), _DEFAULT.current_level),
        next_level=_bar(promotion.fields("next_level"), _DEFAULT.next_level),
        a_quarter_may_count_twice=promotion.flag("a_quarter_may_count_twice") or False,
        consecutive=promotion.flag("consecutive") or False,
        window_quarters=promotion.number("window_quarters"),
        grace_days=_or(promotion.number("grace_days"), _DEFAULT.grace_days),
        evidence_per_cell=_or(promotion.number("evidence_per_cell"), _DEFAULT.evidence_per_cell),
        skip_levels=promotion.flag("skip_levels") or False,
        in_band_increase=_bar(fields.fields("in_band_increase"), _DEFAULT.in_band_increase),
        expected_level=_expected_level(fields),
        record_within_days=_or(fields.number("record_within_days"), _DEFAULT.record_within_days),
        talent_reviews=tuple(
            review for each in fields.each("talent_reviews") if (review := _talent_review(each))
        ),
        approvals=_approvals(fields.fields("approvals")),
        owners=fields.texts("owners"),
        growth_issues=fields.flag("growth_issues") or False,
    )


def _or(value: Knob | None, default: Knob) -> Knob:
    return default if value is None else value


def _calendar(fields: Fields) -> FiscalCalendar:
    starts = fields.text("starts")
    return FiscalCalendar(
        starts=MONTHS.index(starts) + 1 if starts in MONTHS else _DEFAULT.calendar.starts,
        named_after_end=fields.text("named_after") != "start",
    )


def _bar(fields: Fields, default: Bar) -> Bar:
    return Bar(
        _or(fields.number("quarters"), default.quarters),
        Rating.parse(fields.text("rating")) or default.rating,
    )


def _expected_level(fields: Fields) -> str | None:
    """No level only where the policy says so by null."""
    return (
        fields.text("expected_level") if fields.has("expected_level") else _DEFAULT.expected_level
    )


def _talent_review(fields: Fields) -> TalentReview | None:
    id_ = fields.text("id")
    opens, due, decided_by = (fields.day(name) for name in ("opens", "cases_due", "decided_by"))
    return (
        TalentReview(id_, opens, due, decided_by) if id_ and opens and due and decided_by else None
    )


def _approvals(fields: Fields) -> Approvals:
    default = _DEFAULT.approvals
    return Approvals(
        reviewers=fields.texts("reviewers"),
        required=_or(fields.number("required"), default.required),
        at_or_above_target=_or(fields.number("at_or_above_target"), default.at_or_above_target),
        answer_within_days=_or(fields.number("answer_within_days"), default.answer_within_days),
    )
