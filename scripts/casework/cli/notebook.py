"""The notes of a remote repository, in which others may write at the same moment."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from casework.cli.failure import FailureError
from casework.cli.mirror import Mirror
from casework.read.git_notes import Notes, Writer

_PAUSES = (1.0, 2.0, 4.0, 8.0)
"""Seconds before notes are written once more on top of those by which somebody was faster."""

_WORKFLOW = Writer("github-actions[bot]", "41898282+github-actions[bot]@users.noreply.github.com")
"""The account that a workflow's own token belongs to."""


class Notebook(NamedTuple):
    """The notes of the repository that a mirror mirrors."""

    mirror: Mirror
    notes: Notes
    wait: Callable[[float], None]

    @classmethod
    def of(cls, mirror: Mirror, wait: Callable[[float], None]) -> "Notebook":
        """The notes, opened as they are now. Raises GitError."""
        opened = cls(mirror, Notes(mirror.git, _WORKFLOW), wait)
        opened._reread()
        return opened

    def has(self, commit: str) -> bool:
        """Whether a commit had a note when it was last looked at."""
        return self.notes.has(commit)

    def write(self, texts: Mapping[str, str]) -> tuple[str, ...]:
        """Give each commit its note unless it has one by now; all of them at once, or none.

        Those that got theirs. Raises GitError, and FailureError where others are always faster.
        """
        for pause in (*_PAUSES, None):
            lacking = tuple(each for each in texts if not self.notes.has(each))
            for each in lacking:
                self.notes.add(each, texts[each])
            if not lacking or self._push():
                return lacking
            if pause is not None:
                self.wait(pause)
                self._reread()
        raise FailureError(
            "the notes must be written between two writes of others; each time somebody was faster",
            "Run it again: what is missing now is written then.",
        )

    def _reread(self) -> None:
        here = self.mirror
        here.patiently(lambda: self.notes.fetch(here.remote, here.token))

    def _push(self) -> bool:
        here = self.mirror
        return here.patiently(lambda: self.notes.push(here.remote, here.token))
