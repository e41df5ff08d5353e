"""What a note claims, held against what GitHub tells of the pull request."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from casework.model.audit import Claim, ClaimedApproval, Testimony, Word
from casework.model.pull_request import GivenReview, PullRequest, ReviewState


def not_merged(claim: Claim) -> Testimony:
    """That the pull request was not merged."""
    return _denied(f"pull request {claim.pull_request} was not merged")


def merged_elsewhere(claim: Claim, pull: PullRequest, branch: str) -> Testimony:
    """That the pull request went into another branch."""
    said = f"pull request {claim.pull_request} went into `{pull.base}`, not into `{branch}`"
    return _denied(said)


def of_another_name(pull: PullRequest, branch: str) -> str:
    """Why that is not sure where the other branch is there no more."""
    return f"it went into `{pull.base}`, which may have been the name of `{branch}` then"


def doubted(testimony: Testimony, reason: str) -> Testimony:
    """The testimony, unless it is a denial that a reason speaks against."""
    return _unsure([reason]) if testimony.word is Word.CONTRADICTED else testimony


def brought_otherwise(claim: Claim, pull: PullRequest) -> Testimony:
    """That the commit which decided the case did not come with the pull request."""
    number, commit = claim.pull_request, claim.commit[:12]
    merged = f", which was merged as commit `{pull.merge_commit[:12]}`" if pull.merge_commit else ""
    return _denied(f"commit `{commit}` did not come with pull request {number}{merged}")


def as_github_tells(
    claim: Claim,
    pull: PullRequest,
    reviews: Sequence[GivenReview],
    known: Collection[str],
    contents: Mapping[str, str | None] | None = None,
    doubts: Sequence[str] = (),
) -> Testimony:
    """Whether those approved before the merge whom the note names, and might do so.

    `known` are all accounts, in small letters, that people.yaml had given to somebody by then: one
    that is not among them may be an account that has another name now. `contents` has the case's
    content in the commits that were approved, as far as GitHub was asked; None where it has it no
    more.
    """
    found = [_wrong(each, claim, pull, reviews, known, contents or {}) for each in claim.approvals]
    if denial := next((said for said, is_sure in found if said and is_sure), None):
        return _denied(denial)
    doubts = (*doubts, *(said for said, _ in found if said))
    for name, accounts in claim.others:
        if _objects(accounts, pull, reviews):
            return _denied(f"{name}, whom it does not name, had asked for changes")
    if doubts:
        return _unsure(doubts)
    return Testimony(
        Word.CONFIRMED,
        f"GitHub confirms it: pull request {claim.pull_request} was merged, and everybody whom "
        "the note names had approved it by then.",
    )


def no_such_pull_request(claim: Claim) -> Testimony:
    """That there is none of that number."""
    return _denied(f"there is no pull request {claim.pull_request}")


def not_asked(reason: str) -> Testimony:
    """That GitHub could not be asked, and why: the beginning of a sentence in small letters."""
    return Testimony(Word.NOT_ASKED, f"GitHub could not be asked: {reason.rstrip('.')}.")


def _denied(said: str) -> Testimony:
    return Testimony(Word.CONTRADICTED, f"GitHub contradicts the note: {said}.")


def _wrong(
    approval: ClaimedApproval,
    claim: Claim,
    pull: PullRequest,
    reviews: Sequence[GivenReview],
    known: Collection[str],
    contents: Mapping[str, str | None],
) -> tuple[str | None, bool]:
    """What is wrong with an approval that the note names, if anything, and whether it is sure."""
    if said := _own(approval, claim, pull):
        return said, True
    if pull.merged is None:
        return None, True
    said, is_sure = _given(approval, pull.merged, reviews, known)
    return (said, is_sure) if said else _meant(approval, claim, pull, reviews, contents)


def approved_commits(
    claim: Claim, pull: PullRequest, reviews: Sequence[GivenReview]
) -> frozenset[str]:
    """The commits that those whom the note names approved last before the merge."""
    last = (_last(each.accounts, pull, reviews) for each in claim.approvals)
    return frozenset(each.commit for each in last if each and each.commit)


def _unsure(doubts: Sequence[str]) -> Testimony:
    return Testimony(Word.NOT_ASKED, f"GitHub could not confirm it: {'; '.join(doubts)}.")


def _last(
    accounts: Collection[str], pull: PullRequest, reviews: Sequence[GivenReview]
) -> GivenReview | None:
    """Somebody's last opinion before the merge."""
    own = {each.casefold() for each in accounts}
    found = [
        each
        for each in reviews
        if each.state.is_opinion
        and (each.login or "").casefold() in own
        and (pull.merged is None or _is_by(each, pull.merged))
    ]
    return found[-1] if found else None


