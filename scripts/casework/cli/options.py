"""The command line's grammar, with help that reads well and complaints that say what is meant."""

import argparse
import re
from datetime import date
from typing import Any, NoReturn

from casework.cli.failure import UsageError, choice, did_you_mean

FORMATS = {
    "check": ("text", "json", "markdown", "github", "sarif"),
    "review": ("text", "json", "markdown", "github", "sarif"),
    "explain": ("text", "json", "markdown"),
    "ladder": ("text", "json", "markdown"),
}

_PURPOSE = {
    "check": "say what is wrong in the files, and how the cases stand",
    "review": "show what a pull request would get",
    "explain": "tell what a rule wants, why, and how to fix what it finds",
    "ladder": "show what a level asks for, with all that it builds on",
}

_COMMANDS = "\n".join(f"  {name:<10}{purpose}" for name, purpose in _PURPOSE.items())

_OVERVIEW = f"""\
usage: casework COMMAND [options]

Promotion cases as pull requests: what is wrong in a case and where, which quarters count and
why, what is still missing, and when it can be ready at the earliest.

commands:
{_COMMANDS}

options, before or after the command:
  --format FORMAT    how to say it: text, json, markdown, github or sarif, as fits the command
  --today DATE       judge as of this day, such as 2027-02-28, instead of today
  -C DIR             act as if started in this folder
  --no-cache         keep no results between runs, and use none
  -h, --help         show this help, or that of a command
  --version          show the program's version

exit codes: 0 it holds, 1 it does not, 2 something was mistyped, 3 the program could not run
"""

_TAKING_A_WORD = ("--format", "--today", "-C")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FIRST_YEAR, _LAST_YEAR = 2000, 2098  # the years that quarters such as FY27-Q1 can be of


class Options(argparse.Namespace):
    """What was typed."""

    command: str | None = None
    format: str = "text"
    today: date | None = None
    directory: str | None = None
    no_cache: bool = False
    help: bool = False
    version: bool = False
    paths: list[str]
    base: str | None = None
    head: str | None = None
    rule: str | None = None
    level: str | None = None
    category: str | None = None


def parse(words: list[str]) -> Options:
    """What the words mean. Raises UsageError when they mean nothing."""
    before, after = _split(words)
    options = Options()
    top = _parser("casework")
    top.add_argument("--version", action="store_true", default=argparse.SUPPRESS)
    _read(top, before, options)
    if not after:
        return options
    options.command, *rest = after
    if options.command not in FORMATS:
        raise _unknown_command(options.command)
    _read(_command_parser(options.command), rest, options)
    accepted = FORMATS[options.command]
    if options.format not in accepted:
        raise choice(f"`--format` of `casework {options.command}`", options.format, accepted)
    return options


def help_text(command: str | None) -> str:
    """What `--help` shows."""
    return _command_parser(command).format_help() if command else _OVERVIEW


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are ours."""

    def error(self, message: str) -> NoReturn:
        argument = re.match(r"argument (\S+): expected", message)
        if argument:
            raise UsageError(f"`{argument[1].split('/')[0]}` must be followed by a value")
        raise UsageError(message, f"See `{self.prog} --help`.")


def _read(parser: _Parser, words: list[str], options: Options) -> None:
    _, extra = parser.parse_known_intermixed_args(words, options)
    if not extra:
        return
    word = extra[0].split("=")[0]
    if word.startswith("-"):
        known = tuple(each for each in parser._option_string_actions)  # nowhere else
        raise UsageError(
            f"`{word}` is not an option of `{parser.prog}`",
            did_you_mean(word, known) or f"See `{parser.prog} --help`.",
        )
    raise UsageError(f"`{word}` is one word too many", f"See `{parser.prog} --help`.")


def _split(words: list[str]) -> tuple[list[str], list[str]]:
    """The options before the command, and the command with all that follows."""
    place = 0
    while place < len(words) and words[place].startswith("-"):
        place += 2 if words[place] in _TAKING_A_WORD else 1
    return words[:place], words[place:]


def _parser(name: str, purpose: str = "") -> _Parser:
    parser = _Parser(
        prog=name,
        description=purpose,
        add_help=False,
        allow_abbrev=False,
        argument_default=argparse.SUPPRESS,
        formatter_class=lambda prog: argparse.HelpFormatter(prog, width=96, max_help_position=24),
    )
    add: Any = parser.add_argument
    add("--format", metavar="FORMAT", help="how to say it: " + _listed(name))
    add("--today", metavar="DATE", type=_day, help="judge as of this day instead of today")
    add("-C", metavar="DIR", dest="directory", help="act as if started in this folder")
    add("--no-cache", action="store_true", help="keep no results between runs, and use none")
    add("-h", "--help", action="store_true", help="show this help")
    return parser


def _listed(name: str) -> str:
    *first, last = FORMATS.get(name.rpartition(" ")[2], ("text", "json"))
    return f"{', '.join(first)} or {last}"


def _command_parser(command: str) -> _Parser:
    purpose = _PURPOSE[command]
    parser = _parser(f"casework {command}", purpose[0].upper() + purpose[1:] + ".")
    _ADD[command](parser.add_argument)
    return parser


def _add_check(add: Any) -> None:
    add(
        "paths",
        nargs="*",
        metavar="PATH",
        default=[],
        help="a file or folder, from the repository's root; without any, all of framework/, "
        "schemas/ and cases/",
    )


def _add_review(add: Any) -> None:
    add("--base", metavar="REV", help="what to compare with, instead of the main branch")
    add("--head", metavar="REV", help="what to judge, instead of the files as they are now")


def _add_explain(add: Any) -> None:
    add("rule", nargs="?", metavar="RULE", help="a rule's name; without one, all are listed")


def _add_ladder(add: Any) -> None:
    add("level", nargs="?", metavar="LEVEL", help="such as IC3; without one, an overview")
    add("--category", metavar="CATEGORY", help="only this one, such as teamwork")


_ADD = {
    "check": _add_check,
    "review": _add_review,
    "explain": _add_explain,
    "ladder": _add_ladder,
}


def _day(word: str) -> date:
    try:
        day = date.fromisoformat(word) if _DAY.fullmatch(word) else None
    except ValueError:
        day = None
    if day is None or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise UsageError(
            f"`--today` must be a day such as 2027-02-28; it is `{word}`",
            f"Days from {_FIRST_YEAR}-01-01 to {_LAST_YEAR}-12-31 are accepted.",
        )
    return day


def _unknown_command(word: str) -> UsageError:
    names = tuple(FORMATS)
    listed = f"the commands are {', '.join(names)}"
    return UsageError(
        f"there is no command `{word}`; {listed}",
        did_you_mean(word, names) or "See `casework --help`.",
    )
