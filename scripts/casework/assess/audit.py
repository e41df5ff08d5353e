"""Whether what must hold of a decided case does, by the rules of the day of its decision."""

from collections.abc import Iterator

from casework.assess.assessment import assess
from casework.assess.citations import commit_named, level_held
from casework.assess.noted import approvals_recorded, no_own_approval
from casework.assess.verdict import APPROVALS
from casework.model import english
from casework.model.audit import Afterwards, Answer, Check, Decision, Held, Recording, Unread
from casework.model.case import Status
from casework.model.history import Landing
from casework.model.organisation import Organisation
from casework.model.report import Requirement, State

REQUIREMENTS = "requirements"
NOT_EDITED = "not-edited"
LEVEL_TOGETHER = "level-together"


def audited(decision: Decision) -> tuple[Check, ...]:
    """All that must hold of a decided case, in a fixed order."""
    checks = (
        _requirements(decision),
        approvals_recorded(decision),
        no_own_approval(decision),
        _not_edited(decision),
    )
    is_promoted = decision.case.status is Status.PROMOTED
    return (*checks, _level_together(decision)) if is_promoted else checks


def _requirements(decision: Decision) -> Check:
    case, landing = decision.case, decision.landing
    if decision.rules is None:
        return _without_rules(REQUIREMENTS, decision)
    if not case.document.readable or case.decided is None:
        said = "The case has no readable `decided` day, so nobody can tell as of when to judge it."
        reason = "it has no readable `decided` day"
        return Check(REQUIREMENTS, Answer.NOT_KNOWN, said, _file(decision), reason)
    if case.decided > landing.day:
        said = (
            f"The case says that it was decided on {english.day(case.decided)}, but "
            f"the commit that says so is from {english.day(landing.day)}: by the later day, "
            "quarters count that had not ended yet."
        )
        return Check(REQUIREMENTS, Answer.DOES_NOT_HOLD, said, _file(decision))
    found = [*_lacking(decision, decision.rules, "")]
    if decision.has_changed_rules and decision.rules_before is not None and not found:
        # Whoever lowers a bar and passes it in one step has not met what was asked for.
        rules = decision.rules_before._replace(people=decision.rules.people)
        found = [*_lacking(decision, rules, "By the rules that held until then: ")]
    if not found:
        said = f"All were met as of {english.day(case.decided)}, by the rules of that commit."
        return Check(REQUIREMENTS, Answer.HOLDS, said)
    is_unmet = any(each.state is State.UNMET for each, _ in found)
    answer = Answer.DOES_NOT_HOLD if is_unmet else Answer.NOT_KNOWN
    said = " ".join(f"{lead}{each.detail}" for each, lead in found)
    look = f"Read the case as it was decided: {_show(decision)}."
    reason = "" if is_unmet else "nobody can tell whether one of them was"
    return Check(REQUIREMENTS, answer, said, look, reason)


def _lacking(
    decision: Decision, rules: Organisation, lead: str
) -> Iterator[tuple[Requirement, str]]:
    """The requirements that are not met, approvals aside, and what to say first."""
    assert decision.case.decided is not None  # noqa: S101  # it was looked at before
    for each in assess(decision.case, rules, decision.case.decided).requirements:
        if each.id != APPROVALS and each.state is not State.MET:
            yield each, lead


def _not_edited(decision: Decision) -> Check:
    if not decision.afterwards:
        said = "The main branch has it as it was decided."
        return Check(NOT_EDITED, Answer.HOLDS, said)
    first, last = decision.afterwards[0], decision.afterwards[-1]
    if (last.path, last.content) == (decision.path, decision.content):
        back = commit_named(last.landing)
        said = f"{_deed(decision, first)}, and put back by {back}: it is as decided."
        return Check(NOT_EDITED, Answer.HOLDS, said)
    said = f"{_deed(decision, first)}."
    if len(decision.afterwards) > 1:
        others = english.counted(len(decision.afterwards) - 1, "more commit")
        said += f" {others.capitalize()} changed it after that."
    if not last.is_readable:
        said += " As it is there now, it cannot be read."
    then, now = decision.landing.commit[:12], last.landing.commit[:12]
    look = f"See what became of it: `git diff {then} {now} -- cases/`."
    if last.path == decision.path:
        look = f"See what became of it: `git diff {then} {now} -- {decision.path}`."
    excuse = _excuse(decision, last)
    if excuse:
        reason, why = excuse
        return Check(NOT_EDITED, Answer.NOT_KNOWN, f"{said} {why}", look, reason)
    return Check(NOT_EDITED, Answer.DOES_NOT_HOLD, said, look)


def _excuse(decision: Decision, last: Afterwards) -> tuple[str, str] | None:
    """Why what became of a case may be as it should; in a few words, and in sentences."""
    if last.content is None and decision.is_new and decision.is_from_the_start:
        return _EXAMPLE
    is_one_day = all(_may_be_one_step(decision, each.landing) for each in decision.afterwards)
    is_there = last.content is not None and last.is_readable
    return _ONE_STEP if is_one_day and is_there else None


