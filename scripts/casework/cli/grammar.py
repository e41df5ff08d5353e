"""What can be typed: the commands with their operands and options, as data."""

from collections.abc import Mapping
from typing import NamedTuple


class Option(NamedTuple):
    """A word that begins with hyphens, and the value that follows it if it takes one."""

    names: tuple[str, ...]
    field: str
    value: str | None
    """What the value is called in help texts; None for an option without one."""
    help: str


class Operand(NamedTuple):
    """A word without hyphens."""

    name: str
    field: str
    help: str
    repeats: bool = False


class Command(NamedTuple):
    """One of the program's commands."""

    purpose: str
    formats: tuple[str, ...]
    operand: Operand | None = None
    options: tuple[Option, ...] = ()


COMMON = (
    Option(
        ("--format",), "format", "FORMAT",
        "how to say it: text, json, markdown, github or sarif, as fits the command",
    ),
    Option(
        ("--today",), "today", "DATE",
        "judge as of this day, such as 2027-02-28, instead of today",
    ),
    Option(("-C",), "directory", "DIR", "act as if started in this folder"),
    Option(("--no-cache",), "no_cache", None, "keep no results between runs, and use none"),
    Option(("-h", "--help"), "help", None, "show this help, or that of a command"),
)  # fmt: skip

ALONE = (Option(("--version",), "version", None, "show the program's version"),)
"""Options that stand without a command."""

_REPORTS = ("text", "json", "markdown", "github", "sarif")
_TEXTS = ("text", "json", "markdown")

COMMANDS: Mapping[str, Command] = {
    "check": Command(
        "say what is wrong in the files, and how the cases stand",
        _REPORTS,
        Operand(
            "PATH",
            "paths",
            "a file or folder, from the repository's root; without any, all of framework/, "
            "schemas/ and cases/",
            repeats=True,
        ),
    ),
    "review": Command(
        "show what a pull request would get",
        _REPORTS,
        options=(
            Option(
                ("--base",), "base", "REV", "what to compare with, instead of the main branch"
            ),
            Option(
                ("--head",), "head", "REV", "what to judge, instead of the files as they are now"
            ),
            Option(
                ("--reviews",), "reviews", "FILE",
                "the reviews on the pull request, as JSON in GitHub's form, to try how approvals "
                "come out; - reads them from the standard input",
            ),
            Option(
                ("--post",), "post", None,
                "report on GitHub: one comment, one check; meant for the workflow",
            ),
        ),
    ),
    "explain": Command(
        "tell what a rule wants, why, and how to fix what it finds",
        _TEXTS,
        Operand("RULE", "rule", "a rule's name; without one, all are listed"),
    ),
    "ladder": Command(
        "show what a level asks for, with all that it builds on",
        _TEXTS,
        Operand("LEVEL", "level", "such as IC3; without one, an overview"),
        (Option(("--category",), "category", "CATEGORY", "only this one, such as teamwork"),),
    ),
    "codeowners": Command(
        "write .github/CODEOWNERS, so that GitHub asks the policy's owners for a review",
        ("text",),
        options=(
            Option(
                ("--check",), "check", None, "write nothing: only say whether the file is current"
            ),
        ),
    ),
    "doctor": Command(
        "say which steps of docs/setting-up.md the repository on GitHub lacks",
        _TEXTS,
    ),
}  # fmt: skip
