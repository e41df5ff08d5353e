"""How a pull request stands, in the few words that GitHub shows beside the check's name."""

from casework.model.case import Status
from casework.model.english import enumerated, number
from casework.model.report import JudgedCase, Review, State, Verdict
from casework.render.advice import decision, missing_next
from casework.render.casebook import errors_in
from casework.render.gate import gate
from casework.render.words import VERDICTS


def headline(review: Review) -> str:
    """The answer in a short sentence of plain text."""
    if not review.passes and not _says_why(review):
        answer = gate(review) or "The check does not pass."
        return answer.replace("The check does not pass", "Does not pass", 1).replace("`", "")
    if not review.cases:
        return "No case is changed."
    if len(review.cases) > 1:
        return f"{number(len(review.cases)).capitalize()} cases: {_verdicts(review)}."
    return _of_one(review.cases[0])


def _says_why(review: Review) -> bool:
    """Whether what is said of the one case is the whole reason for not passing."""
    if len(review.cases) != 1 or _owners_are_missing(review):
        return False
    judged = review.cases[0]
    case = judged.report
    if len(judged.findings) < len(review.report.findings):
        return False
    if case.verdict is Verdict.NOT_READY:
        return case.status != Status.DRAFT
    return case.verdict is Verdict.INVALID or decision(case) is not None


def _owners_are_missing(review: Review) -> bool:
    return review.owners is not None and review.owners.requirement.state is not State.MET


def _verdicts(review: Review) -> str:
    verdicts = [each.report.verdict for each in review.cases]
    return enumerated(
        [
            f"{number(verdicts.count(each))} {VERDICTS[each].lower()}"
            for each in VERDICTS
            if each in verdicts
        ]
    )


def _of_one(judged: JudgedCase) -> str:
    case = judged.report
    missing, decided = missing_next(case, errors_in(judged)), decision(case)
    match case.verdict:
        case Verdict.INVALID:
            return f"Invalid: {missing}."
        case Verdict.NOT_READY:
            may = ", as a draft may be" if case.status == Status.DRAFT else ""
            return f"Not ready{may}: it lacks {missing or 'a requirement'}."
        case Verdict.READY:
            if case.status == Status.DRAFT:
                return "Ready: what comes next is to submit it."
            return f"Ready: {decided or 'the case'} needs the reviewers' approval."
        case Verdict.APPROVED:
            return f"Approved: {decided}." if decided else "Approved: the decision comes next."
