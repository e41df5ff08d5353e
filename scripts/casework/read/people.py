"""cases/people.yaml to people."""

from collections.abc import Iterator, Mapping
from typing import Any

from casework.model.blob import Blob
from casework.model.document import Document, DocumentKind
from casework.model.people import People, Person
from casework.read.fields import Fields
from casework.read.text import read_text
from casework.read.yaml_text import read_yaml


def read_people(document: Document) -> People:
    """Everybody in people.yaml. A broken entry still keeps the handle."""
    fields = Fields(document)
    return People(_Everybody(tuple(fields.group("people")), fields.fields("people")))


def people_data(blob: Blob) -> Mapping[str, Any] | None:
    """What people.yaml says of everybody, as it is written, whatever the schema asks for.

    None where the file cannot be read, says something twice, or says anything else.
    """
    document = people_document(blob)
    people: Mapping[str, Any] | None = document.data["people"] if document is not None else None
    return people


def people_document(blob: Blob) -> Document | None:
    """people.yaml with the places of its entries, where `people_data` can tell what it says."""
    text = read_text(blob)
    if not text.readable or text.flaws:
        return None
    yaml = read_yaml(text.content)
    if not yaml.readable or yaml.flaws or not isinstance(yaml.data, dict):
        return None
    if len(yaml.data) != 1 or not isinstance(yaml.data.get("people"), dict):
        return None
    return Document(blob.path, DocumentKind.PEOPLE, text.content, yaml.data, yaml.places)


class _Everybody(Mapping[str, Person]):
    """Thousands of people of whom one case names five: each is read when first asked for."""

    def __init__(self, handles: tuple[str, ...], people: Fields) -> None:
        self._people = people
        self._read: dict[str, Person | None] = dict.fromkeys(handles)

    def __getitem__(self, handle: str) -> Person:
        person = self._read[handle]
        if person is None:
            person = self._read[handle] = _person(handle, self._people.fields(handle))
        return person

    def __contains__(self, handle: object) -> bool:
        return handle in self._read

    def __iter__(self) -> Iterator[str]:
        return iter(self._read)

    def __len__(self) -> int:
        return len(self._read)


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
