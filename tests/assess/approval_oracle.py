"""The rules about approvals read once more, by brute force, from plain values.

It shares nothing with the program: people are dicts, levels are words in a list, and every question
is asked anew for every review.
"""

from typing import NamedTuple

LEVELS = ["IC1", "IC2", "IC3", "IC4", "IC5", "IC6"]


class Question(NamedTuple):
    """A case, its reviews in the order of time, and what they are judged by."""

    people: dict[str, dict[str, str | None]]
    """Handle → github, level, manager, left."""
    today: str
    reviewers: list[str]
    required: int
    senior: int
    subject: str
    manager: str
    target: str
    author: str | None
    reviews: list[tuple[str | None, str, str | None]]
    """Login, state, commit."""
    contents: dict[str, str]
    """Commit → same, changed, gone."""


class Verdict(NamedTuple):
    """What comes out."""

    is_met: bool
    counting: list[int]
    blocking: list[int]


def judge(q: Question) -> Verdict:
    """Which reviews count, which block, and whether that is enough."""
    counting = [place for place in range(len(q.reviews)) if _counts(q, place)]
    blocking = [place for place in range(len(q.reviews)) if _blocks(q, place)]
    handles = {_handle(q, q.reviews[place][0]) for place in counting}
    assert len(handles) == len(counting)  # nobody counts twice
    high = [h for h in handles if h and _is_high(q.people[h]["level"], q.target)]
    enough = q.required == 0 or (len(handles) >= q.required and len(high) >= q.senior)
    return Verdict(enough and not blocking, counting, blocking)


def _handle(q: Question, login: str | None) -> str | None:
    owners = [
        handle
        for handle, person in q.people.items()
        if login and str(person["github"]).lower() == login.lower()
    ]
    return owners[0] if len(owners) == 1 else None


def _speaks(state: str) -> bool:
    return state in ("approved", "changes-requested", "dismissed")


def _is_last_word(q: Question, place: int) -> bool:
    login = q.reviews[place][0]
    return _speaks(q.reviews[place][1]) and not any(
        other and login and other.lower() == login.lower() and _speaks(state)
        for other, state, _ in q.reviews[place + 1 :]
    )


def _may_decide(q: Question, login: str | None) -> bool:
    handle = _handle(q, login)
    if handle is None or login is None or handle not in q.reviewers:
        return False
    left = q.people[handle]["left"]
    if left is not None and left <= q.today:
        return False
    bosses = (q.manager, q.people.get(q.subject, {}).get("manager"))
    if handle == q.subject or handle in bosses:
        return False
    return q.author is None or login.lower() != q.author.lower()


def _counts(q: Question, place: int) -> bool:
    login, state, commit = q.reviews[place]
    return (
        state == "approved"
        and _is_last_word(q, place)
        and _may_decide(q, login)
        and q.contents.get(commit or "nowhere") == "same"
    )


def _blocks(q: Question, place: int) -> bool:
    login, state, _ = q.reviews[place]
    return state == "changes-requested" and _is_last_word(q, place) and _may_decide(q, login)


def _is_high(level: str | None, target: str) -> bool:
    return level in LEVELS and LEVELS.index(level) >= LEVELS.index(target)
