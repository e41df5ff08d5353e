"""Where a case says one of the phrases that a wording rule points out."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from casework.check.context import Context
from casework.model.case import Case, Passage
from casework.model.framework import Framework
from casework.model.position import Position
from casework.model.wording import Lexicon, Phrase, Step, words_in


class Said(NamedTuple):
    """A phrase that somebody wrote, with its place."""

    at: Position
    text: str
    """As it is written, on one line."""
    advice: str


def said(context: Context, rule: str) -> Iterator[Said]:
    """The phrases of a rule in the prose of a case, unless the framework says them itself."""
    phrases = _possible(context.document.text, context.organisation.wording.of(rule))
    if not phrases:
        return
    names = _names(context)
    for passage in passages(context.case):
        found = _apart(_found(passage, phrases, names))
        own = framework_text(context.framework) if found else ""
        for start, end, phrase in found:
            if not _says(own, phrase.words):
                text = " ".join(passage.prose[start:end].split())
                yield Said(passage.position(start), text, phrase.advice)


def passages(case: Case) -> Iterator[Passage]:
    """All text of a case."""
    for top in (case.preamble, *case.sections):
        for section in top.walk():
            yield from section.passages


def _possible(text: str, lexicon: Lexicon) -> list[tuple[str, Phrase]]:
    """The phrases, with their keys, all of whose words the text has: few, so this comes first."""
    lower, words = vocabulary(text)
    keyed = [(key, each) for key in words & lexicon.by_word.keys() for each in lexicon.by_word[key]]
    stems = lexicon.by_stem.items()
    keyed += [(stem, each) for stem, phrases in stems if stem in lower for each in phrases]
    return [(key, each) for key, each in keyed if _is_in(each.words, lower, words)]


def _is_in(phrase: str, lower: str, words: frozenset[str]) -> bool:
    """Whether a text has a phrase, perhaps in code or within longer words."""
    if " " not in phrase:
        return True  # its key is there
    if not words.issuperset(word for word in phrase.split(" ") if word.isalnum()):
        return False
    return phrase in lower or _roughly(phrase).search(lower) is not None


@lru_cache(maxsize=1)  # the rules look at one document after the other
def vocabulary(text: str) -> tuple[str, frozenset[str]]:
    """A document's text in lower case, and the words in it."""
    lower = plain(text)
    return lower, words_in(lower)


def _found(
    passage: Passage, phrases: list[tuple[str, Phrase]], names: tuple[str, ...]
) -> Iterator[tuple[int, int, Phrase]]:
    lower = passage.prose.lower()
    phrases = [each for each in phrases if each[0] in lower]
    text = plain(_without_links(passage)) if phrases else ""
    for _, phrase in phrases:
        for match in _pattern(phrase.words).finditer(text):
            start, end = match.span()
            near = text[max(0, start - _FAR) : start]
            if _follows(phrase.after, near, names) and not _goes_on(phrase, text, start):
                yield start, end, phrase


def _apart(found: Iterator[tuple[int, int, Phrase]]) -> list[tuple[int, int, Phrase]]:
    """Matches in order, without those that lie in a longer one or overlap an earlier one."""
    apart: list[tuple[int, int, Phrase]] = []
    for each in sorted(found, key=lambda each: (each[0], -each[1], each[2].words)):
        if not apart or each[0] >= apart[-1][1]:
            apart.append(each)
    return apart


_LINKED = re.compile(r"\[[^\[\]]*\](?=[(\[])")


def _without_links(passage: Passage) -> str:
    """A passage's prose without the words that are links: mostly titles that others chose."""
    if "](" not in passage.raw:
        return passage.prose
    parts, done = [], 0
    for match in _LINKED.finditer(passage.raw):
        parts += [passage.prose[done : match.start()], " " * len(match[0])]
        done = match.end()
    return "".join((*parts, passage.prose[done:]))


_CURVED = tuple(zip("\u2018\u2019\u02bc\u2010\u2011\u00a0\u202f", "'''--  ", strict=True))


