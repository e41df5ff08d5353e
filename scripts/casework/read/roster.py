"""The versions of people.yaml, one after the other, of which only what differs is read.

Thousands of versions of a list of thousands differ in an entry each. So an entry is read by itself,
and once for all versions that have it so. Where the lines of an entry do not stand for themselves,
the whole text is read. Either way it comes to what `people_data` says of the whole.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from casework.model.blob import Blob
from casework.model.document import PEOPLE
from casework.read.people import people_data
from casework.read.text import byte_limit, read_text
from casework.read.yaml_text import read_yaml

_BOM = b"\xef\xbb\xbf"
_ASIDE = rb"(?:[ ]*(?:#[^\n]*)?\n)*"  # empty lines and comments
_HEAD = re.compile(
    _ASIDE + rb"(?:---[ ]*\n" + _ASIDE + rb")?people:(?:[ ]+#[^\n]*|[ ]*)\n" + _ASIDE
)
_NAME = rb"(?:[\w-]+|\"[\w-]+\"|'[\w-]+'):(?=[ \n])"
_FIRST = re.compile(rb"( +)" + _NAME)


class Entry(NamedTuple):
    """What a list says of somebody: whatever stands there."""

    data: Any


class _Segment(NamedTuple):
    """The lines of one entry, read by themselves."""

    handle: str = ""
    data: Any = None
    is_whole: bool = True
    """Whether they stand for themselves; else only the whole text can tell."""
    is_clean: bool = True
    """Whether nothing is wrong there; else the list says nothing for sure."""


_BROKEN = _Segment(is_whole=False)
_FLAWED = _Segment(is_clean=False)


class _Form(NamedTuple):
    """How entries are found in a text."""

    begins: re.Pattern[bytes]
    """The beginning of an entry's first line."""
    indent: bytes
    strays: re.Pattern[bytes]
    """A line that is too far left to belong to the entry above it."""

    @classmethod
    def of(cls, indent: bytes) -> "_Form":
        return cls(
            re.compile(rb"(?m)^" + indent + _NAME),
            indent,
            re.compile(rb"\n {0,%d}[^ #\n]" % len(indent)),
        )


class Roster:
    """What the versions of people.yaml say."""

    def __init__(self) -> None:
        self._entries: dict[str, Any] = {}
        """Those of the last version that could be read."""
        self._is_in_step = False
        """Whether that is the last version of all, so that only what differs needs a look."""
        self._known: dict[bytes, _Segment] = {}
        self._text = b""
        self._form: _Form | None = None
        """None where the entries of the present text cannot be told apart."""
        self._found: dict[str, list[Any]] = {}
        """What the present text says of everybody: more than once is too much."""
        self._wrong = 0
        """How many entries have something wrong, or are there again."""

    def turn_to(self, content: bytes | None) -> Mapping[str, Entry | None] | None:
        """Go on to a version; what it says otherwise than the last one that could be read.

        None for somebody whom it lacks. All of it is None where it cannot be read, or says
        something twice, or where there is no such file (`content` is None).
        """
        touched: set[str] | None = None
        present: Mapping[str, Any] | None = None
        if content is None or len(content) > byte_limit(PEOPLE):
            self._form = None
        elif not self._advance(_normal(content)):
            present = people_data(Blob(PEOPLE, content))
        elif not self._wrong:
            touched = self._touched if self._is_in_step else None
            among = self._found if touched is None else touched & self._found.keys()
            present = {each: self._found[each][0] for each in among}
        self._is_in_step = present is not None
        return self._taken_over(present, touched) if present is not None else None

    def _taken_over(
        self, present: Mapping[str, Any], touched: set[str] | None
    ) -> Mapping[str, Entry | None]:
        """What differs of the touched handles; where these are None, of all."""
        changed: dict[str, Entry | None] = {}
        for handle in {**self._entries, **present} if touched is None else touched:
            before = (handle in self._entries, self._entries.get(handle))
            if before != (handle in present, present.get(handle)):
                changed[handle] = Entry(present[handle]) if handle in present else None
        for handle, entry in changed.items():
            if entry is None:
                del self._entries[handle]
            else:
                self._entries[handle] = entry.data
        return changed

    def _advance(self, text: bytes) -> bool:
        """Read the entries that differ from those of the text before; whether they are apart."""
        region = _region(self._text, text, self._form) if self._form else None
        self._touched: set[str] | None = None
        if region is None:
            self._found, self._wrong = {}, 0
            self._form, start = _begun(text)
            gone, come = b"", text[start:]
        else:
            start, old_end, new_end = region
            gone, come = self._text[start:old_end], text[start:new_end]
        if self._form is None:
            return False
        old, new = self._segments(gone, self._form), self._segments(come, self._form)
        if not all(each.is_whole for each in new):
            self._form = None
            return False
        self._leave(old)
        self._enter(new)
        if region is not None:
            self._touched = {each.handle for each in (*old, *new)}
        self._text = text
        return True

    def _leave(self, segments: Iterable[_Segment]) -> None:
        for each in segments:
            if not each.is_clean:
                self._wrong -= 1
                continue
            there = self._found[each.handle]
            there.remove(each.data)
            if there:
                self._wrong -= 1
            else:
                del self._found[each.handle]

    def _enter(self, segments: Iterable[_Segment]) -> None:
        for each in segments:
            there = self._found.setdefault(each.handle, []) if each.is_clean else [None]
            self._wrong += bool(there)
            there.append(each.data)

    def _segments(self, text: bytes, form: _Form) -> list[_Segment]:
        starts = [each.start() for each in form.begins.finditer(text)]
        pieces = zip(starts, (*starts[1:], len(text)), strict=False)
        return [self._segment(text[start:end], form) for start, end in pieces]

    def _segment(self, lines: bytes, form: _Form) -> _Segment:
        found = self._known.get(lines)
        if found is None:
            found = self._known[lines] = _read(lines, form)
        return found