def _objects(accounts: Collection[str], pull: PullRequest, reviews: Sequence[GivenReview]) -> bool:
    """Whether somebody who did not open the pull request had asked for changes in the end."""
    last = _last(accounts, pull, reviews)
    opened = (pull.author or "").casefold() in {each.casefold() for each in accounts}
    return bool(last and last.state is ReviewState.CHANGES_REQUESTED and not opened)


def _meant(
    approval: ClaimedApproval,
    claim: Claim,
    pull: PullRequest,
    reviews: Sequence[GivenReview],
    contents: Mapping[str, str | None],
) -> tuple[str | None, bool]:
    """What is wrong with what somebody approved, if anything is, and whether that is sure."""
    last = _last(approval.accounts, pull, reviews)
    commit = last.commit if last else None
    if commit is None or commit not in contents or contents[commit] == claim.content:
        return None, True
    if contents[commit] is None:
        return f"it does not have the case as {approval.name} approved it", False
    said = f"{approval.name} approved a different version of the case from the one that was decided"
    return said, True


def _own(approval: ClaimedApproval, claim: Claim, pull: PullRequest) -> str | None:
    """What speaks against somebody's approving at all."""
    own = {each.casefold() for each in approval.accounts}
    if pull.author is not None and pull.author.casefold() in own:
        return f"{approval.name} opened pull request {claim.pull_request}"
    roles = [role for account, role in claim.barred if account.casefold() in own]
    return f"{approval.name} is {roles[0]}" if roles else None


def _given(
    approval: ClaimedApproval,
    merged: datetime,
    reviews: Sequence[GivenReview],
    known: Collection[str],
) -> tuple[str | None, bool]:
    """What is wrong with an approval, if anything is, and whether that is sure."""
    own = {each.casefold() for each in approval.accounts}
    all_of_them = [e for e in reviews if e.state.is_opinion and (e.login or "").casefold() in own]
    theirs = [each for each in all_of_them if _is_by(each, merged)]
    if not theirs:
        if all_of_them:
            return f"{approval.name} reviewed it only after it was merged", True
        if any(_may_be_anybody(each, known) for each in reviews if _is_by(each, merged)):
            return (
                f"it does not tell of the account `{approval.account}`, and tells of others that "
                "were deleted, or that people.yaml never had"
            ), False
        return f"it knows of no review by `{approval.account}`", True
    last = theirs[-1]
    if last.state is ReviewState.DISMISSED:
        return f"the approval by {approval.name} was dismissed, and it does not say when", False
    if last.state is not ReviewState.APPROVED:
        return f"{approval.name} asked for changes before it was merged", True
    commits = set(_commits(theirs))
    if approval.commit is None or None in commits or approval.commit in commits:
        return None, True
    return f"{approval.name} approved a commit other than `{approval.commit[:12]}`", True


def _is_by(review: GivenReview, merged: datetime) -> bool:
    return review.submitted is None or review.submitted <= merged


def _commits(reviews: Sequence[GivenReview]) -> Iterator[str | None]:
    return (each.commit for each in reviews if each.state is ReviewState.APPROVED)


def _may_be_anybody(review: GivenReview, known: Collection[str]) -> bool:
    """Whether an approval is of a deleted account, or of one that may have got another name."""
    is_approval = review.state in (ReviewState.APPROVED, ReviewState.DISMISSED)
    return is_approval and (review.login is None or review.login.casefold() not in known)
