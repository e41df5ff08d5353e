"""Whether people.yaml holds together: one GitHub login for one person, and no ring of managers."""

from collections.abc import Iterator, Mapping

from casework.check.context import Context, Problem
from casework.check.data import fields, repeated, value
from casework.check.words import quoted
from casework.model.document import Document


def inconsistencies(context: Context) -> Iterator[Problem]:
    """Two people with the same GitHub login."""
    document = context.document
    logins = (
        (("people", handle, "github"), login)
        for handle in fields(document, "people")
        if isinstance(login := value(document, "people", handle, "github"), str)
    )
    for path, login in repeated(logins):
        yield Problem(
            document.at(*path),
            f"A GitHub login must belong to one person; {quoted(login)} already belongs "
            "to somebody else. Capital letters make no difference.",
            "Correct the login. Somebody listed twice keeps one entry.",
        )


def managers(document: Document) -> dict[str, str]:
    """Who manages whom: the manager of each person that names one, by handle."""
    found = {}
    for handle in fields(document, "people"):
        manager = value(document, "people", handle, "manager")
        if isinstance(manager, str):
            found[handle] = manager
    return found


def cycles(managers: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """The rings of people who manage each other, each once, from its first member in the file."""
    order = {handle: place for place, handle in enumerate(managers)}
    settled: set[str] = set()
    for start in managers:
        chain: dict[str, None] = {}
        handle: str | None = start
        while handle is not None and handle not in settled and handle not in chain:
            chain[handle] = None
            handle = managers.get(handle)
        if handle is not None and handle in chain:
            ring = list(chain)[list(chain).index(handle) :]
            place = ring.index(min(ring, key=order.__getitem__))
            yield (*ring[place:], *ring[:place])
        settled.update(chain)
