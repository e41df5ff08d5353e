import copy
import json
import re
from functools import cache

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.model.blob import Blob
from casework.read.schema import ANNOTATIONS, KEYWORDS, conforms, is_date, read_schemas
from casework.read.yaml_text import read_yaml
from tests.read.files import FRONT_MATTER, ROOT, schemas

NAMES = sorted(schemas().by_name)
REPORT = {
    "report": 1, "as_of": "2026-11-22", "framework": "1.0.0",
    "cases": [{
        "path": "cases/a/2027-02.md", "person": "a", "kind": "promotion", "from": "IC2",
        "to": "IC3",
        "review": "2027-02", "status": "submitted", "verdict": "not-ready",
        "requirements": [{"id": "values", "state": "unmet", "quarters": ["FY27-Q4"],
         "detail": "x"}],
        "quarters": [{"quarter": "FY27-Q4", "ratings": {"proficiency": "next"}, "counts": False,
                      "because": "not-ended", "used_for": None}],
        "earliest": {"quarter": "FY27-Q4", "review": None}}],
    "findings": [{"rule": "hedge", "severity": "notice", "path": "x", "line": 1, "column": 1,
                  "message": "m", "help": "h"}],
}  # fmt: skip


def file_of(path):
    return read_yaml((ROOT / path).read_text("utf-8")).data


def printed(name, folder="cli/expected"):
    """What a command prints, which its own tests hold current."""
    return json.loads((ROOT / "tests" / folder / f"{name}.json").read_text("utf-8"))


VALID = {
    "case": [
        read_yaml(FRONT_MATTER).data,
        read_yaml(
            FRONT_MATTER.replace("submitted", "promoted")
            + "decided: 2027-02-20\neffective: 2027-03-01\nframework: 1.0.0\n"
        ).data,
        read_yaml(
            re.sub("(to|review): .*\n", "", FRONT_MATTER.replace("promotion", "in-band-increase"))
        ).data,
    ],
    "framework": [file_of("framework/framework.yaml")],
    "level": [file_of("framework/levels/ic1.yaml"), file_of("framework/levels/ic6.yaml")],
    "people": [file_of("cases/people.yaml")],
    "policy": [file_of("framework/policy.yaml")],
    "wording": [file_of("framework/wording.yaml")],
    "report": [REPORT],
    "history": [printed(each, "cli/histories") for each in ("all", "case", "person")],
    "audit": [printed("2026-11-22-audit", "careers/read")],
    "growth": [printed("growth")],
    "status": [printed("status"), printed("status-asked")],
}
MULTIPLE = {"properties", "$defs"}
SINGLE = {"items", "additionalProperties", "propertyNames", "if", "then", "else", "not"}


def subschemas(schema):
    """A schema and all within it, as pairs of a path and a schema."""
    todo = [((), schema)]
    while todo:
        path, each = todo.pop()
        if isinstance(each, dict):
            yield path, each
            for keyword, inner in each.items():
                if keyword in MULTIPLE:
                    todo += [((*path, keyword, name), one) for name, one in inner.items()]
                elif keyword in SINGLE:
                    todo.append(((*path, keyword), inner))
                elif keyword == "allOf":
                    todo += [((*path, keyword, place), one) for place, one in enumerate(inner)]


def test_every_file_has_its_schema():
    assert sorted(VALID) == NAMES


