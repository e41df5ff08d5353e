"""`casework status --post`: real commits, the real PyGithub, a GitHub on loopback that fails."""

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from casework.cli import reminders
from casework.cli.failure import Exit
from casework.cli.snapshot import Snapshot
from tests.cli.clones import CASE, PEOPLE, POLICY, Ran, case
from tests.cli.test_post import MANAGER, PEOPLE_FILE, POLICY_FILE, World
from tests.cli.test_post import world as world  # a fixture
from tests.github.conftest import hub as hub  # a fixture
from tests.github.hub import BOT

HERE = Path(__file__).parent / "reminders"
COMMENTS = r"/issues/\d+/comments$"
OTHER = "cases/barbara-liskov/2027-02.md"
REVIEW = "talent review 2027-02"
NONE = "No open pull request needs a reminder.\n"
DRAFT, SUBMITTED = {CASE: case("draft")}, {CASE: case("submitted")}

Remind = Callable[..., Ran]


@pytest.fixture
def remind(world: World, monkeypatch: pytest.MonkeyPatch) -> Remind:
    monkeypatch.setattr(reminders, "time", SimpleNamespace(sleep=world.waited.append))

    def reminded(today: str, event: str = "schedule") -> Ran:
        file = world.folder / "event.json"
        file.write_text(json.dumps(world.hub.event(event)), "utf-8")
        world.set("GITHUB_EVENT_NAME", event)
        world.set("GITHUB_EVENT_PATH", str(file))
        world.hub.log.clear()
        return world._run("status", "--post", at=world.here, today=today)

    return reminded


def said(world: World, number: int) -> list[str]:
    return [each["body"] for each in world.hub.comments(number) if each["login"] == BOT]


def of_barbara(status: str = "draft", **fields: str) -> str:
    return (
        case(status, person="barbara-liskov", to="IC5", level_since="2023-09-01", **fields)
        .replace("from: IC2", "from: IC4")
        .replace("ada-lovelace", "barbara-liskov")
    )


class TestWhen:
    @pytest.mark.parametrize(
        ("today", "is_said"),
        [("2027-02-04", False), ("2027-02-05", True), ("2027-02-12", True), ("2027-02-28", True)],
    )
    def test_a_draft_is_due_from_a_week_before_on(self, world, remind, today, is_said):
        number = world.open(DRAFT)
        ran = remind(today)
        assert (ran.code, ran.err) == (Exit.HOLDS, "")
        assert ran.out == (
            f"Pull request {number}: {REVIEW}, cases are due: comment written.\n"
            if is_said
            else NONE
        )
        assert len(said(world, number)) == is_said
        assert all("cases-due" in each for each in said(world, number))

    @pytest.mark.parametrize(
        ("today", "is_said"), [("2027-02-05", False), ("2027-02-28", False), ("2027-03-01", True)]
    )
    def test_a_decision_is_late_once_its_day_has_passed(self, world, remind, today, is_said):
        number = world.open(SUBMITTED)
        ran = remind(today)
        passed = "the last day for a decision has passed"
        told = f"Pull request {number}: {REVIEW}, {passed}: comment written.\n"
        assert ran.out == (told if is_said else NONE)
        assert len(said(world, number)) == is_said

    def test_one_comment_for_each_stage(self, world, remind):
        number = world.open(DRAFT)
        for today in ("2027-02-05", "2027-02-06", "2027-02-28", "2027-03-01", "2027-03-02"):
            assert remind(today).code == Exit.HOLDS
        world.hub.push(number, world.commit(SUBMITTED))
        remind("2027-03-03")
        due, late = said(world, number)
        assert due.startswith("<!-- casework:reminder cases-due 2027-02 -->\n")
        assert late.startswith("<!-- casework:reminder decision-late 2027-02 -->\n")

    def test_a_case_that_moves_to_another_review_is_due_there(self, world, remind):
        later = (
            "  - {id: 2027-08, opens: 2027-08-01, cases_due: 2027-08-13, decided_by: 2027-08-31}"
        )
        policy = POLICY.replace("approvals:", f"{later}\napprovals:")
        world.merge({POLICY_FILE: policy})
        number = world.open(DRAFT)
        remind("2027-02-05")
        world.hub.push(number, world.commit({CASE: case("draft", review="2027-08")}))
        assert remind("2027-02-06").out == NONE
        remind("2027-08-06")
        assert ["2027-08 -->" in each for each in said(world, number)] == [False, True]

    @pytest.mark.parametrize(
        "changes",
        [
            {CASE: case("not-yet", decided="2027-02-20")},
            {CASE: case("draft", review="2031-02")},
            {"cases/ada-lovelace/in-band-2027-02.md": case("draft", kind="in-band-increase")},
            {"README.md": "Nothing of ours.\n"},
            {PEOPLE_FILE: PEOPLE},
        ],
        ids=["decided", "an unknown review", "in-band", "no case", "no change"],
    )
    def test_nobody_is_reminded_of_what_has_no_day(self, world, remind, changes):
        number = world.open(changes)
        assert remind("2027-03-05").out == NONE
        assert said(world, number) == []

    def test_what_the_main_branch_holds_already_is_nobodys_reminder(self, world, remind):
        world.merge(DRAFT)
        number = world.open({OTHER: of_barbara("submitted")})
        assert remind("2027-02-06").out == NONE
        assert said(world, number) == []

    def test_a_case_with_errors_is_due_all_the_same(self, world, remind):
        number = world.open({CASE: case("draft", to="IC9")})
        remind("2027-02-06")
        assert len(said(world, number)) == 1


