"""A report as other programs read it, and as the cache keeps it. Nothing else knows the wire.

The types in memory and those on the wire differ on purpose: `schemas/report.schema.json`
describes the wire, and changes there are changes of a public format.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from casework.model.finding import Finding, Severity
from casework.model.fiscal import Quarter
from casework.model.rating import Rating
from casework.model.report import (
    Assessment,
    Because,
    CaseReport,
    Earliest,
    JudgedQuarter,
    Report,
    Requirement,
    State,
    Verdict,
)
from casework.render.escape import INVISIBLE

Wire = dict[str, Any]
"""What JSON can say, as Python reads it."""


def report_to_wire(report: Report) -> Wire:
    """The object that `--format json` prints."""
    return {
        "report": 1,
        "as_of": report.as_of.isoformat(),
        "framework": report.framework,
        "cases": [case_to_wire(each) for each in report.cases],
        "findings": [finding_to_wire(each) for each in report.findings],
    }


def to_json(report: Report) -> str:
    """The report as JSON text, the same bytes for the same report."""
    return json_text(report_to_wire(report))


def json_text(data: Wire) -> str:
    """JSON for people and programs to read: indented, beyond ASCII, with a final newline."""
    import json

    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    # Neither a terminal nor a reader is to be deceived by what a file holds; and the bytes of a
    # path that is not UTF-8 have no character of their own to be printed as.
    text = INVISIBLE.sub(lambda match: _escaped(match[0]), text)
    # In a job's log `##[` could begin a command to the runner; it only stands inside strings here.
    return text.replace("##[", "#\\u0023[")


def _escaped(character: str) -> str:
    """A character as JSON spells it out, by its units in UTF-16."""
    return re.sub("....", r"\\u\g<0>", character.encode("utf-16-be", "surrogatepass").hex())


def case_to_wire(case: CaseReport) -> Wire:
    """A case as the report shows it."""
    return {
        "path": case.path,
        "person": case.person,
        "kind": case.kind,
        "from": case.from_level,
        "to": case.to_level,
        "review": case.review,
        "status": case.status,
        "verdict": case.verdict.value,
        "requirements": [_requirement_to_wire(each) for each in case.assessment.requirements],
        "quarters": [_quarter_to_wire(each) for each in case.assessment.quarters],
        "earliest": _earliest_to_wire(case.assessment.earliest),
    }


def finding_to_wire(finding: Finding) -> Wire:
    """A finding as the report shows it."""
    return {**finding._asdict(), "severity": finding.severity.value}


def finding_from_wire(wire: Mapping[str, Any]) -> Finding:
    """The finding that was written so. KeyError, TypeError or ValueError when it was not."""
    return Finding(**{**wire, "severity": Severity(wire["severity"])})


def case_to_cache(case: CaseReport) -> Wire:
    """A case with all that the report leaves out, for the cache."""
    assessment = case.assessment
    return {
        "case": case_to_wire(case),
        "as_of": assessment.as_of.isoformat(),
        "more": assessment.earliest.more if assessment.earliest else None,
        "unrated": [each.label for each in assessment.unrated],
        "lower_since": [each.label for each in assessment.lower_since],
    }


def case_from_cache(wire: Mapping[str, Any]) -> CaseReport:
    """The case that was kept so. KeyError, TypeError or ValueError when it was not."""
    case = wire["case"]
    return CaseReport(
        path=case["path"],
        person=case["person"],
        kind=case["kind"],
        from_level=case["from"],
        to_level=case["to"],
        review=case["review"],
        status=case["status"],
        verdict=Verdict(case["verdict"]),
        assessment=Assessment(
            as_of=date.fromisoformat(wire["as_of"]),
            requirements=tuple(_requirement_from_wire(each) for each in case["requirements"]),
            quarters=tuple(_quarter_from_wire(each) for each in case["quarters"]),
            earliest=_earliest_from_wire(case["earliest"], wire["more"]),
            unrated=tuple(_quarter(each) for each in wire["unrated"]),
            lower_since=tuple(_quarter(each) for each in wire["lower_since"]),
        ),
    )


def _requirement_to_wire(requirement: Requirement) -> Wire:
    return {
        "id": requirement.id,
        "state": requirement.state.value,
        "quarters": [each.label for each in requirement.quarters],
        "detail": requirement.detail,
    }


def _requirement_from_wire(wire: Mapping[str, Any]) -> Requirement:
    quarters = tuple(_quarter(each) for each in wire["quarters"])
    return Requirement(wire["id"], State(wire["state"]), quarters, wire["detail"])


def _quarter_to_wire(judged: JudgedQuarter) -> Wire:
    return {
        "quarter": judged.quarter.label,
        "ratings": {category: rating.word for category, rating in judged.ratings.items()},
        "counts": judged.counts,
        "because": judged.because.value if judged.because else None,
        "used_for": judged.used_for,
    }


def _quarter_from_wire(wire: Mapping[str, Any]) -> JudgedQuarter:
    return JudgedQuarter(
        quarter=_quarter(wire["quarter"]),
        ratings={category: Rating[word.upper()] for category, word in wire["ratings"].items()},
        because=Because(wire["because"]) if wire["because"] else None,
        used_for=wire["used_for"],
    )


def _earliest_to_wire(earliest: Earliest | None) -> Wire | None:
    return earliest and {"quarter": earliest.quarter.label, "review": earliest.review}


def _earliest_from_wire(wire: Mapping[str, Any] | None, more: int | None) -> Earliest | None:
    if wire is None or more is None:
        return None
    return Earliest(_quarter(wire["quarter"]), wire["review"], more)


def _quarter(label: str) -> Quarter:
    quarter = Quarter.parse(label)
    if quarter is None:
        raise ValueError(label)
    return quarter