@pytest.mark.parametrize("name", NAMES)
class TestEachSchema:
    def test_is_a_schema(self, name):
        schema = schemas().get(name)
        jsonschema.Draft202012Validator.check_schema(schema)
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert schema["$id"] == f"{name}.schema.json"

    def test_uses_only_what_the_quick_answer_knows(self, name):
        used = {keyword for _, each in subschemas(schemas().get(name)) for keyword in each}
        assert used <= KEYWORDS | ANNOTATIONS

    def test_describes_every_property(self, name):
        conditions = {"if", "then", "else"}
        properties = {
            path: each
            for path, each in subschemas(schemas().get(name))
            if len(path) > 1 and path[-2] == "properties" and not conditions & set(path)
        }
        assert properties
        assert not [path for path, each in properties.items() if not each.get("description")]

    def test_accepts_what_is_right(self, name):
        validator = jsonschema.Draft202012Validator(schemas().get(name))
        for data in VALID[name]:
            assert not list(validator.iter_errors(data))
            assert conforms(data, schemas().get(name))

    def test_closes_every_group_of_named_fields(self, name):
        conditions = {"if", "then", "else", "not"}
        for path, each in subschemas(schemas().get(name)):
            if "properties" in each and not conditions & set(path):
                assert each.get("additionalProperties") is False, path


VALUES = st.sampled_from([
    None, True, False, 0, 1, -1, 1.0, 2.5, 21, 10**30, float("inf"), float("nan"), "", " ", "x",
    "IC3",
    "2027-02-28", "2027-02-30", "2027-2-1", "0001-01-01", "draft", "granted", "in-band-increase",
    "next", "1.0.0", "1.0", "A", "a-b", [], ["x"], [None], {}, {"x": 1}, {"quarters": 0}, [{}],
])  # fmt: skip
NAMED = st.sampled_from([
    "x", "", "to", "review", "decided", "effective", "FY27-Q1", "FY27Q1", "a b", "level",
    "finalised",
])  # fmt: skip


def groups(data):
    """All lists and mappings of some data, each before those within it."""
    found = []
    todo = [data]
    while todo:
        each = todo.pop()
        if isinstance(each, dict | list):
            found.append(each)
            todo += each.values() if isinstance(each, dict) else each
    return found


@st.composite
def damaged(draw, name):
    data = copy.deepcopy(draw(st.sampled_from(VALID[name])))
    for _ in range(draw(st.integers(1, 3))):
        found = groups(data)
        group = found[draw(st.integers(0, len(found) - 1))]
        value = copy.deepcopy(draw(VALUES))
        if isinstance(group, list):
            group.insert(draw(st.integers(0, len(group))), value)
        elif draw(st.booleans()) or not group:
            group[draw(NAMED)] = value
        else:
            key = sorted(group)[draw(st.integers(0, len(group) - 1))]
            if draw(st.booleans()):
                group[key] = value
            else:
                del group[key]
    return data


@cache
def validator(name):
    checker = jsonschema.FormatChecker(formats=())
    checker.checks("date")(lambda text: not isinstance(text, str) or is_date(text))
    return jsonschema.Draft202012Validator(schemas().get(name), format_checker=checker)


@pytest.mark.parametrize("name", NAMES)
@settings(deadline=None)
@given(dice=st.data())
def test_the_quick_answer_is_that_of_a_real_validator(name, dice):
    data = dice.draw(damaged(name))
    assert conforms(data, schemas().get(name)) == validator(name).is_valid(data)


def test_a_pattern_ends_at_the_very_end():
    schema = {"type": "string", "pattern": "^a$"}
    assert conforms("a", schema)
    assert not conforms("a\n", schema)


@pytest.mark.parametrize(
    "schema",
    [{"oneOf": [{}]}, {"not": {"oneOf": [{}]}}, {"type": "colour"}, {"$ref": "#/$defs/no"},
     {"properties": 5}, {"pattern": "("}, {"properties": {"a": 5}}, {"required": 7}],
    ids=json.dumps,
)  # fmt: skip
def test_a_schema_that_is_not_understood_vouches_for_nothing(schema):
    assert not conforms({"a": "b"}, schema) or not conforms("a", schema)


def test_the_same_content_is_one_schema_and_another_is_another():
    one, same, other = (
        read_schemas([Blob("schemas/case.schema.json", content)]).get("case")
        for content in (b'{"type": "object"}', b'{"type": "object"}', b'{"type": "string"}')
    )
    assert one is same
    assert (one, other) == ({"type": "object"}, {"type": "string"})