class TestWhat:
    def test_is_read_by_the_rules_and_people_of_the_default_branch(self, world, remind):
        never = POLICY.replace("2027-02-12", "2029-02-12").replace("2027-02-28", "2029-02-28")
        number = world.open({**DRAFT, POLICY_FILE: never})
        remind("2027-02-06")
        assert "12 February 2027" in said(world, number)[0]

    @pytest.mark.parametrize(
        ("name", "changes", "today"),
        [
            ("due", DRAFT, "2027-02-06"),
            ("overdue", DRAFT, "2027-02-20"),
            ("late", SUBMITTED, "2027-03-01"),
            ("late-draft", DRAFT, "2027-03-01"),
            ("several", {**DRAFT, OTHER: of_barbara()}, "2027-02-06"),
        ],
    )
    def test_reads_well(self, world, remind, agrees, name, changes, today):
        number = world.open(changes)
        remind(today)
        (text,) = said(world, number)
        HERE.mkdir(exist_ok=True)
        agrees(text, HERE / f"{name}.md")

    def test_names_nobody_and_links_nothing(self, world, remind):
        name = "'@mallory #7 ![x](https://example.com/x.png) <b>'"
        world.merge({PEOPLE_FILE: PEOPLE.replace("name: Ada Lovelace", f"name: {name}")})
        number = world.open({CASE: case("draft", to="'@kjohnson GH-3'")})
        remind("2027-02-06")
        (text,) = said(world, number)
        for each in ("@mallory", "@kjohnson", "#7", "GH-3", "![", "<b>", "https://"):
            assert each not in text

    def test_says_no_relative_day(self, world, remind):
        one = world.open(DRAFT)
        remind("2027-02-05")
        (early,) = said(world, one)
        two = world.open(DRAFT)
        remind("2027-02-11")
        assert said(world, two) == [early]

    def test_stays_below_githubs_limit_however_many_cases_there_are(self, world, remind):
        number = world.open(
            {f"cases/ada-lovelace/{'x' * 230}{n}.md": case("draft") for n in range(180)}
        )
        assert remind("2027-02-06").code == Exit.HOLDS
        (text,) = said(world, number)
        assert len(text) < 65_536
        assert "More cases are left out" in text


