"""What git could not do, said so that people can do something about it."""

from pathlib import Path


class GitError(Exception):
    """Git cannot give what is asked for: what must be, and what to do about it."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


class UnknownRevisionError(GitError):
    """A revision that somebody named does not exist."""


class GitFailedError(GitError):
    """Git ended with an exit code of its own."""

    def __init__(self, message: str, help: str, code: int) -> None:
        super().__init__(message, help)
        self.code = code


def failure(root: Path, complaint: bytes, code: int) -> GitError:
    """What an exit code and a complaint of git's mean."""
    said = complaint.decode("utf-8", "replace").strip()
    if "not a git repository" in said:
        return not_a_repository(root)
    if "dubious ownership" in said:
        return GitError(
            f"the repository must belong to you; git does not trust `{root}`",
            f"If it is yours, run `git config --global --add safe.directory {root}`.",
        )
    lines = said.splitlines() or [f"git ended with {code}"]
    # Git begins with hints and warnings that are beside the point.
    errors = (each for each in lines if each.startswith(("fatal: ", "error: ")))
    first = next(errors, lines[0]).removeprefix("fatal: ").removeprefix("error: ")
    return GitFailedError(
        f"git must be able to read the repository: {first}", "Run `git fsck`.", code
    )


def not_a_repository(start: Path) -> GitError:
    """There is no repository around a folder."""
    return GitError(
        f"casework must be started in a git repository; `{start}` is not in one",
        "Go to your clone of the cases' repository, or name it with `-C DIR`.",
    )


def not_started(root: Path, error: OSError) -> GitError:
    """Git is there and cannot be started, or not in that folder."""
    reason = (error.strerror or "unknown reason").lower()
    return GitError(
        f"git must be able to run in `{root}`; it cannot be started: {reason}",
        "Try `git status` there.",
    )


def missing(root: Path) -> GitError:
    """Git could not be started in a folder."""
    if not root.is_dir():
        return GitError(f"the folder must exist; `{root}` does not", "Name another with `-C DIR`.")
    return GitError("git must be installed; there is no `git` to run", "See https://git-scm.com.")
