"""What `casework review --post` costs: requests, seconds of its own, the size of a comment.

It runs as a process against a GitHub on loopback. Its seconds are those of the processor, git's
included: so no waiting for an answer is among them, and no pause between writes. It needs what the
tests need: `make test` installs it.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import generate

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.github.hub import Hub  # noqa: E402

TODAY = "2026-11-22"
MANAGER, REVIEWER = "ghopper", "kjohnson"
SENTENCE = "\nThe plan for the next quarter is agreed.\n"


class Run(NamedTuple):
    """What one process did."""

    calls: int
    seconds: float
    """Of the processor's time."""


class World:
    """A repository on the GitHub on loopback, and the clone that the program works in."""

    def __init__(self, hub: Hub, source: Path, folder: Path) -> None:
        self.hub, self.source, self.folder = hub, source, folder
        hub.source = source
        hub.move_base(self.git("rev-parse", "HEAD"))
        self.here = folder / "here"
        generate.git(folder, "clone", "-q", str(hub.remote), str(self.here))

    def git(self, *arguments: str) -> str:
        command = ["git", *generate.ME, *arguments]
        done = subprocess.run(command, cwd=self.source, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def propose(self, case: Path) -> int:
        """A pull request that adds a sentence to a case."""
        self.git("checkout", "-q", "--detach", "main")
        with case.open("a", encoding="utf-8") as file:
            file.write(SENTENCE)
        self.git("commit", "-q", "-a", "-m", "A sentence more")
        commit = self.git("rev-parse", "HEAD")
        self.git("checkout", "-q", "main")
        return self.hub.open_pull_request(MANAGER, commit)

    def run(self, event: str, number: int | None = None) -> Run:
        """One process, from start to exit."""
        payload = self.folder / "event.json"
        payload.write_text(json.dumps(self.hub.event(event, number)), "utf-8")
        environment = {
            **os.environ, "PYTHONPATH": str(ROOT / "scripts"), "XDG_CACHE_HOME": str(self.folder),
            "GITHUB_API_URL": self.hub.api_url, "GITHUB_SERVER_URL": self.hub.server_url,
            "GITHUB_REPOSITORY": self.hub.repository, "GITHUB_TOKEN": self.hub.token,
            "GITHUB_EVENT_NAME": event, "GITHUB_EVENT_PATH": str(payload),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
        }  # fmt: skip
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        command = [sys.executable, "-m", "casework", "review", "--post", "--today", TODAY]
        self.hub.log.clear()
        child = subprocess.Popen(
            command,
            cwd=self.here,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        assert child.stderr is not None
        with child.stderr as stream:
            complaint = stream.read().decode()
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in (0, 1):
            sys.exit(f"it ended with {child.returncode}: {complaint}")
        return Run(len(self.hub.calls), used.ru_utime + used.ru_stime)


@contextmanager
def world(source: Path) -> Iterator[World]:
    """A repository that is on the GitHub on loopback for a while."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Hub(Path(folder) / "github") as hub,
    ):
        yield World(hub, source, Path(folder))


def examples(folder: Path) -> None:
    """The shipped framework, schemas and cases, as a repository."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for each in ("framework", "schemas", "cases"):
        shutil.copytree(ROOT / each, folder / each)
    generate.git(folder, "init", "-q", "-b", "main")
    generate.git(folder, "add", "-A")
    generate.git(folder, "commit", "-q", "-m", "The examples")


def measure(source: Path, what: str, rounds: int) -> str:
    """The rows of a table: a pull request judged first, unchanged, and after a review."""
    case = sorted(source.glob("cases/*/2027-02.md"))[0]
    runs: dict[str, list[Run]] = {"first": [], "unchanged": [], "after a review that counts": []}
    for _ in range(rounds):
        with world(source) as made:
            number = made.propose(case)
            runs["first"].append(made.run("pull_request_target", number))
            runs["unchanged"].append(made.run("pull_request_target", number))
            made.hub.review(number, REVIEWER, "APPROVED")
            runs["after a review that counts"].append(made.run("pull_request_target", number))
    return "".join(
        f"| {what}: {name} | {found[0].calls} "
        f"| {statistics.median(each.seconds for each in found):.2f} s |\n"
        for name, found in runs.items()
    )


def comments(source: Path) -> str:
    """A row: every example in a pull request of its own, judged in one run."""
    with world(source) as made:
        numbers = [made.propose(case) for case in sorted(source.glob("cases/*/*-*.md"))]
        run = made.run("schedule")
        bodies = [made.hub.comments(each)[0]["body"] for each in numbers]
    return (
        f"| {len(numbers)} pull requests in one run: first | {run.calls} | {run.seconds:.2f} s |\n"
        f"\nThe longest comment of these has {max(map(len, bodies)):,} characters; "
        "GitHub takes 65,536.\n"
    )


def main() -> int:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "bench")
    options = parser.parse_args()
    folder = options.folder.resolve()
    few, many = folder / "examples", folder / "posted"
    examples(few)
    generate.generate(many, options.cases)
    print("| what | requests | processor |\n| --- | --: | --: |")
    print(measure(few, "among the shipped examples", options.rounds), end="")
    print(measure(many, f"among {options.cases:,} cases", options.rounds), end="")
    print(comments(few), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