_EXAMPLE = (
    "it came with the first commit and is gone, as a template's examples are",
    "It had come with the first commit of all, decided already: so do a template's examples.",
)
_ONE_STEP = (
    "it may be one pull request, which only a note could tell",
    "No note tells whether one pull request, rebased, did both on that day.",
)


def _may_be_one_step(decision: Decision, other: Landing) -> bool:
    """Whether another commit may be of the pull request that decided, where no note can tell."""
    own = decision.landing
    is_told = decision.recording is Recording.PRESENT or own.note or other.note
    # What GitHub merges or squashes into one commit bears its number; what it rebases bears none.
    return not is_told and (own.day, own.pull_request) == (other.day, other.pull_request)


def _deed(decision: Decision, change: Afterwards) -> str:
    """What a commit did to the file."""
    who = commit_named(change.landing)
    if change.content is None:
        return f"After the decision it was deleted by {who}"
    if change.path == decision.path:
        return f"After the decision it was changed by {who}"
    how = "moved" if change.content == decision.content else "moved and changed"
    return f"After the decision it was {how} to `{change.path}` by {who}"


def _level_together(decision: Decision) -> Check:
    case = decision.case
    if decision.rules is None:
        return _without_rules(LEVEL_TOGETHER, decision)
    if case.to_level is None or case.effective is None:
        said = "The case does not say to which level and from when, so nobody can tell."
        reason = "it does not say to which level and from when"
        return Check(LEVEL_TOGETHER, Answer.NOT_KNOWN, said, _file(decision), reason)
    wanted = Held(case.to_level, case.effective.isoformat())
    before, now = (
        _held_at(decision, decision.begins - 1),
        _held_at(decision, decision.landing.place),
    )
    if now == wanted != before:
        said = f"The same commit changed people.yaml to {level_held(wanted)}."
        return Check(LEVEL_TOGETHER, Answer.HOLDS, said)
    if _is_older_than_the_list(decision, wanted, before, now):
        said = (
            "The case came to the main branch as the record of an earlier promotion: people.yaml "
            "had that level, or a later one, from its beginning."
        )
        look, reason = _people(decision.landing), "it is the record of an earlier promotion"
        return Check(LEVEL_TOGETHER, Answer.NOT_KNOWN, said, look, reason)
    changes = [each.landing for each in decision.levels if each.after == wanted]
    earlier = [each for each in changes if each.place < decision.begins]
    later = [each for each in changes if each.place > decision.landing.place]
    if (now == wanted and earlier) or (now != wanted and later):
        which, when = (earlier[-1], "before") if now == wanted else (later[0], "after")
        said = (
            f"People.yaml was changed to {level_held(wanted)} by {commit_named(which)}, "
            f"{when} the decision came by {commit_named(decision.landing)}."
        )
        if _may_be_one_step(decision, which):
            reason, why = _ONE_STEP
            return Check(LEVEL_TOGETHER, Answer.NOT_KNOWN, f"{said} {why}", _people(which), reason)
        return Check(LEVEL_TOGETHER, Answer.DOES_NOT_HOLD, said, _people(which))
    found = (
        f"it had {level_held(now)}" if now and now.level is not None else "it had no level there"
    )
    said = (
        f"With the decision, people.yaml must come to have {level_held(wanted)}; when the decision "
        f"came by {commit_named(decision.landing)}, {found}."
    )
    return Check(LEVEL_TOGETHER, Answer.DOES_NOT_HOLD, said, _people(decision.landing))


def _is_older_than_the_list(
    decision: Decision, wanted: Held, before: Held | None, now: Held | None
) -> bool:
    """Whether a case that was decided when it came is of a time before people.yaml began."""
    case = decision.case
    start = Held(case.from_level, case.level_since.isoformat() if case.level_since else None)
    # What starts from the very level that its commit changes is no record of an earlier one.
    if not decision.is_new or now is None or start == before != now:
        return False
    if now == wanted:
        return decision.levels[0].after == wanted and decision.levels[0].before is None
    return isinstance(now.since, str) and now.since > str(wanted.since)


def _held_at(decision: Decision, place: int) -> Held | None:
    """What people.yaml had of the subject after a step."""
    until = [each.after for each in decision.levels if each.landing.place <= place]
    return until[-1] if until else None


def _without_rules(id_: str, decision: Decision) -> Check:
    """What is said where the rules of the commit cannot be read."""
    path, is_there = decision.unread or Unread("framework", is_there=True)
    commit = decision.landing.commit[:12]
    reason = f"its commit has no `{path}`"
    if is_there:
        reason = f"`{path}` of its commit cannot be read"
    said = f"{english.begun(reason)}, so nobody can tell."
    where = path if is_there else f"{path.partition('/')[0]}/"
    what = "that file" if is_there else "what there was"
    return Check(
        id_, Answer.NOT_KNOWN, said, f"Look at {what}: `git show {commit}:{where}`.", reason
    )


def _show(decision: Decision) -> str:
    return f"`git show {decision.landing.commit[:12]}:{decision.path}`"


def _file(decision: Decision) -> str:
    return f"Read the case as it was decided: {_show(decision)}."


def _people(landing: Landing) -> str:
    return f"See what was changed there: `git show {landing.commit[:12]} -- cases/people.yaml`."
