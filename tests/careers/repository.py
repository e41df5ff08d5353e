"""A repository in which a story happens, and what people read there meanwhile.

Names and days of all commits are the story's. Ids in what is read are its own too: git's would all
change with a word of the framework or of a schema, and say nothing.
"""

import io
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from casework.cli.main import main
from casework.model.note import Note, NotedApproval, NotedCase
from casework.model.people import People, Person
from casework.render.note import note_text
from tests.cli.clones import ROOT

_BOT = "github-actions[bot]"
_FORMATS = {"txt": (), "md": ("--format", "markdown"), "json": ("--format", "json")}


class Pull(NamedTuple):
    """A pull request that is open."""

    number: int
    title: str
    author: str
    branch: str


class Repository:
    """The main branch of an organisation, its pull requests, and the day that it is."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.now = datetime(2024, 2, 1, 9, tzinfo=UTC)
        self.read: dict[str, str] = {}
        """What people read, by the name of the file that keeps it."""
        for folder in ("framework", "schemas"):
            shutil.copytree(ROOT / folder, root / folder)
        self.git("init", "-q", "-b", "main")

    # What happens.

    def on(self, day: str) -> None:
        """It is nine in the morning of that day."""
        self.now = datetime.combine(date.fromisoformat(day), time(9), UTC)

    def pull(self, number: int, author: str, title: str) -> Pull:
        """Somebody begins a branch, which will be a pull request."""
        branch = "-".join(re.findall(r"[a-z0-9]+", title.lower()))
        self.git("checkout", "-q", "-b", branch, "main")
        return Pull(number, title, author, branch)

    def edit(self, path: str, *changes: Callable[[str], str]) -> None:
        """Somebody opens a file in an editor."""
        text = self.text(path)
        for change in changes:
            new = change(text)
            assert new != text, f"{path} was to be changed"
            text = new
        self.write(path, text)

    def move(self, old: str, new: str) -> None:
        (self.root / new).parent.mkdir(exist_ok=True)
        self.git("mv", old, new)

    def commit(self, who: str, subject: str) -> None:
        self.git("add", "-A")
        self.dated((who, who), "commit", "-q", "-m", subject)

    def merge(self, pull: Pull, how: str, approvals: Sequence[str] = ()) -> None:
        """It passes, is merged as GitHub does it, and its note is written as the workflow does."""
        code, report = self.judged(pull, approvals)
        assert code == 0, f"#{pull.number} does not pass: {report}"
        head, base = self.git("rev-parse", pull.branch, "main").splitlines()
        whose = (self.name(pull.author), "GitHub")
        self.git("checkout", "-q", "main")
        if how == "merge":
            subject = f"Merge pull request #{pull.number} from example/{pull.branch}"
            words = ("merge", "-q", "--no-ff", "-m", subject, "-m", pull.title, pull.branch)
            self.dated(whose, *words)
        elif how == "squash":
            self.git("merge", "-q", "--squash", pull.branch)
            self.dated(whose, "commit", "-q", "-m", f"{pull.title} (#{pull.number})")
        else:
            self.dated((None, "GitHub"), "cherry-pick", f"main..{pull.branch}")
        self.git("branch", "-q", "-D", pull.branch)
        given = tuple(self._approval(each, head) for each in approvals)
        for commit in self.git("rev-list", "--first-parent", f"{base}..main").splitlines():
            self._note(commit, pull, report["cases"], given)

    def _note(
        self, commit: str, pull: Pull, reports: list[Any], approvals: tuple[NotedApproval, ...]
    ) -> None:
        cases = []
        for each in reports:
            content = self.git("rev-parse", f"{commit}:{each['path']}")
            counting = approvals if each["status"] not in ("draft", "submitted") else ()
            said = (each["path"], content, each["status"], each["verdict"], counting)
            cases.append(NotedCase(*said, each["kind"], each["from"], each["to"]))
        owners = () if cases else approvals
        note = Note(pull.number, pull.author, "1.0.0", tuple(cases), owners)
        people = People({who: Person(who, each["name"]) for who, each in self.people.items()})
        words = ("notes", "--ref=approvals", "add", "-F", "-", commit)
        self.dated((_BOT, _BOT), *words, given=note_text(note, people))

    def _approval(self, handle: str, commit: str) -> NotedApproval:
        entry = self.people[handle]
        return NotedApproval(
            handle, entry["github"], entry.get("level"), commit, self.now.date()
        )  # fmt: skip

    # What is read.

    def casework(self, *words: str) -> tuple[int, str, str]:
        """A command on the day that it is, as people type it: its code, and what it says."""
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
        today = ("--today", self.now.date().isoformat(), "-C", str(self.root))
        with redirect_stdout(out), redirect_stderr(err):
            code = main([*words, *today])
        said = [each.buffer.getvalue().decode("utf-8") for each in (out, err)]  # type: ignore[attr-defined]
        return code, *(each.replace(str(self.root), "/work") for each in said)

    def types(self, name: str, *words: str) -> None:
        """A command that people type, and what they then read: kept under that name.

        The name's ending says in which format. Text comes as the terminal shows it.
        """
        words = (*words, *_FORMATS[name.rpartition(".")[2]])
        code, out, err = self.casework(*words)
        assert "this must not happen" not in err, err
        typed = " ".join(f'"{each}"' if " " in each else each for each in words)
        if name.endswith(".txt"):
            ended = f"(it ends with {code})\n" if code else ""
            out = f"$ casework {typed}\n{err}{out}{ended}"
        self.read[f"{self.now.date()}-{name}"] = (
            self.read.get(f"{self.now.date()}-{name}", "") + out
        )

    def reads(self, name: str, *words: str) -> None:
        """What git says to who asks it."""
        shown = f"$ git {' '.join(words)}\n{self.git(*words)}\n"
        self.read[f"{self.now.date()}-{name}"] = shown

    def looks(self, name: str, path: str) -> None:
        """A file as it is."""
        self.read[f"{self.now.date()}-{name}"] = self.text(path)

    def sees(self, name: str, pull: Pull, approvals: Sequence[str] = ()) -> None:
        """The pull request as `casework review` shows it, with the approvals that it has."""
        self.types(name, "review", *self._reviews(pull, approvals))

    def judged(self, pull: Pull, approvals: Sequence[str]) -> tuple[int, dict[str, Any]]:
        code, out, err = self.casework(
            "review", *self._reviews(pull, approvals), "--format", "json"
        )
        assert not err, err
        return code, json.loads(out)

    def _reviews(self, pull: Pull, approvals: Sequence[str]) -> tuple[str, ...]:
        commit = self.git("rev-parse", pull.branch)
        people = self.people
        given = [
            {"user": {"login": people[each]["github"]}, "state": "APPROVED", "commit_id": commit}
            for each in approvals
        ]
        file = self.root.parent / "reviews.json"
        file.write_text(json.dumps({"author": people[pull.author]["github"], "reviews": given}))
        return "--head", pull.branch, "--reviews", "../reviews.json"

    # What is there.

    @property
    def people(self) -> dict[str, dict[str, str]]:
        """The entries of people.yaml on the main branch."""
        return _entries(self.git("show", "main:cases/people.yaml"))

    def name(self, handle: str) -> str:
        return self.people[handle]["name"]

    def text(self, path: str) -> str:
        return (self.root / path).read_text("utf-8")

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(exist_ok=True)
        (self.root / path).write_text(text, "utf-8")

    def dated(self, who: tuple[str | None, str], *words: str, given: str = "") -> str:
        """What makes commits, some minutes later: with the names of an author and a committer."""
        self.now += timedelta(minutes=10)
        settings = {}
        for role, name in zip(("AUTHOR", "COMMITTER"), who, strict=True):
            if name is not None:  # whoever wrote what is picked stays its author
                settings[f"GIT_{role}_NAME"] = name
                settings[f"GIT_{role}_EMAIL"] = f"{name.split()[0].lower()}@example.com"
                settings[f"GIT_{role}_DATE"] = self.now.isoformat()
        return self.git(*words, given=given, **settings)

    def git(self, *words: str, given: str = "", **settings: str) -> str:
        """Git, without anything of this machine's own."""
        own = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "TZ": "UTC"}
        done = subprocess.run(
            ["git", *words], cwd=self.root, env={"PATH": os.environ["PATH"], **own, **settings},
            check=True, capture_output=True, text=True, input=given,
        )  # fmt: skip
        return done.stdout.strip("\n")


@cache
def _entries(text: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = yaml.safe_load(text)["people"]
    return found
