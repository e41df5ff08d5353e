"""The main branch with all of its past, and what somebody names of it."""

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from casework.cli.failure import FailureError
from casework.cli.rulebook import Rulebook, read_rulebook, schemas_of
from casework.cli.settings import Settings
from casework.cli.shelf import Shelf
from casework.read.git import Git
from casework.read.schema import Schemas
from casework.read.source import Revision

NOT_MERGED = (
    "It has no history before it is merged, as a draft too; `casework review` shows how it stands."
)


class Trunk(NamedTuple):
    """A branch whose history is told."""

    git: Git
    name: str
    """As people call it."""
    commit: str
    """Its last one."""

    @classmethod
    def of(cls, settings: Settings, base: str | None) -> "Trunk":
        """The branch that was named, or else the main branch.

        Raises FailureError where there is none, or where its older commits are not here.
        """
        git = Git.find(settings.directory)
        branch = base or git.main_branch()
        if branch is None:
            raise FailureError(
                "there must be a main branch whose history can be told; this repository has no "
                "`main`, `master` or `origin`",
                "Commit on the main branch first, or name another: `--base BRANCH`.",
            )
        commit = git.resolve(branch)
        if git.is_shallow():
            raise FailureError(
                "the whole history must be in this clone; older commits were left out of it",
                "Fetch the rest: `git fetch --unshallow`.",
            )
        return cls(git, branch.removeprefix("refs/heads/").removeprefix("refs/remotes/"), commit)

    def schemas(self) -> Schemas:
        """The form of its files. Raises FailureError where there is none."""
        return schemas_of(Revision(self.git, self.commit))

    def rulebook(self, settings: Settings) -> Rulebook:
        """The rules that the branch states now, and who is who. Raises FailureError."""
        rulebook = read_rulebook(Revision(self.git, self.commit), Shelf(settings.cache_folder))
        if rulebook.organisation is None:
            raise FailureError(
                f"the framework, the policy and people.yaml must be readable on {self.name}; they "
                "are not",
                "Run `casework check` there and fix what it finds first.",
            )
        return rulebook

    def is_still_here_alone(self, path: str) -> bool:
        """Whether the working tree has a file that the branch never had, as far as is known."""
        return (self.git.root / path).is_file()


def from_root(word: str, root: Path, directory: Path) -> Iterator[str]:
    """A typed path, which may be meant from the current folder, as paths from the root."""
    for start in (root, directory):
        path = os.path.relpath(os.path.normpath(start / word), root)
        yield PurePosixPath(*Path(path).parts).as_posix()
