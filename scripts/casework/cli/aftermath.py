"""What is told of a decision that has just been written down."""

from casework.cli.examination import judge
from casework.cli.workplace import Found, Workplace
from casework.edit.decision import Decision
from casework.model.case import Status
from casework.model.finding import Severity
from casework.model.report import Verdict
from casework.read.documents import PEOPLE
from casework.render.advice import REMEDIES, sentence, steps
from casework.render.escape import terminal, without_commands
from casework.render.words import VERDICTS

_CANNOT_BE_MERGED = (
    "This is written down, but a pull request with it cannot be merged as the case stands, whoever "
    "approves it."
)
_TO_TAKE_BACK = "in the case, set `status` back and delete `decided` and `effective`"


def aftermath(
    found: Found, then: Found, decision: Decision, paths: list[str], work: Workplace
) -> str:
    """What is told once a decision is written: what was changed, and what keeps it from counting.

    `found` is the case before, `then` after; `paths` are the files that were written.
    """
    judged = judge(then.blob, found.blob, work.rulebook, work.today)
    report, case = judged.report, then.case
    errors = [each for each in judged.findings if each.severity is Severity.ERROR]
    feedback = None if decision.is_favourable else case.section("Feedback")
    # Headings that have just been put there, with nothing below them yet, are no fault to repair.
    unwritten = feedback and [(each.rule, each.line) for each in errors] == [
        ("empty-section", feedback.at.line)
    ]
    holds = f", effective {decision.effective}" if decision.effective else ""
    outcome = decision.outcome.value.replace("-", " ")
    lines = [f"{found.path}: {outcome}, decided {decision.decided}{holds}."]
    if PEOPLE in paths:
        lines.append(
            f"{PEOPLE}: {case.person} has {case.to_level} since {decision.effective}. Both files "
            "belong in one pull request."
        )
    if found.case.status is Status.DRAFT:
        lines.append("It was a draft; submitting and deciding it in one pull request is allowed.")
    if feedback != found.case.section("Feedback") and feedback:
        lines.append(f"Its Feedback section, line {feedback.at.line}, has headings to write under.")
    is_unfit = report.verdict in (Verdict.INVALID, Verdict.NOT_READY)
    if is_unfit and decision.is_favourable:
        lines.append(_CANNOT_BE_MERGED)
    if not unwritten:
        lines.append(f"{VERDICTS[report.verdict]}. {sentence(report, len(errors))}")
    lines.append("What the pull request still needs:")
    todo = steps(report, len(errors), work.organisation.policy)
    lines += [f"  - {each}" for each in ((REMEDIES["feedback"],) if unwritten else todo)]
    if is_unfit:
        lines.append("  - Then approvals, of the decision as it is written.")
    if is_unfit and decision.is_favourable:
        restore = f", and restore {PEOPLE}" if PEOPLE in paths else ""
        lines.append(f"  - Or undo it: {_TO_TAKE_BACK}{restore}.")
    lines += [f"Line {each.line}: {each.message}" for each in errors if not unwritten]
    return without_commands("".join(f"{terminal(each)}\n" for each in lines))