def _straight(text: str) -> str:
    if not text.isascii():
        for curved, straight in _CURVED:
            text = text.replace(curved, straight)
    return text


def plain(text: str) -> str:
    """Lower case with plain apostrophes, hyphens and spaces, every character in its place."""
    lower = text.lower()
    if len(lower) != len(text):  # `İ` is two characters in lower case
        lower = "".join(low if len(low := each.lower()) == 1 else each for each in text)
    return _straight(lower)


# Between two words: a space or two, one line break with its indent, or a hyphen. No more, since
# code and quotations are blanked and must not bring together what they stand between.
_GAP = r"(?:[ \t]{1,2}|[ \t]{0,2}\n[ \t]{0,12}|-)"
# A word ends at a character that is no letter or digit; a hyphen goes on with the word.
_BEFORE, _AFTER = r"(?<![^\W_])(?<![^\W_]-)", r"(?![^\W_]|-[^\W_])"


@lru_cache(maxsize=2048)
def _pattern(words: str) -> re.Pattern[str]:
    """A phrase in the lists' notation as a regular expression."""
    before = _BEFORE if words[:1].isalnum() else ""
    return re.compile(before + _spelled(words) + _AFTER)


@lru_cache(maxsize=2048)
def _roughly(words: str) -> re.Pattern[str]:
    """A phrase without its boundaries, since a search that begins with a letter is faster."""
    return re.compile(_spelled(words))


def _spelled(words: str) -> str:
    parts = re.split(r"[ -]", words)
    return _GAP.join(
        re.escape(part.rstrip("*")) + r"[^\W_]*" * (part[-1:] == "*") for part in parts
    )


_FAR = 120


def _follows(after: tuple[tuple[Step, ...], ...], near: str, names: tuple[str, ...]) -> bool:
    """Whether one of the ways in which a phrase may begin stands at the end of a text."""
    if not after:
        return True
    if names:
        # Named apart, since `Ada's quiet` is not `she's quiet`.
        near = re.sub(rf"\b(?:{'|'.join(names)})('s)?\b", r"{name\1}", near)
    return any(_ending(steps).search(near) for steps in after)


@lru_cache(maxsize=256)
def _ending(steps: tuple[Step, ...]) -> re.Pattern[str]:
    return re.compile(_BEFORE + "".join(map(_step, steps)) + r"\Z")


def _step(step: Step) -> str:
    words = "|".join(_spelled(each) for each in sorted(step.words, key=len, reverse=True))
    # An apostrophe needs no space before it: she's.
    return rf"(?:(?:{words or '(?!)'}){_AFTER}{_GAP}?)" + "?" * step.optional


def _goes_on(phrase: Phrase, text: str, start: int) -> bool:
    return any(_pattern(longer).match(text, start) for longer in phrase.unless)


def _names(context: Context) -> tuple[str, ...]:
    """What the subject is called, longest first: full name, then its parts."""
    handle = context.case.person or ""
    person = context.people.get(handle)
    full = [handle.replace("-", " "), person.name if person else ""]
    words = {each.lower() for name in full for each in (name, *name.split()) if len(each) > 1}
    return tuple(re.escape(each) for each in sorted(words, key=lambda word: (-len(word), word)))


@lru_cache(maxsize=2048)
def _says(text: str, words: str) -> bool:
    """Whether a text has a phrase."""
    return _pattern(words).search(text) is not None


@lru_cache(maxsize=2)
def framework_text(framework: Framework) -> str:
    """All that the framework says, in lower case, a statement a paragraph."""
    texts = [f"{each.name}. {each.description}" for each in framework.values]
    for track in framework.tracks:
        texts += [f"{each.name}. {each.description}" for each in track.categories]
        for level in track.levels:
            texts += [level.name, level.summary]
            texts += [each.summary for each in level.expectations]
    texts += [each.text for each in framework.behaviours()]
    return plain("\n\n".join(" ".join(each.split()) for each in texts))