class TestOnce:
    def test_the_second_run_writes_nothing(self, world, remind):
        number = world.open(DRAFT)
        remind("2027-02-06")
        ran = remind("2027-02-07")
        assert ran.out == f"Pull request {number}: {REVIEW}, cases are due: commented before.\n"
        assert world.hub.writes == []

    def test_one_that_is_deleted_comes_back_and_one_that_is_edited_does_not(self, world, remind):
        number = world.open(DRAFT)
        remind("2027-02-06")
        world.hub.all_comments.clear()
        remind("2027-02-07")
        (comment,) = world.hub.all_comments.values()
        comment.body = comment.body.splitlines()[0] + "\nThank you, seen."
        remind("2027-02-08")
        assert [each.splitlines()[-1] for each in said(world, number)] == ["Thank you, seen."]

    def test_nothing_else_of_the_bot_is_taken_for_it(self, world, remind):
        number = world.open(DRAFT)
        world.hub.comment(number, BOT, "<!-- casework:summary -->\nNot ready.")
        world.hub.comment(number, "mallory", "<!-- casework:reminder cases-due 2027-02 -->")
        remind("2027-02-06")
        assert len(said(world, number)) == 2

    def test_all_that_is_proposed_is_fetched_at_once(self, world, remind):
        for _ in range(3):
            world.open(SUBMITTED)
        remind("2027-02-06")
        fetched = [each for each in world.hub.log if each.path.endswith("git-upload-pack")]
        # One request to name what there is, and one to have it.
        assert len(fetched) == 2

    def test_a_pull_request_that_needs_none_takes_no_request_of_its_own(self, world, remind):
        for _ in range(3):
            world.open(SUBMITTED)
        remind("2027-02-06")
        assert [each.path.rsplit("/", 1)[-1] for each in world.hub.calls] == ["pulls"]


class TestEachByItself:
    def test_one_that_cannot_be_written_to_keeps_no_other_from_it(self, world, remind):
        one, two, three = (world.open(DRAFT) for _ in range(3))
        world.hub.fail("POST", rf"/issues/{two}/comments$", status=403, times=None,
                       body={"message": "This issue is locked"})  # fmt: skip
        ran = remind("2027-02-06")
        assert ran.code == Exit.CANNOT_RUN
        assert ran.err.startswith(f"casework: Pull request {two}: ")
        assert "locked" in ran.err
        assert [len(said(world, each)) for each in (one, two, three)] == [1, 0, 1]

    def test_one_that_cannot_be_read_keeps_no_other_from_it(self, world, remind):
        gone, number = world.open(DRAFT), world.open(DRAFT)
        world.hub.git.git("update-ref", "-d", f"refs/pull/{gone}/head")
        ran = remind("2027-02-06")
        assert ran.code == Exit.CANNOT_RUN
        assert f"Pull request {gone}: " in ran.err
        assert len(said(world, number)) == 1

    def test_one_that_shares_no_history_keeps_no_other_from_it(self, world, remind):
        world.clone.git("checkout", "-q", "--orphan", "elsewhere")
        alone = world.hub.open_pull_request(MANAGER, world.clone.commit("Elsewhere"))
        world.clone.git("checkout", "-q", "-f", "main")
        number = world.open(DRAFT)
        ran = remind("2027-02-06")
        assert (ran.code, len(said(world, number))) == (Exit.CANNOT_RUN, 1)
        assert f"Pull request {alone}: base and head must share a commit" in ran.err

    def test_a_case_that_cannot_be_read_keeps_no_other_from_it(self, world, remind):
        number = world.open({**DRAFT, OTHER: "---\nperson: [\n"})
        assert remind("2027-02-06").code == Exit.HOLDS
        (text,) = said(world, number)
        assert "Ada Lovelace" in text

    def test_a_mistake_of_ours_keeps_no_other_from_it(self, world, remind, monkeypatch):
        one, two = world.open(DRAFT), world.open(DRAFT)
        write = reminders.reminder
        calls: list[None] = []

        def breaks_once(*given: object) -> str:
            calls.append(None)
            if len(calls) == 1:
                raise ValueError("a mistake")
            return write(*given)

        monkeypatch.setattr(reminders, "reminder", breaks_once)
        ran = remind("2027-02-06")
        assert ran.code == Exit.CANNOT_RUN
        assert f"Pull request {one}: this should never happen, and did: ValueError" in ran.err
        assert len(said(world, two)) == 1

    def test_one_that_moves_while_it_is_looked_at_is_left_to_the_next_run(
        self, world, remind, monkeypatch
    ):
        number, later = world.open(DRAFT), "b" * 40
        monkeypatch.setattr(
            Snapshot, "tip_and_proposed", lambda self, branch, _: (self.tip(branch), (later,))
        )
        ran = remind("2027-02-06")
        assert ran.code == Exit.CANNOT_RUN
        assert "it changed just then" in ran.err
        assert said(world, number) == []

    def test_one_whose_head_moved_after_the_list_is_read_as_it_is(self, world, remind):
        number = world.open(SUBMITTED)
        head = world.commit(DRAFT)
        world.hub.before("GET", r"/info/refs$", lambda: world.hub.push(number, head))
        assert remind("2027-02-06").code == Exit.HOLDS
        assert len(said(world, number)) == 1


