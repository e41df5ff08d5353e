"""YAML to data, with the place of every value and what is wrong with its form."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import Any, NamedTuple

import yaml

from casework.model.document import Place
from casework.model.finding import Flaw
from casework.model.position import FieldPath, Position
from casework.read.yaml_core import resolve

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 32
_LONGEST_SHOWN = 60
_NO_SPACE = re.compile(r"[\w-]+:[\w-]+")


class YamlText(NamedTuple):
    """What a YAML text says, and where."""

    data: Any = None
    places: dict[FieldPath, Place] = {}  # noqa: RUF012 a default that nobody changes
    flaws: tuple[Flaw, ...] = ()
    readable: bool = False
    holes: frozenset[FieldPath] = frozenset()
    """The paths whose value is not known for a reason that is among the flaws already."""


def read_yaml(text: str, first_line: int = 1) -> YamlText:
    """The data of a YAML text that begins on a line of its file. Nothing is raised."""
    builder = _Builder(text, first_line)
    try:
        data = builder.document()
    except yaml.YAMLError as error:
        from casework.read.yaml_syntax import explain

        builder.flaw("yaml-syntax", *explain(error, text))
    except _TooDeepError as error:
        builder.flaw("yaml-syntax", *error.words)
    else:
        readable = data is not None or not builder.is_empty
        holes = frozenset(builder.holes)
        return YamlText(data, builder.places, tuple(builder.flaws), readable, holes)
    return YamlText(flaws=tuple(builder.flaws))


def _cut(name: str) -> str:
    return " ".join(name[:_LONGEST_SHOWN].split()).replace("`", "'")


def _lacks_space(name: Any, value: Any) -> bool:
    """Whether a name was meant to be a name and its value: `{proficiency:next}`."""
    is_alone = isinstance(value, yaml.ScalarEvent) and not (value.value or value.style or value.tag)
    is_plain = not (name.style or name.tag or name.anchor)
    return is_alone and is_plain and bool(_NO_SPACE.fullmatch(name.value))


class _TooDeepError(Exception):
    def __init__(self, event: Any) -> None:
        self.words = (
            event.start_mark.index,
            f"Fields must not be nested more than {_DEEPEST} deep; here they are.",
            "Remove the extra brackets or indentation.",
        )


class _Builder:
    """Turns the parser's events into data, so that depth and aliases stay in our hands."""

    def __init__(self, text: str, first_line: int) -> None:
        self.text = text
        self.first_line = first_line
        self.starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
        self.last = len(text) - text.endswith("\n")
        self.events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)
        self.places: dict[FieldPath, Place] = {}
        self.flaws: list[Flaw] = []
        self.holes: set[FieldPath] = set()
        self.anchors: set[str] = set()
        self.depth = 0
        self.is_empty = True

    def position(self, offset: int) -> Position:
        """Where a character of the text stands in the file; never past its end."""
        offset = max(0, min(offset, self.last))
        line = bisect_right(self.starts, offset) - 1
        return Position(self.first_line + line, offset - self.starts[line] + 1)

    def flaw(self, rule: str, offset: int, message: str, remedy: str) -> None:
        self.flaws.append(Flaw(rule, self.position(offset), message, remedy))

    def document(self) -> Any:
        """The first document's data; any further document is a flaw."""
        data = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if not self.is_empty:
                    self._second_document(event)
                    break
                root = next(self.events)
                self.is_empty = isinstance(root, yaml.ScalarEvent) and not (
                    root.value or root.style or root.tag or root.anchor
                )
                data = self._value(root, ())
        return data

    def _second_document(self, event: Any) -> None:
        self.flaw(
            "yaml-syntax",
            event.start_mark.index,
            "There must be one block of fields; a second one begins here.",
            "Remove the line `---` or `...` that separates them.",
        )

    def _value(self, event: Any, path: FieldPath) -> Any:
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event, path)
        if event.anchor:
            self._anchor(event)
        if event.tag:
            self._tag(event, path)
        if isinstance(event, yaml.ScalarEvent):
            return resolve(event.value) if event.implicit[0] else event.value
        self._descend(event)
        if isinstance(event, yaml.MappingStartEvent):
            data: Any = self._mapping(path)
        else:
            data = self._sequence(path)
        self.depth -= 1
        return data

    def _descend(self, event: Any) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _TooDeepError(event)

    def _sequence(self, path: FieldPath) -> list[Any]:
        data: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            here = (*path, len(data))
            at = self.position(event.start_mark.index)
            self.places[here] = Place(at, at)
            data.append(self._value(event, here))
        return data

    def _mapping(self, path: FieldPath) -> dict[str, Any]:
        data: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            name = self._name(event, path)
            value = next(self.events)
            if name is None or self._is_refused(name, data, event):
                self._skip(value)
            elif name == "<<" and isinstance(value, yaml.AliasEvent | yaml.SequenceStartEvent):
                self.holes.add(path)
                self._value(value, (*path, name))
            elif ":" in name and _lacks_space(event, value):
                self._divide(event, path, data)
            else:
                here = (*path, name)
                self.places[here] = Place(
                    self.position(event.start_mark.index), self.position(value.start_mark.index)
                )
                data[name] = self._value(value, here)
        return data

    def _name(self, event: Any, path: FieldPath) -> str | None:
        """A field's name as it is written, also where YAML would see a number in it."""
        if isinstance(event, yaml.ScalarEvent):
            if event.anchor:
                self._anchor(event)
            if event.tag:
                self._tag(event, (*path, event.value))
            return str(event.value)
        if isinstance(event, yaml.AliasEvent):
            self._alias(event, path)
            return None
        self.flaw(
            "yaml-syntax",
            event.start_mark.index,
            "A field's name must be plain text; here it is a list or a group of fields.",
            "Write `name: value`, and remove the question mark or the brackets before the colon.",
        )
        self._skip(event)
        return None

    def _is_refused(self, name: str, data: dict[str, Any], event: Any) -> bool:
        if name not in data:
            return False
        self.flaw(
            "duplicate-key",
            event.start_mark.index,
            f"Each field must be given once; `{_cut(name)}` is given a second time here.",
            "Keep the one that is right and remove the other.",
        )
        return True

    def _divide(self, event: Any, path: FieldPath, data: dict[str, Any]) -> None:
        """Reads `name:value` as what was meant, so that it is the only thing found wrong there."""
        from casework.read.yaml_syntax import no_space

        name, _, written = event.value.partition(":")
        start = event.start_mark.index
        colon = start + len(name)
        self.flaw("yaml-syntax", *no_space(colon))
        if name not in data:
            self.places[*path, name] = Place(self.position(start), self.position(colon + 1))
            data[name] = resolve(written)

    def _skip(self, skipped: Any) -> None:
        """Leaves out a value, however much it holds."""
        event, depth = skipped, 0
        while True:
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if self.depth + depth > _DEEPEST:
                    raise _TooDeepError(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if not depth:
                return
            event = next(self.events)

    def _anchor(self, event: Any) -> None:
        self.anchors.add(event.anchor)
        start = event.start_mark.index
        self._shared_value(max(start, self.text.find("&" + event.anchor, start)), event.anchor)

    def _alias(self, event: Any, path: FieldPath) -> None:
        self.holes.add(path)
        if event.anchor not in self.anchors:
            self._shared_value(event.start_mark.index, event.anchor)

    def _shared_value(self, offset: int, anchor: str) -> None:
        sign = self.text[offset : offset + 1]
        self.flaw(
            "yaml-alias",
            offset,
            f"Every value must be written out; `{sign}{_cut(anchor)}` makes it a shared one.",
            "Write the value itself; put quotes around a text that begins with `&` or `*`.",
        )

    def _tag(self, event: Any, path: FieldPath) -> None:
        self.holes.add(path)
        start = event.start_mark.index
        at = max(start, self.text.find("!", start))
        written = self.text[at : at + _LONGEST_SHOWN].split(maxsplit=1)[0]
        self.flaw(
            "invalid-value",
            at,
            f"A value must stand for itself; `{written}` before it gives it a type.",
            "Remove the word with the exclamation mark; quote a text that begins with `!`.",
        )
