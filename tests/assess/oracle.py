"""What design.md, section 4, says of a case, worked out by trying everything.

Written from the design alone: it has its own calendar, its own arithmetic of days, and chooses
quarters by going through all choices there are. It imports nothing of the program's.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from typing import NamedTuple

WORST_TO_BEST = ("below", "meets", "exceeds", "next")
PARTS = ("reasons", "timeline", "actions")
ONE_DAY = timedelta(days=1)


class Scenario(NamedTuple):
    """A case and an organisation in plain values: words, numbers and days."""

    starts: int
    named_after: str
    next_level: tuple[int, str]
    current_level: tuple[int, str]
    in_band_increase: tuple[int, str]
    twice: bool
    consecutive: bool
    window: int | None
    grace: int
    per_cell: int
    skip_levels: bool
    reviews: tuple[tuple[str, date, date], ...]
    """Id, cases_due, decided_by."""
    ladder: tuple[tuple[str, bool], ...]
    """Level, finalised; lowest first."""
    categories: tuple[str, ...]
    kind: str
    status: str
    decided: date | None
    from_level: str | None
    to_level: str | None
    level_since: date | None
    onboarded: date | None
    review: str | None
    ratings: dict[str, tuple[str | None, ...]]
    """By label, in the order of the categories."""
    evidence: dict[str, tuple[tuple[str, ...], ...]]
    """By label and category: of each item what backs it, one of BACKINGS."""
    has_values: bool
    feedback: tuple[str, ...]
    today: date
    has_error: bool


SUPPORTING = ("link", "witness")
BACKINGS = (*SUPPORTING, "nothing", "subject", "manager", "people-manager", "stranger")


Standings = dict[str, tuple[str, tuple[str, ...]]]
"""State and quarters by requirement."""


class Answer(NamedTuple):
    """What is to come out."""

    because: dict[str, str | None]
    used_for: dict[str, str | None]
    requirements: Standings
    earliest: tuple[str, str | None, int] | None
    unrated: tuple[str, ...]
    lower_since: tuple[str, ...]
    verdict: str


@cache
def calendar(starts: int, named_after: str) -> dict[str, tuple[date, date]]:
    """First and last day of every quarter from FY20 to FY39, in the order of time."""
    quarters = {}
    for year in range(2019, 2041):
        firsts = []
        for quarter in range(4):
            month = starts + 3 * quarter
            firsts.append(date(year, month, 1) if month <= 12 else date(year + 1, month - 12, 1))
        firsts.append(date(year + 1, starts, 1))
        fiscal_year_ends = firsts[4] - ONE_DAY
        name = fiscal_year_ends.year if named_after == "end" else year
        if 2020 <= name <= 2039:
            for quarter in range(4):
                label = f"FY{str(name)[2:]}-Q{quarter + 1}"
                quarters[label] = (firsts[quarter], firsts[quarter + 1] - ONE_DAY)
    return quarters


def answer(s: Scenario) -> Answer:
    """Everything that the design says of a scenario."""
    is_decided = s.status in ("promoted", "not-yet", "granted", "declined")
    day = s.decided if is_decided and s.decided else s.today
    because = {label: why_not(s, label, day, s.ratings, s.evidence) for label in in_time(s)}
    asks_quarters = s.status not in ("not-yet", "declined") and not is_broken(s)
    counted = [label for label in because if because[label] is None]
    used = choose(s, counted, s.ratings) if asks_quarters else {}
    used_for: dict[str, str | None] = dict.fromkeys(because)
    for requirement in ("exceeds-current-level", "current-level-quarter", "next-level-quarter"):
        used_for.update(dict.fromkeys(used.get(requirement, ()), requirement))
    requirements = all_requirements(s, used, counted, day)
    return Answer(
        because,
        used_for,
        requirements,
        simulate(s, used, day) if asks_quarters else None,
        tuple(unrated(s, day)),
        tuple(lower_since(s, used, used_for)),
        judge(s, requirements),
    )


def in_time(s: Scenario) -> list[str]:
    return [label for label in calendar(s.starts, s.named_after) if label in s.ratings]


def is_broken(s: Scenario) -> bool:
    return s.level_since is None or s.from_level not in dict(s.ladder)


def own_categories(s: Scenario) -> tuple[str, ...]:
    return s.categories if s.from_level in dict(s.ladder) else ()


Ratings = dict[str, tuple[str | None, ...]]
Backings = dict[str, tuple[tuple[str, ...], ...]]


def why_not(s: Scenario, label: str, day: date, ratings: Ratings, evidence: Backings) -> str | None:
    quarters = calendar(s.starts, s.named_after)
    first, last = quarters[label]
    if not last < day:
        return "not-ended"
    if lies_before_level(s, first):
        return "before-level"
    if s.onboarded is not None and not first >= s.onboarded:
        return "during-onboarding"
    if s.window is not None:
        in_progress = place_in_time(s.starts, s.named_after, day)
        if label not in list(quarters)[in_progress - s.window : in_progress]:
            return "outside-window"
    for place in range(len(own_categories(s))):
        good = [item for item in evidence[label][place] if item in SUPPORTING]
        if ratings[label][place] in ("exceeds", "next") and len(good) < s.per_cell:
            return "unsupported"
    return None


@cache
def place_in_time(starts: int, named_after: str, day: date) -> int:
    quarters = enumerate(calendar(starts, named_after).values())
    (place,) = [place for place, (first, last) in quarters if first <= day <= last]
    return place


def lies_before_level(s: Scenario, first: date) -> bool:
    return s.level_since is not None and not first >= s.level_since - timedelta(days=s.grace)


def reaching(labels: Iterable[str], ratings: Ratings, rating: str) -> list[str]:
    def is_so_good(word: str | None) -> bool:
        return word is not None and WORST_TO_BEST.index(word) >= WORST_TO_BEST.index(rating)

    return [label for label in labels if all(map(is_so_good, ratings[label]))]


def choose(
    s: Scenario, counted: list[str], ratings: Ratings, kind: str | None = None
) -> dict[str, tuple[str, ...]]:
    """The quarters used, by requirement, in the order of time."""
    names = list(calendar(s.starts, s.named_after))

    def pool(rating: str) -> list[int]:
        return sorted(names.index(label) for label in reaching(counted, ratings, rating))

    if (kind or s.kind) == "in-band-increase":
        number, rating = s.in_band_increase
        chosen = {"exceeds-current-level": latest(pool(rating), number)}
    else:
        (n, next_rating), (c, current_rating) = s.next_level, s.current_level
        pools = pool(next_rating), pool(current_rating)
        rule = choose_adjacent if s.consecutive else choose_freely
        chosen = dict(
            zip(
                ("next-level-quarter", "current-level-quarter"),
                rule(*pools, n, c, s.twice),
                strict=True,
            )
        )
    return {key: tuple(names[each] for each in sorted(used)) for key, used in chosen.items()}


def backwards(quarters: Collection[int]) -> list[int]:
    """For comparing choices from the latest quarter back."""
    return sorted(quarters, reverse=True)


def up_to(pool: Collection[int], most: int) -> Iterator[tuple[int, ...]]:
    for size in range(most + 1):
        yield from combinations(sorted(pool), size)


def latest(pool: Collection[int], number: int) -> tuple[int, ...]:
    """Of all choices of at most so many, the largest, and of these the latest."""
    return max(up_to(pool, number), key=lambda chosen: (len(chosen), backwards(chosen)))


def choose_freely(
    nexts: list[int], currents: list[int], n: int, c: int, twice: bool
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    first = latest(nexts, n)
    return first, latest([q for q in currents if twice or q not in first], c)


def is_run(quarters: Collection[int]) -> bool:
    return not quarters or max(quarters) - min(quarters) + 1 == len(set(quarters))


def choose_adjacent(
    nexts: list[int], currents: list[int], n: int, c: int, twice: bool
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    perfect = [
        (first, second)
        for first in combinations(nexts, n)
        if not first or first[-1] - first[0] < n + c
        for second in combinations(currents, c)
        if (twice or not set(first) & set(second)) and is_run({*first, *second})
    ]
    if perfect:
        return max(perfect, key=lambda pair: (backwards(pair[0]), backwards(pair[1])))

    def size_then_time(chosen: tuple[int, ...]) -> tuple[int, list[int]]:
        return len(chosen), backwards(chosen)

    first = max((each for each in up_to(nexts, n) if is_run(each)), key=size_then_time)
    rest = [q for q in currents if twice or q not in first]
    adjoining = (each for each in up_to(rest, c) if is_run({*first, *each}))
    return first, max(adjoining, key=size_then_time)


def enough(s: Scenario, used: dict[str, tuple[str, ...]]) -> bool:
    asked = {
        "next-level-quarter": s.next_level[0],
        "current-level-quarter": s.current_level[0],
        "exceeds-current-level": s.in_band_increase[0],
    }
    return all(len(quarters) == asked[requirement] for requirement, quarters in used.items())


def all_requirements(
    s: Scenario, used: dict[str, tuple[str, ...]], counted: list[str], day: date
) -> Standings:
    """State and quarters by requirement, in the design's order."""
    approvals: Standings = {"approvals": ("undetermined", ())}
    if s.status in ("not-yet", "declined"):
        complete = set(s.feedback) == set(PARTS)
        feedback: Standings = {"feedback": (met(complete), ())}
        return feedback | approvals
    values: Standings = {"values": (met(s.has_values), ())}
    if s.kind == "in-band-increase":
        return quarter_requirements(s, used, counted) | values | approvals
    target: Standings = {"next-level": (next_level(s), ())}
    review: Standings = {"talent-review": (talent_review(s, day), ())}
    return target | quarter_requirements(s, used, counted) | values | review | approvals


