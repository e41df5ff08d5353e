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
    repeats: bool = False


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
    second: Operand | None = None


COMMON = (
    Option(
        ("--format",), "format", "FORMAT",
        "the output: text, json, markdown, github or sarif, as fits the command",
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
_TEXT = ("text",)

_BASE = Option(("--base",), "base", "REV", "whose history to read, instead of the main branch's")

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
        "show the summary that a pull request would get",
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
        "explain what a rule wants, why, and how to fix what it finds",
        _TEXTS,
        Operand("RULE", "rule", "a rule's name; without one, all are listed"),
    ),
    "ladder": Command(
        "show what a level asks for, with all that it builds on",
        _TEXTS,
        Operand("LEVEL", "level", "such as IC3; without one, an overview"),
        (Option(("--category",), "category", "CATEGORY", "only this one, such as teamwork"),),
    ),
    "new": Command(
        "begin a case: a draft with all that is known about the person filled in",
        _TEXT,
        Operand("PERSON", "person", "a handle in cases/people.yaml; asked for in a terminal"),
        (
            Option(
                ("--review",), "review", "ID",
                "the talent review that is to decide, instead of the next one to take cases",
            ),
            Option(("--to",), "to", "LEVEL", "the level aimed for, instead of the next one"),
            Option(
                ("--in-band",), "in_band", None,
                "an increase within the level held, instead of a promotion",
            ),
        ),
    ),
    "rate": Command(
        "add a quarter's ratings and sections to a person's draft, or change the ratings",
        _TEXT,
        Operand("PERSON", "person", "a handle in cases/people.yaml; asked for in a terminal"),
        (
            Option(
                ("--rating",), "ratings", "CATEGORY=R",
                "a rating such as execution=exceeds, once for each category; missing ones "
                "are asked for in a terminal",
                repeats=True,
            ),
            Option(("--case",), "case", "PATH", "which draft, where the person has several"),
        ),
        Operand("QUARTER", "quarter", "such as FY27-Q3"),
    ),
    "decide": Command(
        "write a decision down, in the case and in cases/people.yaml",
        _TEXT,
        Operand("CASE", "case", "the case's file; asked for in a terminal"),
        (
            Option(
                ("--decided",), "decided", "DATE", "the day of the decision, instead of today"
            ),
            Option(
                ("--effective",), "effective", "DATE",
                "the day a promotion or an increase takes effect, instead of the day of the "
                "decision",
            ),
        ),
        Operand("OUTCOME", "outcome", "promoted or not-yet; granted or declined in-band"),
    ),
    "history": Command(
        "tell how cases came to be: when quarters went on record, what was changed, who decided",
        _TEXTS,
        Operand(
            "PERSON|CASE", "whose", "a handle in cases/people.yaml, or a case's file; without one, "
            "every case in a line",
        ),
        (_BASE,),
    ),
    "audit": Command(
        "check every decided case, and every change of a level, by the rules of its own day",
        _TEXTS,
        Operand(
            "PERSON|CASE", "whose", "a handle in cases/people.yaml, or a case's file; without one, "
            "every decided case",
        ),
        (
            _BASE,
            Option(
                ("--offline",), "offline", None,
                "do not ask GitHub, even if there is a token: what notes say stays a claim",
            ),
        ),
    ),
    "growth": Command(
        "list who is below the expected level, manager by manager, and what they are waiting for",
        _TEXTS,
        options=(
            Option(("--manager",), "manager", "PERSON", "only the reports of this manager"),
            Option(
                ("--post",), "post", None,
                "keep one issue on GitHub for every manager; meant for the workflow",
            ),
        ),
    ),
    "status": Command(
        "show a talent review at a glance: its cases, what is due, who waits for an answer",
        _TEXTS,
        Operand("REVIEW", "review", "such as 2027-02; without one, the next to be decided"),
        (
            Option(
                ("--post",), "post", None,
                "comment on pull requests for which something is due; meant for the workflow",
            ),
        ),
    ),
    "record": Command(
        "write down in git's notes who approved what was merged; meant for the workflow",
        _TEXT,
    ),
    "codeowners": Command(
        "write .github/CODEOWNERS, so that GitHub asks the policy's owners for a review",
        _TEXT,
        options=(
            Option(
                ("--check",), "check", None, "write nothing: only say whether the file is current"
            ),
        ),
    ),
    "doctor": Command(
        "say which steps of docs/setting-up.md are still missing on GitHub",
        _TEXTS,
    ),
}  # fmt: skip
