"""A YAML parser's complaint, found again in the text and said in plain words."""

import re
from collections.abc import Callable
from typing import Any

from casework.read.yaml_complaint import Complaint

Words = tuple[int, str, str]
"""The offset of what is wrong, what must be, and what to do."""

_NO_SPACE = re.compile(r"[ \t]*(?:- +)?[\w-]+(:)[^\s:/]")
_NO_COLON = re.compile(r"[ \t]*([^\s#:'\"\[{][^:#]*)$")
_CLOSING = {"[": "]", "{": "}"}
_INNER_COLON = re.compile(r"[ \t]*(?:- +)?[^:]+: +[^'\"\[{].*?(: )")


def explain(error: Exception, text: str) -> Words:
    """Where a syntax error is, what must be there, and what to do."""
    mark: Any = getattr(error, "problem_mark", None)
    if mark is None:
        return _anything(getattr(error, "position", 0) or 0)
    context: Any = getattr(error, "context_mark", None) or mark
    complaint = Complaint(text, mark.index, context.index)
    tab, odd_space = complaint.tab(), complaint.odd_space()
    if tab is not None:
        return _tab(tab)
    if odd_space is not None:
        return _odd_space(odd_space)
    problem = getattr(error, "problem", None) or ""
    name = next((each for each in _CAUSES if each in problem), "")
    return _CAUSES[name](complaint) if name else _anything(complaint.offset)


def _anything(offset: int) -> Words:
    return (
        int(offset),
        "Each line must be a field such as `name: value`; this one cannot be read.",
        "Compare it with the lines around it, and put a text with special characters in quotes.",
    )


def _tab(offset: int) -> Words:
    return (
        offset,
        "Lines must be indented with spaces; here is a tab.",
        "Replace the tab with spaces, as many as the lines around it have.",
    )


def _odd_space(offset: int) -> Words:
    return (
        offset,
        "Fields must be separated by ordinary spaces; here is a no-break space.",
        "Delete the space and type it again; it often comes from pasting.",
    )


def _special_start(complaint: Complaint) -> Words:
    if complaint.sign == "\t":
        return _tab(complaint.offset)
    if not complaint.sign:
        return _unclosed_at_end(complaint)
    return (
        complaint.offset,
        f"A text that begins with `{complaint.sign}` must be in quotes.".replace(
            "```", "a backtick"
        ),
        "Put quotation marks around the whole text.",
    )


def _begun_specially(complaint: Complaint) -> Words:
    at = complaint.begun
    return _quotes_missing(at, f"`{complaint.text[at : at + 1]}`")


def _quotes_missing(offset: int, sign: str) -> Words:
    return (
        offset,
        f"A text that begins with {sign} must be in quotes.",
        "Put quotation marks around the whole text.",
    )


def _unexpected_colon(complaint: Complaint) -> Words:
    inner = _INNER_COLON.match(complaint.line)
    if inner and complaint.start + inner.start(1) == complaint.offset:
        return (
            complaint.offset,
            "A text that holds a colon and a space must be in quotes; here is a second colon.",
            "Put quotation marks around the text after the first colon.",
        )
    start, line = complaint.before()
    joined = _NO_SPACE.match(line)
    if joined:
        return no_space(start + joined.start(1))
    no_colon = _NO_COLON.match(line)
    if no_colon:
        return _no_colon(start + no_colon.start(1))
    if not line:
        return _anything(complaint.offset)
    return _wrong_indent(complaint.start + len(complaint.line) - len(complaint.line.lstrip()))


def no_space(offset: int) -> Words:
    """A colon at an offset that the value follows without a space."""
    return offset, "There must be a space after the colon.", "Write `name: value`."


def _no_colon(offset: int) -> Words:
    return (
        offset,
        "Each line must be a field such as `name: value`; this one has no colon.",
        "Add the colon and the value, or remove the line.",
    )


def _wrong_indent(offset: int) -> Words:
    return (
        offset,
        "Fields of one group must be indented by the same number of spaces; this line is not.",
        "Give it the same indent as the fields that it belongs to.",
    )


