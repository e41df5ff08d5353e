"""What a note says of who approved a decision, held against the policy of its day.

What a note says is what somebody wrote who could push: it is told as a claim.
"""

from casework.assess.approvals import case_approvals
from casework.assess.phrases import listed
from casework.model import english
from casework.model.approval import ApprovalOutcome, Sameness
from casework.model.audit import Answer, Check, Decision, Recording
from casework.model.note import Note, NotedApproval, NotedCase
from casework.model.organisation import Organisation
from casework.model.people import People
from casework.model.pull_request import GivenReview, ReviewState
from casework.model.report import State, Verdict

APPROVALS_RECORDED = "approvals-recorded"
NO_OWN_APPROVAL = "no-own-approval"

_FETCH = "git fetch origin refs/notes/approvals:refs/notes/approvals"
_REVIEWED = "what was reviewed"


def approvals_recorded(decision: Decision) -> Check:
    """Whether a note names the case as it was decided, and approvals enough for it."""
    rules, landing = decision.rules_before, decision.landing
    if rules is not None and not rules.policy.approvals.required:
        said = "The policy asked for no approval then."
        return Check(APPROVALS_RECORDED, Answer.HOLDS, said)
    if landing.note is None:
        return _without_note(decision)
    noted = decision.noted
    look = f"Look at pull request {landing.note.pull_request}: who approved what, and when."
    if noted is None:
        said = f"The note on commit `{landing.commit[:12]}` does not name this case."
        return Check(APPROVALS_RECORDED, Answer.DOES_NOT_HOLD, said, look)
    if noted.content != decision.content:
        said = (
            f"The note on commit `{landing.commit[:12]}` is about a different version of this "
            f"file (`{noted.content[:12]}`) from the one that was decided "
            f"(`{decision.content[:12]}`)."
        )
        return Check(APPROVALS_RECORDED, Answer.DOES_NOT_HOLD, said, look)
    if rules is None:
        said = "The policy or people.yaml of that commit cannot be read, so nobody can tell."
        reason = "the rules of that day cannot be read"
        return Check(APPROVALS_RECORDED, Answer.NOT_KNOWN, said, look, reason)
    return _counted(decision, landing.note, noted, rules, look)


def no_own_approval(decision: Decision) -> Check:
    """Whether the note names nobody who may not approve: subject, manager, author."""
    note, noted = decision.landing.note, decision.noted
    if note is None or noted is None:
        said, without = "No note says who approved it, so nobody can tell.", _without_note(decision)
        reason = without.reason or "no note says who approved it"
        return Check(NO_OWN_APPROVAL, Answer.NOT_KNOWN, said, without.help, reason)
    people = decision.rules_before.people if decision.rules_before else People({})
    found = [_own(each, decision, note, people) for each in noted.approvals]
    own = [each for each in found if each]
    if not own:
        said = "The note names neither the subject nor the manager nor the author among them."
        return Check(NO_OWN_APPROVAL, Answer.HOLDS, said)
    said = f"Among the approvals, the note names {listed(own)}."
    look = f"Look at pull request {note.pull_request}: who approved what, and who opened it."
    return Check(NO_OWN_APPROVAL, Answer.DOES_NOT_HOLD, said, look)


def barred(decision: Decision) -> dict[str, str]:
    """The handles of those who may not approve a decision, and what they are to it."""
    case = decision.case
    people = decision.rules_before.people if decision.rules_before else People({})
    subject = people.get(case.person)
    found = {
        case.person: "whom the case is about",
        case.manager: "the manager",
        subject.manager if subject else None: "the manager",
    }
    return {handle: what for handle, what in found.items() if handle is not None}


