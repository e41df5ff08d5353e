"""The schemas, and a quick answer to whether data fit one.

Nearly every file is right, and for those the few lines here take the place of a validator that is
slow to import. Whatever they do not vouch for goes to `explanation`, which has the last word.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache, lru_cache
from typing import Any, NamedTuple

from casework.model.blob import Blob

_ENDING = ".schema.json"


class Schemas(NamedTuple):
    """The schemas of a revision, by name: `case` is schemas/case.schema.json."""

    by_name: Mapping[str, Any]

    def get(self, name: str) -> Mapping[str, Any] | None:
        """The schema of that name; None where its file is absent or broken."""
        schema = self.by_name.get(name)
        return schema if isinstance(schema, dict) else None


def read_schemas(blobs: Iterable[Blob]) -> Schemas:
    """The schemas that files hold; broken files are left out."""
    return Schemas(
        {_name(each.path): _parsed(each.content) for each in blobs if each.obstacle is None}
    )


def _name(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(_ENDING)


@lru_cache(maxsize=16)
def _parsed(content: bytes) -> Any:
    """The same content is the same object, so that what is found out about it holds for longer."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None


def is_date(text: object) -> bool:
    """Whether something is a day of the calendar, written like 2027-02-28."""
    if not isinstance(text, str) or not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@cache
def pattern(written: str) -> re.Pattern[str]:
    """A schema's pattern, `$` being the very end as it is for JSON Schema."""
    return re.compile(re.sub(r"\$$", r"\\Z", written))


def conforms(data: Any, schema: Any) -> bool:
    """Whether data are sure to fit a schema. False also where the schema says more than we know."""
    try:
        return _fits(data, schema, schema)
    except (KeyError, TypeError, AttributeError, RecursionError, re.error):
        return False  # the schema holds a word that is not known here, or is itself broken


def _fits(data: Any, schema: Any, root: Any) -> bool:
    if isinstance(schema, bool):
        return schema
    return all(
        _JUDGES[keyword](data, wanted, schema, root)
        for keyword, wanted in schema.items()
        if keyword not in ANNOTATIONS
    )


ANNOTATIONS = frozenset({
    "$schema", "$id", "$comment", "$defs", "title", "description", "examples", "default",
    "errorMessage", "then", "else", "x-form",
})  # fmt: skip


def _type(data: Any, wanted: Any, schema: Any, root: Any) -> bool:
    return any(_IS[each](data) for each in (wanted if isinstance(wanted, list) else (wanted,)))


_IS: dict[str, Callable[[Any], bool]] = {
    "object": lambda data: isinstance(data, dict),
    "array": lambda data: isinstance(data, list),
    "string": lambda data: isinstance(data, str),
    "boolean": lambda data: isinstance(data, bool),
    "null": lambda data: data is None,
    "number": lambda data: _is_number(data),
    "integer": lambda data: _is_number(data) and (isinstance(data, int) or data.is_integer()),
}


def _is_number(data: Any) -> bool:
    return isinstance(data, int | float) and not isinstance(data, bool)


def _equal(one: Any, other: Any) -> bool:
    # True and 1 are equal to Python, and not to JSON.
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def _const(data: Any, wanted: Any, schema: Any, root: Any) -> bool:
    return _equal(data, wanted)


def _enum(data: Any, wanted: Any, schema: Any, root: Any) -> bool:
    return any(_equal(data, each) for each in wanted)


def _pattern(data: Any, wanted: Any, schema: Any, root: Any) -> bool:
    return not isinstance(data, str) or bool(pattern(wanted).search(data))


def _format(data: Any, wanted: Any, schema: Any, root: Any) -> bool:
    return wanted != "date" or not isinstance(data, str) or is_date(data)


def _minimum(data: Any, wanted: Any, schema: Any, root: Any) -> bool:
    return not _is_number(data) or not data < wanted


def _maximum(data: Any, wanted: Any, schema: Any, root: Any) -> bool:
    return not _is_number(data) or not data > wanted


def _min_length(data: Any, wanted: Any, schema: Any, root: Any) -> bool:
    return not isinstance(data, str) or len(data) >= wanted


def _min_items(data: Any, wanted: Any, schema: Any, root: Any) -> bool:
    return not isinstance(data, list) or len(data) >= wanted


def _items(data: Any, wanted: Any, schema: Any, root: Any) -> bool:
    return not isinstance(data, list) or all(_fits(each, wanted, root) for each in data)


def _properties(data: Any, wanted: Any, schema: Any, root: Any) -> bool:
    return not isinstance(data, dict) or all(
        _fits(data[name], each, root) for name, each in wanted.items() if name in data
    )


def _additional(data: Any, wanted: Any, schema: Any, root: Any) -> bool:
    known = schema.get("properties", {})
    return not isinstance(data, dict) or all(
        _fits(each, wanted, root) for name, each in data.items() if name not in known
    )


def _property_names(data: Any, wanted: Any, schema: Any, root: Any) -> bool:
    return not isinstance(data, dict) or all(_fits(name, wanted, root) for name in data)


def _required(data: Any, wanted: Any, schema: Any, root: Any) -> bool:
    return not isinstance(data, dict) or all(name in data for name in wanted)


def _all_of(data: Any, wanted: Any, schema: Any, root: Any) -> bool:
    return all(_fits(data, each, root) for each in wanted)


def _not(data: Any, wanted: Any, schema: Any, root: Any) -> bool:
    return not _fits(data, wanted, root)


def _if(data: Any, wanted: Any, schema: Any, root: Any) -> bool:
    branch = "then" if _fits(data, wanted, root) else "else"
    return _fits(data, schema.get(branch, True), root)


def _ref(data: Any, wanted: Any, schema: Any, root: Any) -> bool:
    return _fits(data, root["$defs"][wanted.removeprefix("#/$defs/")], root)


_JUDGES: Mapping[str, Callable[[Any, Any, Any, Any], bool]] = {
    "$ref": _ref, "type": _type, "const": _const, "enum": _enum, "pattern": _pattern,
    "format": _format, "minimum": _minimum, "maximum": _maximum, "minLength": _min_length,
    "minItems": _min_items, "items": _items, "properties": _properties,
    "additionalProperties": _additional, "propertyNames": _property_names,
    "required": _required, "allOf": _all_of, "not": _not, "if": _if,
}  # fmt: skip
KEYWORDS = frozenset(_JUDGES)
