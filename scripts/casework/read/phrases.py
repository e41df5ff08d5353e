"""Fields, values and limits as people name them."""

from collections.abc import Sequence
from typing import Any

from casework.model.position import FieldPath
from casework.read.schema import pattern

_LONGEST_SHOWN = 60
_ODD_SPACE = "[no-break space]"
_KINDS = {
    "object": "a group of fields",
    "array": "a list",
    "string": "text",
    "boolean": "true or false",
    "null": "null",
    "integer": "a whole number",
    "number": "a number",
}

_LIMITS = {
    "const": "`{}`",
    "minimum": "at least {}",
    "maximum": "at most {}",
    "minLength": "text, not left empty",
    "minItems": "a list of at least {}",
}


def named(path: FieldPath) -> str:
    """A field by its name and what it belongs to: `` `level` of `ada-lovelace` ``."""
    *above, last = path
    if isinstance(last, int):
        return f"entry {last + 1} of {named(tuple(above))}"
    if not above:
        return f"`{cut(last)}`"
    outer = above[-1]
    # A list's entry says little without its list; a group's name says enough.
    return (
        f"`{cut(last)}` of {named(tuple(above)) if isinstance(outer, int) else f'`{cut(outer)}`'}"
    )


def cut(text: str) -> str:
    """A text on one line, shortened, and without the backticks that would end its own."""
    flat = " ".join(text.replace("\u00a0", _ODD_SPACE).split()).replace("`", "'")
    return flat if len(flat) <= _LONGEST_SHOWN else flat[: _LONGEST_SHOWN - 1] + "…"


def found(value: Any) -> str:
    """What a value is, as the second half of a sentence."""
    if value is None:
        return "nothing is there"
    if isinstance(value, dict | list):
        kind = "group of fields" if isinstance(value, dict) else "list"
        return f"it is a {kind}" if value else f"it is an empty {kind}"
    if isinstance(value, str):
        return f"it is `{cut(value)}`" if value.strip() else "it is empty"
    if isinstance(value, bool):
        return f"it is `{str(value).lower()}`"
    return f"it is the number `{cut(str(value))}`"


def accepted(schema: Any, keyword: str, limit: Any) -> str:
    """What a schema wants, in its own words where it has some."""
    form = schema.get("x-form") if isinstance(schema, dict) else None
    if form:
        return str(form)
    if schema.get("enum"):
        return one_of([str(each) for each in schema["enum"] if each is not None])
    if keyword == "type":
        return " or ".join(_KINDS[each] for each in ([limit] if isinstance(limit, str) else limit))
    return _LIMITS.get(keyword, "what its description in the schema says").format(limit)


def one_of(words: Sequence[str]) -> str:
    """The words to choose from."""
    return f"one of {', '.join(words)}" if len(words) > 1 else f"`{words[0]}`"


def closest(word: Any, words: Sequence[str]) -> str | None:
    """The word that somebody most likely meant."""
    from difflib import get_close_matches

    if not isinstance(word, str) or len(word) > _LONGEST_SHOWN:
        return None
    plain = {each.replace("_", "-").lower(): each for each in words}
    close = get_close_matches(word.replace("_", "-").lower(), plain, 1, 0.7)
    return plain[close[0]] if close else None


def in_other_case(text: Any, schema: Any) -> str | None:
    """A text in capital or small letters, if that is all it takes to fit a schema's pattern."""
    wanted = schema.get("pattern") if isinstance(schema, dict) else None
    if not isinstance(text, str) or not wanted or len(text) > _LONGEST_SHOWN:
        return None
    cases = (text.upper(), text.lower())
    return next((each for each in cases if each != text and pattern(wanted).search(each)), None)


def did_you_mean(word: str | None) -> str:
    """The question, as a sentence to append."""
    return f" Did you mean `{word}`?" if word else ""
