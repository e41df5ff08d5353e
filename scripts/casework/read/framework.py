"""framework/framework.yaml and the levels' files to the framework."""

from collections.abc import Mapping

from casework.model.document import Document
from casework.model.framework import (
    Behaviour,
    Category,
    Expectation,
    Framework,
    Level,
    Track,
    Value,
)
from casework.read.documents import level_path
from casework.read.fields import Fields


def read_framework(document: Document, documents: Mapping[str, Document]) -> Framework | None:
    """The framework; None where there is no level, or one that it lists cannot be read."""
    fields = Fields(document)
    tracks = tuple(_track(each, documents) for each in (fields, *fields.each("tracks")))
    if None in tracks or not tracks[0] or not tracks[0].levels:
        return None
    return Framework(
        fields.text("version") or "",
        tuple(each for each in tracks if each),
        tuple(_value(each) for each in fields.each("values")),
    )


def _track(fields: Fields, documents: Mapping[str, Document]) -> Track | None:
    levels = [_level(each, documents.get(level_path(each))) for each in fields.texts("levels")]
    categories = tuple(_category(each) for each in fields.each("categories"))
    found = tuple(each for each in levels if each)
    return (
        Track(fields.text("track") or "", categories, found) if len(found) == len(levels) else None
    )


def _category(fields: Fields) -> Category:
    id_ = fields.text("id") or ""
    return Category(
        id_,
        fields.text("name") or id_,
        fields.text("initial") or "",
        fields.text("description") or "",
    )


def _value(fields: Fields) -> Value:
    id_ = fields.text("id") or ""
    return Value(id_, fields.text("name") or id_, fields.text("description") or "")


def _level(id_: str, document: Document | None) -> Level | None:
    if document is None or not document.readable:
        return None
    fields = Fields(document)
    categories = fields.fields("categories")
    return Level(
        id_,
        fields.text("name") or id_,
        fields.text("summary") or "",
        fields.flag("finalised") is not False,
        tuple(_expectation(each, categories.fields(each)) for each in fields.group("categories")),
    )


def _expectation(category: str, fields: Fields) -> Expectation:
    behaviours = (
        Behaviour(id_, each.text("text") or "")
        for each in fields.each("behaviours")
        if (id_ := each.text("id"))
    )
    return Expectation(category, fields.text("summary") or "", tuple(behaviours))
