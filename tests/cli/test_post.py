"""`casework review --post`: real commits, the real PyGithub, a GitHub on loopback that fails."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from casework.cli import post
from casework.cli.failure import Exit
from tests.cli.clones import CASE, PEOPLE, ROOT, Clone, Ran, Run, case
from tests.cli.published import Published, committed
from tests.github.conftest import hub as hub  # a fixture
from tests.github.hub import BOT, Hub

MANAGER, REVIEWERS, OWNER = "ghopper", ("kjohnson", "bliskov"), "mhamilton"
PEOPLE_FILE, POLICY_FILE = "cases/people.yaml", "framework/policy.yaml"
TODAY = "2027-02-25"

DECIDED = case("promoted", decided="2027-02-20", effective="2027-02-01")
PROMOTED = PEOPLE.replace(
    "level: IC2, level_since: 2025-02-01", "level: IC3, level_since: 2027-02-01"
)
DECISION = {CASE: DECIDED, PEOPLE_FILE: PROMOTED}


class World:
    """An organisation's repository on GitHub, and the clone that the workflow works in."""

    def __init__(self, served: Hub, clone: Clone, here: Path, run: Run, folder: Path, patch: Any):
        self.hub, self.clone, self.here, self.folder = served, clone, here, folder
        self._run, self._patch = run, patch
        self.waited: list[float] = []

    def commit(self, changes: dict[str, str | None], onto: str = "main") -> str:
        return committed(self.clone.root, changes, onto)

    def open(self, changes: dict[str, str | None], author: str = MANAGER, **given: Any) -> int:
        return self.hub.open_pull_request(author, self.commit(changes), **given)

    def merge(self, changes: dict[str, str | None]) -> None:
        """Something else gets into the default branch."""
        made = committed(self.clone.root, changes, "main", "Meanwhile")
        self.clone.git("checkout", "-q", "-f", "-B", "main", made)
        self.hub.move_base(made)

    def approve(self, number: int, *logins: str) -> None:
        for login in logins or REVIEWERS:
            self.hub.review(number, login, "APPROVED")

    def happens(self, name: str, number: int | None = None, **given: Any) -> Ran:
        file = self.folder / "event.json"
        file.write_text(json.dumps(self.hub.event(name, number, **given)), "utf-8")
        self.summary.write_text("", "utf-8")
        self._patch.setenv("GITHUB_EVENT_NAME", name)
        self._patch.setenv("GITHUB_EVENT_PATH", str(file))
        self.hub.log.clear()
        return self._run("review", "--post", at=self.here, today=TODAY)

    def set(self, variable: str, value: str) -> None:
        self._patch.setenv(variable, value)

    def judged(self, number: int) -> Ran:
        return self.happens("pull_request_target", number, action="synchronize")

    def check(self, number: int) -> dict[str, Any]:
        """The latest check on what the pull request proposes."""
        return self.hub.check_runs(self.hub.pulls[number].head)[-1]

    def comment(self, number: int) -> str:
        (one,) = [each for each in self.hub.comments(number) if each["login"] == BOT]
        body: str = one["body"]
        return body

    @property
    def summary(self) -> Path:
        return self.folder / "summary.md"

    @property
    def told(self) -> str:
        return self.summary.read_text("utf-8")


