"""What GitHub tells of pull requests and their reviews."""

import pytest

from casework.github.connection import Access, connect
from casework.github.fault import FaultKind, GitHubError
from casework.github.repository import Repository
from casework.model.pull_request import GivenReview, PullRequest, ReviewState
from tests.github.hub import Hub

A, B = "a" * 40, "b" * 40


@pytest.fixture
def repository(hub: Hub) -> Repository:
    return connect(Access(hub.api_url, hub.repository, hub.token), [].append)


class TestOpenPullRequests:
    def test_are_those_into_the_branch(self, hub, repository):
        one = hub.open_pull_request("ghopper", A)
        hub.open_pull_request("ghopper", A, base="next")
        closed = hub.open_pull_request("ghopper", A)
        hub.close(closed)
        fork = hub.open_pull_request("ada-l", B, fork=True)
        assert repository.open_pull_requests("main") == (
            PullRequest(one, "ghopper", A, "main"),
            PullRequest(fork, "ada-l", B, "main"),
        )

    def test_are_read_to_the_last_page(self, hub, repository):
        numbers = [hub.open_pull_request("ghopper", A) for _ in range(101)]
        assert [each.number for each in repository.open_pull_requests("main")] == numbers
        assert repository.calls == 2

    def test_take_one_request(self, hub, repository):
        hub.open_pull_request("ghopper", A)
        repository.open_pull_requests("main")
        assert [(each.method, each.status) for each in hub.log] == [("GET", 200)]
        assert repository.calls == 1


class TestReviews:
    def test_come_in_the_order_of_time(self, hub, repository):
        number = hub.open_pull_request("ghopper", A)
        hub.review(number, "kjohnson", "APPROVED", A)
        hub.review(number, "bliskov", "CHANGES_REQUESTED", B)
        hub.review(number, "kjohnson", "COMMENTED", B)
        hub.dismiss(hub.review(number, "bliskov", "APPROVED", B))
        assert repository.reviews(number) == (
            GivenReview("kjohnson", ReviewState.APPROVED, A),
            GivenReview("bliskov", ReviewState.CHANGES_REQUESTED, B),
            GivenReview("kjohnson", ReviewState.COMMENTED, B),
            GivenReview("bliskov", ReviewState.DISMISSED, B),
        )

    def test_are_read_to_the_last_page(self, hub, repository):
        number = hub.open_pull_request("ghopper", A)
        for _ in range(120):
            hub.review(number, "kjohnson", "COMMENTED", A)
        hub.review(number, "kjohnson", "APPROVED", A)
        reviews = repository.reviews(number)
        assert len(reviews) == 121
        assert reviews[-1].state is ReviewState.APPROVED

    def test_a_deleted_account_and_a_lost_commit_are_nobody_and_nothing(self, hub, repository):
        number = hub.open_pull_request("ghopper", A)
        given = _given(user=None, commit_id=None)
        hub.fail("GET", r"/reviews$", status=200, body=[given])
        assert repository.reviews(number) == (GivenReview(None, ReviewState.APPROVED, None),)

    def test_a_state_that_nobody_knows_is_not_taken_for_an_approval(self, hub, repository):
        number = hub.open_pull_request("ghopper", A)
        hub.fail("GET", r"/reviews$", status=200, body=[_given(state="APPROVED_ISH")])
        with pytest.raises(GitHubError) as caught:
            repository.reviews(number)
        assert "`APPROVED_ISH`" in caught.value.message

    def test_of_no_pull_request_are_absent(self, repository):
        with pytest.raises(GitHubError) as caught:
            repository.reviews(99)
        assert caught.value.kind is FaultKind.ABSENT


class TestTheRepository:
    def test_names_its_default_branch(self, repository):
        assert repository.default_branch() == "main"

    def test_answers_plain_questions(self, hub, repository):
        assert repository.ask("")["full_name"] == hub.repository


def _given(**changes: object) -> dict[str, object]:
    return {
        "id": 1,
        "node_id": "x",
        "user": None,
        "body": "",
        "state": "APPROVED",
        "commit_id": A,
    } | changes
