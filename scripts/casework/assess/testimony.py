"""What a note claims, held against what GitHub tells of the pull request."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from casework.model.audit import Claim, ClaimedApproval, Testimony, Word
from casework.model.pull_request import GivenReview, PullRequest, ReviewState


def merged_otherwise(claim: Claim, pull: PullRequest, branch: str) -> Testimony | None:
    """What contradicts that the pull request was merged into a branch; None where nothing does."""
    if pull.merged is None:
        return _denied(f"pull request {claim.pull_request} was not merged")
    if pull.base != branch:
        said = f"pull request {claim.pull_request} went into `{pull.base}`, not into `{branch}`"
        return _denied(said)
    return None


def brought_otherwise(claim: Claim, pull: PullRequest) -> Testimony:
    """That the commit which decided the case did not come with the pull request."""
    number, commit = claim.pull_request, claim.commit[:12]
    merged = f", which was merged as commit `{pull.merge_commit[:12]}`" if pull.merge_commit else ""
    return _denied(f"commit `{commit}` did not come with pull request {number}{merged}")


def as_github_tells(
    claim: Claim, pull: PullRequest, reviews: Sequence[GivenReview], known: Collection[str]
) -> Testimony:
    """Whether those approved before the merge whom the note names, and might do so.

    `known` are all accounts, in small letters, that people.yaml ever gave to somebody: one that
    is not among them may be an account that has another name now.
    """
    doubts: list[str] = []
    for each in claim.approvals:
        said = _own(each, claim, pull)
        if said is None and pull.merged is not None:
            said, is_sure = _given(each, pull.merged, reviews, known)
            if said and not is_sure:
                doubts.append(said)
                continue
        if said is not None:
            return _denied(said)
    if doubts:
        return Testimony(Word.NOT_ASKED, f"GitHub could not confirm it: {'; '.join(doubts)}.")
    return Testimony(
        Word.CONFIRMED,
        f"GitHub confirms it: pull request {claim.pull_request} was merged, and all whom the note "
        "names had approved it by then.",
    )


def no_such_pull_request(claim: Claim) -> Testimony:
    """That there is none of that number."""
    return _denied(f"there is no pull request {claim.pull_request}")


def not_asked(reason: str) -> Testimony:
    """That GitHub could not be asked, and why: the beginning of a sentence in small letters."""
    return Testimony(Word.NOT_ASKED, f"GitHub could not be asked: {reason.rstrip('.')}.")


def _denied(said: str) -> Testimony:
    return Testimony(Word.CONTRADICTED, f"GitHub contradicts the note: {said}.")


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
    return f"{approval.name} approved another commit than `{approval.commit[:12]}`", True


def _is_by(review: GivenReview, merged: datetime) -> bool:
    return review.submitted is None or review.submitted <= merged


def _commits(reviews: Sequence[GivenReview]) -> Iterator[str | None]:
    return (each.commit for each in reviews if each.state is ReviewState.APPROVED)


def _may_be_anybody(review: GivenReview, known: Collection[str]) -> bool:
    """Whether an approval is of a deleted account, or of one that may have got another name."""
    is_approval = review.state in (ReviewState.APPROVED, ReviewState.DISMISSED)
    return is_approval and (review.login is None or review.login.casefold() not in known)