@pytest.fixture
def world(
    hub: Hub,
    clone: Clone,
    published: Published,
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> World:
    hub.source = clone.root
    here = published.on(hub, tmp_path / "here").root
    for name, value in {
        "GITHUB_API_URL": hub.api_url, "GITHUB_SERVER_URL": hub.server_url,
        "GITHUB_REPOSITORY": hub.repository, "GITHUB_TOKEN": hub.token, "GITHUB_RUN_ID": "7",
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    for name in ("CASEWORK_APP_ID", "CASEWORK_APP_PRIVATE_KEY", "CASEWORK_BOT",
                 "CASEWORK_PULL_REQUEST"):  # fmt: skip
        monkeypatch.delenv(name, raising=False)
    made = World(hub, clone, here, run, tmp_path, monkeypatch)
    monkeypatch.setattr(post, "time", SimpleNamespace(sleep=made.waited.append))
    return made


def kinds(world: World) -> list[str]:
    return [f"{each.method} {each.path.rsplit('/', 1)[-1]}" for each in world.hub.calls]


def test_a_pull_request_gets_one_comment_and_one_check(world: World) -> None:
    number = world.open({CASE: case("submitted")})
    ran = world.judged(number)
    assert (ran.code, ran.err) == (Exit.HOLDS, "")
    check = world.check(number)
    assert (check["name"], check["conclusion"]) == ("Casework", "success")
    assert check["details_url"].endswith("/acme/careers/actions/runs/7")
    assert "**Ready.**" in world.comment(number)
    assert "**Ready.**" in world.told
    assert ran.out == f"Pull request {number}: {check['title']}\n"


def test_what_is_unchanged_is_not_written_again_and_takes_five_requests(world: World) -> None:
    number = world.open({CASE: case("submitted")})
    world.judged(number)
    # Five to read, two to write, one to see that no twin wrote as well, two that nothing moved.
    assert len(world.hub.calls) == 10, kinds(world)
    ran = world.judged(number)
    assert ran.code == Exit.HOLDS
    assert world.hub.writes == []
    assert len(world.hub.calls) == 5, kinds(world)
    world.hub.push(number, world.commit({CASE: case("draft")}))
    world.judged(number)
    assert len(world.hub.calls) == 9, kinds(world)


def test_all_that_is_judged_is_fetched_at_once(world: World) -> None:
    head = world.commit({CASE: case("submitted")})
    numbers = [world.hub.open_pull_request(each, head) for each in (MANAGER, "ada-l")]
    world.judged(numbers[0])
    asked = [each for each in world.hub.log if each.is_git and each.path.endswith("/info/refs")]
    assert len(asked) == 1
    assert [world.check(each)["conclusion"] for each in numbers] == ["success"] * 2


def test_a_day_that_changes_nothing_writes_nothing(world: World) -> None:
    number = world.open({CASE: case("submitted")})
    world.judged(number)
    world._patch.setattr("tests.cli.test_post.TODAY", "2027-02-26")
    world.happens("schedule")
    assert world.hub.writes == []


def test_a_date_can_change_a_verdict_without_anybody_pushing(world: World) -> None:
    number = world.open({CASE: case("draft")})
    world.judged(number)
    assert "**Ready.**" in world.comment(number)
    world._patch.setattr("tests.cli.test_post.TODAY", "2027-03-01")
    world.happens("schedule")
    assert "**Not ready.**" in world.comment(number), "its talent review is over"


def test_a_decision_passes_once_two_reviewers_approved_it(world: World) -> None:
    number = world.open(DECISION)
    assert world.judged(number).code == Exit.FAILS
    assert world.check(number)["conclusion"] == "failure"
    world.approve(number)
    ran = world.happens(
        "workflow_run", number, of="pull_request_review", head_sha=world.hub.pulls[number].head
    )
    assert (ran.code, ran.err) == (Exit.HOLDS, "")
    assert world.check(number)["conclusion"] == "success"
    assert "**Approved.**" in world.comment(number)


def test_a_merge_of_the_base_keeps_an_approval_and_an_edit_does_not(world: World) -> None:
    number = world.open(DECISION)
    world.approve(number)
    world.merge({"docs/notes.md": "Something else.\n"})
    head = world.hub.pulls[number].head
    world.clone.git("checkout", "-q", "--detach", head)
    world.clone.git("merge", "-q", "--no-ff", "-m", "Merge main", "main")
    merged = world.clone.git("rev-parse", "HEAD")
    world.hub.push(number, merged)
    assert world.judged(number).code == Exit.HOLDS
    world.hub.push(number, world.commit({CASE: DECIDED + "\nOne more word.\n"}, onto=merged))
    assert world.judged(number).code == Exit.FAILS
    assert "does not count" in world.comment(number)


def test_a_force_push_whose_reviewed_commit_is_gone_makes_approvals_stale(world: World) -> None:
    number = world.open(DECISION)
    world.approve(number)
    world.clone.git("checkout", "-q", "--detach", "main")
    for path, text in DECISION.items():
        world.clone.write(path, text)
    world.clone.git("add", "-A")
    world.clone.git("commit", "-q", "-m", "The same once more")
    world.hub.push(number, world.clone.git("rev-parse", "HEAD"), forget=True)
    world.clone.git("checkout", "-q", "main")
    assert world.judged(number).code == Exit.FAILS
    assert "no longer" in world.comment(number) or "gone" in world.comment(number)


def test_rules_that_the_head_brings_do_not_hold_and_its_owner_must_approve(world: World) -> None:
    policy = (world.clone.root / POLICY_FILE).read_text("utf-8")
    changed = policy.replace("approvals:\n", "approvals:\n  required: 0\n  at_or_above_target: 0\n")
    changed = changed.replace("[margaret-hamilton]", "[margaret-hamilton, ada-lovelace]")
    number = world.open({POLICY_FILE: changed})
    assert world.judged(number).code == Exit.FAILS
    world.approve(number, "ada-l", "kjohnson")
    assert world.judged(number).code == Exit.FAILS
    world.approve(number, OWNER)
    assert world.judged(number).code == Exit.HOLDS, world.comment(number)


def test_a_branch_without_a_framework_gives_no_head_the_right_to_bring_one(world: World) -> None:
    number = world.open({CASE: case("submitted")})
    world.clone.git("checkout", "-q", "main")
    shutil.rmtree(world.clone.root / "framework")
    world.hub.move_base(world.clone.commit("No rules"))
    ran = world.judged(number)
    assert ran.code == Exit.CANNOT_RUN
    assert world.check(number)["conclusion"] == "failure"


def test_a_pull_request_without_a_case_gets_its_check_at_once(world: World) -> None:
    number = world.open({"docs/notes.md": "A note.\n"})
    world.judged(number)
    assert world.check(number)["conclusion"] == "failure"
    assert world.comment(number)
    world.approve(number, OWNER)
    assert world.judged(number).code == Exit.HOLDS


def test_a_pull_request_into_another_branch_is_left_alone(world: World) -> None:
    world.hub.move_base(world.clone.git("rev-parse", "main"), "develop")
    number = world.open({CASE: case("submitted")}, base="develop")
    ran = world.judged(number)
    assert (ran.code, world.hub.writes) == (Exit.HOLDS, [])
    assert "No open pull request" in ran.out
    assert "No pull request was judged" in world.told


def test_a_closed_pull_request_is_left_alone(world: World) -> None:
    number = world.open({CASE: case("submitted")})
    world.hub.close(number)
    assert (world.judged(number).code, world.hub.writes) == (Exit.HOLDS, [])


def test_a_commit_that_two_pull_requests_propose_passes_only_for_both(world: World) -> None:
    head = world.commit(DECISION)
    one = world.hub.open_pull_request(MANAGER, head)
    other = world.hub.open_pull_request(REVIEWERS[0], head)
    world.approve(one)
    world.approve(other)
    assert world.judged(one).code == Exit.FAILS, "the other's author is one of its reviewers"
    assert world.check(one)["conclusion"] == "failure"
    assert "**Approved.**" in world.comment(one)
    assert "**Ready.**" in world.comment(other)
    world.hub.close(other)
    assert world.judged(one).code == Exit.HOLDS


def test_everything_open_is_judged_again_when_the_default_branch_moves(world: World) -> None:
    first = world.open({CASE: case("submitted")})
    second = world.open(DECISION)
    world.happens("schedule")
    assert world.check(first)["conclusion"] == "success"
    world.merge({PEOPLE_FILE: PROMOTED})
    ran = world.happens("push")
    assert ran.code == Exit.FAILS
    assert world.check(first)["conclusion"] == "failure", "she is no longer at that level"
    assert "level-mismatch" in world.comment(first)
    assert "Pull request 2" in world.told
    assert second == 2


def test_a_head_that_moved_on_while_it_was_judged_is_judged_anew(world: World) -> None:
    number = world.open({CASE: case("submitted", ready=False)})
    old = world.hub.pulls[number].head
    better = world.commit({CASE: case("submitted")}, onto=old)
    world.hub.before("GET", r"/reviews$", lambda: world.hub.push(number, better))
    ran = world.judged(number)
    assert ran.code == Exit.HOLDS
    assert world.check(number)["conclusion"] == "success"
    assert better[:12] in world.comment(number)


def test_a_review_that_came_while_it_was_written_is_not_lost(world: World) -> None:
    number = world.open(DECISION)
    world.approve(number, REVIEWERS[0])
    world.hub.before(
        "POST", r"/check-runs$", lambda: world.hub.review(number, REVIEWERS[1], "APPROVED")
    )
    assert world.judged(number).code == Exit.HOLDS
    assert world.check(number)["conclusion"] == "success"
    assert "**Approved.**" in world.comment(number)


@pytest.mark.parametrize("is_here", [False, True])
def test_a_pull_request_that_never_holds_still_is_undetermined(world: World, is_here: bool) -> None:
    number = world.open({CASE: case("submitted")})
    if is_here:  # else what it proposed before could not be judged anyway
        world.judged(number)
    elsewhere = world.commit({CASE: case("draft")})
    world.hub.git.receive(world.clone.root, elsewhere)
    world.hub.git.point(f"refs/pull/{number}/head", elsewhere)
    ran = world.judged(number)
    assert ran.code == Exit.CANNOT_RUN
    assert world.check(number)["title"].startswith("Undetermined")
    assert sum(world.waited) < 30


@pytest.mark.parametrize("place", [0, 1])
def test_of_two_that_propose_one_commit_neither_may_move_meanwhile(
    world: World, place: int
) -> None:
    head = world.commit({CASE: case("submitted")})
    numbers = [world.hub.open_pull_request(each, head) for each in (MANAGER, "ada-l")]
    world.judged(numbers[0])
    elsewhere = world.commit({CASE: case("draft")})
    world.hub.git.receive(world.clone.root, elsewhere)
    world.hub.git.point(f"refs/pull/{numbers[place]}/head", elsewhere)
    assert world.judged(numbers[0]).code == Exit.CANNOT_RUN
    assert world.check(numbers[0])["title"].startswith("Undetermined")


@pytest.mark.parametrize("path", [r"/pulls$", r"/reviews$"])
def test_when_github_cannot_be_read_the_check_fails_as_undetermined(
    world: World, path: str
) -> None:
    number = world.open(DECISION)
    world.approve(number)
    world.judged(number)
    assert world.check(number)["conclusion"] == "success"
    world.hub.fail("GET", path, status=502, times=None)
    ran = world.judged(number)
    assert ran.code == Exit.CANNOT_RUN
    check = world.check(number)
    assert check["conclusion"] == "failure"
    assert check["title"].startswith("Undetermined")
    assert "run" in check["summary"].lower()
    assert "**Approved.**" not in world.comment(number), "an old verdict is not shown as current"
    assert sum(world.waited) <= 120


def test_the_job_summary_tells_the_verdict_when_nothing_can_be_posted(world: World) -> None:
    number = world.open({CASE: case("submitted")})
    world.hub.fail("*", r"/(comments|check-runs)", status=403, times=None,
                   body={"message": "Resource not accessible by integration"})  # fmt: skip
    ran = world.judged(number)
    assert ran.code == Exit.CANNOT_RUN
    assert "**Ready.**" in world.told
    assert "What could not be done" in world.told
    assert "checks: write" in world.told
    assert "checks: write" in ran.err


@pytest.mark.parametrize(("status", "word"), [(401, "token"), (404, "repository")])
def test_a_repository_that_may_not_be_read_is_told_in_words(
    world: World, status: int, word: str
) -> None:
    number = world.open({CASE: case("submitted")})
    world.hub.fail("*", ".*", status=status, times=None, body={"message": "No"})
    ran = world.judged(number)
    assert ran.code == Exit.CANNOT_RUN
    assert word in ran.err + world.told


def test_a_remote_that_cannot_be_fetched_from_is_undetermined(world: World) -> None:
    number = world.open({CASE: case("submitted")})
    world._patch.setenv("GITHUB_SERVER_URL", "http://127.0.0.1:9")
    ran = world.judged(number)
    assert ran.code == Exit.CANNOT_RUN
    assert world.check(number)["title"].startswith("Undetermined")


def test_the_token_is_never_printed(world: World) -> None:
    number = world.open({CASE: case("submitted")})
    world.hub.fail("*", ".*", status=500, times=None)
    world._patch.setenv("GITHUB_SERVER_URL", "http://127.0.0.1:9")
    for variable in ("", "1"):
        world._patch.setenv("CASEWORK_DEBUG", variable)
        ran = world.judged(number)
        assert world.hub.token not in ran.out + ran.err + world.told


def test_run_twice_at_once_there_is_one_comment_and_it_is_right(world: World) -> None:
    number = world.open(DECISION)
    world.judged(number)
    for each in list(world.hub.all_comments):
        del world.hub.all_comments[each]
    world.approve(number)
    other = post.Surroundings.read()
    file = world.folder / "event.json"
    file.write_text(json.dumps(world.hub.event("pull_request_target", number)), "utf-8")
    around = other._replace(event_name="pull_request_target", event_path=str(file))
    from casework.cli.options import parse
    from casework.cli.settings import Settings

    settings = Settings.read(parse(["review", "--post", "-C", str(world.here), "--today", TODAY]))

    def one() -> list[bool]:
        return [each.evaluation.check.passes for each in post._outcomes(around, settings)]

    with ThreadPoolExecutor(2) as pool:
        told = [each.result() for each in [pool.submit(one), pool.submit(one)]]
    assert told == [[True], [True]]
    assert "**Approved.**" in world.comment(number)


def queued(world: World, *numbers: int) -> tuple[str, str]:
    return world.hub.merge_group("main", numbers)


def test_a_merge_group_is_judged_with_every_pull_request_that_it_contains(world: World) -> None:
    first = world.open(DECISION)
    second = world.open({"docs/notes.md": "A note.\n"})
    world.approve(first)
    branch, head = queued(world, first, second)

    def asked() -> Ran:
        return world.happens("workflow_run", of="merge_group", head_sha=head, head_branch=branch)

    assert asked().code == Exit.FAILS, "the second lacks its owner's approval"
    world.approve(second, OWNER)
    ran = asked()
    assert (ran.code, ran.err) == (Exit.HOLDS, "")
    assert world.hub.check_runs(head)[-1]["conclusion"] == "success"
    assert world.hub.comments(first) == [], "a group has no place for a comment"
    shown = [line for line in world.told.split("\n") if line.startswith("# ")]
    assert shown == ["# This run", f"# Pull request {first}", f"# Pull request {second}"]


def test_in_a_merge_group_two_pull_requests_for_one_person_meet(world: World) -> None:
    first = world.open(DECISION)
    in_band = case("submitted", kind="in-band-increase").replace("to: IC3\n", "")
    second = world.open(
        {"cases/ada-lovelace/in-band-2027-02.md": in_band.replace("review: 2027-02\n", "")}
    )
    world.approve(first)
    world.approve(second)
    branch, head = queued(world, first, second)
    world.happens("workflow_run", of="merge_group", head_sha=head, head_branch=branch)
    group = world.hub.check_runs(head)[-1]
    assert group["name"] == "Casework"


def test_a_merge_group_that_is_gone_is_left_alone(world: World) -> None:
    number = world.open({CASE: case("submitted")})
    branch, head = queued(world, number)
    world.clone.git("--git-dir", str(world.hub.remote), "update-ref", "-d", f"refs/heads/{branch}")
    ran = world.happens("workflow_run", of="merge_group", head_sha=head, head_branch=branch)
    assert (ran.code, world.hub.writes) == (Exit.HOLDS, [])


def test_a_branch_that_is_only_named_like_a_merge_group_is_not_believed(world: World) -> None:
    number = world.open(DECISION)
    head = world.hub.pulls[number].head
    stranger = world.commit({POLICY_FILE: "owners: [ada-lovelace]\n"}, onto=head)
    branch = f"gh-readonly-queue/main/pr-{number}-{head}"
    world.hub.git.receive(world.clone.root, stranger)
    world.hub.git.point(f"refs/heads/{branch}", stranger)
    ran = world.happens("workflow_run", of="merge_group", head_sha=stranger, head_branch=branch)
    assert ran.code == Exit.CANNOT_RUN
    assert world.hub.check_runs(stranger)[-1]["conclusion"] == "failure"


def test_without_a_repository_or_token_it_says_what_is_missing(world: World) -> None:
    number = world.open({CASE: case("submitted")})
    for name in ("GITHUB_REPOSITORY", "GITHUB_TOKEN"):
        with world._patch.context() as patch:
            patch.delenv(name)
            ran = world.judged(number)
        assert ran.code == Exit.CANNOT_RUN
        assert name in ran.err
        assert name in world.told.replace("\\", "")


def test_a_summary_that_cannot_be_written_is_told(world: World) -> None:
    number = world.open({CASE: case("submitted")})
    world._patch.setenv("GITHUB_STEP_SUMMARY", str(world.folder))
    file = world.folder / "event.json"
    file.write_text(json.dumps(world.hub.event("pull_request_target", number)), "utf-8")
    world._patch.setenv("GITHUB_EVENT_NAME", "pull_request_target")
    world._patch.setenv("GITHUB_EVENT_PATH", str(file))
    ran = world._run("review", "--post", at=world.here, today=TODAY)
    assert ran.code == Exit.CANNOT_RUN
    assert "summary must be writable" in ran.err
    assert ROOT.exists()


def test_a_pull_request_that_conflicts_is_judged_as_well(world: World) -> None:
    number = world.open({"docs/notes.md": "One.\n"})
    world.merge({"docs/notes.md": "Another.\n"})
    world.approve(number, OWNER)
    ran = world.judged(number)
    assert (ran.code, ran.err) == (Exit.HOLDS, "")
    assert world.check(number)["conclusion"] == "success"


def test_what_git_ends_with_is_not_what_the_program_ends_with(world: World) -> None:
    number = world.open({CASE: case("submitted")})
    home = world.folder / "home"
    home.mkdir()
    (home / ".gitconfig").write_text("[broken", "utf-8")
    world.set("HOME", str(home))
    world.here = home  # in no repository
    ran = world.judged(number)
    assert ran.code == Exit.CANNOT_RUN
    assert "git must be able to read the repository" in ran.err
