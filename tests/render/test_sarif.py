"""The SARIF log, held against the parts of the standard that it uses."""

import json

import jsonschema
import pytest
from tests.factories import a_finding
from tests.render.scenes import REVIEWS

from casework.check.registry import pages
from casework.model.rule import RulePage
from casework.render.sarif import sarif

TEXT = {"type": "string", "minLength": 1}


def closed(required, **properties):
    return {
        "type": "object",
        "properties": properties,
        "required": required.split(),
        "additionalProperties": False,
    }


MESSAGE = closed("text", text=TEXT)
RULE = closed(
    "id shortDescription fullDescription help defaultConfiguration",
    id=TEXT,
    shortDescription=MESSAGE,
    fullDescription=MESSAGE,
    help=closed("text markdown", text=TEXT, markdown=TEXT),
    defaultConfiguration=closed("level", level={"enum": ["error", "warning", "note"]}),
    properties=closed("tags", tags={"type": "array", "items": TEXT, "uniqueItems": True}),
)
PLACE = closed(
    "artifactLocation region",
    artifactLocation=closed(
        "uri uriBaseId", uri={"type": "string", "pattern": r"^[!-~]+$"}, uriBaseId={"const": "ROOT"}
    ),
    region=closed(
        "startLine startColumn",
        startLine={"type": "integer", "minimum": 1},
        startColumn={"type": "integer", "minimum": 1},
    ),
)
RESULT = closed(
    "ruleId level message locations",
    ruleId=TEXT,
    ruleIndex={"type": "integer", "minimum": 0},
    level={"enum": ["error", "warning", "note"]},
    message=MESSAGE,
    locations={"type": "array", "items": closed("physicalLocation", physicalLocation=PLACE)},
)
RUN = closed(
    "tool columnKind results",
    tool=closed(
        "driver",
        driver=closed(
            "name version rules",
            name=TEXT,
            version=TEXT,
            semanticVersion=TEXT,
            rules={"type": "array", "items": RULE},
        ),
    ),
    originalUriBaseIds={"type": "object"},
    columnKind={"const": "unicodeCodePoints"},
    results={"type": "array", "items": RESULT},
)
LOG = closed(
    "version runs",
    **{"$schema": TEXT},
    version={"const": "2.1.0"},
    runs={"type": "array", "items": RUN},
)


def a_log(*findings):
    report = REVIEWS["no-case"]().report._replace(findings=findings)
    log = json.loads(sarif(report, pages(), "0.1.0"))
    jsonschema.validate(log, LOG)
    return log["runs"][0]


def test_every_rule_is_described():
    rules = a_log()["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [page.id for page in pages()]
    assert all("**Fix:**" in rule["help"]["markdown"] for rule in rules)


def test_a_result_names_its_rule_by_place_too():
    run = a_log(a_finding("unsupported-rating"))
    (result,) = run["results"]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "unsupported-rating"


@pytest.mark.parametrize(
    ("severity", "level"), [("error", "error"), ("warning", "warning"), ("notice", "note")]
)
def test_severities_have_the_standards_names(severity, level):
    assert a_log(a_finding(severity=severity))["results"][0]["level"] == level


def test_paths_become_addresses():
    (result,) = a_log(a_finding(path="cases/a b/50%/é\udcff#?.md"))["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "cases/a%20b/50%25/%C3%A9%FF%23%3F.md"


def test_a_rule_without_a_page_is_still_reported():
    report = REVIEWS["no-case"]().report._replace(findings=(a_finding("unheard-of"),))
    page = RulePage("other", "Evidence", a_finding().severity, None, "S.", "W.", "F.")
    log = json.loads(sarif(report, [page], "0.1.0"))
    jsonschema.validate(log, LOG)
    assert "ruleIndex" not in log["runs"][0]["results"][0]
