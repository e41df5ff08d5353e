"""The report on the wire: what the schema says, and nothing lost on the way through the cache."""

import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories import a_finding
from tests.render.scenes import REVIEWS

from casework.model.case import Kind, Status
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
from casework.render import wire

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "schemas" / "report.schema.json").read_text("utf-8")
)
VALIDATOR = jsonschema.validators.validator_for(SCHEMA)(SCHEMA)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
named = st.text("abc-", min_size=1, max_size=8)
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))
quarters = st.builds(Quarter, st.integers(2000, 2099), st.integers(1, 4))
some_quarters = st.lists(quarters, max_size=3).map(tuple)
ids = st.sampled_from(
    ["next-level", "current-level-quarter", "next-level-quarter", "values", "talent-review",
     "approvals", "exceeds-current-level", "not-yet-next-level", "feedback"]
)  # fmt: skip
assessments = st.builds(
    Assessment,
    days,
    st.lists(st.builds(Requirement, ids, st.sampled_from(State), some_quarters, texts)).map(tuple),
    st.lists(
        st.builds(
            JudgedQuarter,
            quarters,
            st.dictionaries(named, st.sampled_from(Rating), max_size=3),
            st.none() | st.sampled_from(Because),
            st.none() | ids,
        ),
        max_size=3,
    ).map(tuple),
    st.none() | st.builds(Earliest, quarters, st.none() | named, st.integers(1, 9)),
    some_quarters,
    some_quarters,
)
cases = st.builds(
    CaseReport,
    named,
    *[st.none() | named],
    st.none() | st.sampled_from([each.value for each in Kind]),
    *[st.none() | named] * 3,
    st.none() | st.sampled_from([each.value for each in Status]),
    st.sampled_from(Verdict),
    assessments,
)
findings = st.builds(
    Finding, named, st.sampled_from(Severity), named, st.integers(1), st.integers(1), named, named
)
reports = st.builds(
    Report,
    days,
    st.none() | named,
    st.lists(cases, max_size=3).map(tuple),
    st.lists(findings, max_size=3).map(tuple),
)


@settings(deadline=None)
@given(cases)
def test_a_case_comes_back_from_the_cache_as_it_was(case):
    kept = json.loads(json.dumps(wire.case_to_cache(case)))
    assert wire.case_from_cache(kept) == case


@settings(deadline=None)
@given(findings)
def test_a_finding_comes_back_as_it_was(finding):
    kept = json.loads(json.dumps(wire.finding_to_wire(finding)))
    assert wire.finding_from_wire(kept) == finding


@settings(deadline=None)
@given(reports)
def test_every_report_fits_the_schema(report):
    VALIDATOR.validate(json.loads(wire.to_json(report)))


def test_the_schema_is_one():
    VALIDATOR.check_schema(SCHEMA)


@pytest.mark.parametrize("name", REVIEWS)
def test_real_reports_fit_it_too(name):
    VALIDATOR.validate(json.loads(wire.to_json(REVIEWS[name]().report)))


@pytest.mark.parametrize("broken", [{}, {"case": None}, {"case": {}}, []])
def test_what_is_no_case_is_not_taken_for_one(broken):
    with pytest.raises((KeyError, TypeError, ValueError)):
        wire.case_from_cache(broken)


def test_the_keys_are_those_of_the_contract():
    report = wire.report_to_wire(REVIEWS["not-ready"]().report)
    assert list(report) == ["report", "as_of", "framework", "cases", "findings"]
    assert list(report["cases"][0]) == [
        "path", "person", "kind", "from", "to", "review", "status", "verdict", "requirements",
        "quarters", "earliest",
    ]  # fmt: skip
    assert list(report["cases"][0]["requirements"][0]) == ["id", "state", "quarters", "detail"]
    assert list(report["cases"][0]["quarters"][0]) == [
        "quarter", "ratings", "counts", "because", "used_for",
    ]  # fmt: skip
    assert report["cases"][0]["earliest"] == {"quarter": "FY28-Q2", "review": None}
    assert list(report["findings"][0]) == [
        "rule", "severity", "path", "line", "column", "message", "help",
    ]  # fmt: skip


def test_json_is_read_by_people_too():
    report = REVIEWS["ready"]().report._replace(framework="1.0.0-é")
    text = wire.to_json(report)
    assert text.startswith('{\n  "report": 1,\n')
    assert "é" in text
    assert text.endswith("}\n")
    assert text == wire.to_json(report)


def test_json_can_be_printed_whatever_is_in_it():
    finding = a_finding(path="cases/\udcff.md", message="##[error]x")
    text = wire.to_json(REVIEWS["no-case"]().report._replace(findings=(finding,)))
    text.encode("utf-8")
    assert "##[" not in text
    assert json.loads(text)["findings"][0]["message"] == "##[error]x"
    assert json.loads(text)["findings"][0]["path"] == "cases/\udcff.md"


@pytest.mark.parametrize("hidden", ["\u202e", "\x9b", "\x7f", "\u2028", "\ufeff", "\U000e0041"])
def test_nothing_in_json_is_invisible_and_nothing_is_lost(hidden):
    written = wire.json_text({"message": f"a{hidden}b"})
    assert hidden not in written
    assert json.loads(written) == {"message": f"a{hidden}b"}
