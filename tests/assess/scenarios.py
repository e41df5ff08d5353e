"""Random cases and organisations for the oracle, and the model values that they stand for."""

from datetime import date, timedelta
from itertools import product
from typing import Any

from hypothesis import strategies as st

from casework.model.case import Case, Evidence
from casework.model.fiscal import FiscalCalendar
from casework.model.framework import Category
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


# Everything is drawn as one of a list's entries: that is quick, and shrinks to the list's first.
counts = st.sampled_from((3, 3, 3, 4, 2, 1))
starts = st.integers(1, 12)
quarters = {
    count: st.lists(
        st.one_of(st.none(), *[st.sampled_from(_quarters(count))] * 5), min_size=8, max_size=8
    )
    for count in range(1, 5)
}
bars = st.sampled_from([
    ((n, higher), (c, lower), (b, lower))
    for n in (1, 1, 2, 3, 0)
    for c in (1, 1, 2, 3, 0)
    for b in (1, 1, 2, 0)
    for higher in ("next", "next", "exceeds", "meets")
    for lower in ("exceeds", "exceeds", "meets", "next", "below")
])  # fmt: skip
switches = st.sampled_from(list(product((False, True), repeat=4)))
windows = st.sampled_from((None, None, None, 1, 2, 3, 4, 5))
others = st.sampled_from(list(product((0, 31, 31, 45), (1, 1, 2, 0))))
statuses = st.sampled_from(
    [("promotion", word) for word in ("draft", "submitted", "promoted", "not-yet") * 2]
    + [("in-band-increase", word) for word in ("draft", "submitted", "granted", "declined")]
)
levels = st.sampled_from(
    [("IC2", "IC3")] * 80
    + list(product(("IC1", "IC2", "IC3", "IC4", None, "IC9"), repeat=2))
)  # fmt: skip
late_days = st.sampled_from(list(product(range(10, 20), NUDGES)))
early_days = st.sampled_from(list(product((0, 0, 2, 2, 4, 6, 8, 14), NUDGES)))
due_days = st.sets(st.sampled_from(list(product(range(10, 32), NUDGES))), min_size=1, max_size=4)
deadlines = st.sampled_from((None, None, None, -1, 0, 1))
places = st.sampled_from((0, 0, 1, 1, 2, 3, 4))
some_parts = st.sampled_from([PARTS, PARTS, *(PARTS[:n] for n in range(3)), PARTS[1:]])
rarely = st.sampled_from((False,) * 19 + (True,))


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    start, named_after = draw(starts), ("end", "start")[draw(st.booleans())]
    known = calendar(start, named_after)
    # Quarters around the turn from 2026 to 2027, and days at and beside their edges.
    labels = [label for label, (first, _) in known.items() if date(2025, 1, 1) <= first][:16]
    edges = [day for label in labels for day in known[label]]

    def day(drawn: tuple[int, int]) -> date:
        return edges[drawn[0]] + timedelta(drawn[1])

    count = draw(counts)
    rated = {q: cells for q, cells in zip(labels[2:], draw(quarters[count]), strict=False) if cells}
    (kind, status), (from_level, to_level) = draw(statuses), draw(levels)
    in_band = kind == "in-band-increase"
    due = [day(each) for each in sorted(draw(due_days), key=lambda drawn: drawn[::-1])]
    reviews = tuple((f"R{i}", each, each + timedelta(14)) for i, each in enumerate(due))
    beside_deadline = draw(deadlines)
    names = (*(f"R{place}" for place in range(len(due))), "R9", None)
    next_level, current_level, in_band_increase = draw(bars)
    twice, consecutive, skip_levels, is_onboarding = draw(switches)
    grace, per_cell = draw(others)
    is_decided = status not in ("draft", "submitted")
    return Scenario(
        starts=start,
        named_after=named_after,
        next_level=next_level,
        current_level=current_level,
        in_band_increase=in_band_increase,
        twice=twice,
        consecutive=consecutive,
        window=draw(windows),
        grace=grace,
        per_cell=per_cell,
        skip_levels=skip_levels,
        reviews=reviews,
        ladder=(("IC1", True), ("IC2", True), ("IC3", not draw(rarely)), ("IC4", True)),
        categories=CATEGORIES[:count],
        kind=kind,
        status=status,
        decided=day(draw(late_days)) if is_decided and not draw(rarely) else None,
        from_level=from_level,
        to_level=None if in_band else to_level,
        level_since=None if draw(rarely) else day(draw(early_days)),
        onboarded=day(draw(early_days)) if is_onboarding else None,
        review=None if in_band else names[min(draw(places), len(names) - 1)],
        ratings={label: cells[0] for label, cells in rated.items()},
        evidence={label: cells[1] for label, cells in rated.items()},
        has_values=not draw(rarely),
        feedback=draw(some_parts),
        today=day(draw(late_days))
        if beside_deadline is None
        else reviews[0][2] + timedelta(beside_deadline),
        has_error=draw(rarely),
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
    ladder = (a_level(name, finalised=done, categories=categories) for name, done in s.ladder)
    subject = a_person("ada-lovelace", onboarded=s.onboarded, manager="margaret-hamilton")
    return an_organisation(
        framework=a_framework(a_track(*ladder, categories=categories)),
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
