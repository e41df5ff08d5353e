"""A case: what its front matter says, and what its sections hold."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from casework.model.document import Document
from casework.model.fiscal import Quarter
from casework.model.framework import Category
from casework.model.people import People
from casework.model.position import Position
from casework.model.rating import Rating


class Kind(StrEnum):
    """What a case asks for."""

    PROMOTION = "promotion"
    IN_BAND_INCREASE = "in-band-increase"


class Status(StrEnum):
    """How far a case has come."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    PROMOTED = "promoted"
    NOT_YET = "not-yet"
    GRANTED = "granted"
    DECLINED = "declined"

    @property
    def is_decided(self) -> bool:
        """Whether the decision is written down; such a case is never edited again."""
        return self not in (Status.DRAFT, Status.SUBMITTED)


class Passage(NamedTuple):
    """A block of text of a case: whole lines of the file, from `line` on, joined by line feeds."""

    line: int
    raw: str
    prose: str
    """`raw` with everything that is not the author's own prose blanked by as many spaces:
    code, links' addresses, quotations, HTML, and evidence notes like `(shows: IC3-E1)`."""

    def position(self, offset: int) -> Position:
        """Where the character at an offset of `raw` or `prose` stands in the file."""
        return Position(
            self.line + self.raw.count("\n", 0, offset),
            offset - self.raw.rfind("\n", 0, offset),
        )


class Mention(NamedTuple):
    """A behaviour's id or a witness's handle in an evidence note, with its place."""

    word: str
    at: Position


class Evidence(NamedTuple):
    """One list item, nested items included."""

    at: Position
    text: str
    """Its Markdown as written, without the list marker, the indent and the evidence notes."""
    links: tuple[str, ...]
    """The http and https addresses that it links to."""
    shows: tuple[Mention, ...]
    witnesses: tuple[Mention, ...]
    passages: tuple[Passage, ...]

    def is_supported(self, people: People, barred: frozenset[str | None]) -> bool:
        """Whether it has a link, or a witness in people.yaml who is not barred.

        `barred` are the handles that may not be witnesses: the subject and the manager.
        """
        return bool(self.links) or any(
            each.word not in barred and people.get(each.word) for each in self.witnesses
        )


class Section(NamedTuple):
    """A heading of the second or third level and what stands under it."""

    title: str
    at: Position
    passages: tuple[Passage, ...] = ()
    """All text right under the heading (that of list items too), without subsections'."""
    items: tuple[Evidence, ...] = ()
    """The list items right under the heading."""
    subsections: tuple["Section", ...] = ()

    @property
    def has_content(self) -> bool:
        """Whether it says anything, comments aside."""
        return bool(self.passages) or any(each.has_content for each in self.subsections)

    def walk(self) -> Iterator["Section"]:
        """The section and its subsections, in the file's order."""
        yield self
        yield from self.subsections


class RatedQuarter(NamedTuple):
    """A quarter that the front matter lists, with the ratings that are readable."""

    quarter: Quarter
    ratings: Mapping[str, Rating]
    """By the category's id. A rating that is absent or not one of the four is left out."""

    def reaches(self, rating: Rating, categories: tuple[Category, ...]) -> bool:
        """Whether all categories are rated, and so or better."""
        return all(self.ratings.get(each.id, 0) >= rating for each in categories)


class Case(NamedTuple):
    """A case file. A field that is absent, or that is not what it must be, is None."""

    document: Document
    person: str | None = None
    kind: Kind | None = None
    from_level: str | None = None
    to_level: str | None = None
    level_since: date | None = None
    manager: str | None = None
    review: str | None = None
    status: Status | None = None
    framework: str | None = None
    decided: date | None = None
    effective: date | None = None
    quarters: tuple[RatedQuarter, ...] = ()
    """In the order of time."""
    preamble: Section = Section("", Position(1, 1))
    """What stands before the first section."""
    sections: tuple[Section, ...] = ()
    """Sections of the second level; their subsections are those of the third."""

    @property
    def path(self) -> str:
        """The case's path from the repository's root, with forward slashes."""
        return self.document.path

    def section(self, title: str) -> Section | None:
        """The first section with that title, in whatever case."""
        wanted = title.casefold()
        return next((each for each in self.sections if each.title.casefold() == wanted), None)

    def quarter_sections(self, quarter: Quarter) -> tuple[Section, ...]:
        """The sections that a quarter's label titles."""
        return tuple(s for s in self.sections if Quarter.parse(s.title.upper()) == quarter)

    def sections_by_quarter(self) -> dict[Quarter, list[Section]]:
        """All sections that a quarter's label titles, found in one pass."""
        found: dict[Quarter, list[Section]] = {}
        for section in self.sections:
            if quarter := Quarter.parse(section.title.upper()):
                found.setdefault(quarter, []).append(section)
        return found

    def evidence(self, quarter: Quarter, category: Category) -> tuple[Evidence, ...]:
        """The evidence of one cell."""
        return tuple(
            item
            for section in self.quarter_sections(quarter)
            for subsection in section.subsections
            if category.is_titled(subsection.title)
            for item in subsection.items
        )

    def barred_witnesses(self, people: People) -> frozenset[str | None]:
        """The handles of the subject and the manager (of the case, or of people.yaml).

        Their word does not support evidence.
        """
        subject = people.get(self.person)
        return frozenset((self.person, self.manager, subject.manager if subject else None))

    def supported(self, quarter: Quarter, category: Category, people: People) -> int:
        """How many items of a cell's evidence are supported."""
        barred = self.barred_witnesses(people)
        return sum(each.is_supported(people, barred) for each in self.evidence(quarter, category))
