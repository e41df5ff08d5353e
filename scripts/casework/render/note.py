"""A note on a merge: sentences for people, and below them the same as YAML for programs.

Names, logins and paths in it are data: none can begin a line, end a comment or become a field.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from textwrap import wrap

from casework.model.case import Status
from casework.model.english import enumerated
from casework.model.note import Note, NotedApproval, NotedCase
from casework.model.people import People
from casework.model.report import Verdict
from casework.render.escape import INVISIBLE, visible
from casework.render.words import person, title

_WIDTH = 72
"""With the four spaces that `git log` puts before each line, it fits an old terminal."""

_PLAIN = re.compile(r"[A-Za-z][\w./-]*|[0-9]+\.[0-9]+\.[0-9]+|[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_HEXADECIMAL = re.compile(r"(?=.*[abcdf])[0-9a-f]{40,64}")
_MEANING_MORE = frozenset(["true", "false", "null", "yes", "no", "on", "off", "y", "n"])
_QUOTED = re.compile(rf'["\\]|{INVISIBLE.pattern}|[^ -~\xa1-\u1fff\u3000-\ud7ff]')
_NO_CHARACTER = re.compile("[\ufffe\uffff]")
"""What no YAML may hold, not even in a comment."""

_ALTHOUGH: Mapping[str, str] = {
    Verdict.INVALID: "although errors were found in it",
    Verdict.NOT_READY: "although requirements were not met",
    Verdict.READY: "although approvals were missing",
}
_YET: Mapping[str, str] = {
    Verdict.INVALID: "invalid",
    Verdict.NOT_READY: "not ready",
    Verdict.READY: "ready",
}
_DECIDED = {each.value for each in Status if each.is_decided}


def note_text(note: Note, people: People) -> str:
    """The note as it is written down; `people` give the names for its sentences."""
    return "".join(f"{line}\n" for line in (*_comment(note, people), *_fields(note)))


def note_sentences(note: Note, people: People) -> tuple[str, ...]:
    """What it says of each case, and of all else that was changed, each on one line."""
    sentences = [_sentence(each, people) for each in note.cases]
    if note.owners:
        sentences.append(f"Besides cases: {_approved(note.owners, people)}.")
    said = sentences or ["No approval counted for what this changed."]
    return tuple(_NO_CHARACTER.sub("\ufffd", " ".join(visible(each).split())) for each in said)


def _comment(note: Note, people: People) -> Iterator[str]:
    for each in note_sentences(note, people):
        for line in wrap(each, _WIDTH - 2, subsequent_indent="  ", break_on_hyphens=False):
            yield f"# {line}"


def _sentence(case: NotedCase, people: People) -> str:
    what = f"{title(case, people)}: {_status(case)}"
    manner = (_ALTHOUGH if case.status in _DECIDED else _YET).get(case.verdict)
    first = f"{what}{f', {manner}' if manner else ''}."
    if case.status == Status.DRAFT and not case.approvals:
        return first  # nobody is asked to approve a draft, so nothing is missing
    said = _approved(case.approvals, people)
    return f"{first} {said[0].upper()}{said[1:]}."


def _status(case: NotedCase) -> str:
    return case.status.replace("-", " ") if case.status else "of no known status"


def _approved(approvals: Iterable[NotedApproval], people: People) -> str:
    names = [
        person(each.reviewer, people) + (f" ({each.level})" if each.level else "")
        for each in approvals
    ]
    return f"approved by {enumerated(names)}" if names else "no approval counted"


def _fields(note: Note) -> Iterator[str]:
    yield f"pull_request: {note.pull_request}"
    yield from _present(opened_by=note.author, framework=note.framework)
    if note.cases:
        yield "cases:"
    for each in note.cases:
        yield from _entry(
            _present(
                path=each.path,
                content=each.content,
                kind=each.kind,
                **{"from": each.from_level, "to": each.to_level},
                status=each.status,
                verdict=each.verdict,
            )
        )
        yield from _approvals("  approvals:", each.approvals)
    yield from _approvals("owners:", note.owners)


def _approvals(heading: str, approvals: tuple[NotedApproval, ...]) -> Iterator[str]:
    if approvals:
        yield heading
    indent = " " * (len(heading) - len(heading.lstrip()))
    for each in approvals:
        fields = _present(
            reviewer=each.reviewer,
            account=each.account,
            level=each.level,
            commit=each.commit,
            day=each.day.isoformat() if each.day else None,
        )
        yield from (f"{indent}{line}" for line in _entry(fields))


def _entry(fields: Iterable[str]) -> Iterator[str]:
    for place, line in enumerate(fields):
        yield f"{'  ' if place else '- '}{line}"


def _present(**fields: str | None) -> Iterator[str]:
    return (f"{name}: {_scalar(text)}" for name, text in fields.items() if text is not None)


def _scalar(text: str) -> str:
    """A text as YAML, in quotes where some reader would see anything else in it without."""
    is_plain = _PLAIN.fullmatch(text) and text.lower() not in _MEANING_MORE
    if is_plain or _HEXADECIMAL.fullmatch(text):
        return text
    return f'"{_QUOTED.sub(_escaped, text)}"'


def _escaped(found: re.Match[str]) -> str:
    letter = found[0]
    if letter in '"\\':
        return f"\\{letter}"
    # A path may hold bytes that are no text, and YAML cannot say them.
    shown = 0xFFFD if "\ud800" <= letter <= "\udfff" else ord(letter)
    return f"\\U{shown:08X}"
