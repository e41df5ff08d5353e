"""The one place that runs git: in what folder, with which settings, in what environment."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from casework.read.git_error import failure, missing, not_started

if TYPE_CHECKING:
    import subprocess

MOST_NAMED = 200
"""How many paths or commits are named on one command line: Windows takes 32,767 characters of it,
which leaves some 160 for each. Beyond that, callers ask for a folder, or in several goes."""

_QUIET = (
    "--no-pager",
    "--no-optional-locks",
    "--literal-pathspecs",
    *("-c", "core.quotePath=false"),
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.askPass="),
    *("-c", f"core.hooksPath={os.devnull}"),
)

_ENVIRONMENT = {
    "LC_ALL": "C",
    "GIT_TERMINAL_PROMPT": "0",
    # History is what was committed, whatever somebody would have it look like.
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    # What a partial clone left out is missing, rather than fetched by whatever program its
    # configuration names: only what is asked for by name needs a network.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
}


class GitCommand:
    """Git, run in a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def text(self, *arguments: str) -> str:
        """What git prints, as text. Raises GitError."""
        return self.run(*arguments).decode("utf-8", "surrogateescape")

    def run(self, *arguments: str, content: bytes | None = None) -> bytes:
        """What git prints, once it was told the content. Raises GitError."""
        return self.output(self.start(*arguments), content)

    def output(self, started: "subprocess.Popen[bytes]", content: bytes | None = None) -> bytes:
        """What git prints until it ends. Raises GitError."""
        with started as process:
            output, complaint = process.communicate(content)
        if process.returncode:
            raise failure(self.root, complaint, process.returncode)
        return output

    def start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        """Git, just started. Raises GitError."""
        return self._start(arguments, {}, is_leader=False)

    def attempt(
        self, *arguments: str, environment: Mapping[str, str], seconds: float
    ) -> tuple[int | None, bytes, bytes]:
        """The exit code, the output and the complaint of a git that may use the network.

        The code is None when git was ended because it took too long. Raises GitError.
        """
        import subprocess

        # It leads a group of its own, since the programs that it starts must end with it.
        with self._start(arguments, environment, is_leader=True) as process:
            try:
                output, complaint = process.communicate(timeout=seconds)
            except subprocess.TimeoutExpired:
                _end(process)
                return None, b"", b""
            except BaseException:
                _end(process)
                raise
        return process.returncode, output, complaint

    def _start(
        self, arguments: tuple[str, ...], environment: Mapping[str, str], *, is_leader: bool
    ) -> "subprocess.Popen[bytes]":
        import subprocess  # most runs over one file need no git at all

        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        try:
            return subprocess.Popen(  # noqa: S603  # a fixed program, no shell, names after `--`
                [b"git", *(_native(each) for each in (*_QUIET, *arguments))],
                cwd=self.root,
                env=kept | _ENVIRONMENT | dict(environment),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=is_leader,
            )
        except FileNotFoundError as error:
            raise missing(self.root) from error
        except OSError as error:
            raise not_started(self.root, error) from error


def _end(process: "subprocess.Popen[bytes]") -> None:
    if os.name == "nt":
        process.kill()
        return
    import signal

    os.killpg(process.pid, signal.SIGKILL)  # not waited for yet, so the id is still its own


def _native(word: str) -> bytes | str:
    return word if os.name == "nt" else word.encode("utf-8", "surrogateescape")
