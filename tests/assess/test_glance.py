"""A talent review at a glance: which one, which cases, in which order, and who waits."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from casework.assess import assess, verdict
from casework.assess.glance import current_review, glance, review_before, waiting
from casework.model.case import Case
from casework.model.glance import Glance, Sighting, Where
from casework.model.growth import KnownCase
from casework.model.pull_request import GivenReview, PullRequest, ReviewState
from casework.model.report import CaseReport
from tests.factories import a_case, a_person, a_policy, an_organisation, some_people

TODAY = date(2026, 11, 22)
PEOPLE = some_people(
    a_person("alan-turing", level="IC2", level_since="2025-02-01", onboarded="2024-08-01"),
    a_person("zora", name="Ähn Zora", level="IC2"),
)
ORGANISATION = an_organisation(people=PEOPLE)
NOW, BEFORE = ORGANISATION.policy.talent_reviews[1], ORGANISATION.policy.talent_reviews[0]


def reported(case: Case) -> CaseReport:
    assessment = assess(case, ORGANISATION, TODAY)
    return CaseReport(
        case.path, case.person, case.kind, case.from_level, case.to_level, case.review,
        case.status, verdict(assessment, has_error=False), assessment,
    )  # fmt: skip


def seen(where: Where = Where.MAIN, number: int | None = None, **fields: Any) -> Sighting:
    return Sighting(KnownCase(reported(a_case(**fields))), where, number)


def at_a_glance(*sightings: Sighting) -> Glance:
    return glance(sightings, NOW, ORGANISATION, TODAY)


class TestWhichReview:
    @pytest.mark.parametrize(
        ("today", "id"),
        [
            ("2026-01-01", "2026-08"),
            ("2026-08-31", "2026-08"),
            ("2026-09-01", "2027-02"),
            ("2027-02-28", "2027-02"),
            ("2027-03-01", "2027-02"),
        ],
    )
    def test_the_one_in_progress_or_the_next_or_else_the_last(self, today: str, id: str) -> None:
        found = current_review(ORGANISATION.policy, date.fromisoformat(today))
        assert found is not None
        assert found.id == id

    def test_none_where_none_is_listed(self) -> None:
        assert current_review(a_policy(talent_reviews=()), TODAY) is None

    def test_the_one_before(self) -> None:
        assert review_before(NOW, ORGANISATION.policy) == BEFORE
        assert review_before(BEFORE, ORGANISATION.policy) is None

    def test_of_several_before_the_latest(self) -> None:
        first = BEFORE._replace(id="2026-02", decided_by=date(2026, 2, 28))
        policy = ORGANISATION.policy._replace(talent_reviews=(first, BEFORE, NOW))
        assert review_before(NOW, policy) == BEFORE


class TestWhichCases:
    def test_by_the_persons_name_and_never_by_readiness(self) -> None:
        ready = seen(person="edsger-dijkstra")
        broken = seen(person="ada-lovelace", ratings={}, status=None)
        accented = seen(person="zora")
        made = at_a_glance(ready, broken, accented)
        assert [each.known.report.person for each in made.cases] == [
            "ada-lovelace", "zora", "edsger-dijkstra"
        ]  # fmt: skip

    def test_decided_ones_of_the_review_belong_to_it(self) -> None:
        made = at_a_glance(seen(status="promoted", decided="2026-11-01"))
        assert len(made.cases) == 1

    def test_what_the_review_before_left_undecided_is_not_lost(self) -> None:
        left = seen(review="2026-08", status="submitted")
        over = seen(review="2026-08", status="promoted", decided="2026-08-20", person="zora")
        older = seen(review="2026-02", status="submitted")
        (one,) = at_a_glance(left, over, older).earlier
        assert one.known.report.path == "cases/ada-lovelace/2026-08.md"
        assert one.due is not None
        assert one.due.stage == "decision-late"

    def test_in_band_ones_until_the_main_branch_has_the_decision(self) -> None:
        draft = seen(kind="in-band-increase")
        over = seen(kind="in-band-increase", status="granted", person="zora")
        proposed = seen(Where.PULL_REQUEST, 7, kind="in-band-increase", status="granted",
                        person="alan-turing")  # fmt: skip
        made = at_a_glance(draft, over, proposed)
        assert [each.known.report.person for each in made.in_band] == [
            "ada-lovelace", "alan-turing"
        ]  # fmt: skip
        assert made.cases == ()

    def test_what_a_pull_request_proposes_is_told_instead(self) -> None:
        main, here = seen(), seen(Where.HERE, status="submitted")
        one, other = (seen(Where.PULL_REQUEST, each, status="submitted") for each in (9, 4))
        elsewhere = seen(person="zora")
        made = at_a_glance(main, here, one, other, elsewhere)
        told = [(each.pull_request, each.where) for each in made.cases]
        assert told == [
            (4, Where.PULL_REQUEST), (9, Where.PULL_REQUEST), (None, Where.MAIN)
        ]  # fmt: skip

    def test_what_is_due_follows_from_the_files_name(self) -> None:
        misnamed = seen(status="submitted")
        case = misnamed.known.report._replace(review="2026-08")
        (one,) = at_a_glance(misnamed._replace(known=KnownCase(case))).cases
        assert one.due is not None
        assert one.due.day == NOW.decided_by


OPENED, PUSHED = datetime(2026, 11, 2, 23, tzinfo=UTC), datetime(2026, 11, 9, 1, tzinfo=UTC)


def request(*reviews: tuple[str | None, str, str]) -> PullRequest:
    given = tuple(GivenReview(login, ReviewState(state), at) for login, state, at in reviews)
    return PullRequest(7, "grace-hopper-gh", "head", "main", given, "case", OPENED)


def waits(
    *reviews: tuple[str | None, str, str], pushed: datetime | None = PUSHED, status: str
) -> tuple[str, str] | None:
    case = reported(a_case(status=status))
    found = waiting(request(*reviews), [case], pushed, ORGANISATION)
    return found and (found.since.isoformat(), found.answer_by.isoformat())


class TestWaiting:
    def test_since_the_last_push(self) -> None:
        assert waits(status="submitted") == ("2026-11-09", "2026-11-16")

    def test_since_it_was_opened_where_that_came_later_or_nobody_knows(self) -> None:
        earlier = OPENED.replace(day=1)
        assert waits(pushed=earlier, status="submitted") == ("2026-11-02", "2026-11-09")
        assert waits(pushed=None, status="promoted") == ("2026-11-02", "2026-11-09")

    def test_nobody_waits_with_a_draft(self) -> None:
        assert waits(status="draft") is None

    def test_somebody_waits_where_one_of_several_is_no_draft(self) -> None:
        cases = [reported(a_case(status=each)) for each in ("draft", "submitted")]
        assert waiting(request(), cases, PUSHED, ORGANISATION) is not None

    @pytest.mark.parametrize("state", ["approved", "changes-requested"])
    def test_until_a_reviewer_has_an_opinion_on_the_head(self, state: str) -> None:
        assert waits(("Barbara-Liskov-GH", state, "head"), status="submitted") is None

    @pytest.mark.parametrize(
        "review",
        [
            ("barbara-liskov-gh", "commented", "head"),
            ("barbara-liskov-gh", "dismissed", "head"),
            ("barbara-liskov-gh", "approved", "older"),
            ("margaret-hamilton-gh", "approved", "head"),
            (None, "approved", "head"),
        ],
    )
    def test_nothing_else_is_an_answer(self, review: tuple[str | None, str, str]) -> None:
        assert waits(review, status="submitted") == ("2026-11-09", "2026-11-16")
