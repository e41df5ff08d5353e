"""The rules' pages: in a terminal, as JSON, and as docs/rules.md."""

from collections.abc import Iterable
from itertools import groupby
from textwrap import fill, indent
from typing import Any

from casework.model.rule import RulePage

_INTRODUCTION = """\
# The rules

<!-- Written by `make docs` from the rules' own docstrings in scripts/casework/check. -->

Every finding names its rule. `casework explain` prints the list, `casework explain RULE` the page
of one. An **error** keeps a pull request from passing, a **warning** points out something that will
cost the case later, a **notice** is advice. Where a rule has two severities, the milder one applies
while the case is a draft. A decided case is never edited, so only the groups File and Schema look
at it, `implausible-date`, and those that compare it with the main branch.
"""


def text(rule: RulePage, colour: bool, width: int) -> str:
    """One rule's page for a terminal of that many columns."""
    strong = _bold if colour else str
    parts = [strong(rule.id), f"{rule.group} · {severity(rule)}", "", fill(rule.summary, width)]
    for title, prose in (("Why", rule.why), ("Fix", rule.fix)):
        body = fill(prose, width, initial_indent="  ", subsequent_indent="  ")
        parts += ["", strong(title), body]
    for title, example in (("Not this", rule.bad), ("But this", rule.good)):
        if example:
            parts += ["", strong(title), indent(example, "    ")]
    return "\n".join(parts) + "\n"


def listing(rules: Iterable[RulePage]) -> str:
    """All rules in their groups, one line each."""
    pages = tuple(rules)
    ids = max((len(each.id) for each in pages), default=0)
    severities = max((len(severity(each)) for each in pages), default=0)
    blocks = []
    for group, members in groupby(pages, key=lambda each: each.group):
        lines = (
            f"  {each.id:<{ids}}  {severity(each):<{severities}}  {each.summary}"
            for each in members
        )
        blocks.append("\n".join((group, *lines)) + "\n")
    return "\n".join((*blocks, "What one wants, why, and how to fix it: casework explain RULE\n"))


def data(rule: RulePage) -> dict[str, Any]:
    """One rule as an object for programs; what a rule does not have is null."""
    return {
        "rule": rule.id,
        "group": rule.group,
        "severity": rule.severity.value,
        "draft_severity": rule.draft_severity.value if rule.draft_severity else None,
        "summary": rule.summary,
        "why": rule.why,
        "fix": rule.fix,
        "bad": rule.bad or None,
        "good": rule.good or None,
    }


def severity(rule: RulePage) -> str:
    """How bad a finding of the rule is, in words."""
    if rule.draft_severity is None:
        return rule.severity.value
    return f"{rule.severity.value}, {rule.draft_severity.value} in a draft"


def page(rules: Iterable[RulePage]) -> str:
    """docs/rules.md: a table of contents for each group, then every rule's page."""
    pages = tuple(rules)
    blocks = [_INTRODUCTION]
    for group, members in groupby(pages, key=lambda each: each.group):
        rows = (
            f"| [`{each.id}`](#{each.id}) | {severity(each)} | {_in_cell(each.summary)} |"
            for each in members
        )
        head = f"**{group}**\n\n| rule | severity | holds when |\n| --- | --- | --- |\n"
        blocks.append(head + "\n".join(rows) + "\n")
    return "\n".join((*blocks, *(markdown(each) for each in pages)))


def markdown(rule: RulePage) -> str:
    """One rule's page as Markdown, under a heading that its id links to."""
    parts = [
        f"## {rule.id}\n",
        f"{rule.group} · {severity(rule)}\n",
        f"{rule.summary}\n",
        f"**Why:** {rule.why}\n",
        f"**Fix:** {rule.fix}\n",
    ]
    for title, example in (("Not this:", rule.bad), ("But this:", rule.good)):
        if example:
            parts.append(f"{title}\n\n```text\n{example}\n```\n")
    return "\n".join(parts)


def _in_cell(words: str) -> str:
    return words.replace("|", "\\|")


def _bold(words: str) -> str:
    return f"\x1b[1m{words}\x1b[0m"
