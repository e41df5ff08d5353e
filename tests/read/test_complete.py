"""Every field of every schema is read: broken, each one is found, and each knob has its effect.

`complete/` holds a file of each kind that has all its fields; a new field without a place there
fails a test.
"""

import copy
import json
from pathlib import Path

import pytest

from casework.model.blob import Blob
from casework.model.finding import Flaw
from casework.model.policy import Approvals, Policy
from casework.read.documents import read_document
from casework.read.explanation import explain
from casework.read.policy import read_policy
from casework.read.schema import conforms
from casework.read.yaml_text import YamlText
from tests.read.files import CASE, ROOT, schemas

COMPLETE = Path(__file__).parent / "complete"
PATHS = {
    "case": CASE,
    "people": "cases/people.yaml",
    "framework": "framework/framework.yaml",
    "level": "framework/levels/ic1.yaml",
    "policy": "framework/policy.yaml",
    "wording": "framework/wording.yaml",
}


def flaws_of(document, kind, data):
    yaml = YamlText(data, dict(document.places))
    return () if conforms(data, schemas().get(kind)) else explain(yaml, schemas().get(kind), kind)


def complete(kind):
    if kind == "wording":  # the shipped one has every field
        content = (ROOT / PATHS[kind]).read_bytes()
    else:
        ending = "md" if kind == "case" else "yaml"
        content = (COMPLETE / f"{kind}.{ending}").read_bytes()
    return read_document(Blob(PATHS[kind], content), schemas())


def schema_fields(kind):
    """The paths of all fields; `*` stands for any key of a mapping or item of a list."""
    root = json.loads((ROOT / "schemas" / f"{kind}.schema.json").read_text("utf-8"))

    def visit(node, path):
        if "$ref" in node:
            node = {**root["$defs"][node["$ref"].rpartition("/")[2]], **node}
            del node["$ref"]
        for name, child in node.get("properties", {}).items():
            yield (*path, name)
            yield from visit(child, (*path, name))
        for key in ("additionalProperties", "items"):
            if isinstance(node.get(key), dict):
                yield from visit(node[key], (*path, "*"))

    return list(dict.fromkeys(visit(root, ())))


def resolve(data, path):
    """The path with its stars filled in by the first keys or items that lead on; else None."""
    if not path:
        return ()
    step, *rest = path
    if not isinstance(data, list | dict):
        return None
    steps = [step]
    if step == "*":
        steps = range(len(data)) if isinstance(data, list) else list(data)
    for each in steps:
        if isinstance(data, list) or each in data:
            inner = resolve(data[each], rest)
            if inner is not None:
                return (each, *inner)
    return None


def value(data, path):
    for step in path:
        data = data[step]
    return data


def with_value(data, path, value):
    changed = copy.deepcopy(data)
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return changed


FIELDS = [(kind, field) for kind in PATHS for field in schema_fields(kind)]


@pytest.mark.parametrize("kind", PATHS)
def test_complete_files_are_right(kind):
    assert complete(kind).flaws == ()


@pytest.mark.parametrize(
    ("kind", "field"), FIELDS, ids=lambda each: each if isinstance(each, str) else ".".join(each)
)
def test_a_field_of_the_wrong_type_is_found_at_its_place(kind, field):
    document = complete(kind)
    path = resolve(document.data, field)
    assert path, f"tests/read/complete/{kind} must have the field {field}"
    wrongs = (3.5,) if isinstance(value(document.data, path), dict) else (3.5, {"un": "fit"})
    for wrong in wrongs:
        flaws = flaws_of(document, kind, with_value(document.data, path, wrong))
        assert document.at(*path) in {flaw.at for flaw in flaws}, (path, wrong, flaws)
        assert {flaw.rule for flaw in flaws} <= {
            "wrong-type",
            "invalid-value",
            "missing-field",
            "unknown-field",
        }
        assert all(isinstance(flaw, Flaw) and flaw.help for flaw in flaws)


@pytest.mark.parametrize(
    ("kind", "field"), FIELDS, ids=lambda each: each if isinstance(each, str) else ".".join(each)
)
def test_a_misspelt_field_is_found(kind, field):
    document = complete(kind)
    path = resolve(document.data, field)
    misspelt = f"{path[-1]}x"
    broken = with_value(document.data, (*path[:-1], misspelt), "x")
    flaws = flaws_of(document, kind, broken)
    assert any(f"`{misspelt}`" in flaw.message for flaw in flaws), flaws


def test_every_knob_reaches_the_policy():
    """complete/policy.yaml sets each knob to something else than its default."""
    policy = read_policy(complete("policy"))
    assert [
        name for name in Policy._fields if getattr(policy, name) == getattr(Policy(), name)
    ] == []
    assert [
        n for n in Approvals._fields if getattr(policy.approvals, n) == getattr(Approvals(), n)
    ] == []
    assert policy.calendar.starts == 1
    assert policy.calendar.named_after_end is False
    assert (policy.current_level.quarters, policy.next_level.quarters) == (2, 3)
    assert len({policy.current_level.rating, policy.next_level.rating}) == 2


def test_defaults_of_the_schema_are_those_of_the_program():
    root = json.loads((ROOT / "schemas" / "policy.schema.json").read_text("utf-8"))["properties"]
    promotion = root["promotion"]["properties"]
    default = Policy()
    for knob in (
        "a_quarter_may_count_twice",
        "consecutive",
        "window_quarters",
        "grace_days",
        "evidence_per_cell",
        "skip_levels",
    ):
        assert promotion[knob]["default"] == getattr(default, knob), knob
    for knob in ("expected_level", "record_within_days"):
        assert root[knob]["default"] == getattr(default, knob), knob
    for knob in ("required", "at_or_above_target", "answer_within_days"):
        assert root["approvals"]["properties"][knob]["default"] == getattr(
            default.approvals, knob
        ), knob
    for knob, bar in (("current_level", default.current_level), ("next_level", default.next_level)):
        fields = promotion[knob]["properties"]
        assert (fields["quarters"]["default"], fields["rating"]["default"]) == (
            bar.quarters,
            bar.rating.word,
        )
