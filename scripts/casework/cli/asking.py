"""Questions to whoever sits at the terminal; a script is never kept waiting for an answer."""

import sys
from collections.abc import Mapping

from casework.cli.failure import UsageError, did_you_mean
from casework.cli.terminal import say

_MOST = 5
_MOST_SHOWN = 40
_MOST_NAMED = 8


def can_ask() -> bool:
    """Whether somebody is there who sees a question and can answer it."""
    streams = (sys.stdin, sys.stderr)
    return all(each is not None and not each.closed and each.isatty() for each in streams)


def ask(question: str, accepted: Mapping[str, str], missing: str, remedy: str) -> str:
    """One of the accepted answers, which are shown with what they mean.

    Raises UsageError where nobody can be asked, or who was asked gives no answer that is accepted.
    """
    if not can_ask():
        raise UsageError(missing, remedy)
    width = max(map(len, accepted), default=0)
    for name, meaning in accepted.items() if len(accepted) <= _MOST_SHOWN else ():
        say(f"  {name:<{width}}  {meaning}".rstrip() + "\n")
    for _ in range(_MOST):
        say(f"{question} ")
        line = sys.stdin.readline()
        if not line:
            say("\n")
            break
        answer = line.strip()
        if answer in accepted:
            return answer
        if answer:
            names = tuple(accepted)
            known = f"none of {', '.join(names)}" if len(names) <= _MOST_NAMED else "not known here"
            say(f"  `{answer}` is {known}. {_guess(answer, names)}".rstrip() + "\n")
    raise UsageError(missing, remedy)


def _guess(answer: str, names: tuple[str, ...]) -> str:
    parts = (each for each in names if answer.casefold() in each.split("-"))
    return did_you_mean(next(parts, answer), names)
