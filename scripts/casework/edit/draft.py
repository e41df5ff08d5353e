"""A new case: what is known is filled in, and what is to be written has its place."""

from collections.abc import Iterator
from datetime import date
from textwrap import fill
from typing import NamedTuple

from casework.edit.fields import written
from casework.edit.precedents import precedents
from casework.edit.rating import open_line
from casework.edit.sections import category_headings
from casework.model.case import Case, Section
from casework.model.english import day
from casework.model.fiscal import Quarter
from casework.model.framework import Category, Framework, Level
from casework.model.people import Person
from casework.model.rating import RATING_WORDS

_WIDTH = 100
_WIDEST = 120
_MOST_QUOTED = 10_000
_MOST_RECALLED = 12
"""Of how many quarters the ratings in other cases are recalled: three years' are read through."""
_EXAMPLES = (
    "The behaviours that `casework ladder` lists are examples, not checkboxes: a case is "
    "compared with what the level asks for, and behaviours are never counted."
)


class Start(NamedTuple):
    """What a new case begins with."""

    person: Person
    level: Level
    """The level that is held."""
    next_level: Level | None
    """The level aimed for, or, within a level, the one above if it is finalised."""
    review: str | None
    """The talent review that is to decide; None for an in-band increase."""
    framework: Framework
    categories: tuple[Category, ...]
    quarters: tuple[Quarter, ...]
    """Those that have ended and can count, in the order of time: the latest few."""
    earlier: tuple[Quarter, ...]
    """Those before them."""
    in_progress: Quarter
    ends: date
    """The last day of the quarter in progress."""
    cases: tuple[Case, ...] = ()
    """The person's other cases, decided or not."""

    @property
    def last(self) -> Case | None:
        """The person's last case that was decided."""
        decided = [e for e in self.cases if e.status and e.status.is_decided and e.decided]
        return max(decided, key=lambda each: str(each.decided), default=None)

    @property
    def recalled(self) -> tuple[str, ...]:
        """How other cases rated the quarters that can count, in the order of time."""
        found = [
            said
            for each in (*self.earlier, *self.quarters)
            if (said := precedents(each, self.cases, self.level.id, self.categories))
        ]
        older = f"`casework history {self.person.handle}` tells of older ones"
        more = [older] * (len(found) > _MOST_RECALLED)
        return (*more, *(one for each in found[-_MOST_RECALLED:] for one in each))


def draft(start: Start) -> str:
    """The file of the new case."""
    return f"---\n{''.join(_front(start))}---\n\n" + "\n".join(_sections(start))


def _front(start: Start) -> Iterator[str]:
    person, is_promotion = start.person, start.review is not None
    fields = {
        "person": person.handle,
        "kind": "promotion" if is_promotion else "in-band-increase",
        "from": start.level.id,
        "to": start.next_level.id if is_promotion and start.next_level else None,
        "level_since": person.level_since.isoformat() if person.level_since else None,
        "manager": person.manager,
        "review": start.review,
        "status": "draft",
        "framework": start.framework.version,
    }
    for name, word in fields.items():
        if word is not None:
            yield f"{name}: {written(word)}\n"
    *first, last = RATING_WORDS
    yield f"# How each quarter went, against {start.level.id}: {', '.join(first)} or {last}.\n"
    latest = start.quarters[-1] if start.quarters else start.in_progress
    yield f"# `casework rate {person.handle} {latest.label}` writes it down here.\n"
    yield "# If you write it by hand, remove the `{}` with the first quarter.\n"
    if start.earlier:
        first_one, last_one = start.earlier[0].label, start.earlier[-1].label
        span = first_one if first_one == last_one else f"{first_one} to {last_one}"
        yield f"# Earlier quarters that can count as well: {span}.\n"
    yield f"# {start.in_progress.label} counts once it has ended, on {day(start.ends)}.\n"
    if recalled := start.recalled:
        yield "# Some quarters were rated before. Nothing is copied, since a rating may change:\n"
        yield from (f"# {each}\n" for each in recalled)
    yield "quarters: {}\n"
    for quarter in start.quarters:
        yield f"  {open_line(quarter, start.categories)}\n"


def _sections(start: Start) -> Iterator[str]:
    yield "## Summary\n"
    yield _comment(
        "What changes for the team and the company if this is approved, and what it rests on, in "
        "a paragraph that can be read alone."
    )
    yield _comment(*_asked(start))
    for quarter in start.quarters:
        yield f"## {quarter.label}\n"
        yield category_headings(start.categories)
    yield "## Values\n"
    names = ", ".join(each.name for each in start.framework.values)
    yield _comment(f"Two to four of them, each with an event: {names}.")
    yield "## Growth areas\n"
    if start.last is not None and start.last.section("Feedback"):
        yield _comment(_answer(start.last), *_actions(start.last))
    yield _comment(
        "What speaks against the case, or has room to grow: what happened, what was "
        "agreed on, how it has gone since."
    )


def _asked(start: Start) -> Iterator[str]:
    """What the level held and the next one ask for."""
    yield from _level(start.level, "the level held", start.categories)
    if start.next_level:
        what = "the level aimed for" if start.review is not None else "the next level"
        yield from _level(start.next_level, what, start.categories)
    yield _EXAMPLES


def _level(level: Level, what: str, categories: tuple[Category, ...]) -> Iterator[str]:
    yield f"{level.id}, {what}: {level.summary}"
    for category in categories:
        if expectation := level.expectation(category.id):
            yield f"- {category.name}: {expectation.summary}"
    yield ""


def _answer(last: Case) -> str:
    status = last.status.value if last.status else "decided"
    when = f" of {day(last.decided)}" if last.decided else ""
    return f"The decision `{status}`{when} ({last.path}) asked for this. Answer each, by name."


def _actions(case: Case) -> tuple[str, ...]:
    """What an unfavourable decision asked for: its actions, or all of its feedback."""
    feedback = case.section("Feedback")
    if feedback is None:
        return ()
    titled = [each for each in feedback.subsections if _is_actions(each)]
    passages = [one for each in titled or feedback.walk() for one in each.passages]
    found = tuple(each.raw for each in passages)
    # A case that is longer than anybody reads is pointed at, and not quoted.
    return found if sum(map(len, found)) < _MOST_QUOTED else ()


def _is_actions(section: Section) -> bool:
    return section.title.strip(" \t:").casefold() in ("action", "actions")


def _comment(*paragraphs: str) -> str:
    """An HTML comment, which readers of the rendered page do not see."""
    first, *rest = map(_harmless, paragraphs)
    shown = "\n".join(map(_wrapped, (f"<!-- {first}", *rest)))
    return f"{shown} -->\n"


def _harmless(text: str) -> str:
    # Nothing quoted may end the comment.
    return text.strip("\n").replace("--", "\N{EN DASH}")


def _wrapped(text: str) -> str:
    # Lines that are quoted are broken already, and stay as they are.
    return "\n".join(
        line.rstrip()
        if len(line) <= _WIDEST
        else fill(line.rstrip(), _WIDTH, break_long_words=False, break_on_hyphens=False)
        for line in text.split("\n")
    )
