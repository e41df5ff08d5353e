"""The requirements of performance: those that the case's quarters meet or do not."""

from casework.assess import sentences
from casework.assess.answers import answer, unknown_until_repaired
from casework.assess.matter import Matter
from casework.assess.nearest import evidence_that_would_do, nearest_miss
from casework.assess.selection import NEXT_LEVEL, Selection, bars
from casework.model.case import Kind
from casework.model.report import Requirement, State

NOT_YET_NEXT_LEVEL = "not-yet-next-level"


def enough_quarters(matter: Matter, selection: Selection, id: str) -> Requirement:
    """`current-level-quarter`, `next-level-quarter` or `exceeds-current-level`."""
    if (field := matter.unreadable_field) is not None:
        return unknown_until_repaired(id, field)
    bar, used = bars(matter.circumstances.policy, matter.kind)[id], selection[id]
    if len(used) >= bar.quarters:
        detail = sentences.met(used, bar, matter.circumstances.categories)
        return Requirement(id, State.MET, used, detail)
    detail = f"{_missing(matter, selection, id)} {_nearest(matter, selection, id)}"
    return Requirement(id, State.UNMET, used, detail.strip())


def _missing(matter: Matter, selection: Selection, id: str) -> str:
    circumstances = matter.circumstances
    policy, bar = circumstances.policy, bars(circumstances.policy, matter.kind)[id]
    # The next level chooses first: nothing is taken from it.
    others = () if id == NEXT_LEVEL else selection.get(NEXT_LEVEL, ())
    reaching = {
        each.quarter
        for each in matter.standings
        if each.rated.reaches(bar.rating, circumstances.categories)
    }
    spoken_for = bool(reaching.intersection(others)) and not policy.a_quarter_may_count_twice
    return sentences.missing(selection[id], others, bar, circumstances, spoken_for=spoken_for)


def _nearest(matter: Matter, selection: Selection, id: str) -> str:
    circumstances = matter.circumstances
    bar = bars(circumstances.policy, matter.kind)[id]
    if not matter.standings:
        return "The case rates no quarter yet."
    if backed := evidence_that_would_do(matter, id):
        return sentences.evidence_would_do(backed, circumstances.policy.evidence_per_cell)
    miss = nearest_miss(matter, selection, id)
    if miss is None:
        return ""
    used = selection[id] if id == NEXT_LEVEL else sorted({q for s in selection.values() for q in s})
    return sentences.comes_nearest(miss, bar, circumstances, str(matter.case.from_level), used)


def not_yet_next_level(matter: Matter) -> Requirement:
    """Whether an in-band increase is the right thing to ask for, rather than a promotion."""
    case, framework = matter.case, matter.organisation.framework
    if (field := matter.unreadable_field) is not None:
        return unknown_until_repaired(NOT_YET_NEXT_LEVEL, field)
    if (above := framework.level_after(case.from_level)) is None:
        return answer(NOT_YET_NEXT_LEVEL, True, f"There is no level above {case.from_level}.")
    if not above.finalised:
        said = f"The description of {above.id}, the next level, is not finalised yet."
        return answer(NOT_YET_NEXT_LEVEL, True, said)
    selection = matter.select(Kind.PROMOTION)
    if not matter.suffices(selection, Kind.PROMOTION):
        said = f"The quarters do not yet show {above.id}, the next level."
        return answer(NOT_YET_NEXT_LEVEL, True, said)
    used = sorted({quarter for chosen in selection.values() for quarter in chosen})
    said = sentences.promotable(used, above.id)
    return answer(NOT_YET_NEXT_LEVEL, False, said)
