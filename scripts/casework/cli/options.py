"""What was typed, understood.

A parser of our own: that of the standard library takes a tenth of a short run to be imported, and
speaks of "unrecognized arguments" where people want to know what they meant.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from casework.cli.failure import UsageError, choice, did_you_mean
from casework.cli.grammar import ALONE, COMMANDS, COMMON, Option

FORMATS = {name: command.formats for name, command in COMMANDS.items()}

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FIRST_YEAR, _LAST_YEAR = 2000, 2098  # the years that quarters such as FY27-Q1 can be of


class Options(NamedTuple):
    """What was typed."""

    command: str | None = None
    format: str = "text"
    today: date | None = None
    directory: str | None = None
    no_cache: bool = False
    help: bool = False
    version: bool = False
    paths: tuple[str, ...] = ()
    base: str | None = None
    head: str | None = None
    reviews: str | None = None
    post: bool = False
    rule: str | None = None
    level: str | None = None
    category: str | None = None
    check: bool = False
    person: str | None = None
    quarter: str | None = None
    ratings: tuple[str, ...] = ()
    case: str | None = None
    outcome: str | None = None
    review: str | None = None
    to: str | None = None
    in_band: bool = False
    decided: date | None = None
    effective: date | None = None
    whose: str | None = None
    offline: bool = False
    manager: str | None = None


def parse(words: list[str]) -> Options:
    """What the words mean. Raises UsageError when they mean nothing."""
    command: str | None = None
    values: dict[str, Any] = {}
    operands: list[str] = []
    rest = iter(words)
    for word in rest:
        if word == "--":
            operands += rest
        elif len(word) > 1 and word.startswith("-"):
            option, value = _option(word, rest, command)
            before = values.get(option.field, ())
            values[option.field] = (*before, value) if option.repeats else value
        elif command is None:
            command = _command(word)
        else:
            operands.append(word)
    return _checked(Options(command, **values, **_operands(command, operands)))


def help_text(command: str | None) -> str:
    """What `--help` shows."""
    from casework.cli.usage import page

    return page(command)


def _command(word: str) -> str:
    if word not in COMMANDS:
        names = tuple(COMMANDS)
        raise UsageError(
            f"there is no command `{word}`; the commands are {', '.join(names)}",
            did_you_mean(word, names) or "See `casework --help`.",
        )
    return word


def _option(word: str, rest: Iterator[str], command: str | None) -> tuple[Option, Any]:
    """An option, and its value, which may be the next word."""
    name, equals, value = word.partition("=")
    if not word.startswith("--") and len(word) > 2:
        name, equals, value = word[:2], "=", word[2:]
    option = _known(name, command)
    if option.value is None:
        if equals:
            raise UsageError(f"`{name}` takes no value", _see(command))
        return option, True
    if not equals:
        value = next(rest, "")
    # A hyphen alone is the standard input.
    if not value or (value.startswith("-") and value != "-" and not equals):
        raise UsageError(f"`{name}` must be followed by a value", _see(command))
    return option, _day(name, value) if option.value == "DATE" else value


def _known(name: str, command: str | None) -> Option:
    options = (*COMMON, *(COMMANDS[command].options if command else ALONE))
    by_name = {each: option for option in options for each in option.names}
    if name not in by_name:
        raise UsageError(
            f"`{name}` is not an option of `{_program(command)}`",
            did_you_mean(name, tuple(by_name)) or _see(command),
        )
    return by_name[name]


def _operands(command: str | None, words: list[str]) -> dict[str, Any]:
    known = (COMMANDS[command].operand, COMMANDS[command].second) if command else ()
    operands = [each for each in known if each]
    if operands and operands[0].repeats:
        return {operands[0].field: tuple(words)}
    if len(words) > len(operands):
        raise UsageError(f"`{words[len(operands)]}` is one word too many", _see(command))
    return {each.field: word for each, word in zip(operands, words, strict=False)}


def _checked(options: Options) -> Options:
    if options.command is not None and options.format not in FORMATS[options.command]:
        what = f"`--format` of `{_program(options.command)}`"
        raise choice(what, options.format, FORMATS[options.command])
    return options


def _day(name: str, word: str) -> date:
    try:
        day = date.fromisoformat(word) if _DAY.fullmatch(word) else None
    except ValueError:
        day = None
    if day is None or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise UsageError(
            f"`{name}` must be a day such as 2027-02-28; it is `{word}`",
            f"Days from {_FIRST_YEAR}-01-01 to {_LAST_YEAR}-12-31 are accepted.",
        )
    return day


def _program(command: str | None) -> str:
    return f"casework {command}" if command else "casework"


def _see(command: str | None) -> str:
    return f"See `{_program(command)} --help`."
