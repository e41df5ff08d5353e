"""Whether people.yaml keeps whom the cases are about: an entry outlives whatever names it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from casework.check.changes import Objection, Proposal
from casework.check.context import Problem
from casework.check.words import quoted
from casework.model.document import PEOPLE, Document
from casework.model.position import START


def unknown_person(proposal: Proposal) -> Iterator[Objection]:
    """The entries that are deleted or renamed while the main branch has cases of these people."""
    before, after = proposal.people_before, proposal.people_after
    if before is None or after is None:
        return
    now, file = dict(same_people(before, after)), proposal.people_file
    for handle in proposal.bereft:
        new = now.get(handle, handle)
        yield Objection(
            PEOPLE, _renamed(handle, new, file) if new in after else _gone(handle, file)
        )


def without_entry(people: Document, handles: Iterable[str]) -> Iterator[Problem]:
    """The people of whom there are cases, and no entry."""
    return (_gone(each, people) for each in handles)


def _gone(handle: str, people: Document | None) -> Problem:
    return Problem(
        people.key_at("people") if people else START,
        f"{quoted(handle)} must have an entry, since {_folder(handle)} has cases; there is none.",
        "Restore the entry. Somebody who has left gets `left: <date>` and stays in the list.",
    )


def _renamed(handle: str, new: str, people: Document | None) -> Problem:
    return Problem(
        people.key_at("people", new) if people else START,
        f"{quoted(handle)} must keep this handle, since {_folder(handle)} has cases; here it is "
        f"{quoted(new)}.",
        f"Set the handle back to {quoted(handle)}: old cases name it. Its `name` may change.",
    )


def _folder(handle: str) -> str:
    return quoted(f"cases/{handle}/")


def same_people(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Everybody whose entry differs: the handle before, and now; the same one for who is gone.

    Somebody who gets another handle is known again by the GitHub account.
    """
    renamed = {_login(entry): each for each, entry in after.items() if each not in before}
    for handle, entry in before.items():
        if handle in after:
            if entry != after[handle]:
                yield handle, handle
        else:
            login = _login(entry)
            yield handle, renamed.get(login, handle) if login else handle


def _login(entry: Any) -> str | None:
    login = entry.get("github") if isinstance(entry, Mapping) else None
    return login.casefold() if isinstance(login, str) else None
