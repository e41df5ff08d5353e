"""Random cases and organisations for the oracle, and the model values that they stand for."""

from datetime import date, timedelta
from functools import cache
from itertools import product
from random import Random
from typing import Any

from casework.model.case import Case, Evidence
from casework.model.fiscal import FiscalCalendar
from casework.model.framework import Category, Framework
from casework.model.organisation import Organisation
from casework.model.policy import TalentReview
from tests.assess.oracle import BACKINGS, PARTS, Scenario, calendar
from tests.factories import (
    a_case,
    a_framework,
    a_level,
    a_person,
    a_section,
    a_track,
    an_evidence,
    an_organisation,
    some_people,
)

CATEGORIES = ("proficiency", "execution", "teamwork", "leadership")
NUDGES = (0, 0, 0, 1, -1, 30, 31, 32, 45)


def _cells(count: int, word: str, odd: int, other: str | None, items: tuple[str, ...]) -> Any:
    """A quarter rated `word` with two supported items everywhere, but for one odd category."""
    good = ("link", "witness")
    return (
        tuple(other if place == odd else word for place in range(count)),
        tuple(items if place == odd else good for place in range(count)),
    )


def _quarters(count: int) -> list[Any]:
    """Quarters for so many categories: every odd category, rating and evidence beside plain ones.

    Plain ones are as many, so that quarters often reach something and count.
    """
    words = ("next", "next", "exceeds", "exceeds", "meets")
    items = [(), *((backing,) for backing in BACKINGS), ("link", "nothing"), ("link", "stranger")]
    odd_ratings = [
        _cells(count, word, odd, other, ("link", "link"))
        for word in words
        for odd in range(count)
        for other in ("next", "exceeds", "meets", "below", None)
    ]
    odd_evidence = [
        _cells(count, word, odd, word, backed)
        for word in words
        for odd in range(count)
        for backed in items
    ]
    plain = [_cells(count, word, -1, None, ()) for word in words]
    odd = odd_ratings + odd_evidence
    return odd + plain * (len(odd) // len(plain))


STARTS = tuple(range(1, 13))
COUNTS = (3, 3, 3, 4, 2, 1)
QUARTERS = {count: _quarters(count) for count in range(1, 5)}
BARS = [
    ((n, higher), (c, lower), (b, lower))
    for n in (1, 1, 2, 3, 0)
    for c in (1, 1, 2, 3, 0)
    for b in (1, 1, 2, 0)
    for higher in ("next", "next", "exceeds", "meets")
    for lower in ("exceeds", "exceeds", "meets", "next", "below")
]
SWITCHES = list(product((False, True), repeat=4))
WINDOWS = (None, None, None, 1, 2, 3, 4, 5)
OTHERS = list(product((0, 31, 31, 45), (1, 1, 2, 0)))
STATUSES = [
    *(("promotion", word) for word in ("draft", "submitted", "promoted", "not-yet") * 2),
    *(("in-band-increase", word) for word in ("draft", "submitted", "granted", "declined")),
]
LEVELS = [
    *[("IC2", "IC3")] * 80,
    *product(("IC1", "IC2", "IC3", "IC4", None, "IC9"), repeat=2),
]
LATE_DAYS = list(product(range(10, 20), NUDGES))
EARLY_DAYS = list(product((0, 0, 2, 2, 4, 6, 8, 14), NUDGES))
DUE_DAYS = list(product(range(10, 32), NUDGES))
DEADLINES = (None, None, None, -1, 0, 1)
PLACES = (0, 0, 1, 1, 2, 3, 4)
SOME_PARTS = (PARTS, PARTS, *(PARTS[:n] for n in range(3)), PARTS[1:])
RARELY = (False,) * 19 + (True,)


def a_scenario(chance: Random) -> Scenario:
    """A case and an organisation; what is usual is drawn more often than what is odd."""
    draw = chance.choice
    start, named_after = draw(STARTS), draw(("end", "start"))
    known = calendar(start, named_after)
    # Quarters around the turn from 2026 to 2027, and days at and beside their edges.
    labels = [label for label, (first, _) in known.items() if date(2025, 1, 1) <= first][:16]
    edges = [day for label in labels for day in known[label]]

    def day(drawn: tuple[int, int]) -> date:
        return edges[drawn[0]] + timedelta(drawn[1])

    count = draw(COUNTS)
    rated = {q: draw(QUARTERS[count]) for q in labels[2:10] if draw(range(6))}
    (kind, status), (from_level, to_level) = draw(STATUSES), draw(LEVELS)
    in_band = kind == "in-band-increase"
    due_days = set(chance.sample(DUE_DAYS, draw(range(1, 5))))
    due = [day(each) for each in sorted(due_days, key=lambda drawn: drawn[::-1])]
    reviews = tuple((f"R{i}", each, each + timedelta(14)) for i, each in enumerate(due))
    beside_deadline = draw(DEADLINES)
    names = (*(f"R{place}" for place in range(len(due))), "R9", None)
    next_level, current_level, in_band_increase = draw(BARS)
    twice, consecutive, skip_levels, is_onboarding = draw(SWITCHES)
    grace, per_cell = draw(OTHERS)
    is_decided = status not in ("draft", "submitted")
    return Scenario(
        starts=start,
        named_after=named_after,
        next_level=next_level,
        current_level=current_level,
        in_band_increase=in_band_increase,
        twice=twice,
        consecutive=consecutive,
        window=draw(WINDOWS),
        grace=grace,
        per_cell=per_cell,
        skip_levels=skip_levels,
        reviews=reviews,
        ladder=(("IC1", True), ("IC2", True), ("IC3", not draw(RARELY)), ("IC4", True)),
        categories=CATEGORIES[:count],
        kind=kind,
        status=status,
        decided=day(draw(LATE_DAYS)) if is_decided and not draw(RARELY) else None,
        from_level=from_level,
        to_level=None if in_band else to_level,
        level_since=None if draw(RARELY) else day(draw(EARLY_DAYS)),
        onboarded=day(draw(EARLY_DAYS)) if is_onboarding else None,
        review=None if in_band else names[min(draw(PLACES), len(names) - 1)],
        ratings={label: cells[0] for label, cells in rated.items()},
        evidence={label: cells[1] for label, cells in rated.items()},
        has_values=not draw(RARELY),
        feedback=draw(SOME_PARTS),
        today=day(draw(LATE_DAYS))
        if beside_deadline is None
        else reviews[0][2] + timedelta(beside_deadline),
        has_error=draw(RARELY),
    )


def built(s: Scenario) -> tuple[Case, Organisation]:
    """The model values that a scenario stands for."""
    categories = tuple(Category(c, c.title(), c[0].upper(), f"About {c}.") for c in s.categories)
    return _case(s, categories), _organisation(s, categories)


def _case(s: Scenario, categories: tuple[Category, ...]) -> Case:
    sections = [
        a_section(
            label,
            subsections=[
                a_section(category.name, items=[_item(backing) for backing in cell])
                for category, cell in zip(categories, cells, strict=True)
            ],
        )
        for label, cells in s.evidence.items()
    ]
    feedback = "\n\n".join(f"**{part.title()}:** something." for part in s.feedback)
    fields: dict[str, Any] = {"evidence": {label: "0 " * len(categories) for label in s.ratings}}
    return a_case(
        {label: " ".join(word or "-" for word in words) for label, words in s.ratings.items()},
        **fields,
        kind=s.kind,
        status=s.status,
        decided=s.decided,
        from_level=s.from_level,
        to_level=s.to_level,
        level_since=s.level_since,
        review=s.review,
        values="Something." if s.has_values else None,
        sections=(*sections, a_section("Feedback", feedback)),
        categories=categories,
    )


@cache
def _item(backing: str) -> Evidence:
    witness = {
        "witness": "barbara-liskov",
        "subject": "ada-lovelace",
        "manager": "grace-hopper",
        "people-manager": "margaret-hamilton",
        "stranger": "somebody-else",
    }
    return an_evidence(
        links=["https://example.com/1"] if backing == "link" else [],
        witnesses=[witness[backing]] if backing in witness else [],
    )


def _organisation(s: Scenario, categories: tuple[Category, ...]) -> Organisation:
    subject = a_person("ada-lovelace", onboarded=s.onboarded, manager="margaret-hamilton")
    return an_organisation(
        framework=_framework(s.ladder, categories),
        people=some_people(subject),
        calendar=FiscalCalendar(s.starts, s.named_after == "end"),
        current_level=s.current_level,
        next_level=s.next_level,
        in_band_increase=s.in_band_increase,
        a_quarter_may_count_twice=s.twice,
        consecutive=s.consecutive,
        window_quarters=s.window,
        grace_days=s.grace,
        evidence_per_cell=s.per_cell,
        skip_levels=s.skip_levels,
        talent_reviews=tuple(
            TalentReview(name, due - timedelta(7), due, by) for name, due, by in s.reviews
        ),
    )


@cache
def _framework(ladder: tuple[tuple[str, bool], ...], categories: tuple[Category, ...]) -> Framework:
    levels = (a_level(name, finalised=done, categories=categories) for name, done in ladder)
    return a_framework(a_track(*levels, categories=categories))
