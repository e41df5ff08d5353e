"""`casework decide`: write a decision down, in the case and in people.yaml."""

from datetime import date

from casework.assess.feedback import PARTS, parts_missing
from casework.cli.editing import edited, require_no_new_error
from casework.cli.examination import judge
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
from casework.model.finding import Severity
from casework.read.documents import PEOPLE, kind_of, read_document
from casework.render.advice import REMEDIES, sentence, steps
from casework.render.escape import terminal, without_commands
from casework.render.words import VERDICTS

_OUTCOMES = {
    Kind.PROMOTION: (Status.PROMOTED, Status.NOT_YET),
    Kind.IN_BAND_INCREASE: (Status.GRANTED, Status.DECLINED),
}
_SUCH_AS = "Such as `casework decide cases/ada-lovelace/2027-02.md promoted`."


def run(options: Options, settings: Settings) -> int:
    """Write the decision, and say what its pull request still needs."""
    work = Workplace.of(settings, "decide")
    found = _case(options.case, work, settings)
    outcome = _outcome(options.outcome, found.case)
    decision = _decision(options, outcome, work.today)
    replacements, then = _replacements(found, decision, work)
    replace(work.source, replacements)
    write(_told(found, then, decision, [each.path for each in replacements], work))
    return Exit.HOLDS


def _case(typed: str | None, work: Workplace, settings: Settings) -> Found:
    if typed is None:
        raise UsageError("`casework decide` must be told which case is decided, and how", _SUCH_AS)
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
        on = f" since {found.case.decided}" if found.case.decided else ""
        raise FailureError(
            f"a decided case is never edited; `{found.path}` is {status.value}{on}",
            "What has changed since belongs in a new case.",
        )
    return found


def _outcome(typed: str | None, case: Case) -> Status:
    possible = _OUTCOMES[case.kind or Kind.PROMOTION]
    names = tuple(each.value for each in possible)
    if typed is None:
        raise UsageError(
            f"`casework decide` must be told the outcome: {' or '.join(names)}", _SUCH_AS
        )
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
        raise FailureError(
            f"`{handle}` must still be at `{case.from_level}` in `{PEOPLE}`; there it is "
            f"`{person.level}` since {person.level_since}",
            (
                "Set its `level` and `level_since` back: this command raises them, and "
                "`--effective` names the day. Nothing was changed."
                if person.level == level
                else f"If `{person.level}` is right, correct `from` and `to` in the case; else "
                f"correct `{PEOPLE}`. Nothing was changed."
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


def _told(found: Found, then: Found, decision: Decision, paths: list[str], work: Workplace) -> str:
    judged = judge(then.blob, found.blob, work.rulebook, work.today)
    report, case = judged.report, then.case
    errors = [each for each in judged.findings if each.severity is Severity.ERROR]
    feedback = None if decision.is_favourable else case.section("Feedback")
    # Headings that have just been put there, with nothing below them yet, are no fault to repair.
    unwritten = feedback and [(each.rule, each.line) for each in errors] == [
        ("empty-section", feedback.at.line)
    ]
    holds = f", effective {decision.effective}" if decision.effective else ""
    lines = [f"{found.path}: {decision.outcome.value}, decided {decision.decided}{holds}."]
    if PEOPLE in paths:
        lines.append(
            f"{PEOPLE}: {case.person} has {case.to_level} since {decision.effective}. Both files "
            "belong in one pull request."
        )
    if found.case.status is Status.DRAFT:
        lines.append("It was a draft; submitting and deciding it in one pull request is allowed.")
    if feedback != found.case.section("Feedback") and feedback:
        lines.append(f"Its Feedback section, line {feedback.at.line}, has headings to write under.")
    if not unwritten:
        lines.append(f"{VERDICTS[report.verdict]}. {sentence(report, len(errors))}")
    lines.append("What the pull request still needs:")
    todo = steps(report, len(errors), work.organisation.policy)
    lines += [f"  - {each}" for each in ((REMEDIES["feedback"],) if unwritten else todo)]
    if errors or report.verdict.value == "not-ready":
        lines.append("  - Then approvals, of the decision as it is written.")
    lines += [f"Line {each.line}: {each.message}" for each in errors if not unwritten]
    return without_commands("".join(f"{terminal(each)}\n" for each in lines))