def met(holds: bool) -> str:
    return "met" if holds else "unmet"


def quarter_requirements(
    s: Scenario, used: dict[str, tuple[str, ...]], counted: list[str]
) -> Standings:
    in_band = s.kind == "in-band-increase"
    if is_broken(s):
        ids = (
            ("exceeds-current-level", "not-yet-next-level")
            if in_band
            else ("current-level-quarter", "next-level-quarter")
        )
        return dict.fromkeys(ids, ("undetermined", ()))
    if not in_band:
        return {
            "current-level-quarter": (
                met(len(used["current-level-quarter"]) == s.current_level[0]),
                used["current-level-quarter"],
            ),
            "next-level-quarter": (
                met(len(used["next-level-quarter"]) == s.next_level[0]),
                used["next-level-quarter"],
            ),
        }
    own = used["exceeds-current-level"]
    names = [level for level, _ in s.ladder]
    above = s.ladder[names.index(str(s.from_level)) + 1 :]
    promotable = enough(s, choose(s, counted, s.ratings, kind="promotion"))
    not_yet = not above or not above[0][1] or not promotable
    return {
        "exceeds-current-level": (met(len(own) == s.in_band_increase[0]), own),
        "not-yet-next-level": (met(not_yet), ()),
    }


def next_level(s: Scenario) -> str:
    finalised = dict(s.ladder)
    if s.from_level not in finalised or s.to_level is None:
        return "undetermined"
    names = list(finalised)
    if s.to_level not in names:
        return "unmet"
    distance = names.index(s.to_level) - names.index(s.from_level)
    right = distance == 1 or (s.skip_levels and distance > 1)
    return met(right and finalised[s.to_level])


