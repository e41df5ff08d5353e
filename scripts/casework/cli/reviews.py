"""The reviews in a JSON file, so that approvals can be tried without GitHub."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from casework.cli.failure import FailureError, UsageError, did_you_mean
from casework.model.pull_request import GivenReview, ReviewState

_MOST_BYTES = 8 * 1024 * 1024
_FIELDS = ("author", "reviews")
_STATES = tuple(each.value for each in ReviewState)
_FORM = (
    "It holds GitHub's list of reviews, or an object with `author` and `reviews`: see "
    "`docs/readiness.md`."
)
_NO_AUTHOR = (
    "The reviews do not come with the author of the pull request, so an approval by the author "
    "would count here. On GitHub it does not."
)

Resolve = Callable[[str], str | None]
"""The commit that a revision names, or None when there is none."""


class ReviewsFile(NamedTuple):
    """What such a file says."""

    author: str | None
    reviews: tuple[GivenReview, ...]
    """In the file's order, which is that of time."""
    notes: tuple[str, ...] = ()
    """What it leaves open, for people to read."""


def read_reviews(file: str, directory: Path, resolve: Resolve, judged: str) -> ReviewsFile:
    """The reviews in a file, or on the standard input for `-`.

    `judged` stands for what a review is of that names no commit. Raises FailureError.
    """
    data = _parsed(_content(file, directory), file)
    if isinstance(data, list):
        return ReviewsFile(None, tuple(_reviews(data, resolve, judged)), (_NO_AUTHOR,))
    if not isinstance(data, dict):
        raise _wrong("the file", "a list of reviews, or an object", data)
    for field in data:
        if field not in _FIELDS:
            names = " and ".join(f"`{each}`" for each in _FIELDS)
            raise FailureError(
                f"the file's fields must be {names}; one is `{field}`",
                did_you_mean(field, _FIELDS) or _FORM,
            )
    listed = data.get("reviews")
    if not isinstance(listed, list):
        raise _wrong("`reviews`", "a list", listed)
    notes = () if "author" in data else (_NO_AUTHOR,)
    author = _login(data.get("author"), "author")
    return ReviewsFile(author, tuple(_reviews(listed, resolve, judged)), notes)


def _content(file: str, directory: Path) -> bytes:
    name = "the standard input" if file == "-" else f"`{file}`"
    try:
        if file == "-":
            content = sys.stdin.buffer.read(_MOST_BYTES + 1)
        else:
            with (directory / file).open("rb") as opened:
                content = opened.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        raise UsageError(f"`--reviews` must name a file that exists; there is no {name}") from None
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "no such name").lower()
        message = f"`--reviews` must name a file that can be read; {name} cannot: {reason}"
        raise FailureError(message) from None
    if len(content) > _MOST_BYTES:
        raise FailureError(f"a file of reviews must have at most 8 MiB; {name} has more", _FORM)
    return content


def _parsed(content: bytes, file: str) -> Any:
    name = "the standard input" if file == "-" else f"`{file}`"
    try:
        return json.loads(content.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise FailureError(f"{name} must be JSON; it is not, from {where} on", _FORM) from None
    except UnicodeDecodeError:
        raise FailureError(f"{name} must be UTF-8 text; it is not", _FORM) from None
    except (ValueError, RecursionError):
        raise FailureError(f"{name} must be JSON that lists reviews; it is not", _FORM) from None


def _reviews(listed: list[Any], resolve: Resolve, judged: str) -> Iterator[GivenReview]:
    for place, each in enumerate(listed):
        yield _review(each, f"reviews[{place}]", resolve, judged)


def _review(data: Any, place: str, resolve: Resolve, judged: str) -> GivenReview:
    if not isinstance(data, dict):
        raise _wrong(f"`{place}`", "an object", data)
    login = _user(data, place)
    return GivenReview(login, _state(data, place), _commit(data, place, resolve, judged))


def _user(data: dict[str, Any], place: str) -> str | None:
    user = data.get("user", "")
    if user is None:
        return None
    if not isinstance(user, dict):
        raise _wrong(f"`{place}.user`", "an object with `login`, or null", user or None)
    if "login" not in user:
        raise _wrong(f"`{place}.user.login`", "the name of an account", None)
    return _login(user["login"], f"{place}.user.login")


def _login(value: Any, place: str) -> str | None:
    if value is None or (isinstance(value, str) and value.strip()):
        return value.strip() if value else None
    raise _wrong(f"`{place}`", "the name of an account, or null where it was deleted", value)


def _state(data: dict[str, Any], place: str) -> ReviewState:
    word = data.get("state")
    state = word.strip().lower().replace("_", "-") if isinstance(word, str) else None
    if state not in _STATES:
        first = ", ".join(f"`{each}`" for each in _STATES[:-1])
        guess = did_you_mean(state, _STATES) if state else ""
        raise _wrong(f"`{place}.state`", f"{first} or `{_STATES[-1]}`", word, guess or _FORM)
    return ReviewState(state)


def _commit(data: dict[str, Any], place: str, resolve: Resolve, judged: str) -> str | None:
    revision = data.get("commit_id", judged)
    if revision is None:
        return None
    if not isinstance(revision, str):
        raise _wrong(f"`{place}.commit_id`", "a commit, or null where it is gone", revision)
    return resolve(revision) or revision  # one that nobody knows is shown as it was given


def _wrong(what: str, accepted: str, value: Any, help: str = _FORM) -> FailureError:
    shown = json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else value
    found = f"it is `{shown[:60]}`" if value is not None else "it is absent"
    return FailureError(f"{what} must be {accepted}; {found}", help)
