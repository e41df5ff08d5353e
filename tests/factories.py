"""Model values for tests, with readable defaults: name only what the test is about.

Days are written `"2027-01-31"`, quarters `"FY27-Q4"`, and the ratings of a quarter in the order of
the track's categories: `{"FY27-Q4": "next next exceeds"}` (`-` leaves a category out). Every cell
has one supported list item unless `evidence` says otherwise: `{"FY27-Q4": "1 0 2"}`.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from casework.model.case import (
    Case,
    Evidence,
    Kind,
    Mention,
    Passage,
    RatedQuarter,
    Section,
    Status,
)
from casework.model.document import Document, DocumentKind
from casework.model.finding import Finding, Severity
from casework.model.fiscal import Quarter
from casework.model.framework import (
    Behaviour,
    Category,
    Expectation,
    Framework,
    Level,
    Track,
    Value,
)
from casework.model.organisation import Organisation
from casework.model.people import People, Person
from casework.model.policy import Approvals, Bar, Policy, TalentReview
from casework.model.position import START, Position
from casework.model.rating import Rating
from casework.model.report import Requirement, State
from casework.model.wording import Wording

CATEGORIES = (
    Category("proficiency", "Proficiency", "P", "How good the work is."),
    Category("execution", "Execution", "E", "How reliably it gets done."),
    Category("teamwork", "Teamwork", "T", "What it does for others."),
)

TALENT_REVIEWS = (
    TalentReview("2026-08", date(2026, 8, 1), date(2026, 8, 14), date(2026, 8, 31)),
    TalentReview("2027-02", date(2027, 2, 1), date(2027, 2, 12), date(2027, 2, 28)),
)

LINK = "https://example.com/rfc/612"


def a_day(text: str | date | None) -> date | None:
    """A day written `yyyy-mm-dd`; a date or None stays what it is."""
    return date.fromisoformat(text) if isinstance(text, str) else text


def a_quarter(label: str) -> Quarter:
    """The quarter written `FY27-Q4`."""
    quarter = Quarter.parse(label)
    assert quarter is not None, f"{label} is not a quarter"
    return quarter


def quarters(*labels: str) -> tuple[Quarter, ...]:
    """The quarters of those labels, in the order given."""
    return tuple(map(a_quarter, labels))


def a_rated_quarter(
    label: str, ratings: str, categories: Sequence[Category] = CATEGORIES
) -> RatedQuarter:
    """A quarter and its ratings in the order of the categories; `-` leaves one out."""
    words = zip(categories, ratings.split(), strict=True)
    rated = {category.id: Rating[word.upper()] for category, word in words if word != "-"}
    return RatedQuarter(a_quarter(label), rated)


def a_section(
    title: str,
    text: str = "",
    *,
    items: Iterable[Evidence] = (),
    subsections: Iterable[Section] = (),
    at: Position = START,
) -> Section:
    """A section; every paragraph of `text` (blank lines between) becomes a passage."""
    blocks = [block for block in text.split("\n\n") if block.strip()]
    passages = tuple(Passage(at.line + 1, block, block) for block in blocks)
    return Section(title, at, passages, tuple(items), tuple(subsections))


def an_evidence(
    text: str = "Split the search index, and p95 went from 40 s to 6 s.",
    *,
    links: Sequence[str] = (LINK,),
    shows: Sequence[str] = (),
    witnesses: Sequence[str] = (),
    at: Position = START,
) -> Evidence:
    """A list item, supported by a link unless told otherwise."""
    return Evidence(
        at,
        text,
        tuple(links),
        tuple(Mention(word, at) for word in shows),
        tuple(Mention(word, at) for word in witnesses),
        (Passage(at.line, text, text),),
    )


def evidence_sections(
    ratings: Mapping[str, str],
    evidence: Mapping[str, str] | None = None,
    categories: Sequence[Category] = CATEGORIES,
) -> tuple[Section, ...]:
    """A section per quarter with a subsection per category, holding so many supported items."""
    counts = {label: " ".join("1" for _ in categories) for label in ratings} | dict(evidence or {})
    return tuple(
        a_section(
            label,
            subsections=[
                a_section(category.name, items=[an_evidence() for _ in range(int(count))])
                for category, count in zip(categories, words.split(), strict=True)
            ],
        )
        for label, words in counts.items()
    )


def a_case(
    ratings: Mapping[str, str] | None = None,
    *,
    evidence: Mapping[str, str] | None = None,
    person: str | None = "ada-lovelace",
    kind: str | None = "promotion",
    from_level: str | None = "IC2",
    to_level: str | None = "IC3",
    level_since: str | date | None = "2025-02-01",
    manager: str | None = "grace-hopper",
    review: str | None = "2027-02",
    status: str | None = "draft",
    decided: str | date | None = None,
    effective: str | date | None = None,
    values: str | None = "Wrote the plan where everybody could read it.",
    sections: Iterable[Section] = (),
    categories: Sequence[Category] = CATEGORIES,
    document: Document | None = None,
    **rest: Any,
) -> Case:
    """A promotion of ada-lovelace from IC2 to IC3, with what meets every requirement by default.

    An in-band increase has neither `to` nor `review`. `values=None` leaves that section out.
    `sections` stand after the evidence and the values; `rest` are further fields of Case.
    """
    if ratings is None:
        ratings = {"FY27-Q2": "exceeds exceeds exceeds", "FY27-Q3": "next next next"}
    in_band = kind == Kind.IN_BAND_INCREASE
    name = "in-band-2027-02" if in_band else review
    own = (a_section("Values", values),) if values is not None else ()
    return Case(
        document=document or Document(f"cases/{person}/{name}.md", DocumentKind.CASE),
        person=person,
        kind=Kind(kind) if kind else None,
        from_level=from_level,
        to_level=None if in_band else to_level,
        level_since=a_day(level_since),
        manager=manager,
        review=None if in_band else review,
        status=Status(status) if status else None,
        decided=a_day(decided),
        effective=a_day(effective),
        quarters=tuple(sorted(a_rated_quarter(q, r, categories) for q, r in ratings.items())),
        sections=(*evidence_sections(ratings, evidence, categories), *own, *sections),
        **rest,
    )


def a_level(
    id: str, *, finalised: bool = True, categories: Sequence[Category] = CATEGORIES
) -> Level:
    """A level with two behaviours a category, `IC3-P1` and `IC3-P2`; none if not finalised."""
    expectations = tuple(
        Expectation(
            category.id,
            f"What {id} asks for in {category.name}.",
            tuple(
                Behaviour(f"{id}-{category.initial}{place}", f"Example {place} of {id}.")
                for place in (1, 2)
            ),
        )
        for category in categories
    )
    summary = f"What {id} is about."
    return Level(id, f"Engineer {id}", summary, finalised, expectations if finalised else ())


def a_track(
    *levels: str | Level,
    name: str = "Software engineers",
    categories: Sequence[Category] = CATEGORIES,
) -> Track:
    """A track of those levels, IC1 to IC6 by default, of which IC6 is not finalised."""
    ladder = levels or ("IC1", "IC2", "IC3", "IC4", "IC5", a_level("IC6", finalised=False))
    made = (each if isinstance(each, Level) else a_level(each, categories=categories)
            for each in ladder)  # fmt: skip
    return Track(name, tuple(categories), tuple(made))


def a_framework(*tracks: Track, version: str = "1.0.0") -> Framework:
    """A framework of those tracks, by default one of six levels and three categories."""
    value = Value("high-agency", "High agency", "Sees what is needed and does it.")
    return Framework(version, tracks or (a_track(),), (value,))


def a_policy(**knobs: Any) -> Policy:
    """A policy with the two talent reviews of 2026-08 and 2027-02, and three reviewers.

    Bars may be written `(2, "next")`.
    """
    reviewers = ("katherine-johnson", "barbara-liskov", "edsger-dijkstra")
    defaults: dict[str, Any] = {
        "talent_reviews": TALENT_REVIEWS,
        "approvals": Approvals(reviewers=reviewers),
        "owners": ("margaret-hamilton",),
    }
    return Policy(**defaults | {name: _knob(value) for name, value in knobs.items()})


def _knob(value: Any) -> Any:
    if isinstance(value, tuple) and list(map(type, value)) == [int, str]:
        return Bar(value[0], Rating[value[1].upper()])
    return value


def a_talent_review(id: str, opens: str, cases_due: str, decided_by: str) -> TalentReview:
    """A talent review with its three days."""
    days = (date.fromisoformat(day) for day in (opens, cases_due, decided_by))
    return TalentReview(id, *days)


def a_person(handle: str = "ada-lovelace", **fields: Any) -> Person:
    """Somebody whose name and login follow from the handle; days may be texts."""
    days = ("level_since", "onboarded", "left")
    fields = {name: a_day(value) if name in days else value for name, value in fields.items()}
    name = handle.replace("-", " ").title()
    return Person(**{"handle": handle, "name": name, "github": f"{handle}-gh"} | fields)


def some_people(*people: Person) -> People:
    """Ada Lovelace at IC2 in Grace Hopper's team and three reviewers; `people` replace or add."""
    own = (
        a_person("ada-lovelace", level="IC2", level_since="2025-02-01", onboarded="2024-08-01",
                 manager="grace-hopper", team="search"),
        a_person("grace-hopper", manager="margaret-hamilton", team="search"),
        a_person("margaret-hamilton"),
        a_person("katherine-johnson", level="IC5", level_since="2023-02-01",
                 onboarded="2021-05-01"),
        a_person("barbara-liskov", level="IC4", level_since="2024-02-01", onboarded="2022-02-01"),
        a_person("edsger-dijkstra", level="IC3", level_since="2024-08-01", onboarded="2023-02-01"),
    )  # fmt: skip
    return People({each.handle: each for each in (*own, *people)})


def an_organisation(
    *,
    policy: Policy | None = None,
    framework: Framework | None = None,
    people: People | None = None,
    wording: Wording | None = None,
    **knobs: Any,
) -> Organisation:
    """An organisation with the framework's own policy; `knobs` are those of `a_policy`."""
    return Organisation(
        framework or a_framework(),
        policy or a_policy(**knobs),
        people or some_people(),
        wording or Wording({}),
    )


def a_requirement(id: str, state: str = "met", *labels: str, detail: str = "") -> Requirement:
    """A requirement in a state, and the quarters used for it."""
    return Requirement(id, State(state), quarters(*labels), detail)


def a_finding(rule: str = "unsupported-rating", severity: str = "error", **fields: Any) -> Finding:
    """A finding in Ada Lovelace's case."""
    own: dict[str, Any] = {
        "path": "cases/ada-lovelace/2027-02.md",
        "line": 12,
        "column": 3,
        "message": "`FY27-Q3` teamwork must have a supported item.",
        "help": "Add a link or a witness.",
    }
    return Finding(rule=rule, severity=Severity(severity), **own | fields)
