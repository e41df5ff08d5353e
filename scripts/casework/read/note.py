"""The text of a git note to what it says, if it is one of ours.

Whoever can push can write a note of any length that says anything: nothing is raised for it, and
what does not have the form of ours is none of ours.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, TypeVar

from casework.model.note import Note, NotedApproval, NotedCase
from casework.read.schema import is_date
from casework.read.yaml_text import read_yaml

MOST = 1024 * 1024
"""Letters of a note that are read: those of a pull request with a thousand cases."""

_NO_TEXT = re.compile("[\ud800-\udfff]")  # bytes that are no UTF-8, or half a character
_FIELD = "pull_request: "
_CONTENT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")

_T = TypeVar("_T")


def read_note(text: str) -> Note | None:
    """What a note says; None for one that is broken, or not of ours. Nothing is raised.

    It ends at the first empty line: what somebody appended to it is left alone.
    """
    own = text[: MOST + 1].replace("\r\n", "\n").lstrip("\n").partition("\n\n")[0]
    if len(own) > MOST or _FIELD not in own or _NO_TEXT.search(own):
        return None
    yaml = read_yaml(own)
    if yaml.flaws or not isinstance(yaml.data, dict):
        return None
    try:
        return _note(yaml.data)
    except _NoneOfOursError:
        return None


class _NoneOfOursError(Exception):
    """Something does not have the form that our notes have."""


def _note(data: dict[str, Any]) -> Note:
    number = data.get("pull_request")
    if isinstance(number, bool) or not isinstance(number, int) or number < 1:
        raise _NoneOfOursError
    return Note(
        number,
        _text_or_none(data, "opened_by"),
        _text_or_none(data, "framework"),
        _each(data, "cases", _case),
        _each(data, "owners", _approval),
    )


def _case(data: dict[str, Any]) -> NotedCase:
    content = _text(data, "content")
    if not _CONTENT.fullmatch(content):
        raise _NoneOfOursError
    return NotedCase(
        _text(data, "path"),
        content,
        _text_or_none(data, "status"),
        _text(data, "verdict"),
        _each(data, "approvals", _approval),
        _text_or_none(data, "kind"),
        _text_or_none(data, "from"),
        _text_or_none(data, "to"),
    )


def _approval(data: dict[str, Any]) -> NotedApproval:
    return NotedApproval(
        _text(data, "reviewer"),
        _text(data, "account"),
        _text_or_none(data, "level"),
        _text_or_none(data, "commit"),
        _day(data),
    )


def _each(data: dict[str, Any], name: str, read: Callable[[dict[str, Any]], _T]) -> tuple[_T, ...]:
    return tuple(map(read, _groups(data.get(name, []))))


def _groups(listed: Any) -> Iterator[dict[str, Any]]:
    if not isinstance(listed, list):
        raise _NoneOfOursError
    for each in listed:
        if not isinstance(each, dict):
            raise _NoneOfOursError
        yield each


def _text(data: dict[str, Any], name: str) -> str:
    value = data.get(name)
    if not isinstance(value, str) or not value:
        raise _NoneOfOursError
    return value


def _text_or_none(data: dict[str, Any], name: str) -> str | None:
    return _text(data, name) if name in data else None


def _day(data: dict[str, Any]) -> date | None:
    word = _text_or_none(data, "day")
    if word is None:
        return None
    if not is_date(word):
        raise _NoneOfOursError
    return date.fromisoformat(word)
