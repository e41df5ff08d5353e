"""Findings as workflow commands, which GitHub shows beside the changed lines."""

from casework.model.finding import Finding
from casework.render.escape import command_data, command_property


def annotations(findings: tuple[Finding, ...]) -> str:
    """A command for each finding, one a line."""
    return "".join(f"{_command(each)}\n" for each in findings)


def _command(finding: Finding) -> str:
    place = {
        "file": finding.path,
        "line": str(finding.line),
        "col": str(finding.column),
        "title": finding.rule,
    }
    properties = ",".join(f"{name}={command_property(value)}" for name, value in place.items())
    message = "\n".join(filter(None, (finding.message, finding.help)))
    return f"::{finding.severity.value} {properties}::{command_data(message)}"
