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

    def git(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=self.path, env=environment(), capture_output=True, check=False
        )
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

    def queue(self, base: str, heads: Iterable[tuple[int, str]], squash: bool) -> tuple[str, str]:
        """Builds the queue's refs, each pull request on top of the one before it."""
        tip = self.tip(base)
        branch = ""
        for number, head in heads:
            tree = self.git("merge-tree", "--write-tree", tip, head).splitlines()[0]
            parents = ["-p", tip] if squash else ["-p", tip, "-p", head]
            message = f"Merge pull request #{number}"
            branch = f"gh-readonly-queue/{base}/pr-{number}-{tip}"
            tip = self.git("commit-tree", tree, *parents, "-m", message)
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
