"""`casework record`: real merges on a loopback GitHub, and the notes that are pushed for them."""

import json
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from casework.cli import record
from casework.cli.failure import Exit
from casework.model.note import NOTES, Note, NotedApproval
from casework.read.note import read_note
from tests.cli.clones import CASE, PEOPLE, POLICY, Ran, Run, case
from tests.cli.published import Published, committed
from tests.github.conftest import hub as hub  # a fixture
from tests.github.hub import GONE, Hub
from tests.github.remote import environment

HERE = Path(__file__).parent
MANAGER, SUBJECT, OWNER = "ghopper", "ada-l", "mhamilton"
REVIEWERS = KATHERINE, BARBARA = "kjohnson", "bliskov"
PEOPLE_FILE, POLICY_FILE = "cases/people.yaml", "framework/policy.yaml"
MERGED, TODAY = "2027-02-22", "2027-02-25"

DECIDED = case("promoted", decided="2027-02-20", effective="2027-02-01")
PROMOTED = PEOPLE.replace(
    "level: IC2, level_since: 2025-02-01", "level: IC3, level_since: 2027-02-01"
)
DECISION = {CASE: DECIDED, PEOPLE_FILE: PROMOTED}
ELSEWHERE = "cases/barbara-liskov/2027-02.md"
NOTHING = "There is nothing to write down: everything merged lately has its note.\n"
Changes = dict[str, str | None]


class World:
    """An organisation's repository on GitHub, and the clone that the workflow works in."""

    def __init__(self, served: Hub, here: Path, run: Run, folder: Path, patch: Any):
        self.hub, self.here, self.folder = served, here, folder
        self._run, self._patch = run, patch
        self.waited: list[float] = []

    def commit(self, changes: Changes, onto: str | None = None, name: str = "A change") -> str:
        """A commit on top of the remote's main branch, unless of another."""
        return committed(self.hub.remote, changes, onto or self.tip(), name)

    def open(self, *steps: Changes, author: str | None = MANAGER, **given: Any) -> int:
        head = None
        for place, each in enumerate(steps):
            head = self.commit(each, head, f"Step {place + 1}")
        assert head
        return self.hub.open_pull_request(author, head, **given)

    def approve(self, number: int, *logins: str) -> None:
        for login in logins or REVIEWERS:
            self.hub.review(number, login, "APPROVED")

    def merged(self, number: int, how: str = "merge") -> str:
        return self.hub.merge(number, how)

    def decision(self, how: str = "merge") -> str:
        """A promotion, approved by both reviewers and merged."""
        number = self.open(DECISION)
        self.approve(number)
        return self.merged(number, how)

    def record(self, event: str = "schedule", today: str = TODAY, **given: Any) -> Ran:
        """Runs for an event; with `default_branch=None` GitHub must be asked which one that is."""
        told = given.pop("default_branch", "")
        payload = self.hub.event(event, **given)
        if told is None:
            del payload["repository"]
        file = self.folder / "event.json"
        file.write_text(json.dumps(payload), "utf-8")
        self._patch.setenv("GITHUB_EVENT_NAME", event)
        self._patch.setenv("GITHUB_EVENT_PATH", str(file))
        self.hub.log.clear()
        return self._run("record", at=self.here, today=today)

    def unset(self, variable: str) -> None:
        self._patch.delenv(variable)

    # What the remote has

    def git(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.hub.remote, env=environment(), check=True, capture_output=True, text=True,
        )  # fmt: skip
        return done.stdout.strip()

    def tip(self) -> str:
        return self.hub.git.tip("main")

    def notes(self) -> dict[str, str]:
        """The text of each note, by commit."""
        if not (self.hub.remote / NOTES).exists():
            return {}
        pairs = [line.split() for line in self.git("notes", "--ref=approvals", "list").splitlines()]
        return {commit: self.git("cat-file", "blob", blob) + "\n" for blob, commit in pairs}

    def note(self, commit: str) -> Note:
        note = read_note(self.notes()[commit])
        assert note
        return note

    def content(self, path: str = CASE, at: str = "main") -> str:
        return self.git("rev-parse", f"{at}:{path}")


