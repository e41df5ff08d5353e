"""The rules about a case's sections: those that readers need are there, and say something."""

import re
from collections.abc import Iterator

from casework.check.context import Context, Problem
from casework.check.words import quoted
from casework.model.case import Case, RatedQuarter, Section, Status
from casework.model.english import nearest
from casework.model.fiscal import Quarter
from casework.model.position import START
from casework.model.rating import Rating

REQUIRED = ("Summary", "Values", "Growth areas")


def missing_section(context: Context) -> Iterator[Problem]:
    """A case has its summary, its values, its growth areas, and a section for each strong quarter.

    Why: Reviewers read one page and nothing else. What speaks against the case belongs on it as
    much as what speaks for it, and a high rating without a word about the quarter is only a claim.

    Fix: Add the section with a heading of the second level, and fill it.

    Bad:
        ## Growth

    Good:
        ## Growth areas
    """
    case = context.case
    for title in REQUIRED:
        if case.section(title) is None:
            yield Problem(
                START,
                f"A case must have a section `## {title}`; there is none.{_similar(case, title)}",
                f"Add a line `## {title}`, and what there is to say below it.",
            )
    for rated in case.quarters:
        label = rated.quarter.label
        if _is_high(rated) and not case.quarter_sections(rated.quarter):
            yield Problem(
                context.document.key_at("quarters", label),
                f"A quarter rated `exceeds` or `next` must have a section `## {label}`; there is "
                f"none.{_similar(case, label)}",
                f"Add a line `## {label}`, and below it the evidence, category by category.",
            )


def _is_high(rated: RatedQuarter) -> bool:
    """Whether a category is rated so high that the quarter needs a section."""
    return any(each >= Rating.EXCEEDS for each in rated.ratings.values())


def _similar(case: Case, title: str) -> str:
    """The end of a message that points at a heading which was probably meant."""
    taken = {each.casefold() for each in REQUIRED}
    headings = {
        each.title: each.at.line
        for section in (*case.preamble.subsections, *case.sections)
        for each in section.walk()
        if each.title.casefold() == title.casefold()
        or not (each.title.casefold() in taken or Quarter.parse(each.title.upper()))
    }
    guess = nearest(title, headings)
    if guess is None:
        return _unread(case, title)
    if guess.casefold() == title.casefold():
        return f" {quoted(guess)} on line {headings[guess]} is a heading of another level."
    return f" Did you mean {quoted(guess)} on line {headings[guess]}?"


def _unread(case: Case, title: str) -> str:
    """The same for a line that looks like the heading and was not read as one."""
    words = r"\s+".join(map(re.escape, title.split()))
    line = re.search(rf"^[ \t>]*#+[ \t*_]*{words}\b", case.document.text, re.I | re.M)
    if line is None:
        return ""
    number = case.document.text.count("\n", 0, line.start()) + 1
    return (
        f" Line {number} looks like it, and is none: it needs `## `, and nothing above it may be "
        "left open, such as a comment or code."
    )


def empty_section(context: Context) -> Iterator[Problem]:
    """A section that is there says something.

    Why: To a reader in a hurry, a heading with nothing below it looks as if the matter had been
    dealt with.

    Fix: Write the section. The heading of a quarter or category without evidence can be deleted
    instead.

    Bad:
        ## Values

        ## Growth areas
        Larger designs still start without a written alternative.

    Good:
        ## Values
        High agency: took the on-call handover apart unasked, and rewrote it.

        ## Growth areas
        Larger designs still start without a written alternative.
    """
    known = {each.casefold() for each in (*REQUIRED, "Feedback")}
    track = context.framework.track_of(context.case.from_level)
    for section in context.case.sections:
        is_quarter = Quarter.parse(section.title.upper()) is not None
        if not (is_quarter or section.title.casefold() in known):
            continue
        if not section.has_content:
            yield _empty(section, quoted(f"## {section.title}"), _remedy(context.case, section))
        elif is_quarter and track is not None:
            for each in section.subsections:
                if track.category(each.title) and not each.has_content:
                    what = f"{quoted(f'### {each.title}')} of {section.title.upper()}"
                    yield _empty(each, what, _OR_DELETE)


_OR_DELETE = "Write what there is to say, or delete the heading if there is nothing."
_REFUSED = (Status.NOT_YET, Status.DECLINED)


def _empty(section: Section, what: str, remedy: str) -> Problem:
    return Problem(
        section.at,
        f"The section {what} must say something; there is nothing under the heading.",
        remedy,
    )


def _remedy(case: Case, section: Section) -> str:
    """What to write; the heading may only go where no other rule asks for it."""
    title = section.title.casefold()
    if title in {each.casefold() for each in REQUIRED}:
        return "Write what there is to say: every case has this section."
    if title == "feedback" and case.status in _REFUSED:
        return f"Write reasons, a timeline and actions: `{case.status}` comes with its feedback."
    if any(each.quarter.label.casefold() == title and _is_high(each) for each in case.quarters):
        return "Write the evidence below it, category by category, or correct the ratings."
    return _OR_DELETE