def _missing_colon(complaint: Complaint) -> Words:
    line = complaint.text[complaint.begun :].split("\n", 1)[0]
    joined = _NO_SPACE.match(line)
    if joined:
        return no_space(complaint.begun + joined.start(1))
    return _no_colon(complaint.begun)


def _unexpected_key(complaint: Complaint) -> Words:
    if not complaint.is_at_line_start:
        return (
            complaint.offset,
            "Nothing must follow the closing quotation mark or bracket of a value.",
            "Remove what follows, or put the whole value in quotes.",
        )
    if complaint.line.lstrip().startswith("- "):
        return (
            complaint.offset,
            "A list must stand below the field that it belongs to; here it stands among fields.",
            "Add the field's name and a colon above the list, or remove the hyphen.",
        )
    return _wrong_indent(complaint.offset)


def _unclosed_bracket(complaint: Complaint) -> Words:
    if "\n" in complaint.text[complaint.begun : complaint.offset] or not complaint.sign.strip():
        return _not_closed(complaint, complaint.begun)
    closing = _CLOSING.get(complaint.text[complaint.begun : complaint.begun + 1], "]")
    return (
        complaint.offset,
        f"There must be a comma or the closing `{closing}` here; something else follows.",
        "Separate the entries with commas, and close the bracket after the last.",
    )


def _unclosed_at_end(complaint: Complaint) -> Words:
    """A bracket after which the text ends; the parser does not say which one."""
    begun = complaint.open_bracket()
    return _anything(complaint.offset) if begun is None else _not_closed(complaint, begun)


def _not_closed(complaint: Complaint, begun: int) -> Words:
    opening = complaint.text[begun : begun + 1]
    closing = _CLOSING.get(opening, "]")
    return (
        begun,
        f"The bracket `{opening}` must be closed by `{closing}`; it is not.",
        f"Add `{closing}` where the group ends.",
    )


def _unclosed_quote(complaint: Complaint) -> Words:
    return (
        complaint.begun,
        "A quotation mark must be closed by another one like it; this one is not.",
        "Add the closing quotation mark where the text ends.",
    )


def _backslash(complaint: Complaint) -> Words:
    return (
        complaint.offset,
        "A text in double quotes must not hold a backslash such as this one.",
        "Use single quotes, or write the backslash twice.",
    )


def _block_text(complaint: Complaint) -> Words:
    return (
        complaint.offset,
        "After `|` or `>` the text must begin on the next line.",
        "Move the text to the next line and indent it, or put it in quotes.",
    )


def _broken_list(complaint: Complaint) -> Words:
    return (
        complaint.offset,
        "Each entry of a list must begin with a hyphen and a space; this line does not.",
        "Add the hyphen, or give the line the indent of what it belongs to.",
    )


def _list_in_line(complaint: Complaint) -> Words:
    return (
        complaint.offset,
        "A list with hyphens must begin on a line of its own; here it follows other text.",
        "Begin the list on the next line, or write it in brackets: `[first, second]`.",
    )


def _second_block(complaint: Complaint) -> Words:
    return (
        complaint.offset,
        "There must be one block of fields; another one begins here.",
        "Remove the line `...` that ends the first one, or what follows it.",
    )


_CAUSES: dict[str, Callable[[Complaint], Words]] = {
    "found character that cannot start any token": _special_start,
    "mapping values are not allowed": _unexpected_colon,
    "could not find expected ':'": _missing_colon,
    "did not find expected key": _unexpected_key,
    "did not find expected ','": _unclosed_bracket,
    "found unexpected end of stream": _unclosed_quote,
    "found unexpected document indicator": _unclosed_quote,
    "found unknown escape character": _backslash,
    "did not find expected comment or line break": _block_text,
    "did not find expected '-' indicator": _broken_list,
    "block sequence entries are not allowed": _list_in_line,
    "did not find expected alphabetic or numeric character": _begun_specially,
    "did not find expected node content": _special_start,
    "did not find expected <document start>": _second_block,
}
