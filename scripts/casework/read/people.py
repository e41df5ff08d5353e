"""cases/people.yaml to people."""

from casework.model.document import Document
from casework.model.people import People, Person
from casework.read.fields import Fields


def read_people(document: Document) -> People:
    """Everybody in people.yaml. A broken entry still keeps the handle."""
    people = Fields(document).fields("people")
    handles = Fields(document).group("people")
    return People({handle: _person(handle, people.fields(handle)) for handle in handles})


def _person(handle: str, fields: Fields) -> Person:
    return Person(
        handle,
        name=fields.text("name") or handle,
        github=fields.text("github"),
        level=fields.text("level"),
        level_since=fields.day("level_since"),
        onboarded=fields.day("onboarded"),
        manager=fields.text("manager"),
        team=fields.text("team"),
        left=fields.day("left"),
    )
