"""What GitHub says of what notes claim: the real client against the loopback GitHub."""

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.clones import CASE
from tests.cli.decided import BOTH, Decided, decided  # noqa: F401  # the fixture
from tests.github.conftest import hub  # noqa: F401  # the fixture
from tests.github.hub import GONE, Hub


class Story:
    """A promotion that is merged on GitHub by the button, and what is told of it afterwards."""

    def __init__(self, decided: Decided, hub: Hub) -> None:  # noqa: F811
        self.decided, self.clone, self.hub = decided, decided.clone, hub
        share_objects(hub.remote, self.clone.root / ".git")
        hub.move_base(self.clone.git("rev-parse", "HEAD"))
        self.clone.git("switch", "-q", "-c", "case")

    def open(self, author: str | None = "ghopper", base: str = "main") -> int:
        head = self.decided.decide(subject="The decision", day="2026-11-21", decided="2026-11-20")
        return self.hub.open_pull_request(author, head, base=base)

    def merge(self, number: int, how: str = "merge") -> str:
        """Merge it, and let the main branch here be that of GitHub."""
        commit = self.hub.merge(number, how)
        self.clone.git("checkout", "-q", "-f", "-B", "main", commit)
        return commit


def share_objects(remote: Path, clone: Path) -> None:
    """Let both have one store of objects, so that nothing need be sent from one to the other."""
    shutil.rmtree(remote / "objects")
    (clone / "objects").rename(remote / "objects")
    (clone / "objects").symlink_to(remote / "objects", target_is_directory=True)


