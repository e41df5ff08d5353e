"""wording.yaml to the lists of the wording rules."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from casework.model.document import Document
from casework.model.wording import Lexicon, Outcome, Pay, Phrase, Step, Wording, by_keys

_STEP = re.compile(r"\{([a-z-]+)(\?)?\}|[^\s{}]+")
_STRAIGHT = str.maketrans("\u2018\u2019\u02bc\u2010\u2011", "'''--")


def read_wording(document: Document) -> Wording:
    """The lists of a document. What is not of its form is left out; nothing is raised."""
    data = _mapping(document.data)
    lists = tuple((name, _text(each)) for name, each in _mapping(data.get("lists")).items())
    lexicons = {
        rule: _lexicon(_groups(groups), lists)
        for rule, groups in _mapping(data.get("rules")).items()
    }
    return Wording(lexicons, _outcome(_mapping(data.get("outcome"))), _pay(data.get("pay")))


def entries(text: Any) -> tuple[str, ...]:
    """What commas separate: lower-case, apostrophes and hyphens straight, single spaces."""
    if not isinstance(text, str):
        return ()
    parts = text.lower().translate(_STRAIGHT).split(",")
    return tuple(entry for part in parts if (entry := " ".join(part.split())))


def _mapping(data: Any) -> Mapping[str, Any]:
    return data if isinstance(data, dict) else {}


def _text(data: Any) -> str:
    return data if isinstance(data, str) else ""


class _Group(NamedTuple):
    """Phrases that have their advice in common, as they are written."""

    phrases: str
    advice: str
    after: str
    unless: str


def _groups(data: Any) -> tuple[_Group, ...]:
    return tuple(
        _Group(
            _text(group.get("phrases")),
            " ".join(str(group.get("advice") or "").split()),
            _text(group.get("after")),
            _text(group.get("unless")),
        )
        for group in map(_mapping, data if isinstance(data, list) else ())
    )


# Base and head, and one commit and the next, mostly have the same lists.
@lru_cache(maxsize=32)
def _lexicon(groups: tuple[_Group, ...], lists: tuple[tuple[str, str], ...]) -> Lexicon:
    return Lexicon.of(_phrases(groups, {name: entries(text) for name, text in lists}))


def _phrases(groups: tuple[_Group, ...], lists: Mapping[str, tuple[str, ...]]) -> Iterator[Phrase]:
    for phrases, advice, ways, exceptions in groups:
        after = tuple(_steps(way, lists) for way in entries(ways))
        unless = entries(exceptions)
        begun = "\n".join(("", *unless))
        for words in entries(phrases):
            stem = words.rstrip("*")
            is_begun = f"\n{stem}" in begun
            longer = tuple(each for each in unless if each.startswith(stem)) if is_begun else ()
            yield Phrase(words, advice, after, longer)


def _steps(way: str, lists: Mapping[str, tuple[str, ...]]) -> tuple[Step, ...]:
    """`{person} {is} {very?}` as its steps; a word outside braces is a step of itself."""
    return tuple(
        Step(lists.get(match[1], ()), bool(match[2])) if match[1] else Step((match[0],))
        for match in _STEP.finditer(way)
    )


def _outcome(data: Mapping[str, Any]) -> Outcome:
    return Outcome(
        entries(data.get("activities")),
        entries(data.get("results")),
        _number(data.get("short")),
        _number(data.get("short_activity")),
    )


def _number(data: Any) -> int:
    return data if isinstance(data, int) and not isinstance(data, bool) else 0


def _pay(data: Any) -> Pay:
    lists = _mapping(data)
    words, after = entries(lists.get("words")), entries(lists.get("after_amount"))
    return Pay(
        _keyed(words),
        _keyed((*words, *after)),
        _keyed(entries(lists.get("elsewhere"))),
    )


@lru_cache(maxsize=16)
def _keyed(words: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return by_keys((each, each) for each in words)
