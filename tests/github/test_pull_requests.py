"""What GitHub tells of pull requests and their reviews."""

from datetime import datetime
from pathlib import Path

import pytest

from casework.github.connection import Access, connect
from casework.github.fault import FaultKind, GitHubError
from casework.github.repository import Repository
from casework.model.pull_request import GivenReview, PullRequest, Push, ReviewState
from tests.github.hub import Hub
from tests.github.working_copy import commit, run

A, B = "a" * 40, "b" * 40


def at(time: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-22T{time}:00+00:00")


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
            PullRequest(one, "ghopper", A, "main", branch="case-1", opened=at("09:01")),
            PullRequest(fork, "ada-l", B, "main", opened=at("09:11")),
        )

    def test_the_commit_by_which_github_tries_the_merge_is_not_taken_for_one(self, hub, repository):
        number = hub.open_pull_request("ghopper", A)
        assert repository.ask(f"/pulls/{number}")["merge_commit_sha"]
        assert repository.pull_request(number).merge_commit is None

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
            GivenReview("kjohnson", ReviewState.APPROVED, A, at("09:04")),
            GivenReview("bliskov", ReviewState.CHANGES_REQUESTED, B, at("09:05")),
            GivenReview("kjohnson", ReviewState.COMMENTED, B, at("09:06")),
            GivenReview("bliskov", ReviewState.DISMISSED, B, at("09:07")),
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


class TestMergedPullRequests:
    """On real commits: see `clone`, a working copy whose commits the hub takes."""

    @pytest.fixture(params=["merge", "squash", "rebase"])
    def how(self, request: pytest.FixtureRequest) -> str:
        return request.param

    def test_tell_when_and_by_which_commit(self, hub, repository, clone, how):
        number = proposed(hub, clone)
        last = hub.merge(number, how)
        found = repository.pull_request(number)
        assert found.merged is not None
        assert (found.merge_commit, hub.git.tip("main")) == (last, last)
        assert repository.open_pull_requests("main") == ()

    def test_are_found_by_each_commit_that_they_put_on_the_branch(
        self, hub, repository, clone, how
    ):
        before = hub.git.tip("main")
        number = proposed(hub, clone)
        hub.merge(number, how)
        made = hub.git.line(before, "main")
        assert len(made) == (2 if how == "rebase" else 1)
        for each in made:
            assert repository.pull_requests_of(each) == (repository.pull_request(number),)

    def test_are_found_by_their_commit_in_the_merge_queue(self, hub, repository, clone):
        one, other = proposed(hub, clone, "one"), proposed(hub, clone, "other")
        before = hub.git.tip("main")
        hub.merge_queued(hub.merge_group("main", [one, other])[0])
        found = [repository.pull_requests_of(each) for each in hub.git.line(before, "main")]
        assert [[each.number for each in listed] for listed in found] == [[one], [other]]
        assert repository.pull_request(one).merge_commit != hub.git.tip("main")

    def test_there_is_none_for_a_commit_that_was_pushed(self, hub, repository, clone):
        assert repository.pull_requests_of(hub.git.tip("main")) == ()

    def test_a_commit_that_is_not_merged_belongs_to_what_proposes_it(self, hub, repository, clone):
        number = proposed(hub, clone)
        (found,) = repository.pull_requests_of(hub.pulls[number].head)
        assert (found.number, found.merged) == (number, None)

    def test_one_that_was_only_closed_was_not_merged(self, hub, repository, clone):
        number = proposed(hub, clone)
        hub.close(number)
        found = repository.pull_request(number)
        assert (found.merged, found.merge_commit) == (None, None)

    def test_a_commit_that_github_does_not_know_is_told_of(self, repository):
        with pytest.raises(GitHubError) as caught:
            repository.pull_requests_of(A)
        assert caught.value.kind is FaultKind.REFUSED

    def test_a_fork_that_was_deleted_has_no_branch(self, hub, repository):
        number = hub.open_pull_request("ada-l", A, fork=True)
        told = repository.ask(f"/pulls/{number}")
        told["head"]["repo"] = None
        hub.fail("GET", r"/pulls/1$", status=200, body=told)
        assert repository.pull_request(number).branch is None

    def test_what_cannot_be_reached_is_asked_again(self, hub, repository, clone):
        number = proposed(hub, clone)
        commit = hub.merge(number)
        hub.fail("GET", r"/commits/\w+/pulls$", status=502)
        hub.drop("GET", r"/commits/\w+/pulls$", skip=1)
        assert [each.number for each in repository.pull_requests_of(commit)] == [number]

    def test_a_token_without_the_permission_is_told_which(self, hub, repository):
        hub.fail("GET", r"/commits/\w+/pulls$", status=403, body={"message": "Not accessible"})
        with pytest.raises(GitHubError) as caught:
            repository.pull_requests_of(A)
        assert "`pull-requests: read`" in caught.value.help


class TestPushes:
    def test_are_the_moves_of_one_branch_newest_first(self, hub, repository):
        hub.open_pull_request("ghopper", A, branch="ada/2027 #1")
        hub.open_pull_request("ghopper", A, branch="another")
        hub.push(1, B)
        assert repository.pushes("ada/2027 #1") == (
            Push(A, B, at("09:08")),
            Push(None, A, at("09:03")),
        )

    def test_a_push_by_force_is_one_and_a_merge_is_none(self, hub, repository, clone):
        number = proposed(hub, clone, "one")
        first = hub.pulls[number].head
        run(clone, "checkout", "-q", "-B", "one", "main")
        hub.push(number, commit(clone, "other.md", "Anew"))
        assert [each.before for each in repository.pushes("one")] == [first, None]
        assert hub.activities[-1].kind == "force_push"
        hub.merge(number)
        assert len(repository.pushes("main")) == 1
        assert len(hub.activities) == 4

    def test_of_a_branch_that_nobody_knows_are_none(self, repository):
        assert repository.pushes("nowhere") == ()

    def test_are_one_page(self, hub, repository):
        hub.open_pull_request("ghopper", A, branch="one")
        for _ in range(120):
            hub.push(1, B)
        assert len(repository.pushes("one")) == 100
        assert repository.calls == 1

    @pytest.mark.parametrize(
        "body",
        [[{}], [{"activity_type": "push", "before": 1}], {"message": "?"}, ["x"], 7,
         [{"activity_type": "push", "before": A, "after": B, "timestamp": "soon"}]],
    )  # fmt: skip
    def test_an_odd_answer_is_none(self, hub, repository, body):
        hub.fail("GET", r"/activity$", status=200, body=body)
        with pytest.raises(GitHubError) as caught:
            repository.pushes("one")
        assert caught.value.kind is FaultKind.UNREACHABLE


def proposed(hub: Hub, clone: Path, branch: str = "one") -> int:
    """A pull request of two commits."""
    run(clone, "checkout", "-q", "-b", branch, "main")
    commit(clone, f"{branch}.md", "Begin")
    return hub.open_pull_request("ghopper", commit(clone, f"{branch}.md", "End"), branch=branch)


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