def talent_review(s: Scenario, day: date) -> str:
    if s.review is None:
        return "undetermined"
    for name, _, decided_by in s.reviews:
        if name == s.review:
            return met(s.status != "draft" or day <= decided_by)
    return "unmet"


def simulate(
    s: Scenario, used: dict[str, tuple[str, ...]], day: date
) -> tuple[str, str | None, int] | None:
    """The quarter that completes what is missing, the review after it, and how many it takes."""
    if enough(s, used):
        return None
    quarters = calendar(s.starts, s.named_after)
    possible = [
        label
        for label, (first, last) in quarters.items()
        if last >= day
        and not lies_before_level(s, first)
        and (s.onboarded is None or first >= s.onboarded)
    ]
    for more in range(1, 9):
        supposed = possible[:more]
        ratings = s.ratings | {q: ("next",) * len(s.categories) for q in supposed}
        evidence = s.evidence | {q: (("link",) * s.per_cell,) * len(s.categories) for q in supposed}
        end = quarters[supposed[-1]][1]
        counted = [
            label
            for label in quarters
            if label in ratings and why_not(s, label, end + ONE_DAY, ratings, evidence) is None
        ]
        if enough(s, choose(s, counted, ratings)):
            later = sorted((due, name) for name, due, _ in s.reviews if due > end)
            has_review = later and s.kind == "promotion"
            return supposed[-1], later[0][1] if has_review else None, more
    return None


def unrated(s: Scenario, day: date) -> list[str]:
    quarters = calendar(s.starts, s.named_after)
    rated = [label for label in in_time(s) if any(s.ratings[label])]
    ended = [label for label, (_, last) in quarters.items() if last < day]
    names = list(quarters)
    return [q for q in ended if rated and q not in rated and names.index(q) > names.index(rated[0])]


def lower_since(
    s: Scenario, used: dict[str, tuple[str, ...]], used_for: dict[str, str | None]
) -> list[str]:
    last = [label for label in in_time(s) if used_for[label]][-1:]
    if not last:
        return []
    bars = {
        "next-level-quarter": s.next_level[1],
        "current-level-quarter": s.current_level[1],
        "exceeds-current-level": s.in_band_increase[1],
    }
    rating = WORST_TO_BEST.index(bars[str(used_for[last[0]])])
    after = in_time(s)[in_time(s).index(last[0]) + 1 :]
    return [q for q in after if any(w and WORST_TO_BEST.index(w) < rating for w in s.ratings[q])]


def judge(s: Scenario, requirements: Standings) -> str:
    if s.has_error:
        return "invalid"
    others = [state for key, (state, _) in requirements.items() if key != "approvals"]
    if any(state != "met" for state in others):
        return "not-ready"
    return "approved" if requirements["approvals"][0] == "met" else "ready"
