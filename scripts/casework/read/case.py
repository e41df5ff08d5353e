"""A case file to a case."""

from collections.abc import Mapping
from typing import Any

from casework.model.blob import Blob
from casework.model.case import Case, Kind, RatedQuarter, Status
from casework.model.document import Document
from casework.model.fiscal import Quarter
from casework.model.rating import Rating
from casework.read.documents import read_document
from casework.read.fields import Fields
from casework.read.front_matter import split
from casework.read.markdown import read_body
from casework.read.schema import Schemas


def read_case(blob: Blob, schemas: Schemas) -> Case:
    """The case at a path. What is broken in it is None, and a flaw of its document."""
    document = read_document(blob, schemas)
    front = split(document.text)
    body = read_body(front.body, front.body_line)
    return _front(document)._replace(preamble=body.preamble, sections=body.sections)


def read_front(blob: Blob, schemas: Schemas) -> Case:
    """Only what the fields of the case at a path say, without text, places and flaws."""
    document = read_document(blob, schemas)
    bare = Document(document.path, document.kind, readable=document.readable)
    return _front(document)._replace(document=bare)


def _front(document: Document) -> Case:
    fields = Fields(document)
    return Case(
        document,
        person=fields.text("person"),
        kind=fields.word("kind", Kind),
        from_level=fields.text("from"),
        to_level=fields.text("to"),
        level_since=fields.day("level_since"),
        manager=fields.text("manager"),
        review=fields.text("review"),
        status=fields.word("status", Status),
        framework=fields.text("framework"),
        decided=fields.day("decided"),
        effective=fields.day("effective"),
        quarters=_quarters(fields.group("quarters")),
    )


def _quarters(listed: Mapping[str, Any]) -> tuple[RatedQuarter, ...]:
    found = ((Quarter.parse(label), ratings) for label, ratings in listed.items())
    return tuple(
        sorted(RatedQuarter(quarter, _ratings(ratings)) for quarter, ratings in found if quarter)
    )


def _ratings(listed: Any) -> dict[str, Rating]:
    words = listed.items() if isinstance(listed, dict) else ()
    parsed = ((category, Rating.parse(word)) for category, word in words)
    return {category: rating for category, rating in parsed if rating is not None}
