"""What the loopback GitHub keeps of issues, merges and pushes: is it what GitHub would keep?"""

import pytest
import requests

from github import GithubException
from tests.github.test_hub import ONE, TWO, client
from tests.github.working_copy import commit, run


@pytest.fixture
def repository(hub):
    with client(hub) as connected:
        yield connected.get_repo(hub.repository)


class TestIssues:
    def test_share_their_numbers_and_their_list_with_pull_requests(self, hub, repository):
        pull = hub.open_pull_request("ada", ONE)
        made = repository.create_issue("Growth", "One")
        assert (made.number, hub.open_pull_request("ada", TWO)) == (pull + 1, pull + 2)
        listed = list(repository.get_issues(state="all", direction="asc"))
        assert [one.pull_request is None for one in listed] == [False, True, False]

    def test_are_listed_by_creator_and_state(self, hub, repository):
        hub.issue("ada", "Mine")
        made = repository.create_issue("Growth", "One")
        made.edit(title="Growth of the team", body="Two", state="closed", state_reason="completed")
        found = list(repository.get_issues(state="all", creator="github-actions[bot]"))
        assert [(one.title, one.body, one.state_reason) for one in found] == [
            ("Growth of the team", "Two", "completed")
        ]
        assert [one.title for one in repository.get_issues()] == ["Mine"]
        made.edit(state="open")
        assert hub.issues[made.number].reason == "reopened"

    def test_are_of_limited_length(self, hub, repository):
        for title, body in (("x" * 257, ""), ("x", "x" * 65_537), (" ", "x")):
            with pytest.raises(GithubException) as refused:
                repository.create_issue(title, body)
            assert refused.value.status == 422
        assert hub.issues == {}

    def test_that_are_gone_or_switched_off_are_410(self, hub, repository):
        number = hub.issue("ada", "Mine")
        hub.delete_issue(number)
        assert status(lambda: repository.get_issue(number).title) == 410
        assert status(lambda: repository.get_issue(number).edit(title="x")) == 410
        assert status(lambda: repository.get_issue(99).title) == 404
        hub.has_issues = False
        assert status(lambda: list(repository.get_issues())) == 410
        assert status(lambda: repository.create_issue("Growth")) == 410


def status(action):
    with pytest.raises(GithubException) as refused:
        action()
    return refused.value.status


class TestMerging:
    def propose(self, hub, clone, name="one", onto="main"):
        run(clone, "checkout", "-q", "-b", name, onto)
        commit(clone, f"{name}.md", "Begin")
        head = commit(clone, f"{name}.md", "End")
        return hub.open_pull_request("ada", head, branch=name, title="Promote Ada")

    @pytest.mark.parametrize(
        ("how", "subjects", "parents"),
        [
            ("merge", ["Merge pull request #1 from acme/one"], 2),
            ("squash", ["Promote Ada (#1)"], 1),
            ("rebase", ["Begin", "End"], 1),
        ],
    )
    def test_leaves_what_github_leaves(self, hub, clone, how, subjects, parents):
        before = hub.git.tip("main")
        hub.turn_clock("2027-02-20")
        number = self.propose(hub, clone)
        last = hub.merge(number, how, by="grace")
        made = hub.git.line(before, "main")
        told = [hub.git.git("log", "-1", "--format=%s", each) for each in made]
        assert (told, made[-1], hub.git.tip("main")) == (subjects, last, last)
        assert len(hub.git.parents(last)) == parents
        when = [hub.git.git("log", "-1", "--format=%cd", "--date=short", one) for one in made]
        assert set(when) == {"2027-02-20"}
        assert hub.git.file("main", "one.md") == b"End"
        pull = hub.pulls[number]
        assert (pull.state, pull.merge_commit, pull.merged) == ("closed", last, True)
        assert (hub.activities[-1].kind, hub.activities[-1].by) == ("pr_merge", "grace")

    def test_keeps_the_author_of_each_rebased_commit(self, hub, clone):
        number = self.propose(hub, clone)
        run(clone, "commit", "-q", "--amend", "--no-edit", "--author=Ada <ada@example.com>")
        hub.push(number, run(clone, "rev-parse", "HEAD"))
        last = hub.merge(number, "rebase")
        assert hub.git.git("log", "-1", "--format=%an, %cn", last) == "Ada, GitHub"

    def test_refuses_what_conflicts_and_what_is_closed(self, hub, clone):
        one = self.propose(hub, clone)
        run(clone, "checkout", "-q", "-b", "two", "main")
        two = hub.open_pull_request("ada", commit(clone, "one.md", "Other"))
        tip = hub.merge(one)
        for how in ("merge", "squash", "rebase"):
            with pytest.raises(RuntimeError):
                hub.merge(two, how)
        with pytest.raises(AssertionError):
            hub.merge(one)
        assert (hub.git.tip("main"), hub.pulls[two].state) == (tip, "open")

    def test_of_a_fork_names_its_owner(self, hub, clone):
        number = self.propose(hub, clone)
        hub.pulls[number].fork = True
        last = hub.merge(number)
        subject = hub.git.git("log", "-1", "--format=%s", last)
        assert subject == "Merge pull request #1 from ada/one"

    @pytest.mark.parametrize("squash", [False, True])
    def test_by_the_queue_moves_the_base_to_the_group(self, hub, clone, squash):
        numbers = [self.propose(hub, clone, name) for name in ("one", "two")]
        before = hub.git.tip("main")
        branch, tip = hub.merge_group("main", numbers, squash)
        assert hub.merge_queued(branch) == hub.git.tip("main") == tip
        line = hub.git.line(before, "main")
        assert [hub.pulls[each].merge_commit for each in numbers] == line
        assert [hub.introduced[each] for each in line] == numbers


class TestActivity:
    def ask(self, hub, **query):
        headers = {"Authorization": f"Bearer {hub.token}"}
        url = f"{hub.api_url}/repos/{hub.repository}/activity"
        return requests.get(url, query, headers=headers, timeout=5)

    def test_is_told_newest_first_and_in_pages(self, hub):
        number = hub.open_pull_request("ada", ONE, branch="one")
        for _ in range(4):
            hub.push(number, TWO)
        hub.open_pull_request("ada", ONE, branch="two")
        hub.open_pull_request("ada", ONE, branch="of-a-fork", fork=True)
        first = self.ask(hub, ref="one", per_page=3)
        after = first.links["next"]["url"].split("after=")[1].split("&")[0]
        rest = self.ask(hub, ref="refs/heads/one", per_page=3, after=after)
        told = [*first.json(), *rest.json()]
        assert [one["activity_type"] for one in told] == ["push"] * 4 + ["branch_creation"]
        assert "next" not in rest.links
        assert [one["ref"] for one in self.ask(hub).json()][:1] == ["refs/heads/two"]
        assert [one["id"] for one in self.ask(hub, ref="one", direction="asc").json()] == [
            one["id"] for one in reversed(told)
        ]
