"""YAML 1.2's core types: what a value without quotes means."""

import re
from typing import Any

_WORDS: dict[str, Any] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True,
    "false": False, "False": False, "FALSE": False,
    ".inf": float("inf"), ".Inf": float("inf"), ".INF": float("inf"),
    "+.inf": float("inf"), "+.Inf": float("inf"), "+.INF": float("inf"),
    "-.inf": float("-inf"), "-.Inf": float("-inf"), "-.INF": float("-inf"),
    ".nan": float("nan"), ".NaN": float("nan"), ".NAN": float("nan"),
}  # fmt: skip
_NUMBER = re.compile(
    r"(?P<decimal>[-+]?[0-9]+)|0o(?P<octal>[0-7]+)|0x(?P<hexadecimal>[0-9a-fA-F]+)"
    r"|(?P<real>[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)"
)
_FIRST = frozenset("+-.0123456789")
_BASES = {"decimal": 10, "octal": 8, "hexadecimal": 16}
_LONGEST_NUMBER = 300


def resolve(written: str) -> Any:
    """The value of an unquoted scalar: None, a truth value, a number, or the text itself.

    Dates, times, `yes` and `no` are text. So is a number too long for anybody to have meant it.
    """
    if written in _WORDS:
        return _WORDS[written]
    if written[0] not in _FIRST or len(written) > _LONGEST_NUMBER:
        return written
    match = _NUMBER.fullmatch(written)
    if not match or not match.lastgroup:
        return written
    digits = match[match.lastgroup]
    base = _BASES.get(match.lastgroup)
    return int(digits, base) if base else float(digits)
