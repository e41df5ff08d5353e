"""Why data do not fit a schema, in the words of the people who write them."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from casework.model.finding import Flaw
from casework.model.position import START, FieldPath, Position
from casework.read.phrases import (
    accepted,
    closest,
    cut,
    did_you_mean,
    found,
    in_other_case,
    named,
)
from casework.read.schema import conforms, is_date, pattern
from casework.read.yaml_core import resolve
from casework.read.yaml_text import YamlText


def explain(yaml: YamlText, schema: Mapping[str, Any], name: str) -> tuple[Flaw, ...]:
    """What keeps data from fitting the schema of that name, one flaw for each cause."""
    from referencing.exceptions import Unresolvable

    validator = _sound_validator(_Itself(schema))
    if validator is None:
        return (_broken_schema(name),)
    try:
        errors = sorted(validator.iter_errors(yaml.data), key=_importance)
    except (RecursionError, Unresolvable):
        return (_broken_schema(name),)
    whole = "the front matter" if name == "case" else "the file"
    flaws: dict[FieldPath, Flaw] = {}
    for path, error in _once(errors):
        if path not in yaml.holes:
            for cause, flaw in _Explanation(error, path, yaml, whole).flaws():
                flaws.setdefault(cause, flaw)
    return tuple(flaws.values())


def _once(errors: list[Any]) -> Iterator[tuple[FieldPath, Any]]:
    """The errors with their paths; of those about missing fields, which come singly, the first."""
    told = set()
    for error in errors:
        path = tuple(error.absolute_path)
        if error.validator == "required":
            if (path, id(error.schema)) in told:
                continue
            told.add((path, id(error.schema)))
        yield path, error


def missing_schema(name: str) -> Flaw:
    """Said of a file whose schema cannot be read: what is not checked has not passed."""
    return Flaw(
        "unreadable-file",
        START,
        f"`schemas/{name}.schema.json` must be there for this file to be checked; it is not.",
        "Bring the schema back from the repository's history.",
    )


def _broken_schema(name: str) -> Flaw:
    return missing_schema(name)._replace(
        message=f"`schemas/{name}.schema.json` must be a JSON Schema; it is not a valid one.",
        help="Undo the last change to the schema.",
    )


class _Itself:
    """A schema as a key: no schema is changed once it is read."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self.schema = schema

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and self.schema is other.schema

    def __hash__(self) -> int:
        return id(self.schema)


@lru_cache(maxsize=16)
def _sound_validator(key: _Itself) -> Any:
    """What holds data against a schema; None where it is not a right one.

    To find that out takes far longer than to explain one file.
    """
    from jsonschema.exceptions import SchemaError
    from referencing.exceptions import Unresolvable

    validator = _validator(key.schema)
    try:
        validator.check_schema(key.schema)
    except (SchemaError, RecursionError, Unresolvable):
        return None
    return validator


def _validator(schema: Mapping[str, Any]) -> Any:
    from jsonschema import Draft202012Validator, FormatChecker, ValidationError
    from jsonschema.validators import extend
    from referencing import Registry

    def matches(validator: Any, wanted: str, data: Any, schema: Any) -> Iterator[ValidationError]:
        if isinstance(data, str) and not pattern(wanted).search(data):
            yield ValidationError("pattern")

    checker = FormatChecker(formats=())
    checker.checkers = {"date": (lambda data: not isinstance(data, str) or is_date(data), ())}
    ours: Any = extend(Draft202012Validator, {"pattern": matches})  # type: ignore[no-untyped-call]
    # A registry of its own: what a schema refers to elsewhere is not fetched from a network.
    return ours(schema, format_checker=checker, registry=Registry())


def _importance(error: Any) -> tuple[bool, int]:
    """A wrong type explains all else that is wrong there; a condition knows more than the rest."""
    return error.validator != "type", -len(error.absolute_schema_path)


_WITHOUT_QUOTES = ", without quotes"
_IN_QUOTES = ", in quotes if it looks like a number or like true or false"

Caused = tuple[FieldPath, Flaw]
"""A flaw and its cause: the path that is wrong there, or that ought to be there."""


