"""The notes of the main branch's commits: fetched, added to and pushed, and never overwritten."""

from typing import NamedTuple

from casework.model.note import NOTES
from casework.read.git import Git
from casework.read.git_error import GitError
from casework.read.git_remote import OWN
from casework.read.git_remote_error import RemoteError, RemoteFault

_FETCHED = f"{OWN}notes"
_OURS = "refs/notes/casework-record"
"""Where notes are added until they are pushed: git wants them under `refs/notes/`, and the ref that
somebody reads their own notes from is never moved."""

_NO_NOTES = f"there must be notes at `{NOTES}`; something else was pushed there"
_REMEDY = (
    f"Find out what it is, and delete it: `git push origin :{NOTES}`. The next run writes the "
    "notes of two weeks again; older ones are in the clones that fetched them."
)


class Writer(NamedTuple):
    """In whose name notes are written."""

    name: str
    email: str


class Notes:
    """The notes as the remote had them when they were fetched, and those added since."""

    def __init__(self, git: Git, writer: Writer) -> None:
        self._git = git
        self._as_writer = ("-c", f"user.name={writer.name}", "-c", f"user.email={writer.email}")
        self._noted: set[str] = set()

    def fetch(self, remote: str, token: str | None = None) -> None:
        """Take the notes as they are there; what was added here and not pushed is given up.

        Raises GitError.
        """
        try:
            self._git.fetch(remote, f"+{NOTES}:{_FETCHED}", token=token)
        except RemoteError as error:
            if error.fault is not RemoteFault.GONE:
                raise
            self._git.run("update-ref", "-d", _OURS)  # there are none yet
        else:
            if self._git.commit(_FETCHED) is None:
                raise GitError(_NO_NOTES, _REMEDY)
            self._git.run("update-ref", _OURS, _FETCHED)
        self._noted = self._listed()

    def has(self, commit: str) -> bool:
        """Whether a commit has a note, whoever wrote it."""
        return commit in self._noted

    def add(self, commit: str, text: str) -> None:
        """Give a commit a note. Raises GitError where it has one: none is overwritten."""
        noted = self._git.resolve(commit)
        content = self._git.run("hash-object", "-w", "--stdin", content=text.encode())
        # By the content's id, git changes nothing in the text, and no command line shows it.
        note = content.decode().strip()
        self._git.run(*self._as_writer, "notes", f"--ref={_OURS}", "add", "-C", note, noted)
        self._noted.add(commit)

    def push(self, remote: str, token: str | None = None) -> bool:
        """Whether the remote took what was added; False when somebody else was faster.

        Raises RemoteError.
        """
        return self._git.push(remote, _OURS, NOTES, token=token)

    def _listed(self) -> set[str]:
        listing = self._git.run("notes", f"--ref={_OURS}", "list")
        return {line.split()[1] for line in listing.decode().splitlines()}
