"""The rules about what is on record of a quarter: when it got there, and what became of it."""

from collections.abc import Iterator

from casework.check.changes import Objection, Proposal
from casework.check.context import Problem
from casework.check.origins import followed
from casework.check.pay import pay_figures
from casework.check.words import quoted
from casework.model.case import Case, Evidence, RatedQuarter
from casework.model.english import counted, enumerated
from casework.model.fiscal import Quarter
from casework.model.framework import Track
from casework.model.organisation import Organisation
from casework.model.position import Position

_UNRATED = "not rated"


def late_record(proposal: Proposal) -> Iterator[Objection]:
    """A quarter is on record soon after its end.

    Why: What was written down at the time is worth more than what is remembered half a year later,
    when it is known what the ratings are needed for. A late record is no mistake; reviewers should
    know of it. What counts is what the main branch holds, in whichever case of that person: dates
    inside a pull request prove nothing.

    Fix: There is nothing to correct. Tell reviewers how the ratings came about, and merge the draft
    with the next quarter's ratings as soon as that quarter is over.
    """
    if proposal.organisation is None:
        return
    policy = proposal.organisation.policy
    calendar, limit = policy.calendar, policy.record_within_days
    for path, before, after in _unsettled(proposal):
        known = {each.quarter for each in before.quarters} if before else set()
        for rated in after.quarters:
            last = calendar.last_day(rated.quarter)
            if rated.quarter in known or (proposal.today - last).days <= limit:
                continue
            if not _is_on_record(proposal, path, before.path if before else None, rated):
                yield Objection(
                    path,
                    Problem(
                        after.document.key_at("quarters", rated.quarter.label),
                        f"A quarter should be on record within {counted(limit, 'day')} of "
                        f"its end; {rated.quarter.label} ended on "
                        f"`{last}`, and the main branch does not have these ratings yet.",
                        "Tell reviewers how the ratings came about, and record the next quarter "
                        "as soon as it is over.",
                    ),
                )


def _unsettled(proposal: Proposal) -> Iterator[tuple[str, Case | None, Case]]:
    """The cases that are there and were not decided before."""
    for step in followed(proposal):
        if step.after is not None and not step.was_decided:
            yield step.path, step.before, step.after


def _is_on_record(proposal: Proposal, path: str, was: str | None, rated: RatedQuarter) -> bool:
    """Whether another of the person's cases on the main branch rates the quarter alike.

    `was` is where the case lay before, if it was moved.
    """
    folders = dict.fromkeys(each.rpartition("/")[0] for each in (path, was) if each)
    return any(rated in proposal.on_record.get(each, ()) for each in folders)


def rating_changed(proposal: Proposal) -> Iterator[Objection]:
    """What the main branch has on record for a quarter stays as it is.

    Why: Ratings that were written down at the time are what reviewers can trust. A rating that
    changes later, or evidence that goes away, may be right; it should not go unseen.

    Fix: If the change is right, say why in the pull request. Otherwise restore what
    was there.

    Bad:
        FY27-Q2: {proficiency: next, execution: exceeds, teamwork: exceeds}

    Good:
        FY27-Q2: {proficiency: meets, execution: exceeds, teamwork: exceeds}
    """
    for path, before, after in _unsettled(proposal):
        if before is not None and after.document.readable:
            for problem in (*_ratings(before, after), *_evidence(before, after, proposal)):
                yield Objection(path, problem)


def _ratings(before: Case, after: Case) -> Iterator[Problem]:
    now = {each.quarter: each for each in after.quarters}
    for old in before.quarters:
        label, new = old.quarter.label, now.get(old.quarter)
        if new is None:
            cells = [f"{name} {quoted(each.word)}" for name, each in old.ratings.items()]
            yield Problem(
                after.document.key_at("quarters", label),
                f"{label} is on record on the main branch ({enumerated(cells)}); here it is no "
                "longer rated.",
                _SAY_WHY,
            )
            continue
        for category in dict.fromkeys((*old.ratings, *new.ratings)):
            was, is_now = old.ratings.get(category), new.ratings.get(category)
            if was is not is_now:
                yield Problem(
                    after.document.at("quarters", label, category),
                    f"{label} {category} is {quoted(was.word if was else _UNRATED)} on the main "
                    f"branch; here it is {quoted(is_now.word if is_now else _UNRATED)}.",
                    _SAY_WHY,
                )


_SAY_WHY = "If that is right, say why in the pull request."


def _evidence(before: Case, after: Case, proposal: Proposal) -> Iterator[Problem]:
    from casework.model.difference import cells_of, paired  # only a pull request changes anything

    organisation = proposal.organisation
    if organisation is None:
        return
    track = organisation.framework.track_of(after.from_level or before.from_level)
    if track is None:
        return
    here = cells_of(after, track)
    for cell, items in cells_of(before, track).items():
        gone = paired(items, here.get(cell, [])).removed
        if gone:
            quarter, category = cell
            first = _shown(gone[0], organisation)
            said = f"{first} is" if len(gone) == 1 else f"{counted(len(gone), 'item')} are"
            more = f", the first of them {first}" if len(gone) > 1 else ""
            yield Problem(
                _place(after, quarter, category, track),
                f"Evidence for {quarter.label} {category} is on record on the main branch; of it, "
                f"{said} no longer here{more}.",
                _SAY_WHY,
            )


def _shown(item: Evidence, organisation: Organisation) -> str:
    """The item's beginning; nothing of one that tells somebody's pay."""
    if any(True for _ in pay_figures(item.text, organisation.wording.pay)):
        return "an item that is not shown"
    return quoted(item.text)


def _place(case: Case, quarter: Quarter, category: str, track: Track) -> Position:
    """Where the cell's evidence stands; the rating where it has no section any more."""
    for section in case.quarter_sections(quarter):
        for each in section.subsections:
            found = track.category(each.title)
            if found is not None and found.id == category:
                return each.at
    return case.document.at("quarters", quarter.label, category)
