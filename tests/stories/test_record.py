"""What is written down when something is merged: the shipped workflow, and what git then shows."""

import json
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from casework.model.note import NOTES, Note
from casework.read.note import read_note
from tests.stories.act import Act, Run
from tests.stories.organisation import (
    DECIDED,
    PEOPLE_FILE,
    PROMOTED,
    SUBMITTED,
    promotion,
    submitted,
)
from tests.stories.stage import Agrees, Stage

HERE = Path(__file__).parent
MANAGER, REVIEWERS = "ghopper", ("kjohnson", "bliskov")
PUSH = r"git-receive-pack$"
DECISION = {DECIDED: promotion(), PEOPLE_FILE: PROMOTED}


class Recording:
    """The workflow that writes notes, on a stage; several of its runs may go on at once."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.today = datetime.now(UTC).date().isoformat()
        stage.hub.turn_clock(self.today)
        stage.hub.may_push = True

    def run(self, event: str, **given: Any) -> Run:
        home = self._runner()
        act: Act = self.stage.act._replace(home=home)
        payload = self.stage.hub.event(event, **given)
        done = act.run(self.stage.file("record.yml", home / "run"), event, payload)
        assert self.stage.hub.token not in done.log
        return done

    def run_quickly(self, event: str, **given: Any) -> str:
        """The workflow's last step alone, and what it says."""
        home = self._runner()
        checkout = home / "checkout"
        self.stage.clone.git("clone", "-q", str(self.stage.hub.remote), str(checkout))
        file = home / "event.json"
        file.write_text(json.dumps(self.stage.hub.event(event, **given)), "utf-8")
        hub = self.stage.hub
        told = {
            "GITHUB_API_URL": hub.api_url, "GITHUB_SERVER_URL": hub.server_url,
            "GITHUB_REPOSITORY": hub.repository, "GITHUB_TOKEN": hub.token,
            "GITHUB_EVENT_NAME": event, "GITHUB_EVENT_PATH": str(file),
            "PATH": os.environ["PATH"], "HOME": str(home), "PYTHONPATH": "scripts",
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-P", "-m", "casework", "record"],
            cwd=checkout, env=told, check=True, capture_output=True, text=True,
        )  # fmt: skip
        return done.stdout

    def _runner(self) -> Path:
        return Path(tempfile.mkdtemp(prefix="runner-", dir=self.stage.act.home.parent))

    def pushes(self) -> int:
        log = self.stage.hub.log
        return sum(each.method == "POST" and bool(re.search(PUSH, each.path)) for each in log)

    def git(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=self.stage.hub.remote, check=True, capture_output=True,
            text=True,
        )  # fmt: skip
        return done.stdout.strip()

    def merged(self, name: str, changes: dict[str, str], how: str, *reviewers: str) -> str:
        head = self.stage.commit(name, changes, onto=self.git("rev-parse", "main"))
        number = self.stage.hub.open_pull_request(MANAGER, head, branch=name, title=name)
        for each in reviewers:
            self.stage.hub.review(number, each, "APPROVED")
        commit = self.stage.hub.merge(number, how)
        self.stage.clone.git("fetch", "-q", str(self.stage.hub.remote), "main")
        return commit

    def noted(self) -> set[str]:
        listing = (
            self.git("notes", "--ref=approvals", "list") if self.git("for-each-ref", NOTES) else ""
        )
        return {line.split()[1] for line in listing.splitlines()}

    def note(self, commit: str) -> Note:
        note = read_note(self.git("notes", "--ref=approvals", "show", commit))
        assert note
        return note


@pytest.fixture
def recording(stage: Stage) -> Recording:
    return Recording(stage)


