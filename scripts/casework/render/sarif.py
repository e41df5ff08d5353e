"""Findings as SARIF 2.1.0, which code scanning and editors read."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from casework.model.finding import Finding, Severity
from casework.model.report import Report
from casework.model.rule import RulePage
from casework.render.wire import json_text

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}


def sarif(report: Report, rules: Sequence[RulePage], version: str) -> str:
    """The findings as a SARIF log of one run; `version` is the program's."""
    places = {rule.id: place for place, rule in enumerate(rules)}
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "Casework",
                        "version": version,
                        "semanticVersion": version,
                        "rules": [_rule(each) for each in rules],
                    }
                },
                "originalUriBaseIds": {
                    "ROOT": {"description": {"text": "The root of the repository."}}
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(each, places) for each in report.findings],
            }
        ],
    }
    return json_text(log)


def _rule(page: RulePage) -> dict[str, Any]:
    return {
        "id": page.id,
        "shortDescription": {"text": page.summary},
        "fullDescription": {"text": page.why or page.summary},
        "help": {
            "text": f"{page.summary}\n\nWhy: {page.why}\n\nFix: {page.fix}",
            "markdown": f"{page.summary}\n\n**Why:** {page.why}\n\n**Fix:** {page.fix}",
        },
        "defaultConfiguration": {"level": _LEVELS[page.severity]},
        "properties": {"tags": [page.group]},
    }


def _result(finding: Finding, places: dict[str, int]) -> dict[str, Any]:
    known = {"ruleIndex": places[finding.rule]} if finding.rule in places else {}
    return {
        "ruleId": finding.rule,
        **known,
        "level": _LEVELS[finding.severity],
        "message": {"text": "\n".join(filter(None, (finding.message, finding.help)))},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(finding.path), "uriBaseId": "ROOT"},
                    "region": {"startLine": finding.line, "startColumn": finding.column},
                }
            }
        ],
    }


def _uri(path: str) -> str:
    return quote(path.encode("utf-8", "surrogateescape"))
