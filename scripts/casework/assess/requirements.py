"""What is asked of a case, and how each requirement stands."""

from casework.assess.answers import answer, unknown_until_repaired
from casework.assess.matter import Matter
from casework.assess.performance import enough_quarters, not_yet_next_level
from casework.assess.phrases import listed
from casework.assess.selection import CURRENT_LEVEL, EXCEEDS_CURRENT_LEVEL, NEXT_LEVEL, Selection
from casework.assess.verdict import APPROVALS
from casework.model import english
from casework.model.case import Case, Kind, Status
from casework.model.framework import Level
from casework.model.organisation import Organisation
from casework.model.policy import Policy, TalentReview
from casework.model.report import Requirement, State

TARGET = "next-level"
VALUES = "values"
TALENT_REVIEW = "talent-review"
FEEDBACK = "feedback"


def requirements(
    matter: Matter, selection: Selection, approvals: Requirement | None
) -> tuple[Requirement, ...]:
    """All requirements of a case, in the rules' order.

    `approvals` is what the pull request says of them; None where there is none to ask.
    """
    case, approved = matter.case, approvals or _unknown_approvals()
    if matter.asks_for_feedback_only:
        return (_feedback(case), approved)
    if matter.kind is Kind.IN_BAND_INCREASE:
        return (
            enough_quarters(matter, selection, EXCEEDS_CURRENT_LEVEL),
            not_yet_next_level(matter),
            _values(case),
            approved,
        )
    return (
        _next_level(case, matter.organisation),
        enough_quarters(matter, selection, CURRENT_LEVEL),
        enough_quarters(matter, selection, NEXT_LEVEL),
        _values(case),
        _talent_review(matter),
        approved,
    )


def _next_level(case: Case, organisation: Organisation) -> Requirement:
    framework = organisation.framework
    for field, level in (("from", case.from_level), ("to", case.to_level)):
        if level is None or (field == "from" and framework.level(level) is None):
            return unknown_until_repaired(TARGET, field if case.document.readable else "")
    target = framework.level(case.to_level)
    if target is None:
        return answer(TARGET, False, f"`{case.to_level}` is not a level of the framework.")
    above = framework.levels_above(case.from_level)
    allowed = above if organisation.policy.skip_levels else above[:1]
    if target not in allowed:
        return answer(TARGET, False, _wrong_level(case, above, organisation.policy.skip_levels))
    if not target.finalised:
        said = (
            f"The description of {target.id} is not finalised, so nobody can be promoted to it yet."
        )
        return answer(TARGET, False, said)
    where = "right above" if target is above[0] else "above"
    said = f"{target.id} is {where} {case.from_level}, and its description is finalised."
    return answer(TARGET, True, said)


def _wrong_level(case: Case, above: tuple[Level, ...], skip_levels: bool) -> str:
    if not above:
        return f"{case.from_level} is the highest level: there is none above it."
    if skip_levels:
        accepted = listed((level.id for level in above), "or")
        return f"`to` must be above {case.from_level} ({accepted}); it is `{case.to_level}`."
    which = f"{above[0].id}, the level right above {case.from_level}"
    return f"`to` must be {which}; it is `{case.to_level}`."


def _values(case: Case) -> Requirement:
    section = case.section("Values")
    if section is not None and section.has_content:
        return answer(VALUES, True, "The Values section has content.")
    if not case.document.readable:
        return unknown_until_repaired(VALUES, "")
    said = "There is no Values section." if section is None else "The Values section is empty."
    return answer(VALUES, False, said)


def _talent_review(matter: Matter) -> Requirement:
    case, policy = matter.case, matter.organisation.policy
    if case.review is None:
        return unknown_until_repaired(TALENT_REVIEW, "review" if case.document.readable else "")
    review = policy.talent_review(case.review)
    if review is None:
        said = f"`{case.review}` is not a talent review: {_those_of(policy)}."
        return answer(TALENT_REVIEW, False, said)
    is_over = matter.circumstances.day > review.decided_by
    if is_over and case.status is None:
        return unknown_until_repaired(TALENT_REVIEW, "status")
    if is_over and case.status is Status.DRAFT:
        return answer(TALENT_REVIEW, False, _too_late(review, matter))
    return answer(TALENT_REVIEW, True, _dates(review))


def _dates(review: TalentReview) -> str:
    opens, due, end = map(english.day, (review.opens, review.cases_due, review.decided_by))
    return f"`{review.id}`, from {opens}: cases due by {due}, decided by {end}."


def _those_of(policy: Policy) -> str:
    ids = [f"`{each.id}`" for each in policy.talent_reviews]
    return f"the policy lists {listed(ids)}" if ids else "the policy lists none yet"


def _too_late(review: TalentReview, matter: Matter) -> str:
    day, reviews = matter.circumstances.day, matter.organisation.policy.talent_reviews
    later = [each for each in reviews if each.decided_by >= day]
    way_out = (
        f"name a later one, such as `{min(later, key=lambda each: each.decided_by).id}`"
        if later
        else "people ops must list the next one"
    )
    ended = f"`{review.id}` ended on {english.day(review.decided_by)}"
    return f"{ended}, and this is still a draft: {way_out}."


def _feedback(case: Case) -> Requirement:
    from casework.assess.feedback import PARTS, parts_missing  # only some decisions need any

    section = case.section("Feedback")
    if section is None:
        said = f"There is no Feedback section with {listed(PARTS)}."
        return answer(FEEDBACK, False, said)
    if lacking := parts_missing(section):
        said = f"The feedback lacks {listed(lacking)}: {_how_to_begin(lacking[0])}."
        return answer(FEEDBACK, False, said)
    return answer(FEEDBACK, True, f"The feedback has {listed(PARTS)}.")


def _how_to_begin(part: str) -> str:
    title = part.split()[-1].capitalize()
    return f"each begins with a heading such as `### {title}`, or with `{title}:`"


def _unknown_approvals() -> Requirement:
    said = "Approvals are known only on the pull request."
    return Requirement(APPROVALS, State.UNDETERMINED, (), said)
