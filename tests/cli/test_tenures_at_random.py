"""Thousands of random pasts of one entry: what no case decided, read again by a naive reader.

The reader walks from commit to commit with lists and knows nothing of the program's own steps.
"""

import random
from typing import Any, NamedTuple

from casework.model.audit import Held
from casework.model.tenure import Promotion
from tests.cli.test_tenures import found

LEVELS = [(level, day) for level in ("IC1", "IC2", "IC3") for day in ("2025-02-01", "2026-02-01")]
ROUNDS = 1500


ACTS = ("change", "change", "reason", "case", "case", "drop", "drop for a reason", "gone", "broken",
        "renamed", "nothing")  # fmt: skip


class Past(NamedTuple):
    """What people.yaml said after each commit, and what cases decided."""

    versions: list[Any]
    cases: list[Promotion]


def a_past(dice: random.Random) -> Past:
    handle, entry = "ada", dict[str, Any](github="ada-l", held=dice.choice(LEVELS))
    past = Past([written(handle, entry)], [])
    for place in range(1, dice.randrange(2, 9)):
        act = dice.choice(ACTS)
        handle += "-king" if act == "renamed" else ""
        if act in ("change", "reason"):
            entry["held"] = dice.choice(LEVELS)
        if act == "case":
            past.cases.append(a_case(dice, place, handle, entry["held"]))
            end = tuple(past.cases[-1].end)
            entry["held"] = dice.choice([end, end, entry["held"], dice.choice(LEVELS)])
        if act.startswith("drop"):
            entry["held"] = None
        if act.endswith("reason"):
            entry["level_reason"] = f"Of {place}"
        others = {"gone": {}, "broken": None}
        past.versions.append(others[act] if act in others else written(handle, entry))
    return past


def a_case(dice: random.Random, place: int, handle: str, held: Any) -> Promotion:
    start = held if held and dice.random() < 0.7 else dice.choice(LEVELS)
    end = Held(*dice.choice(LEVELS))
    path = f"cases/{handle}/2027-02.md"
    is_new = dice.random() < 0.5
    return Promotion(handle, path, place, place, Held(*start), end, is_new=is_new)


def written(handle: str, entry: dict[str, Any]) -> dict[str, Any]:
    level = dict(zip(("level", "level_since"), entry["held"], strict=True)) if entry["held"] else {}
    return {handle: {k: v for k, v in entry.items() if k != "held"} | level}


class Change:
    def __init__(self, place: int, was: Any, now: Any, reason: str | None) -> None:
        self.place, self.was, self.now, self.reason = place, was, now, reason
        self.answer = ""
        self.is_explained_later = False


def changes(versions: list[Any]) -> list[Change]:
    made: list[Change] = []
    held, last = None, None
    for place, people in enumerate(versions):
        for entry in (people or {}).values():
            reason = entry.get("level_reason")
            new_reason = reason if reason != last else None
            last = reason
            if "level" not in entry:
                held = None if new_reason else held
                continue
            now = (entry["level"], entry["level_since"])
            if held is not None and now != held:
                made.append(Change(place, held, now, new_reason))
            held = now
    for each in made:
        each.is_explained_later = is_explained_later(each, versions)
    return made


def is_explained_later(change: Change, versions: list[Any]) -> bool:
    """Whether a later commit, all being of one day, gives the reason that the change lacks."""
    first, *others = [e for people in versions[change.place :] for e in (people or {}).values()]
    for entry in others:
        if (entry.get("level"), entry.get("level_since")) != change.now:
            return False
        if entry.get("level_reason") not in (None, first.get("level_reason")):
            return True
    return False


def claimed(past: Past, made: list[Change]) -> set[int]:
    """The changes that cases of other commits decided."""
    found = set()
    for case in past.cases:
        before = [each for each in made if each.place < case.place]
        after = [e for e in made if e.place > case.place and e.now == tuple(case.end)]
        if any(each.place == case.place for each in made):
            continue
        if before and before[-1].now == tuple(case.end):
            found.add(before[-1].place)
        elif after:
            found.add(after[0].place)
    return found


def answer(each: Change, own: list[Promotion], is_claimed: bool) -> str:
    fits = [case for case in own if tuple(case.end) == each.now]
    records = [
        e for e in own if e.is_new and each.now[1] > e.end.since and tuple(e.start) != each.was
    ]
    if any(tuple(case.start) == each.was for case in fits):
        return "decided"
    if is_claimed and not fits:
        return "elsewhere"
    if each.reason:
        return "holds"
    return "elsewhere" if not fits and len(records) < len(own) else "does-not-hold"


def judge(past: Past) -> list[str]:
    made = changes(past.versions)
    places = claimed(past, made)
    first = 0
    for index, each in enumerate(made):
        own = [case for case in past.cases if case.place == each.place]
        each.answer = answer(each, own, each.place in places)
        undone = [i for i in range(first, index) if made[i].was == each.now]
        if undone and each.answer != "decided":
            for other in made[undone[0] : index]:
                other.answer = "holds"
            each.answer = "back"
        first = first if each.answer == "does-not-hold" else index + 1
    is_gone = next(each for each in reversed(past.versions) if each is not None) == {}
    told = []
    for each in made:
        # As a template's examples are, or as one pull request that was rebased may look.
        if each.answer == "does-not-hold" and (is_gone or each.is_explained_later):
            each.answer = "not-known"
        if each.answer in ("holds", "does-not-hold", "not-known"):
            told.append(f"{each.place} {each.answer}")
    return told


def test_a_naive_reader_comes_to_the_same() -> None:
    dice, answers = random.Random(11), set[str]()
    for _ in range(ROUNDS):
        past = a_past(dice)
        levels = found(*past.versions, cases=tuple(past.cases))
        told = [f"{each.landing.place} {each.answer.value}" for each in levels]
        assert told == judge(past), past
        answers |= {each.split()[1] for each in told}
    assert answers == {"holds", "does-not-hold", "not-known"}