class TestFaults:
    @pytest.mark.parametrize("status", [401, 403, 404])
    def test_without_the_list_nothing_is_said(self, world, remind, status):
        world.open(DRAFT)
        world.hub.fail("GET", r"/pulls$", status=status, times=None)
        ran = remind("2027-02-06")
        assert (ran.code, ran.out) == (Exit.CANNOT_RUN, "")
        assert ran.err.count("casework: ") == 1

    @pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
    def test_a_502_is_got_over_without_a_second_comment(self, world, remind, after):
        number = world.open(DRAFT)
        world.hub.fail("POST", COMMENTS, status=502, after=after)
        world.hub.drop("GET", COMMENTS, skip=1)
        assert remind("2027-02-06").code == Exit.HOLDS
        assert len(said(world, number)) == 1

    def test_a_limit_that_lasts_is_told_for_each_and_asked_once(self, world, remind):
        for _ in range(3):
            world.open(DRAFT)
        limit = {"X-RateLimit-Remaining": "0", "Retry-After": "3600"}
        world.hub.fail("GET", COMMENTS, status=403, headers=limit, times=None)
        ran = remind("2027-02-06")
        assert ran.code == Exit.CANNOT_RUN
        assert ran.err.count("casework: Pull request") == 3
        assert len([each for each in world.hub.calls if "comments" in each.path]) == 1

    @pytest.mark.parametrize("name", ["GITHUB_TOKEN", "GITHUB_REPOSITORY"])
    def test_what_the_environment_lacks_is_named(self, world, remind, monkeypatch, name):
        world.open(DRAFT)
        monkeypatch.delenv("GH_TOKEN", raising=False)
        world.set(name, "")
        ran = remind("2027-02-06")
        assert ran.code == Exit.CANNOT_RUN
        assert f"{name} is not set" in ran.err
        assert world.hub.calls == []

    def test_a_default_branch_whose_rules_cannot_be_read_reminds_of_nothing(self, world, remind):
        number = world.open(DRAFT)
        world.merge({PEOPLE_FILE: "people: [\n"})
        ran = remind("2027-02-06")
        assert ran.code == Exit.CANNOT_RUN
        assert "must be readable" in ran.err
        assert said(world, number) == []


def test_a_talent_review_cannot_be_chosen(world, run):
    ran = run("status", "2027-02", "--post", at=world.here)
    assert ran.code == Exit.USAGE
    assert "leave the review out" in ran.err


def test_the_shell_of_a_runner_finds_no_command_in_what_is_printed(world, remind):
    number = world.open(DRAFT)
    world.hub.fail("POST", COMMENTS, status=403, times=None, body={"message": "::error::x\n::y::"})
    ran = remind("2027-02-06")
    assert f"Pull request {number}" in ran.err
    assert not [line for line in ran.err.splitlines() if line.lstrip().startswith("::")]
