"""The repository on GitHub's side, as a bare one: branches, pull-request refs, the merge queue."""

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

ABSENT = "0" * 40
SETTINGS = """\
[core]
	repositoryformatversion = 0
	bare = true
	fsync = none
[uploadpack]
	# GitHub hands out any commit that it still has.
	allowAnySHA1InWant = true
[http]
	receivepack = true
[receive]
	autogc = false
[gc]
	auto = 0
"""


class Remote:
    def __init__(self, path: Path):
        self.path = path
        self._known: set[str] = set()
        self._received: dict[Path, list[str]] = {}
        # What `git init --bare` would make, and five `git config`: hundreds of tests begin here.
        for folder in ("objects/info", "objects/pack", "refs/heads", "refs/tags"):
            (path / folder).mkdir(parents=True)
        (path / "HEAD").write_text("ref: refs/heads/main\n", "utf-8")
        (path / "config").write_text(SETTINGS, "utf-8")

    def git(self, *arguments: str, at: str | None = None) -> str:
        """What git says; `at` is when what it makes was committed."""
        dated = {f"GIT_{who}_DATE": at for who in ("AUTHOR", "COMMITTER")} if at else {}
        done = subprocess.run(
            ["git", *arguments], cwd=self.path, env=environment() | dated, capture_output=True,
            check=False,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"git {' '.join(arguments)}: {done.stderr.decode()}")
        return done.stdout.decode().strip()

    def has(self, commit: str) -> bool:
        if commit not in self._known and self._succeeds("cat-file", "-e", f"{commit}^{{commit}}"):
            self._known.add(commit)
        return commit in self._known

    def tip(self, branch: str) -> str:
        """The branch's commit; zeros where there is none."""
        # Every answer of the API asks for it, so it is read where git keeps it.
        try:
            return (self.path / "refs/heads" / branch).read_text("ascii").strip()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            assert not (self.path / "packed-refs").exists()
            return ABSENT

    def receive(self, source: Path, commit: str) -> None:
        """Takes a commit and all that it needs from somebody's clone; no ref holds it yet."""
        before = self._received.setdefault(source, [])
        wanted = "\n".join((commit, *(f"^{each}" for each in before), ""))
        packed = subprocess.run(
            ["git", "pack-objects", "-q", "--revs", "--stdout"], input=wanted.encode(),
            cwd=source, env=environment(), check=True, capture_output=True,
        )  # fmt: skip
        # One pack is written sooner than a file for each object.
        subprocess.run(
            ["git", "index-pack", "--stdin"], input=packed.stdout,
            cwd=self.path, env=environment(), check=True, capture_output=True,
        )  # fmt: skip
        before.append(commit)
        self._known.add(commit)

    def point(self, name: str, commit: str) -> None:
        # As `git update-ref` does, without a process for each of the many moves.
        assert self.has(commit)
        place = self.path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        lock = place.with_name(f"{place.name}.lock")
        with lock.open("x", encoding="ascii") as file:
            file.write(f"{commit}\n")
        lock.replace(place)

    def forget(self) -> None:
        """Whatever no ref leads to is gone, as some time after a force-push."""
        self._known.clear()
        self._received.clear()
        self.git("repack", "-a", "-d", "-q")
        self.git("prune", "--expire=now")

    def merge(self, base: str, head: str, message: str, at: str, squash: bool = False) -> str:
        """A commit on top of a branch (or a commit) that holds what the head changed."""
        tip = self.git("rev-parse", f"{base}^{{commit}}")
        tree = self.git("merge-tree", "--write-tree", tip, head).splitlines()[0]
        parents = ["-p", tip] if squash else ["-p", tip, "-p", head]
        return self.git("commit-tree", tree, *parents, "-m", message, at=at)

    def rebase(self, base: str, head: str, at: str) -> list[str]:
        """The head's own commits anew on top of a branch, GitHub being their committer."""
        place = str(self.path / "rebasing")
        self.git("worktree", "add", "-q", "--detach", place, head)
        try:
            self.git("-C", place, "rebase", "-q", "--no-ff", base, at=at)
            made = self.git("-C", place, "rev-list", "--reverse", f"{base}..HEAD").split()
        finally:
            self.git("worktree", "remove", "--force", place)
        return made

    def own_commits(self, base: str, head: str) -> list[str]:
        """Those of a head that a branch lacks, oldest first; none where git does not know it."""
        if not self.has(head) or not self.has(base):
            return []
        return self.git("rev-list", "--reverse", f"{base}..{head}").split()

    def line(self, base: str, tip: str) -> list[str]:
        """The first parents from a branch on, oldest first."""
        return self.git("rev-list", "--reverse", "--first-parent", f"{base}..{tip}").split()

    def parents(self, commit: str) -> list[str]:
        return self.git("rev-parse", f"{commit}^@").split()

    def holds(self, branch: str, commit: str) -> bool:
        return self._succeeds("merge-base", "--is-ancestor", commit, f"refs/heads/{branch}")

    def queue(
        self, base: str, heads: Iterable[tuple[int, str]], messages: Iterable[str], at: str,
        squash: bool,
    ) -> tuple[str, str]:  # fmt: skip
        """Builds the queue's refs, each pull request on top of the one before it."""
        tip = self.tip(base)
        branch = ""
        for (number, head), message in zip(heads, messages, strict=True):
            branch = f"gh-readonly-queue/{base}/pr-{number}-{tip}"
            tip = self.merge(tip, head, message, at, squash)
            self.point(f"refs/heads/{branch}", tip)
        return branch, tip

    def file(self, revision: str, path: str) -> bytes | None:
        if not self._succeeds("cat-file", "-e", f"{revision}:{path}"):
            return None
        command = ["git", "cat-file", "blob", f"{revision}:{path}"]
        return subprocess.run(
            command, cwd=self.path, env=environment(), capture_output=True, check=True
        ).stdout

    def _succeeds(self, *arguments: str) -> bool:
        done = subprocess.run(
            ["git", *arguments], cwd=self.path, env=environment(), capture_output=True, check=False
        )
        return done.returncode == 0


def environment() -> dict[str, str]:
    """Git's surroundings without anybody's own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    who = {"NAME": "GitHub", "EMAIL": "noreply@github.example"}
    named = {f"GIT_{role}_{k}": v for role in ("AUTHOR", "COMMITTER") for k, v in who.items()}
    return {**kept, **named, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
