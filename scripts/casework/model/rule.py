"""A rule's page: what it wants, why, and how to fix what it points out."""

from typing import NamedTuple

from casework.model.finding import Severity


class RulePage(NamedTuple):
    """Everything that `casework explain` and docs/rules.md tell of a rule."""

    id: str
    group: str
    """The heading it stands under, such as `Evidence`."""
    severity: Severity
    draft_severity: Severity | None
    """The severity while the case is a draft, where that differs."""
    summary: str
    why: str
    fix: str
    bad: str = ""
    """A line or a few that the rule objects to, where an example helps."""
    good: str = ""
    """The same, put right."""