@pytest.mark.usefixtures("pip_itself")
def test_written_down(recording: Recording, agrees: Agrees) -> None:
    before = recording.git("rev-parse", "main")
    commit = recording.merged("promote-ada", DECISION, "squash", *REVIEWERS)
    run = recording.run("push", before=before)
    assert run.result == "success", run.log
    assert "Pull request 1 is written down. Promotion of Ada Lovelace from IC2 to IC3" in run.log
    assert recording.noted() == {commit}
    (noted,) = recording.note(commit).cases
    assert noted.verdict == "approved"
    assert [each.account for each in noted.approvals] == list(REVIEWERS)
    head = recording.stage.hub.pulls[1].head
    names = {
        commit: "1" * 40, head: "a1" * 20, noted.content: "c0" * 20, recording.today: "2026-11-22"
    }  # fmt: skip
    shown = recording.git("log", "-1", "--notes=approvals", "--date=short", "main")
    for each, name in names.items():
        shown = shown.replace(each, name)
    (HERE / "written-down").mkdir(exist_ok=True)
    agrees(f"{shown}\n", HERE / "written-down" / "log.txt")


def test_two_merges_at_the_same_moment(recording: Recording) -> None:
    hub = recording.stage.hub
    start = recording.git("rev-parse", "main")
    first = recording.merged("promote-ada", DECISION, "merge", *REVIEWERS)
    others: list[str] = []

    def another() -> None:
        """Just before this run's push arrives, that of another one does."""
        recording.merged("the-next-case", {SUBMITTED: submitted()}, "squash")
        # GitHub takes a moment until it knows which pull request a commit came by: the other run
        # learns nothing of the first, and so writes its own note alone.
        number, pull = hub.introduced.pop(first), hub.pulls[1]
        pull.merge_commit = None
        others.append(recording.run_quickly("push", before=first))
        hub.introduced[first], pull.merge_commit = number, first

    hub.before("POST", PUSH, another)
    run = recording.run("push", before=start)
    (other,) = others
    assert "Pull request 2 is written down." in other
    assert "Pull request 1 is written down." not in other
    assert run.result == "success", run.log
    assert "Pull request 1 is written down." in run.log
    assert recording.pushes() == 3, "the first one's was refused, and made anew"
    second = recording.git("rev-parse", "main")
    assert recording.noted() == {first, second}
    assert recording.note(first).pull_request == 1
    assert recording.note(second).pull_request == 2


def test_two_runs_at_the_same_moment(recording: Recording) -> None:
    start = recording.git("rev-parse", "main")
    first = recording.merged("promote-ada", DECISION, "merge", *REVIEWERS)
    second = recording.merged("the-next-case", {SUBMITTED: submitted()}, "squash")
    # Both have made their notes on top of what was there before either is let through. (Git itself
    # gives up on a server that says nothing for half a minute.)
    meeting = Barrier(2, timeout=25)
    recording.stage.hub.before("POST", PUSH, meeting.wait, times=2)
    with ThreadPoolExecutor(2) as pool:
        begun = [pool.submit(recording.run, "push", before=each) for each in (start, first)]
        runs = [each.result() for each in begun]
    assert not meeting.broken, "they did not meet"
    assert [each.result for each in runs] == ["success", "success"], runs
    assert recording.pushes() == 2
    for number in (1, 2):
        told = [each for each in runs if f"Pull request {number} is written down." in each.log]
        assert len(told) == 1, "whoever was refused found it written"
    assert sum("There is nothing to write down" in each.log for each in runs) == 1
    assert recording.noted() == {first, second}
    assert recording.git("rev-list", "--count", NOTES) == "2"


def test_a_failed_run_is_made_up_for(recording: Recording) -> None:
    start = recording.git("rev-parse", "main")
    first = recording.merged("promote-ada", DECISION, "rebase", *REVIEWERS)
    recording.stage.hub.fail("GET", "/reviews$", status=404)
    run = recording.run("push", before=start)
    assert run.result == "failure"
    assert recording.noted() == set()
    second = recording.merged("the-next-case", {SUBMITTED: submitted()}, "merge")
    said = recording.run_quickly("push", before=first)
    assert said.count("is written down") == 2
    assert recording.noted() == {first, second}


def test_no_branch_but_the_default_one_runs_it(recording: Recording) -> None:
    recording.merged("promote-ada", DECISION, "merge", *REVIEWERS)
    recording.stage.hub.git.point("refs/heads/master", recording.git("rev-parse", "main"))
    run = recording.run("push", branch="master")
    assert run.result == "skipped", run.log
    assert recording.noted() == set()
