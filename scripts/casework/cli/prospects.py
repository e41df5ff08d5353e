"""What a new case can be about: whom, which level, which talent review, which quarters."""

from casework.assess.quarters import Circumstances
from casework.cli.failure import FailureError, UsageError, did_you_mean
from casework.cli.workplace import Workplace
from casework.model.english import day
from casework.model.fiscal import Quarter
from casework.model.framework import Category, Level
from casework.model.people import Person
from casework.model.policy import TalentReview
from casework.read.documents import PEOPLE, POLICY


def talent_review(wanted: str | None, work: Workplace, done: frozenset[str | None]) -> TalentReview:
    """The talent review that decides: the next one to take cases, or the one that was named.

    `done` are those that have decided on the person already.
    """
    listed = sorted(work.organisation.policy.talent_reviews, key=lambda each: each.cases_due)
    still = [each for each in listed if each.cases_due >= work.today and each.id not in done]
    if wanted is None:
        if not still:
            raise FailureError(
                f"a talent review that still takes cases must be listed in `{POLICY}`; none is",
                "Have the owners of the policy add the next one under `talent_reviews`.",
            )
        return still[0]
    review = work.organisation.policy.talent_review(wanted)
    if review is None:
        raise UsageError(
            f"`--review` must be a talent review of `{POLICY}`; there is no `{wanted}`",
            did_you_mean(wanted, tuple(each.id for each in listed))
            or "Have the owners of the policy add it, or leave `--review` out.",
        )
    if review.decided_by < work.today:
        raise UsageError(
            f"`--review` must be one that is still to be decided; {review.id} ended "
            f"on {day(review.decided_by)}",
            f"Use `--review {still[0].id}`." if still else "Have the policy list the next one.",
        )
    return review


def target(wanted: str | None, level: Level, work: Workplace) -> Level:
    """The level aimed for: the next one, or the one that was named if the policy allows it."""
    framework, skips = work.organisation.framework, work.organisation.policy.skip_levels
    above = framework.levels_above(level.id)
    if not above:
        raise UsageError(
            f"a promotion must lead to a higher level; `{level.id}` is the highest of its track",
            "An increase within the level is possible: `--in-band`.",
        )
    possible = above if skips else above[:1]
    target = next((each for each in possible if each.id == (wanted or above[0].id)), None)
    if target is None:
        raise UsageError(
            f"`--to` must be {' or '.join(each.id for each in possible)}, above `{level.id}`; it "
            f"is `{wanted}`",
            did_you_mean(wanted or "", tuple(each.id for each in possible))
            or "Leave `--to` out: the next level is taken.",
        )
    if not target.finalised:
        raise UsageError(
            f"a promotion must lead to a level whose description is settled; that of `{target.id}` "
            "is not",
            "Wait until the framework describes it. An increase is possible: `--in-band`.",
        )
    return target


def finalised(level: Level | None) -> Level | None:
    """The level, if its description is settled."""
    return level if level is not None and level.finalised else None


def possible_quarters(
    person: Person, categories: tuple[Category, ...], work: Workplace
) -> tuple[Quarter, ...]:
    """The quarters that have ended and can count, in the order of time."""
    policy, since = work.organisation.policy, person.level_since
    circumstances = Circumstances(policy, categories, since, person.onboarded, work.today)
    quarter = policy.calendar.containing(work.today).plus(-1)
    found: list[Quarter] = []
    while circumstances.is_within_window(quarter) and not circumstances.ruled_out(quarter):
        found.append(quarter)
        quarter = quarter.plus(-1)
    return tuple(reversed(found))


def require_fit(person: Person, work: Workplace) -> None:
    """Raise UsageError for somebody about whom no case can be written as things stand."""
    handle, since = person.handle, person.level_since
    if person.is_gone(work.today):
        raise UsageError(
            f"a case must be about somebody who is here; `{handle}` left on {person.left}",
            f"If that is wrong, correct `left` in `{PEOPLE}`.",
        )
    if since is None or person.onboarded is None:
        raise UsageError(
            f"`{handle}` must have `level_since` and `onboarded` in `{PEOPLE}`; one is missing",
            "Add it: without these days nobody knows which quarters count.",
        )
    if since > work.today:
        raise UsageError(
            f"a case must be about a level that is held already; `{handle}` has `{person.level}` "
            f"from {since} on",
            f"Wait for that day, or correct `level_since` in `{PEOPLE}`.",
        )
    if work.organisation.people.get(person.manager) is None:
        raise UsageError(
            f"`{handle}` must have a `manager` in `{PEOPLE}` who is in it too",
            "Add the manager: a case names who writes it.",
        )
