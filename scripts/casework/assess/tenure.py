"""The changes of somebody's level that no decided case accounts for.

What may change a level is read as the rule `level-change-without-case` reads it. A change that a
case accounts for, rightly or wrongly, is judged with that case, and not named here again.
"""

from collections.abc import Sequence

from casework.assess.citations import level_held
from casework.model import english
from casework.model.audit import Answer, AuditedLevel, Held, UnreadCase
from casework.model.tenure import LevelStep, Promotion, Tenure


def undecided(
    tenure: Tenure, promotions: Sequence[Promotion], unread: Sequence[UnreadCase]
) -> tuple[AuditedLevel, ...]:
    """The changes of a level that no case decided, oldest first, those with a reason too.

    `promotions` are the person's own, by whatever handle.
    """
    own = sorted(promotions, key=lambda each: each.place)
    filed = [each for each in own if each.path.split("/")[1] in tenure.handles]
    settled = {_elsewhere(each, tenure.steps) for each in filed}
    found: list[AuditedLevel] = []
    since = 0
    for step in tenure.steps:
        is_settled = step.landing.place in settled
        judged = _judged(step, tenure, own, unread, is_settled=is_settled)
        # Only what nothing was built on meanwhile can be undone.
        back = next((i for i in range(since, len(found)) if found[i].before == step.after), None)
        if back is not None and not (judged is None and _decided_there(step, own)):
            found[back:] = [_taken_back(each, step) for each in found[back:]]
            since = len(found)
        elif judged is None:
            since = len(found)
        else:
            found.append(judged)
            since = len(found) if judged.answer is Answer.HOLDS else since
    raises = {each.landing.place for each in tenure.steps if each.is_raise}
    too_late = (_with_remedy(each, _TOO_LATE) for each in found[:since])
    in_time = (_with_remedy(e, _remedy(e.landing.place in raises)) for e in found[since:])
    return (*too_late, *in_time)


_TOO_LATE = "Later changes were built on it, so it can no longer be undone; it stays listed."


def _with_remedy(level: AuditedLevel, remedy: str) -> AuditedLevel:
    """What does not hold, with what can be done about it."""
    is_wrong = level.answer is Answer.DOES_NOT_HOLD
    return level._replace(help=f"{level.help} {remedy}") if is_wrong else level


def _elsewhere(promotion: Promotion, steps: Sequence[LevelStep]) -> int | None:
    """The place of the change that a case decided which came in another commit.

    None where there is none, or where the case changed the level in its own commit.
    """
    if any(each.landing.place == promotion.place for each in steps):
        return None
    same = [each for each in steps if _is_to(promotion, each)]
    earlier = [each for each in same if each.landing.place < promotion.begins]
    later = [each for each in same if each.landing.place > promotion.place]
    until = [each for each in steps if each.landing.place <= promotion.place]
    if earlier and until[-1] is earlier[-1]:
        return earlier[-1].landing.place
    return later[0].landing.place if later else None


def _is_to(promotion: Promotion, step: LevelStep) -> bool:
    """Whether a case decides on just what was changed, as far as it says on what it decides."""
    level, since = promotion.end
    return step.after == promotion.end or (since is None and level == step.after.level)


def _decided_there(step: LevelStep, own: Sequence[Promotion]) -> bool:
    return any(each.place == step.landing.place and _is_to(each, step) for each in own)


def _judged(
    step: LevelStep,
    tenure: Tenure,
    own: Sequence[Promotion],
    unread: Sequence[UnreadCase],
    *,
    is_settled: bool,
) -> AuditedLevel | None:
    """What there is to say of a change; None where a case answers for it, of whatever commit."""
    handles = (step.handle, step.handle_before)
    there = [e for e in own if e.place == step.landing.place and e.person in handles]
    deciding = [each for each in there if _is_to(each, step)]
    if any(each.start in (None, *_reached(step, there)) for each in deciding):
        return None
    if is_settled and not deciding:
        return None
    if step.reason is not None:
        return _reasoned(step, step.reason)
    # Where a case decides on another level, its own check says so.
    if not deciding and any(not _is_record(each, step) for each in there):
        return None
    unexplained = _from_elsewhere(step, deciding[0]) if deciding else _unexplained(step)
    return _unknown(step, tenure, unread) or unexplained


def _reached(step: LevelStep, promotions: Sequence[Promotion]) -> list[Held]:
    """The level held before, and those to which cases of one commit lead from it in turn."""
    reached = [step.before]
    for at in reached:  # it grows meanwhile
        reached += [e.end for e in promotions if e.start == at and e.end not in reached]
    return reached