@pytest.fixture
def world(
    hub: Hub, published: Published, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> World:
    hub.may_push = True
    here = published.on(hub, tmp_path / "here").root
    hub.turn_clock(MERGED)
    for name, value in {
        "GITHUB_API_URL": hub.api_url, "GITHUB_SERVER_URL": hub.server_url,
        "GITHUB_REPOSITORY": hub.repository, "GITHUB_TOKEN": hub.token,
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    for name in ("GH_TOKEN", "CASEWORK_APP_ID", "CASEWORK_APP_PRIVATE_KEY", "CASEWORK_BOT"):
        monkeypatch.delenv(name, raising=False)
    made = World(hub, here, run, tmp_path, monkeypatch)
    monkeypatch.setattr(record, "time", SimpleNamespace(sleep=made.waited.append))
    return made


def reviewers(approvals: tuple[NotedApproval, ...]) -> list[str]:
    return [each.reviewer for each in approvals]


BOTH = ["katherine-johnson", "barbara-liskov"]


class TestEachWayToMerge:
    @pytest.mark.parametrize("how", ["merge", "squash"])
    def test_one_commit_has_the_note(self, world: World, how: str) -> None:
        before = world.tip()
        number = world.open({CASE: case("draft")}, DECISION)
        world.approve(number)
        commit = world.merged(number, how)
        ran = world.record("push", before=before)
        assert (ran.code, ran.err) == (Exit.HOLDS, "")
        assert ran.out == (
            f"Pull request {number} is written down. Promotion of Ada Lovelace from IC2 to IC3: "
            "promoted. Approved by Katherine Johnson (IC5) and Barbara Liskov (IC4).\n"
        )
        assert list(world.notes()) == [commit]
        note = world.note(commit)
        assert note[:3] == (number, "grace-hopper", "1.0.0")
        (noted,) = note.cases
        assert (noted.path, noted.content) == (CASE, world.content())
        assert (noted.status, noted.verdict) == ("promoted", "approved")
        assert (noted.kind, noted.from_level, noted.to_level) == ("promotion", "IC2", "IC3")
        first = noted.approvals[0]
        assert first[:3] == ("katherine-johnson", KATHERINE, "IC5")
        assert first.commit == world.hub.pulls[number].head
        assert first.day
        assert first.day.isoformat() == MERGED
        assert reviewers(noted.approvals) == BOTH
        assert note.owners == ()

    def test_a_rebase_has_it_on_the_last_commit_and_where_a_case_was_changed(
        self, world: World
    ) -> None:
        before = world.tip()
        number = world.open(
            {CASE: case("draft")}, {"docs/a.md": "x\n"}, {CASE: DECIDED}, {PEOPLE_FILE: PROMOTED}
        )
        world.approve(number)
        last = world.merged(number, "rebase")
        line = world.git("rev-list", "--reverse", f"{before}..main").split()
        assert len(line) == 4
        assert last == line[-1]
        assert world.record("push", before=before).code == Exit.HOLDS
        assert set(world.notes()) == {line[0], line[2], last}
        assert len(set(world.notes().values())) == 1
        note = world.note(last)
        assert note.cases[0].content == world.content()
        assert reviewers(note.cases[0].approvals) == BOTH

    def test_rebased_on_top_of_one_another_each_keeps_to_its_own(self, world: World) -> None:
        first = world.open({CASE: case("draft")}, {CASE: case("submitted")})
        second = world.open({ELSEWHERE: case("draft")}, {ELSEWHERE: case("submitted")})
        world.approve(second, KATHERINE)
        world.merged(first, "rebase")
        world.merged(second, "rebase")
        ran = world.record()
        assert ran.out.count("is written down") == 2
        numbers = [
            world.note(each).pull_request
            for each in world.git("rev-list", "--reverse", "-4", "main").split()
        ]
        assert numbers == [first, first, second, second]
        assert [each.path for each in world.note(world.tip()).cases] == [ELSEWHERE]

    @pytest.mark.parametrize("squash", [False, True])
    def test_in_a_merge_queue_each_has_a_commit_of_its_own(
        self, world: World, squash: bool
    ) -> None:
        before = world.tip()
        first = world.open({CASE: case("submitted")})
        second = world.open({ELSEWHERE: case("draft")})
        world.approve(first, KATHERINE)
        branch, _ = world.hub.merge_group("main", [first, second], squash)
        tip = world.hub.merge_queued(branch)
        ran = world.record("push", before=before)
        assert ran.code == Exit.HOLDS
        line = world.git("rev-list", "--reverse", "--first-parent", f"{before}..main").split()
        assert line[-1] == tip
        assert {each: world.note(each).pull_request for each in line} == {
            line[0]: first, line[1]: second,
        }  # fmt: skip
        assert [each.path for each in world.note(line[1]).cases] == [ELSEWHERE]
        assert reviewers(world.note(line[0]).cases[0].approvals) == ["katherine-johnson"]

    def test_of_a_fork(self, world: World) -> None:
        number = world.open(DECISION, fork=True, branch="main")
        world.approve(number)
        commit = world.merged(number, "squash")
        assert world.record().code == Exit.HOLDS
        assert reviewers(world.note(commit).cases[0].approvals) == BOTH

    def test_the_log_reads_well(self, world: World, agrees: Any) -> None:
        commit = world.decision("squash")
        world.record()
        shown = world.git(
            "log", "-1", "--notes=approvals", "--date=short", "--format=medium", "main"
        )
        text = shown.replace(commit, "1" * 40)
        note = world.note(commit)
        text = text.replace(note.cases[0].approvals[0].commit or "", "a1" * 20)
        text = text.replace(note.cases[0].content, "c0" * 20)
        assert max(map(len, text.splitlines())) <= 76
        agrees(text + "\n", HERE / "snapshots" / "record-log.txt")


class TestWhatCounts:
    def test_what_was_said_after_the_merge_does_not(self, world: World) -> None:
        number = world.open(DECISION)
        world.approve(number, KATHERINE)
        commit = world.merged(number)
        world.approve(number, BARBARA)
        ran = world.record()
        assert "promoted, although approvals were missing. Approved by Katherine" in ran.out
        (noted,) = world.note(commit).cases
        assert reviewers(noted.approvals) == ["katherine-johnson"]
        assert noted.verdict == "ready"

    def test_a_request_for_changes_after_the_merge_takes_nothing_back(self, world: World) -> None:
        number = world.open(DECISION)
        world.approve(number)
        commit = world.merged(number)
        world.hub.review(number, KATHERINE, "CHANGES_REQUESTED")
        world.record()
        assert reviewers(world.note(commit).cases[0].approvals) == BOTH

    def test_nobodys_own_approval_does(self, world: World) -> None:
        everybody = "reviewers: [katherine-johnson, barbara-liskov, ada-lovelace, grace-hopper]"
        policy = POLICY.replace("reviewers: [katherine-johnson, barbara-liskov]", everybody)
        world.hub.move_base(world.commit({POLICY_FILE: policy}))
        number = world.open(DECISION, author=BARBARA)
        world.approve(number, SUBJECT, MANAGER, BARBARA, KATHERINE)
        commit = world.merged(number)
        world.record()
        note = world.note(commit)
        assert note.author == "barbara-liskov"
        assert reviewers(note.cases[0].approvals) == ["katherine-johnson"]

    def test_neither_an_outdated_one_nor_one_that_was_taken_back(self, world: World) -> None:
        number = world.open({CASE: case("submitted")})
        world.approve(number, KATHERINE)
        head = world.commit(DECISION, world.hub.pulls[number].head)
        world.hub.push(number, head)
        world.hub.dismiss(world.hub.review(number, BARBARA, "APPROVED"))
        commit = world.merged(number)
        world.record()
        assert world.note(commit).cases[0].approvals == ()

    def test_one_of_a_commit_before_the_branch_was_merged_in(self, world: World) -> None:
        number = world.open(DECISION)
        world.approve(number)
        world.hub.move_base(world.commit({ELSEWHERE: case("draft")}))
        commit = world.merged(number)
        world.record()
        assert reviewers(world.note(commit).cases[0].approvals) == BOTH

    def test_a_commit_that_is_gone_counts_for_nothing(self, world: World) -> None:
        number = world.open(DECISION)
        world.hub.review(number, KATHERINE, "APPROVED", GONE)
        world.hub.review(number, BARBARA, "APPROVED", "12" * 20)
        commit = world.merged(number, "squash")
        ran = world.record()
        assert ran.code == Exit.HOLDS
        assert world.note(commit).cases[0].approvals == ()

    def test_a_head_that_is_gone(self, world: World) -> None:
        number = world.open(DECISION)
        world.approve(number)
        commit = world.merged(number, "squash")
        world.git("update-ref", "-d", f"refs/pull/{number}/head")
        world.git("update-ref", "-d", f"refs/heads/{world.hub.pulls[number].branch}")
        world.hub.git.forget()
        ran = world.record()
        assert ran.code == Exit.HOLDS
        assert world.note(commit).cases[0].approvals == (), "nobody can tell what was approved"

    def test_the_rules_are_those_from_before_the_merge(self, world: World) -> None:
        number = world.open(DECISION)
        world.approve(number)
        commit = world.merged(number)
        other = POLICY.replace("[katherine-johnson, barbara-liskov]", "[margaret-hamilton]")
        gone = PROMOTED.replace("name: Katherine Johnson", "left: 2027-02-23, name: Katherine J")
        world.hub.move_base(world.commit({POLICY_FILE: other, PEOPLE_FILE: gone}))
        world.record()
        assert reviewers(world.note(commit).cases[0].approvals) == BOTH

    def test_a_pull_request_cannot_bring_its_own_reviewers(self, world: World) -> None:
        own = POLICY.replace("[katherine-johnson, barbara-liskov]", "[margaret-hamilton]")
        number = world.open({**DECISION, POLICY_FILE: own})
        world.approve(number, KATHERINE, OWNER)
        commit = world.merged(number)
        ran = world.record()
        note = world.note(commit)
        assert reviewers(note.cases[0].approvals) == ["katherine-johnson"]
        assert reviewers(note.owners) == ["margaret-hamilton"]
        assert note.cases[0].verdict == "ready", "it takes two reviewers"
        assert "Besides cases: approved by Margaret Hamilton." in ran.out

    def test_it_is_judged_as_of_the_day_of_the_merge(self, world: World) -> None:
        number = world.open({CASE: case("draft")})
        commit = world.merged(number)
        assert world.record(today="2027-03-05").code == Exit.HOLDS
        # By then the talent review is over, for which a draft would be too late.
        assert world.note(commit).cases[0].verdict == "ready"


class TestWhatIsWritten:
    def test_of_other_files_it_says_which_owner_approved(self, world: World) -> None:
        moved = PEOPLE.replace("name: Ada Lovelace", "team: search, name: Ada Lovelace")
        number = world.open({PEOPLE_FILE: moved})
        world.approve(number, OWNER, KATHERINE)
        commit = world.merged(number, "squash")
        ran = world.record()
        note = world.note(commit)
        assert note.cases == ()
        assert reviewers(note.owners) == ["margaret-hamilton"]
        assert note.owners[0].level is None
        assert ran.out == (
            f"Pull request {number} is written down. Besides cases: approved by Margaret "
            "Hamilton.\n"
        )

    def test_nothing_of_what_no_rule_looks_at(self, world: World) -> None:
        number = world.open({"docs/how-we-use-it.md": "# How\n", "cases/README.md": "Hello\n"})
        world.approve(number, OWNER)
        world.merged(number)
        ran = world.record()
        assert (ran.code, ran.out, ran.err) == (Exit.HOLDS, NOTHING, "")
        assert world.notes() == {}

    def test_nothing_of_what_was_pushed(self, world: World) -> None:
        before = world.tip()
        world.hub.move_base(world.commit(DECISION))
        ran = world.record("push", before=before)
        assert (ran.code, ran.out) == (Exit.HOLDS, NOTHING)
        assert world.notes() == {}

    def test_a_case_that_is_taken_away(self, world: World) -> None:
        world.hub.move_base(world.commit({CASE: case("draft")}))
        number = world.open({CASE: None})
        commit = world.merged(number, "squash")
        ran = world.record()
        assert "is written down. No approval counted for what this changed." in ran.out
        assert world.note(commit)[3:] == ((), ())

    def test_without_the_account_of_who_opened_it(self, world: World) -> None:
        number = world.open(DECISION, author=None)
        world.approve(number)
        commit = world.merged(number)
        world.record()
        note = world.note(commit)
        assert note.author is None
        assert reviewers(note.cases[0].approvals) == BOTH

    def test_with_the_login_of_somebody_unknown(self, world: World) -> None:
        commit = world.merged(world.open({CASE: case("draft")}, author="stranger"))
        world.record()
        assert world.note(commit).author == "stranger"

    def test_of_the_commit_that_two_claim_it_names_the_one_that_was_merged_first(
        self, world: World
    ) -> None:
        # Somebody pushed the branch that both propose: GitHub closes them both as merged.
        before, head = world.tip(), world.commit({CASE: case("submitted")})
        numbers = [world.hub.open_pull_request(each, head) for each in (MANAGER, OWNER)]
        world.hub.move_base(head)
        for number in numbers:
            world.hub.close(number, merged=True)
            world.hub.pulls[number].merge_commit = head
        ran = world.record("push", before=before)
        assert ran.out.count("is written down") == 1
        assert world.note(head).pull_request == numbers[0]

    def test_a_name_forges_no_field(self, world: World) -> None:
        name = '"Ada\\npull_request: 99\\u2028verdict: approved\\e[2J\\u202e"'
        forged = PEOPLE.replace("Ada Lovelace", name)
        world.hub.move_base(world.commit({PEOPLE_FILE: forged}))
        number = world.open({CASE: case("draft")})
        commit = world.merged(number)
        ran = world.record()
        assert world.note(commit).pull_request == number
        assert world.note(commit).cases[0].verdict == "ready"
        assert ran.out.count("\n") == 1
        assert ran.out.replace("\n", "").isprintable()

    def test_rules_that_could_not_be_read_then(self, world: World) -> None:
        world.hub.move_base(world.commit({PEOPLE_FILE: "people: ["}))
        number = world.open({PEOPLE_FILE: PEOPLE})
        world.merged(number)
        other = world.merged(world.open({CASE: case("draft")}))
        ran = world.record()
        assert ran.code == Exit.HOLDS, "no later run could do better"
        assert f"casework: pull request {number} is not written down: " in ran.err
        assert list(world.notes()) == [other]


class TestAgainAndAgain:
    @pytest.mark.parametrize("how", ["merge", "squash", "rebase"])
    def test_a_second_run_writes_nothing(self, world: World, how: str) -> None:
        before = world.tip()
        number = world.open({CASE: case("draft")}, {PEOPLE_FILE: PROMOTED}, {CASE: DECIDED})
        world.approve(number)
        world.merged(number, how)
        world.record("push", before=before)
        written, tip = world.notes(), world.git("rev-parse", NOTES)
        for event, given in (("push", {"before": before}), ("schedule", {})):
            ran = world.record(event, **given)
            assert (ran.code, ran.out, ran.err) == (Exit.HOLDS, NOTHING, "")
        assert world.notes() == written
        assert world.git("rev-parse", NOTES) == tip
        assert not [each for each in world.hub.log if "receive-pack" in each.path]
        assert not [each for each in world.hub.calls if each.path.endswith("/reviews")]

    def test_what_a_run_missed_the_next_one_writes(self, world: World) -> None:
        first = world.decision()
        before = world.tip()
        second = world.merged(world.open({ELSEWHERE: case("draft")}))
        ran = world.record("push", before=before)
        assert ran.out.startswith("Pull request 1 is written down."), "the oldest comes first"
        assert set(world.notes()) == {first, second}

    def test_a_schedule_catches_up_with_two_weeks(self, world: World) -> None:
        old = world.decision()
        world.hub.turn_clock("2027-03-10")
        new = world.merged(world.open({ELSEWHERE: case("draft")}))
        world.record(today="2027-03-09")
        assert set(world.notes()) == {new}
        world.record(today="2027-03-08")
        assert set(world.notes()) == {old, new}

    def test_a_push_is_written_down_however_old_its_commits_say_they_are(
        self, world: World
    ) -> None:
        before = world.tip()
        commit = world.decision()
        world.record("push", before=before, today="2027-12-01")
        assert set(world.notes()) == {commit}

    @pytest.mark.parametrize("before", ["0" * 40, "12" * 20, "HEAD", "--all", ""])
    def test_a_push_from_nowhere_known(self, world: World, before: str) -> None:
        commit = world.decision()
        assert world.record("push", before=before).code == Exit.HOLDS
        assert set(world.notes()) == {commit}

    def test_a_push_that_took_the_place_of_what_was_there(self, world: World) -> None:
        world.decision()
        before = world.tip()
        world.hub.move_base(
            world.commit({ELSEWHERE: case("draft")}, world.git("rev-parse", "main^"))
        )
        ran = world.record("push", before=before)
        assert (ran.code, ran.out) == (Exit.HOLDS, NOTHING)

    def test_a_push_to_another_branch_is_as_good_as_a_schedule(self, world: World) -> None:
        commit = world.decision()
        world.record("push", branch="case-1", before="0" * 40)
        assert set(world.notes()) == {commit}

    def test_a_note_that_is_there_is_never_overwritten(self, world: World) -> None:
        commit = world.decision()
        world.git("notes", "--ref=approvals", "add", "-m", "Spoken of in person.", commit)
        ran = world.record()
        assert (ran.code, ran.out) == (Exit.HOLDS, NOTHING)
        assert world.notes() == {commit: "Spoken of in person.\n"}

    def test_the_rest_of_a_rebase_gets_what_it_lacks(self, world: World) -> None:
        number = world.open({CASE: case("draft")}, {CASE: case("submitted")})
        last = world.merged(number, "rebase")
        world.record()
        first = world.git("rev-parse", f"{last}^")
        expected = world.notes()
        world.git("notes", "--ref=approvals", "remove", first)
        ran = world.record()
        assert ran.out.startswith(f"Pull request {number} is written down.")
        assert world.notes() == expected

    def test_what_is_unchanged_asks_little_of_github(self, world: World) -> None:
        world.decision()
        world.record()
        world.record()
        assert world.hub.calls == []
