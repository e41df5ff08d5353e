"""The repository on GitHub's side, as a bare one: branches, pull-request refs, the merge queue."""

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

ABSENT = "0" * 40
SETTINGS = {
    "uploadpack.allowAnySHA1InWant": "true",  # GitHub hands out any commit that it still has
    "http.receivepack": "true",
    "gc.auto": "0",
    "receive.autogc": "false",
}


class Remote:
    def __init__(self, path: Path):
        self.path = path
        path.mkdir(parents=True)
        self.git("init", "-q", "--bare", "-b", "main", ".")
        for name, value in SETTINGS.items():
            self.git("config", name, value)

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
        return self._succeeds("cat-file", "-e", f"{commit}^{{commit}}")

    def tip(self, branch: str) -> str:
        """The branch's commit; zeros where there is none."""
        known = self._succeeds("rev-parse", "-q", "--verify", f"refs/heads/{branch}")
        return self.git("rev-parse", f"refs/heads/{branch}") if known else ABSENT

    def receive(self, source: Path, commit: str) -> None:
        """Takes a commit from somebody's clone; no ref holds it yet."""
        name = "refs/received/one"
        target = str(self.path.absolute())
        subprocess.run(
            ["git", "push", "-q", "--force", target, f"{commit}:{name}"],
            cwd=source, env=environment(), check=True, capture_output=True,
        )  # fmt: skip
        self.git("update-ref", "-d", name)

    def point(self, name: str, commit: str) -> None:
        self.git("update-ref", name, commit)

    def forget(self) -> None:
        """Whatever no ref leads to is gone, as some time after a force-push."""
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