def _normal(content: bytes) -> bytes:
    text = content.removeprefix(_BOM)
    return text.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in text else text


def _begun(text: bytes) -> tuple[_Form | None, int]:
    """How entries are found in a text, and where the first begins; None where that is unusual."""
    head = _HEAD.match(text)
    first = _FIRST.match(text, head.end()) if head else None
    if head is None or first is None:
        return None, 0
    before = read_text(Blob(PEOPLE, head[0]))
    is_clean = before.readable and not before.flaws
    return (_Form.of(first[1]), head.end()) if is_clean else (None, 0)


def _read(lines: bytes, form: _Form) -> _Segment:
    if form.strays.search(lines):
        return _BROKEN
    text = read_text(Blob(PEOPLE, b"people:\n" + lines))
    if not text.readable or text.flaws:
        return _FLAWED
    yaml = read_yaml(text.content)
    people = yaml.data.get("people") if isinstance(yaml.data, dict) else None
    if not yaml.readable or not isinstance(people, dict) or len(yaml.data) != 1:
        return _BROKEN
    if yaml.flaws:
        return _FLAWED
    ((handle, data), *others) = people.items()
    return _BROKEN if others else _Segment(handle, data)


def _region(old: bytes, new: bytes, form: _Form) -> tuple[int, int, int] | None:
    """The lines, of whole entries, without which two texts are the same: start and both ends.

    None where what differs begins before the first entry.
    """
    same = _same_before(old, new)
    start = _entry_before(new, same, form)
    if start is None:
        return None
    after = len(new) - _same_after(old, new, min(len(old), len(new)) - same)
    # Only below a line end that both have does a line begin in both.
    line = new.find(b"\n", after) + 1
    following = form.begins.search(new, line) if line else None
    end = following.start() if following else len(new)
    return start, len(old) - (len(new) - end), end


def _entry_before(text: bytes, limit: int, form: _Form) -> int | None:
    """Where the last entry begins whose name and colon, and a sign more, end before a limit."""
    while (line := text.rfind(b"\n" + form.indent, 0, limit) + 1) > 0:
        match = form.begins.match(text, line)
        if match and match.end() < limit:
            return line
        limit = line
    return None


def _same_before(one: bytes, other: bytes) -> int:
    """How many bytes two texts begin with alike."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _same_after(one: bytes, other: bytes, most: int) -> int:
    """How many bytes two texts end with alike, so many at most."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        cut = len(one) - middle, len(other) - middle
        if one[cut[0] : len(one) - low] == other[cut[1] : len(other) - low]:
            low = middle
        else:
            high = middle - 1
    return low
