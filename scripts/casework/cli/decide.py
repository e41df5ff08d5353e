"""`casework decide`: write a decision down, in the case and in people.yaml."""

from datetime import date

from casework.assess.feedback import PARTS, parts_missing
from casework.cli.aftermath import aftermath
from casework.cli.docket import OUTCOMES, chosen_case, chosen_outcome
from casework.cli.editing import edited, require_no_new_error
from casework.cli.failure import Exit, FailureError, UsageError, choice
from casework.cli.files import Replacement, replace
from casework.cli.options import Options
from casework.cli.settings import Settings
from casework.cli.targets import targets
from casework.cli.terminal import write
from casework.cli.workplace import Found, Workplace, require_sound
from casework.edit.decision import Decision, decided_case, promoted_person
from casework.model.blob import Blob
from casework.model.case import Case, Kind, Status
from casework.model.document import DocumentKind
from casework.model.english import day
from casework.read.documents import PEOPLE, kind_of, read_document

_SUCH_AS = "Such as `casework decide cases/ada-lovelace/2027-02.md promoted`."


def run(options: Options, settings: Settings) -> int:
    """Write the decision, and say what its pull request still needs."""
    work = Workplace.of(settings, "decide")
    found = _case(options.case, work, settings)
    outcome = _outcome(options.outcome, found.case)
    decision = _decision(options, outcome, work.today)
    _require_still_here(found.case, decision, work)
    replacements, then = _replacements(found, decision, work)
    replace(work.source, replacements)
    write(aftermath(found, then, decision, [each.path for each in replacements], work))
    return Exit.HOLDS


def _case(typed: str | None, work: Workplace, settings: Settings) -> Found:
    if typed is None:
        missing = "`casework decide` must be told which case is decided, and how"
        typed = chosen_case(work, missing, _SUCH_AS)
    paths = targets((typed,), work.git.root, settings.directory, work.source)
    if len(paths) != 1 or kind_of(paths[0]) is not DocumentKind.CASE:
        raise UsageError(f"what is decided must be one case's file; `{typed}` is not", _SUCH_AS)
    found = work.found(paths[0])
    require_sound(found.case)
    if not found.path.startswith(f"cases/{found.case.person}/"):
        raise FailureError(
            f"a case must lie in the folder of its person; `{found.path}` is about "
            f"`{found.case.person}`",
            "Correct `person`, or move the file. Nothing was changed.",
        )
    status = found.case.status
    if status is not None and status.is_decided:
        on = f" since {day(found.case.decided)}" if found.case.decided else ""
        raise FailureError(
            f"a decided case is never edited; `{found.path}` is `{status.value}`{on}",
            "What has changed since belongs in a new case.",
        )
    return found


def _outcome(typed: str | None, case: Case) -> Status:
    names = tuple(each.value for each in OUTCOMES[case.kind or Kind.PROMOTION])
    if typed is None:
        missing = f"`casework decide` must be told the outcome: {' or '.join(names)}"
        typed = chosen_outcome(case, missing, _SUCH_AS)
    if typed not in names:
        kind = (case.kind or Kind.PROMOTION).value
        raise choice(f"the outcome of a case of the kind `{kind}`", typed, names)
    return Status(typed)


def _decision(options: Options, outcome: Status, today: date) -> Decision:
    decided = options.decided or today
    if outcome in (Status.NOT_YET, Status.DECLINED):
        if options.effective is not None:
            raise UsageError(
                f"`--effective` must stand only with a promotion or an increase; it is {outcome}",
                "Leave it out: nothing takes effect.",
            )
        return Decision(outcome, decided, None)
    return Decision(outcome, decided, options.effective or decided)


def _require_still_here(case: Case, decision: Decision, work: Workplace) -> None:
    """Raise FailureError where somebody would be promoted from a day after leaving on."""
    person = work.organisation.people.get(case.person)
    from_when = max(decision.decided, decision.effective or decision.decided)
    if not decision.is_favourable or person is None or not person.is_gone(from_when):
        return
    raise FailureError(
        f"whoever is {decision.outcome.value} must still be here on {from_when}; "
        f"`{person.handle}` left on {person.left}",
        f"If it was decided before that, name the days with `--decided` and `--effective`. If "
        f"`left` is wrong, correct it in `{PEOPLE}` first. Otherwise set the case back to `draft`: "
        "a draft can be deleted. Nothing was changed.",
    )