@pytest.fixture
def story(decided: Decided, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> Story:  # noqa: F811
    for name in ("GITHUB_TOKEN", "GITHUB_SERVER_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GITHUB_API_URL", hub.api_url)
    monkeypatch.setenv("GITHUB_REPOSITORY", hub.repository)
    monkeypatch.setenv("GH_TOKEN", hub.token)
    monkeypatch.setattr("time.sleep", lambda _: None)
    return Story(decided, hub)


@pytest.fixture
def asked(run, story: Story):
    def ask(*words: str, code: int) -> dict[str, str]:
        ran = run("audit", "--format", "json", *words, at=story.clone)
        assert (ran.code, ran.err) == (code, ""), ran.out
        (case,) = json.loads(ran.out)["cases"]
        assert story.hub.token not in ran.out
        assert (case["answer"] == "does-not-hold") == (code == 1)
        return dict(case["github"] or {})

    return ask


@pytest.mark.parametrize("how", ["merge", "squash", "rebase"])
def test_confirms_what_was_so(story: Story, asked, how):
    number = story.open()
    head = story.hub.pulls[number].head
    for _, account, _ in BOTH:
        story.hub.review(number, account, "approved")
    story.merge(number, how)
    story.decided.note(number=number, reviewed=head)
    assert asked(code=0)["word"] == "confirmed"


def test_asks_once_about_each_pull_request_and_only_reads(story: Story, asked):
    number = story.open()
    for _, account, _ in BOTH:
        story.hub.review(number, account, "approved")
    story.merge(number)
    story.decided.note(number=number)
    asked(code=0)
    assert not story.hub.writes
    assert len(story.hub.calls) <= 4
    asked("--offline", code=0)
    assert len(story.hub.calls) <= 4


def contradicted(asked, words: str) -> None:
    found = asked(code=1)
    assert found["word"] == "contradicted"
    assert words in found["detail"]


class TestContradicts:
    def test_a_pull_request_that_there_never_was(self, story: Story, asked):
        number = story.open()
        story.merge(number)
        story.decided.note(number=99)
        contradicted(asked, "there is no pull request 99")

    def test_one_that_was_not_merged(self, story: Story, asked):
        number = story.open()
        story.clone.git("branch", "-qf", "main", "case")
        story.clone.git("switch", "-q", "main")
        story.decided.note(number=number)
        contradicted(asked, "was not merged")

    def test_one_that_went_into_another_branch(self, story: Story, asked):
        story.hub.move_base(story.clone.git("rev-parse", "HEAD"), "next")
        number = story.open(base="next")
        story.hub.merge(number)
        story.clone.git("branch", "-qf", "main", "case")
        story.clone.git("switch", "-q", "main")
        story.decided.note(number=number)
        story.hub.settings["branches/next"] = {"name": "next"}
        contradicted(asked, "went into `next`")

    def test_a_decision_that_was_pushed_with_the_number_of_another_one(self, story: Story, asked):
        story.decided.draft("cases/barbara-liskov/2027-02.md", person="barbara-liskov")
        number = story.hub.open_pull_request("ghopper", story.clone.git("rev-parse", "HEAD"))
        for _, account, _ in BOTH:
            story.hub.review(number, account, "approved")
        story.merge(number, "squash")
        commit = story.decided.decide(subject="Pushed", day="2026-11-21", decided="2026-11-20")
        story.hub.move_base(commit)
        story.decided.note(number=number)
        contradicted(asked, f"commit `{commit[:12]}` did not come with pull request {number}")

    def test_approvals_that_were_made_up(self, story: Story, asked):
        number = story.open()
        story.hub.review(number, "kjohnson", "approved")
        story.merge(number)
        story.decided.note(number=number)
        contradicted(asked, "it knows of no review by `bliskov`")

    def test_approvals_that_came_after_the_merge(self, story: Story, asked):
        number = story.open()
        story.hub.review(number, "kjohnson", "approved")
        story.merge(number)
        story.hub.review(number, "bliskov", "approved")
        story.decided.note(number=number)
        contradicted(asked, "only after it was merged")

    def test_a_request_for_changes(self, story: Story, asked):
        number = story.open()
        story.hub.review(number, "kjohnson", "approved")
        story.hub.review(number, "bliskov", "approved")
        story.hub.review(number, "bliskov", "changes_requested")
        story.merge(number)
        story.decided.note(number=number)
        contradicted(asked, "asked for changes")

    def test_an_approval_of_another_commit(self, story: Story, asked):
        number = story.open()
        for _, account, _ in BOTH:
            story.hub.review(number, account, "approved")
        story.merge(number)
        story.decided.note(number=number, reviewed="0123456789" * 4)
        contradicted(asked, "approved a commit other than")

    @pytest.mark.parametrize("says_which", [True, False])
    def test_an_approval_of_what_was_not_decided(self, story: Story, asked, says_which):
        story.decided.draft()
        number = story.open()
        draft = story.clone.git("rev-parse", "HEAD~")
        for _, account, _ in BOTH:
            story.hub.review(number, account, "approved", draft)
        story.merge(number)
        story.decided.note(number=number, reviewed=draft if says_which else None)
        contradicted(asked, "approved a different version of the case")

    def test_a_request_for_changes_that_it_leaves_out(self, story: Story, asked):
        policy = story.clone.root / "framework/policy.yaml"
        policy.write_text(policy.read_text().replace("approvals:\n", "approvals:\n  required: 1\n"))
        story.clone.commit("One is enough")
        story.hub.move_base(story.clone.git("rev-parse", "HEAD"))
        number = story.open()
        story.hub.review(number, "kjohnson", "approved")
        story.hub.review(number, "bliskov", "changes_requested")
        story.merge(number)
        story.decided.note(number=number, approvals=BOTH[:1])
        contradicted(asked, "Barbara Liskov, whom it does not name, had asked for changes")

    def test_an_approval_by_whoever_opened_it(self, story: Story, asked):
        number = story.open("kjohnson")
        for _, account, _ in BOTH:
            story.hub.review(number, account, "approved")
        story.merge(number)
        story.decided.note(number=number)
        contradicted(asked, "Katherine Johnson opened pull request")


class TestCannotTell:
    def test_an_account_that_has_another_name_now(self, story: Story, asked):
        number = story.open()
        for account in ("kj-renamed", "bliskov"):
            story.hub.review(number, account, "approved")
        story.merge(number)
        story.decided.note(number=number)
        found = asked(code=0)
        assert found["word"] == "not-asked"
        assert "`kjohnson`" in found["detail"]

    def test_unless_people_yaml_has_the_new_name_by_now(self, story: Story, asked):
        number = story.open()
        for account in ("kj-renamed", "bliskov"):
            story.hub.review(number, account, "approved")
        story.merge(number)
        story.decided.note(number=number)
        place = story.clone.root / "cases/people.yaml"
        place.write_text(place.read_text().replace("kjohnson", "kj-renamed"))
        story.clone.commit("Renamed")
        assert asked(code=0)["word"] == "confirmed"

    def test_an_account_that_somebody_else_has_by_now(self, story: Story, asked):
        number = story.open()
        for account in ("kj-renamed", "bliskov"):
            story.hub.review(number, account, "approved")
        story.merge(number)
        story.decided.note(number=number)
        place = story.clone.root / "cases/people.yaml"
        moved = "katherine-j: {name: Katherine Johnson, github: kj-renamed}"
        place.write_text(place.read_text() + f"  {moved}\n")
        story.clone.commit("Another handle")
        assert asked(code=0)["word"] == "not-asked"

    def test_a_branch_that_had_another_name_then(self, story: Story, asked):
        story.hub.move_base(story.clone.git("rev-parse", "HEAD"), "master")
        number = story.open(base="master")
        for _, account, _ in BOTH:
            story.hub.review(number, account, "approved")
        story.merge(number)
        story.decided.note(number=number)
        found = asked(code=0)
        assert found["word"] == "not-asked"
        assert "may have been the name of `main`" in found["detail"]

    @pytest.mark.parametrize(
        ("profile", "words"),
        [({"fork": True}, "a fork"), ({"created_at": "2027-03-01T00:00:00Z"}, "made there after")],
    )
    def test_a_pull_request_of_another_repository(self, story: Story, asked, profile, words):
        number = story.open()
        story.merge(number)
        story.decided.note(number=99)
        story.hub.settings[""] = profile
        found = asked(code=0)
        assert found["word"] == "not-asked"
        assert words in found["detail"]

    def test_what_github_no_longer_has(self, story: Story, asked):
        number = story.open()
        for _, account, _ in BOTH:
            story.hub.review(number, account, "approved")
        story.merge(number)
        story.decided.note(number=number)
        story.hub.fail("GET", r"/contents/cases/", status=404, times=None)
        assert "as Katherine Johnson approved it" in asked(code=0)["detail"]

    def test_a_deleted_account(self, story: Story, asked):
        number = story.open()
        story.hub.review(number, None, "approved")
        story.hub.review(number, "bliskov", "approved")
        story.merge(number)
        story.decided.note(number=number)
        assert asked(code=0)["word"] == "not-asked"

    def test_an_approval_that_was_dismissed_at_some_time(self, story: Story, asked):
        number = story.open()
        story.hub.review(number, "kjohnson", "approved")
        story.hub.dismiss(story.hub.review(number, "bliskov", "approved"))
        story.merge(number)
        story.decided.note(number=number)
        assert "dismissed" in asked(code=0)["detail"]

    def test_a_commit_that_github_has_forgotten_is_no_contradiction(self, story: Story, asked):
        number = story.open()
        for _, account, _ in BOTH:
            story.hub.review(number, account, "approved", GONE)
        story.merge(number)
        story.decided.note(number=number, reviewed="0123456789" * 4)
        assert asked(code=0)["word"] == "confirmed"


class TestGitHubDoesNotAnswer:
    @pytest.fixture
    def merged(self, story: Story) -> Story:
        number = story.open()
        for _, account, _ in BOTH:
            story.hub.review(number, account, "approved")
        story.merge(number)
        story.decided.note(number=number)
        return story

    @pytest.mark.parametrize("status", [401, 403, 404, 502])
    @pytest.mark.parametrize("where", [r"/repos/acme/careers$", r"/pulls/1/reviews"])
    def test_but_with_an_error(self, merged: Story, asked, status, where):
        merged.hub.fail("GET", where, status=status, times=None)
        assert asked(code=0)["word"] == "not-asked"

    def test_at_all(self, merged: Story, asked):
        merged.hub.drop("GET", r".*", times=None)
        assert asked(code=0)["word"] == "not-asked"

    def test_for_a_moment_only(self, merged: Story, asked):
        merged.hub.fail("GET", r"/pulls/1$", status=502, times=2)
        merged.hub.drop("GET", r"/reviews")
        assert asked(code=0)["word"] == "confirmed"

    def test_any_more_once_its_limit_is_reached(self, merged: Story, run):
        path = "cases/barbara-liskov/2027-02.md"
        merged.decided.decide(
            "not-yet", path, people=None, person="barbara-liskov", decided="2026-11-20",
            day="2026-11-22",
        )  # fmt: skip
        merged.decided.note(path=path, number=77)
        body = {"message": "API rate limit exceeded"}
        headers = {"Retry-After": "3600"}
        merged.hub.fail("GET", r"/pulls/", status=403, body=body, headers=headers, times=None)
        ran = run("audit", "--format", "json", at=merged.clone)
        told = [each["github"] for each in json.loads(ran.out)["cases"]]
        assert {each["word"] for each in told} == {"not-asked"}
        assert sum("/pulls/" in each.path for each in merged.hub.calls) == 1
        assert "too many" in told[0]["detail"]

    def test_because_nobody_knows_which_repository(self, merged: Story, run, monkeypatch):
        monkeypatch.delenv("GITHUB_REPOSITORY")
        ran = run("audit", at=merged.clone)
        assert ran.code == 0
        assert "GitHub was not asked: the repository on GitHub must be known" in " ".join(
            ran.out.split()
        )


def test_says_once_why_github_could_not_be_asked(story: Story, run):
    number = story.open()
    story.merge(number)
    story.decided.note(number=number)
    story.hub.fail("GET", r".*", status=401, times=None)
    said = " ".join(run("audit", at=story.clone).out.split())
    assert "as its note says, which GitHub could not confirm" in said
    assert said.count("GitHub could not be asked") == 1
    assert f"About `{CASE}`: GitHub could not be asked: GitHub must know the token" in said


@pytest.mark.parametrize("format", ["text", "markdown"])
def test_says_so_to_people(story: Story, run, format):
    number = story.open()
    story.hub.review(number, "kjohnson", "approved")
    story.merge(number)
    story.decided.note(number=number)
    ran = run("audit", "--format", format, at=story.clone)
    assert ran.code == 1
    assert "contradicted" in ran.out
    assert "it knows of no review by `bliskov`" in " ".join(ran.out.split())
    assert CASE in ran.out


def test_without_a_token_nothing_is_asked(story: Story, run, monkeypatch):
    number = story.open()
    story.merge(number)
    story.decided.note(number=number)
    monkeypatch.delenv("GH_TOKEN")
    assert "With a token in `GH_TOKEN`" in run("audit", at=story.clone).out.replace("\n", " ")
    assert not story.hub.calls
