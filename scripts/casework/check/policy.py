"""Whether policy.yaml holds together: talent reviews in order, and bars that can be reached."""

from collections.abc import Iterator
from itertools import pairwise

from casework.check.context import Context, Problem
from casework.check.data import day, items, repeated, value, words
from casework.check.words import quoted
from casework.model.document import Document
from casework.model.policy import Policy
from casework.model.position import FieldPath

_DATES = ("opens", "cases_due", "decided_by")
_PEOPLE = (("approvals", "reviewers"), ("owners",))


def inconsistencies(context: Context) -> Iterator[Problem]:
    """Values that contradict each other."""
    yield from _talent_reviews(context.document)
    yield from _named_twice(context.document)
    if context.maybe_organisation is not None:
        yield from _approvals(context.document, context.policy)
        yield from _window(context.document, context.policy)
        yield from _gone(context)


def _talent_reviews(document: Document) -> Iterator[Problem]:
    """Talent reviews that share an id, or whose dates do not follow each other."""
    reviews = [path for path, _ in items(document, "talent_reviews")]
    ids = (
        ((*path, "id"), word)
        for path in reviews
        if isinstance(word := value(document, *path, "id"), str)
    )
    for path, review in repeated(ids):
        yield Problem(
            document.at(*path),
            f"A talent review's `id` must be used once; {quoted(review)} is already there.",
            "Give each talent review the year and month in which it opens.",
        )
    for each in reviews:
        yield from _order_within(document, each)
    for earlier, later in pairwise(reviews):
        yield from _order_between(document, earlier, later)


def _order_within(document: Document, review: FieldPath) -> Iterator[Problem]:
    """Dates of one talent review that stand in the wrong order."""
    for first, second in pairwise(_DATES):
        before, after = day(document, *review, first), day(document, *review, second)
        if before is not None and after is not None and after < before:
            yield Problem(
                document.at(*review, second),
                f"`{second}` must not lie before `{first}`, `{before}`; it is `{after}`.",
                "A talent review opens, then cases are due, then it is decided: put the three "
                "dates in that order.",
            )


def _order_between(document: Document, earlier: FieldPath, later: FieldPath) -> Iterator[Problem]:
    """A talent review that opens before the one above it is over."""
    opened, over = day(document, *earlier, "opens"), day(document, *earlier, "decided_by")
    opens = day(document, *later, "opens")
    if opens is None or opened is None:
        return
    if opens < opened:
        yield Problem(
            document.at(*later, "opens"),
            f"Talent reviews must be listed in the order of time; this one opens `{opens}`, the "
            f"one above it `{opened}`.",
            "Move the earlier talent review up, or correct its date.",
        )
    elif over is not None and opens <= over:
        yield Problem(
            document.at(*later, "opens"),
            f"A talent review must open after the one above it is decided, `{over}`; it opens "
            f"`{opens}`.",
            "Let one talent review end before the next begins.",
        )


def _approvals(document: Document, policy: Policy) -> Iterator[Problem]:
    """Numbers of approvals that nobody can collect."""
    required, senior = policy.approvals.required, policy.approvals.at_or_above_target
    if senior > required:
        yield Problem(
            document.at("approvals", "at_or_above_target"),
            f"`at_or_above_target` must not be larger than `required`, `{required}`, of which it "
            f"is a part; it is `{senior}`.",
            "Lower it, or raise `required`.",
        )
    reviewers = value(document, "approvals", "reviewers")
    distinct = len({each for _, each in words(document, "approvals", "reviewers")})
    if reviewers is not None and required > distinct:
        yield Problem(
            document.at("approvals", "required"),
            f"`required` must not be larger than the number of reviewers, `{distinct}`; it is "
            f"`{required}`.",
            "Name more reviewers, or ask for fewer approvals.",
        )


def _window(document: Document, policy: Policy) -> Iterator[Problem]:
    """A window that holds fewer quarters than a case needs."""
    window = policy.window_quarters
    current, above = policy.current_level.quarters, policy.next_level.quarters
    shared = policy.a_quarter_may_count_twice
    promotion = max(current, above) if shared else current + above
    needed = max(promotion, policy.in_band_increase.quarters)
    if window is not None and window < needed:
        yield Problem(
            document.at("promotion", "window_quarters"),
            f"`window_quarters` must hold the quarters that a case needs, `{needed}` or more; it "
            f"is `{window}`.",
            "Widen the window, or leave it out so that every quarter since `level_since` counts.",
        )


def _named_twice(document: Document) -> Iterator[Problem]:
    """Reviewers and owners who stand in their list more than once."""
    for field in _PEOPLE:
        for path, handle in repeated(words(document, *field)):
            yield Problem(
                document.at(*path),
                f"`{field[-1]}` must name everybody once; {quoted(handle)} is already there.",
                "Delete the second entry.",
            )


def _gone(context: Context) -> Iterator[Problem]:
    """Reviewers and owners who have left, and can approve nothing any more."""
    document = context.document
    for field in _PEOPLE:
        for path, handle in words(document, *field):
            person = context.people.get(handle)
            if person is not None and person.is_gone(context.today):
                yield Problem(
                    document.at(*path),
                    f"`{field[-1]}` must name people who are still here; {quoted(handle)} left on "
                    f"`{person.left}`.",
                    "Take the name off the list, and put a successor on it.",
                )