def _without_note(decision: Decision) -> Check:
    landing, id_ = decision.landing, APPROVALS_RECORDED
    if decision.recording is Recording.ABSENT:
        said = "This clone has no notes on approvals."
        look = f"If the repository keeps them, `{_FETCH}` brings them."
        reason = "this clone has no notes"
        return Check(id_, Answer.NOT_KNOWN, said, look, reason)
    if decision.recording is Recording.BEFORE:
        said = "The decision is older than the first note, so its approvals are recorded nowhere."
        reason = "it is older than the first note"
        return Check(id_, Answer.NOT_KNOWN, said, _where_to_look(decision), reason)
    what = "came to the main branch decided already" if decision.is_new else "was decided"
    said = f"It {what} by commit `{landing.commit[:12]}`, and no note there says who approved it."
    if decision.recording is Recording.AFTER:
        said += " All notes of this clone are on older commits: it may lack the latest."
        look = f"Fetch them: `{_FETCH}`. If it still has none: {_where_to_look(decision)}"
        reason = "it is younger than the last note that was fetched"
        return Check(id_, Answer.NOT_KNOWN, said, look, reason)
    return Check(id_, Answer.DOES_NOT_HOLD, said, _where_to_look(decision))


def _where_to_look(decision: Decision) -> str:
    landing = decision.landing
    if landing.pull_request is not None:
        return f"The commit's subject names pull request {landing.pull_request}: look there."
    return f"Ask `{landing.author}`, whose commit it is; it names no pull request."


def _counted(
    decision: Decision, note: Note, noted: NotedCase, rules: Organisation, look: str
) -> Check:
    outcome = _outcome(decision, note, noted, rules)
    names = [each.who for each in outcome.standings if each.counts]
    others = sorted({each.who for each in outcome.standings if not each.counts} - {*names})
    who = listed(names) if names else "nobody whose approval counts"
    verb = "approve" if len(names) > 1 else "approves"
    said = f"The note says that in pull request {note.pull_request} {who} {verb} it."
    if others:
        said += f" It names {listed(others)} too, who could not approve it."
    missing, senior = outcome.missing, outcome.missing_senior
    if outcome.requirement.state is State.UNDETERMINED:
        said += " The case names no level that the framework had, so nobody can tell if that was"
        reason = "it names no level that the framework had"
        return Check(APPROVALS_RECORDED, Answer.NOT_KNOWN, f"{said} enough.", look, reason)
    if not missing and noted.verdict == Verdict.READY:
        said += " It also says that something was missing when it was merged: an open request for"
        return Check(APPROVALS_RECORDED, Answer.DOES_NOT_HOLD, f"{said} changes, it seems.", look)
    if not missing:
        return Check(APPROVALS_RECORDED, Answer.HOLDS, said)
    said += f" By the policy of that day {_lacking(missing, senior, decision)}."
    return Check(APPROVALS_RECORDED, Answer.DOES_NOT_HOLD, said, look)


def _lacking(missing: int, senior: int, decision: Decision) -> str:
    what = english.counted(missing, "more approval")
    verb = "was" if missing == 1 else "were"
    if not senior:
        return f"{what} {verb} needed"
    level = decision.case.to_level or decision.case.from_level
    whose = "somebody" if senior == 1 else english.number(senior)
    return f"{what} {verb} needed, from {whose} at {level} or above"


def _outcome(
    decision: Decision, note: Note, noted: NotedCase, rules: Organisation
) -> ApprovalOutcome:
    """What the approvals come to if they were given as the note says."""
    accounts = dict.fromkeys(each.account for each in noted.approvals)
    reviews = [GivenReview(each, ReviewState.APPROVED, _REVIEWED) for each in accounts]
    contents = {_REVIEWED: Sameness.SAME}
    author, day = _account(note, rules.people), decision.landing.day
    return case_approvals(decision.case, rules, reviews, author, contents, day)


def _account(note: Note, people: People) -> str | None:
    """The account of whoever opened the pull request, whom the note names by handle or account."""
    known = people.get(note.author)
    return (known.github if known else None) or note.author


def _own(approval: NotedApproval, decision: Decision, note: Note, people: People) -> str | None:
    """Somebody who may not approve, with what speaks against it."""
    found = people.of_account(approval.account)
    handles = {approval.reviewer, found.handle if found else None}
    against = barred(decision)
    roles = [against[each] for each in sorted(filter(None, handles)) if each in against]
    author = (note.author or "").casefold()
    opened_by = {author, (_account(note, people) or "").casefold()} - {""}
    names = {each.casefold() for each in (*filter(None, handles), approval.account)}
    if opened_by & names:
        roles.append("who opened the pull request")
    if not roles:
        return None
    known = people.get(approval.reviewer)
    return f"{known.name if known else approval.reviewer} ({roles[0]})"
