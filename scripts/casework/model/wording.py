"""The word lists behind the wording rules: data that people ops edit."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeVar

T = TypeVar("T")

_WORD = re.compile(r"[^\W_]+")


class Step(NamedTuple):
    """One step of what must stand before a phrase: any of some words."""

    words: tuple[str, ...]
    """Lower-case words or sequences of words; `{name}` is whatever the subject is called."""
    optional: bool = False


class Phrase(NamedTuple):
    """Words that a rule points out, and where."""

    words: str
    """Lower-case words with a space between; a `*` at a word's end stands for any ending."""
    advice: str
    after: tuple[tuple[Step, ...], ...] = ()
    """One of these must stand right before the words; nothing must where there are none."""
    unless: tuple[str, ...] = ()
    """Longer phrases that begin with the words and mean something else."""


class Lexicon(NamedTuple):
    """The phrases of a rule by their key, so that a text without the key costs nothing."""

    by_word: Mapping[str, tuple[Phrase, ...]] = {}
    by_stem: Mapping[str, tuple[Phrase, ...]] = {}

    @classmethod
    def of(cls, phrases: Iterable[Phrase]) -> "Lexicon":
        """The lexicon of some phrases; one without a word is left out."""
        by_key = by_keys((each.words, each) for each in phrases)
        return cls(
            {key: found for key, found in by_key.items() if key[-1] != "*"},
            {key[:-1]: found for key, found in by_key.items() if key[-1] == "*"},
        )

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """All phrases, in the order of their keys."""
        both = (*self.by_word.values(), *self.by_stem.values())
        return tuple(phrase for phrases in both for phrase in phrases)


class Outcome(NamedTuple):
    """How evidence that names no outcome is told from evidence that does."""

    activities: tuple[str, ...] = ()
    """Beginnings of an item that say what somebody was busy with."""
    results: tuple[str, ...] = ()
    """Words of which any one shows that an item goes on to say what came of it."""
    short: int = 0
    """Up to how many words an item without a result is pointed out, whatever it begins with."""
    short_activity: int = 0
    """Likewise for an item that begins with an activity."""


class Pay(NamedTuple):
    """What is read as somebody's pay when an amount stands beside it."""

    words: Mapping[str, tuple[str, ...]] = {}
    """Words for pay, by their key."""
    after_amount: Mapping[str, tuple[str, ...]] = {}
    """Words for pay where they follow the amount: those, and some such as in `8 % raise`."""
    elsewhere: Mapping[str, tuple[str, ...]] = {}
    """Whoever else money goes to: a sentence that names them is about the business."""


class Wording(NamedTuple):
    """The lists of all wording rules; a rule whose list is absent has nothing to say."""

    lexicons: Mapping[str, Lexicon]
    """By the rule's id."""
    outcome: Outcome = Outcome()
    pay: Pay = Pay()

    def of(self, rule: str) -> Lexicon:
        """The phrases of one rule, none when the lists leave it out."""
        return self.lexicons.get(rule, Lexicon())


def words_in(text: str) -> frozenset[str]:
    """The words of a lower-case text, as keys have them."""
    return frozenset(_WORD.findall(text))


def by_keys(entries: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    """What goes with each entry, by the entry's key; an entry without a word is left out."""
    found: dict[str, list[T]] = {}
    for entry, value in entries:
        key = key_of(entry)
        if key.strip("*"):
            found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}


def key_of(entry: str) -> str:
    """The word without which an entry cannot be in a text, its longest; a stem ends in `*`."""
    if entry.isalnum():
        return entry
    words = entry.replace("-", " ").replace("'", " ").split() or [""]
    if "*" in entry:
        words = [word for word in words if word[-1:] != "*"] or words
    return max(words, key=len)
