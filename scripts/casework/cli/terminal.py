"""Writing to the two streams, whatever is or is not at their other end."""

import os
import sys
import time
from typing import TextIO

from casework.cli.failure import FailureError

_CLEAR = "\r\x1b[K"
_PATIENCE = 1.0
_PACE = 0.1


def write(text: str) -> None:
    """Put text on standard output, in UTF-8 whatever the locale.

    A reader that went away is no failure. Raises FailureError when nothing can be written.
    """
    if sys.stdout is None:
        raise FailureError("standard output must be open; it is closed", "Redirect it to a file.")
    try:
        _put(sys.stdout, text)
    except BrokenPipeError:
        silence()
    except OSError as error:
        silence()
        reason = (error.strerror or "unknown reason").lower()
        raise FailureError(
            f"standard output must take what is written; it does not: {reason}",
            "Free some space, or redirect the output to another place.",
        ) from error


def complain(message: str, help: str = "") -> None:
    """Put a message, and a remedy on its own line, on standard error, if anybody can see it."""
    lines = f"casework: {_one_line(message)}\n" + (f"  {_one_line(help)}\n" if help else "")
    if sys.stderr is not None:
        try:
            _put(sys.stderr, lines)
        except OSError:
            return


def say(text: str) -> None:
    """Put a question, or a word that is no result, on standard error, if anybody can see it."""
    if sys.stderr is not None:
        *whole, rest = text.split("\n")
        try:
            _put(sys.stderr, "".join(f"{_one_line(each)}\n" for each in whole) + _one_line(rest))
        except OSError:
            return


def silence() -> None:
    """Send what is still to be written to nowhere, so that ending the program stays quiet."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError, AttributeError):
        return


class Progress:
    """A line on standard error that counts, once a run has taken long enough to wonder."""

    def __init__(self, total: int, *, shown: bool) -> None:
        self._total = total
        self._shown = shown
        self._next = time.monotonic() + _PATIENCE
        self._drawn = False

    def advance(self, done: int) -> None:
        """Say how many are done."""
        if not self._shown or (now := time.monotonic()) < self._next:
            return
        self._next = now + _PACE
        self._draw(f"{_CLEAR}Reading cases: {done:,} of {self._total:,}")
        self._drawn = True

    def close(self) -> None:
        """Take the line away."""
        if self._drawn:
            self._draw(_CLEAR)

    def _draw(self, text: str) -> None:
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except OSError:
            self._shown = False


def _put(stream: TextIO, text: str) -> None:
    stream.flush()
    # A path that is not UTF-8 is held as lone surrogates, which are written as escapes.
    data = text.encode("utf-8", "backslashreplace")
    binary = getattr(stream, "buffer", None)
    if binary is None:
        stream.write(data.decode("utf-8"))
    else:
        binary.write(data)
    stream.flush()


def _one_line(text: str) -> str:
    # What was typed may hold anything, and a terminal obeys control characters.
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in text
    )