class _Explanation:
    """One of the validator's errors, on the way to a flaw."""

    def __init__(self, error: Any, path: FieldPath, yaml: YamlText, whole: str) -> None:
        self.error = error
        self.path = path
        self.places = yaml.places
        self.whole = whole

    @property
    def accepted(self) -> str:
        """What may stand there."""
        return accepted(self.error.schema, self.error.validator, self.error.validator_value)

    def flaws(self) -> Iterator[Caused]:
        """The flaws, each with its cause, by which duplicates are known."""
        if "propertyNames" in self.error.absolute_schema_path:
            yield self._wrong_name()
        elif self.error.validator == "additionalProperties":
            yield from self._unknown_fields()
        elif self.error.validator == "required":
            yield from self._missing_fields()
        elif self.error.validator == "not":
            yield self._forbidden_field()
        else:
            yield self._wrong_value()

    def _wrong_value(self) -> Caused:
        value = self.error.instance
        rule = "wrong-type" if self.error.validator == "type" else "invalid-value"
        close = self._meant(value)
        name = named(self.path) if self.path else self.whole
        quotes = self._quotes(value)
        because = ", a text because of its quotes" if quotes == _WITHOUT_QUOTES else ""
        message = f"{name[0].upper()}{name[1:]} must be {self.accepted}; {found(value)}{because}."
        remedy = f"Write `{close}`." if close else f"Write {self.accepted}{quotes}."
        at = self.places[self.path].value if self.path in self.places else START
        return self.path, Flaw(rule, at, message + did_you_mean(close), remedy)

    def _meant(self, value: Any) -> str | None:
        """The accepted value that somebody most likely meant."""
        if self.error.validator == "enum":
            options = self.error.validator_value
            return closest(value, [each for each in options if isinstance(each, str)])
        return in_other_case(value, self.error.schema)

    def _quotes(self, value: Any) -> str:
        """What to say of quotes, where they are what makes a value text or would make it one."""
        if self.error.validator != "type":
            return ""
        if isinstance(value, str):
            is_text = isinstance(resolve(value), str) or not value.strip()
            return "" if is_text else _WITHOUT_QUOTES
        is_short = isinstance(value, bool | int | float)
        return _IN_QUOTES if is_short and conforms(str(value).lower(), self.error.schema) else ""

    def _unknown_fields(self) -> Iterator[Caused]:
        known = list(self.error.schema.get("properties", {}))
        if self._lacks_frame:
            return
        for name in self.error.instance:
            if name not in known:
                close = _meant(name, self.error)
                message = (
                    f"The fields{self._where('of')} must be among {', '.join(known)}; "
                    f"`{cut(name)}` is not.{did_you_mean(close)}"
                )
                remedy = f"Rename it to `{close}`, or remove it." if close else "Remove it."
                here = (*self.path, name)
                yield here, Flaw("unknown-field", self._key(here), message, remedy)

    @property
    def _lacks_frame(self) -> bool:
        """Whether what belongs below the only field that there can be stands without it."""
        names = list(self.error.schema.get("properties", {}))
        written = self.error.instance
        return len(names) == 1 and not any(closest(each, names) for each in written)

    def _missing_fields(self) -> Iterator[Caused]:
        reason = self.error.schema.get("errorMessage")
        known = self.error.schema.get("properties", {})
        misspelt = {_meant(name, self.error) for name in self.error.instance if name not in known}
        for name in self.error.validator_value:
            if name not in self.error.instance and (reason or name not in misspelt):
                message = f"There must be a field `{name}`{self._where('in')}" + (
                    f": {reason}." if reason else "; it is missing."
                )
                remedy = f"Add `{name}: …`{self._where('in')}."
                if self._lacks_frame:
                    remedy = (
                        f"Begin with a line `{name}:`, and indent everything that belongs to it."
                    )
                flaw = Flaw("missing-field", self._key(self.path), message, remedy)
                yield (*self.path, name), flaw

    def _forbidden_field(self) -> Caused:
        message = self.error.schema.get("errorMessage") or "This field must not be here."
        remedy = f"Remove {named(self.path) if self.path else 'it'}."
        return self.path, Flaw("unknown-field", self._key(self.path), message, remedy)

    def _wrong_name(self) -> Caused:
        name = str(self.error.instance)
        here = (*self.path, name)
        close = in_other_case(name, self.error.schema)
        message = (
            f"Each name{self._where('in')} must be {self.accepted}; `{cut(name)}` is not."
            f"{did_you_mean(close)}"
        )
        remedy = f"Rename it to {f'`{close}`' if close else self.accepted}."
        return here, Flaw("invalid-value", self._key(here), message, remedy)

    def _where(self, preposition: str) -> str:
        return f" {preposition} {named(self.path)}" if self.path else ""

    def _key(self, path: FieldPath) -> Position:
        return self.places[path].key if path in self.places else START


def _meant(name: str, error: Any) -> str | None:
    """The field that a name which is none was meant to be: rather one that is still missing."""
    known = list(error.schema.get("properties", {}))
    missing = [each for each in known if each not in error.instance]
    return closest(name, missing) or closest(name, known)