def _replacements(
    found: Found, decision: Decision, work: Workplace
) -> tuple[list[Replacement], Found]:
    """All that is to be written, worked out and read anew before any of it is. FailureError."""
    case, content = found.case, found.blob.content
    feedback = case.section("Feedback")
    missing = parts_missing(feedback) if feedback else PARTS
    after = edited(lambda: decided_case(content, case, decision, missing), found.path)
    then = work.found_in(found.path, after)
    _require_as_meant(case, then, decision)
    require_no_new_error(found, then, work, "`--decided` and `--effective` set the days.")
    replacements = [Replacement(found.path, content, after)]
    if decision.outcome is Status.PROMOTED:
        replacements += _of_people(case, decision, work)
    return replacements, then


def _require_as_meant(before: Case, then: Found, decision: Decision) -> None:
    """Raise FailureError unless the case, read anew, says the decision and else what it said."""
    days = {"decided": decision.decided, "effective": decision.effective}
    expected = before.document.data | {
        "status": decision.outcome.value,
        **{name: each.isoformat() for name, each in days.items() if each},
    }
    feedback = then.case.section("Feedback")
    has_feedback = decision.is_favourable or feedback is not None
    kept = {each.title for each in before.sections} <= {each.title for each in then.case.sections}
    if then.case.document.data != expected or not (has_feedback and kept):
        raise _unusual(then.path)


def _of_people(case: Case, decision: Decision, work: Workplace) -> list[Replacement]:
    """people.yaml with the new level; nothing where it says so already. Raises FailureError."""
    handle, level, since = case.person or "", case.to_level or "", decision.effective
    blob = work.source.read_one(PEOPLE)
    before = read_document(blob, work.rulebook.schemas)
    if before.flaws:
        raise FailureError(
            f"`{PEOPLE}` must be free of errors of form before it is edited; line "
            f"{before.flaws[0].at.line}: {before.flaws[0].message.rstrip('.')}",
            f"{before.flaws[0].help} Nothing was changed.",
        )
    person = work.person(handle)
    if since is None or (person.level, person.level_since) == (level, since):
        return []
    if person.level != case.from_level:
        held = f" since {day(person.level_since)}" if person.level_since else ""
        raise FailureError(
            f"`{handle}` must still be at `{case.from_level}` in `{PEOPLE}`; there it is "
            f"`{person.level}`{held}",
            (
                "Set its `level` and `level_since` back: this command raises them, and "
                "`--effective` names the day. Nothing was changed."
                if person.level == level
                else f"If `{person.level}` is right, correct `from` and `to` in the case; "
                f"otherwise correct `{PEOPLE}`. Nothing was changed."
            ),
        )
    for other in work.cases(handle):
        if other.path != case.path and other.is_open:
            raise FailureError(
                f"no other case of `{handle}` must be open when the level changes; `{other.path}` "
                "is",
                f"It starts from `{other.case.from_level}`: decide it first, or delete it while it "
                "is a draft. Nothing was changed.",
            )
    after = edited(lambda: promoted_person(blob.content, before, handle, level, since), PEOPLE)
    then = read_document(Blob(PEOPLE, after), work.rulebook.schemas)
    people = before.data["people"]
    reached = people[handle] | {"level": level, "level_since": since.isoformat()}
    if then.flaws or then.data != before.data | {"people": people | {handle: reached}}:
        raise _unusual(PEOPLE)
    return [Replacement(PEOPLE, blob.content, after)]


def _unusual(path: str) -> FailureError:
    return FailureError(
        f"`{path}` must be written so that it can be edited in place; it is not",
        "Write the decision by hand: something nearby is unusual, such as a comment or code "
        "that is left open. Nothing was changed.",
    )