def _is_record(promotion: Promotion, step: LevelStep) -> bool:
    """Whether a case tells of an earlier promotion than the one that people.yaml tells of."""
    then, now = promotion.end.since, step.after.since
    is_later = isinstance(then, str) and isinstance(now, str) and now > then
    return is_later and promotion.is_new and promotion.start != step.before


def _reasoned(step: LevelStep, stated: str) -> AuditedLevel:
    said = "No case decides it; people.yaml states a reason, written for this change."
    reason = "for a reason that people.yaml states"
    return _level(step, Answer.HOLDS, said, reason=reason)._replace(stated=stated)


def _from_elsewhere(step: LevelStep, promotion: Promotion) -> AuditedLevel:
    start = level_held(promotion.start) if promotion.start else "another level"
    said = (
        f"The case `{promotion.path}`, decided in the same commit, starts from {start}; until then "
        f"people.yaml had {level_held(step.before)}."
    )
    found = _level(step, Answer.DOES_NOT_HOLD, said, _look(step))
    return found._replace(case=promotion.path)


def _unknown(step: LevelStep, tenure: Tenure, unread: Sequence[UnreadCase]) -> AuditedLevel | None:
    """The change, where something speaks against taking it for one without a case."""
    for each in unread:
        is_own = each.path.split("/")[1] in tenure.handles
        if is_own and each.landing.place == step.landing.place:
            reason = f"`{each.path}` came in the same commit and cannot be read"
            said = f"{english.begun(reason)}, so nobody can tell whether it decides that."
            found = _level(step, Answer.NOT_KNOWN, said, each.help, reason)
            return found._replace(case=each.path)
    if step.only_common:
        reason = f"the entry has only the {step.only_common} in common with the one before"
        said = f"{english.begun(reason)}: it may be about somebody else."
        return _level(step, Answer.NOT_KNOWN, said, _show(step), reason)
    if step.explained_later is not None:
        other = step.explained_later
        commit = f"commit `{other.commit[:12]}` of the same day"
        said = (
            f"No case decides it, and {commit} states a reason. No note tells whether one pull "
            "request, rebased, did both."
        )
        reason = f"{commit} states a reason, and only a note could tell whether both are one"
        return _level(step, Answer.NOT_KNOWN, said, _show(step), reason)
    if tenure.is_example:
        reason = "the entry came with the first commit and is gone, as a template's examples are"
        return _level(step, Answer.NOT_KNOWN, f"{english.begun(reason)}.", _show(step), reason)
    if not step.is_of_the_ladder and step.before.since == step.after.since:
        reason = f"the framework of that day has no level `{step.before.level}`"
        said = f"{english.begun(reason)}: the levels may have got other names."
        return _level(step, Answer.NOT_KNOWN, said, _show(step), reason)
    return None


def _unexplained(step: LevelStep) -> AuditedLevel:
    said = "No case decides it, and people.yaml states no reason for this change."
    if step.is_raise:
        said += (
            " A promotion comes with a case that says, in the same commit, `status: promoted`, "
            f"`to: {step.after.level}` and `effective: {step.after.since}`."
        )
    if not step.was_readable:
        said += " People.yaml could not be read just before, so the change may be older."
    return _level(step, Answer.DOES_NOT_HOLD, said, _look(step))


def _taken_back(level: AuditedLevel, step: LevelStep) -> AuditedLevel:
    if level.answer is Answer.HOLDS:
        return level
    commit = f"commit `{step.landing.commit[:12]}` of {english.day(step.landing.day)}"
    said = f"No case decides it; {commit} undid it."
    return level._replace(answer=Answer.HOLDS, detail=said, help="", reason=f"undone by {commit}")


def _level(
    step: LevelStep, answer: Answer, said: str, look: str = "", reason: str = ""
) -> AuditedLevel:
    return AuditedLevel(
        step.handle, step.name, step.before, step.after, step.landing, answer, said, look, reason
    )


def _look(step: LevelStep) -> str:
    landing = step.landing
    whom = f"Ask `{landing.author}`, whose commit it is; it names no pull request."
    if landing.pull_request is not None:
        whom = f"Look at pull request {landing.pull_request}."
    return f"{_show(step)} {whom}"


def _remedy(is_raise: bool) -> str:
    how = "with its case, or with another `level_reason`" if is_raise else "with another one"
    return (
        "To put it right, undo the change, with a `level_reason` that says so; then propose "
        f"it again {how}."
    )


def _show(step: LevelStep) -> str:
    return f"See what was changed: `git show {step.landing.commit[:12]} -- cases/people.yaml`."
