"""An organisation's repository on the loopback GitHub, and what happens to it, event by event."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tests.cli.clones import Clone
from tests.github.hub import Hub
from tests.stories.act import Act, Run
from tests.stories.organisation import in_words_of_2026

BOT = "github-actions[bot]"
Agrees = Callable[[str, Path], None]
Started = Callable[..., Run]


class Seen(NamedTuple):
    """What people see of a pull request once a run is over."""

    comment: str
    check: dict[str, Any]
    run: Run

    @property
    def conclusion(self) -> str:
        return self.check["conclusion"]


class Stage:
    """One story: whoever does something says so to the hub, and then the event runs."""

    def __init__(self, hub: Hub, clone: Clone, act: Act, quickly: Started) -> None:
        self.hub = hub
        self.clone = clone
        self.act = act
        self.quickly = quickly
        """Runs a command as a workflow's last step does, here; for events before a story's last."""
        self._names = {clone.git("rev-parse", "main"): "main"}

    # Commits

    def commit(self, name: str, changes: Mapping[str, str], onto: str = "main") -> str:
        """Somebody's commit: the files changed, on top of a branch or commit. It has no branch."""
        self.clone.git("checkout", "-q", "--detach", onto)
        for path, text in changes.items():
            self.clone.write(path, text)
        made = self.clone.commit(name)
        self._names[made] = name
        self.clone.git("checkout", "-q", "main")
        return made

    def call(self, commit: str, name: str) -> None:
        """Gives a commit that GitHub made a name to be read."""
        self._names[commit] = name

    # Events

    def happens(self, event: str, number: int | None = None, **given: Any) -> Run:
        """Runs whichever of the shipped workflows the event starts, and these start."""
        payload = self.hub.event(event, number, **given)
        if event not in ("pull_request_review", "merge_group"):
            return self._run("casework.yml", event, payload)
        relay = self._run("relay.yml", event, payload)
        assert relay.result == "success", relay.log
        return self._run("casework.yml", "workflow_run", self._relayed(event, number, **given))

    def happened(self, event: str, number: int | None = None, **given: Any) -> None:
        """Likewise, without the workflow around the program: this is how the story begins."""
        if event in ("pull_request_review", "merge_group"):
            payload = self._relayed(event, number, **given)
            event = "workflow_run"
        else:
            payload = self.hub.event(event, number, **given)
        done = self.quickly(event, payload, "review", "--post")
        assert done.result == "success", done.log

    def strikes(self, workflow: str) -> Run:
        """Runs a workflow that nothing but the clock starts."""
        return self._run(workflow, "schedule", self.hub.event("schedule"))

    def struck(self) -> None:
        """Likewise for the clock: the commands of `reminders.yml`, without the workflow."""
        for command in ("status", "growth"):
            done = self.quickly("schedule", self.hub.event("schedule"), command, "--post")
            assert done.result == "success", done.log

    def _relayed(
        self, event: str, number: int | None, head_branch: str = "", **_: Any
    ) -> dict[str, Any]:
        head = self.hub.git.tip(head_branch) if head_branch else ""
        return self.hub.event(
            "workflow_run", number, of=event, head_branch=head_branch, head_sha=head
        )

    def _run(self, workflow: str, event: str, payload: Mapping[str, Any]) -> Run:
        return self.act.run(self.file(workflow, self.act.home.parent / "run"), event, payload)

    def file(self, workflow: str, folder: Path) -> Path:
        """GitHub takes it from the default branch, whatever a pull request proposes.

        Nothing else of the branch is there: a run begins in an empty folder.
        """
        path = f".github/workflows/{workflow}"
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        text = self.hub.git.file(self.hub.git.tip(self.hub.default_branch), path)
        assert text is not None, f"there is no {path}"
        (folder / path).write_bytes(text)
        return folder / path

    # What is seen

    def seen(self, number: int, run: Run) -> Seen:
        """There must be one comment. Of the check runs GitHub goes by the latest."""
        (comment,) = [c["body"] for c in self.hub.comments(number) if c["login"] == BOT]
        return self.seen_on(self.hub.pulls[number].head, run)._replace(comment=comment)

    def seen_on(self, commit: str, run: Run) -> Seen:
        """The latest check run on a commit that may be no pull request's."""
        assert run.result == "success", run.log
        assert self.hub.token not in run.log
        return Seen("", self.hub.check_runs(commit)[-1], run)

    def conclusion(self, head: str) -> str:
        """What the latest check run on a commit says."""
        return self.hub.check_runs(head)[-1]["conclusion"]

    def told(self, seen: Seen, folder: Path, agrees: Agrees) -> None:
        """All of it as files to read."""
        folder.mkdir(exist_ok=True)
        if seen.comment:
            agrees(self.readable(seen.comment), folder / "comment.md")
        agrees(self.readable(check_text(seen.check)), folder / "check.md")
        agrees(self.readable(seen.run.summary), folder / "job-summary.md")

    def readable(self, text: str) -> str:
        """Without what differs from run to run: commits by name, and always the same days."""
        text = text.replace(self.hub.server_url, "https://github.example")
        text = re.sub(r"\b[0-9a-f]{12,40}\b", self._named, text)
        return in_words_of_2026(text).rstrip("\n") + "\n"

    def _named(self, found: re.Match[str]) -> str:
        (name,) = (name for commit, name in self._names.items() if commit.startswith(found[0]))
        return name


def check_text(check: Mapping[str, Any]) -> str:
    """A check run as a page."""
    notes = [
        f"- {each['annotation_level']}: {each['path']}, line {each['start_line']}:"
        f" {each.get('title', '')}\n  {each['message']}".replace("\n", "\n  ").rstrip()
        for each in check["annotations"]
    ]
    head = f"# {check['name']}: {check['conclusion']}\n\n**{check['title']}**\n"
    parts = [head, check["summary"] or "", check["text"] or "", "\n".join(notes)]
    return "\n".join(part.rstrip("\n") + "\n" for part in parts if part)
