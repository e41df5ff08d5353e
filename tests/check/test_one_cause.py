"""One cause is one finding, and the finding names the cause: slips that managers make."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.check.repository import BASE, CASE, Example, findings, schemas
from tests.judging import Judge

Edit = tuple[str, str]
RATED = "{proficiency: meets, execution: exceeds, teamwork: meets}"
ITEM = (
    "- Split the move to the new index into three releases, and all customers were on it in May\n"
    "  ([plan](https://example.com/plan/7)). (shows: IC3-E1; witness: barbara-liskov)\n"
)


@pytest.fixture(scope="module")
def said() -> Callable[..., list[str]]:
    """What is found in the base's case after some edits, rule and message."""
    judge = Judge()

    def found(*edits: Edit) -> list[str]:
        text = (BASE / CASE).read_text("utf-8")
        for old, new in edits:
            assert old in text
            text = text.replace(old, new)
        return [f"{each.rule}: {each.message}" for each in judge(text.encode()).findings]

    return found


def an_item(text: str) -> Edit:
    return ITEM, f"- All 40 customers were on the new index in May. {text}\n"


@pytest.mark.parametrize(
    "edit",
    [
        ("## FY27-Q4", "## **FY27-Q4**"),
        ("## FY27-Q4", "## FY27-Q4:"),
        ("### Execution", "### __Execution:__"),
        ("IC3-E1; witness", "IC3-E1, witness"),
    ],
)
def test_what_can_only_mean_one_thing_is_read_as_that(said, edit: Edit) -> None:
    assert said(edit) == []


@pytest.mark.parametrize(
    ("edit", "rules"),
    [
        (("  FY27-Q4: {", "  fy27-q4: {"), ["invalid-value"]),
        (("  FY27-Q4: {", "  FY2027-Q4: {"), ["invalid-value"]),
        ((f"\n  FY27-Q4: {RATED}", " none"), ["wrong-type"]),
        (("{proficiency:", "{proficency:"), ["unknown-field"]),
        (("execution: exceeds", "execution:exceeds"), ["yaml-syntax"]),
        (("manager: grace", "manager:\u00a0grace"), ["yaml-syntax"]),
    ],
)
def test_a_slip_in_the_front_matter_is_told_once(said, edit: Edit, rules: list[str]) -> None:
    assert [each.partition(":")[0] for each in said(edit)] == rules


def test_values_that_are_to_be_merged_are_pointed_at(said) -> None:
    found = said(("proficiency: meets", "<<: {proficiency: meets}"))
    assert any(each.startswith("unknown-field") and "`<<`" in each for each in found)


@pytest.mark.parametrize(
    ("edit", "part"),
    [
        (an_item("(witness: Barbara Liskov)"), "is not in cases/people.yaml."),
        (an_item("witness: barbara-liskov"), "is outside round brackets, or in code."),
        (an_item("`(witness: barbara-liskov)`"), "is outside round brackets, or in code."),
        (an_item("(witness: grace-hopper)"), "its witness is the subject or the manager."),
        ((ITEM, ITEM[2:]), "what is there is not a list item."),
        ((ITEM, ""), "there is no evidence."),
    ],
)
def test_a_rating_says_why_its_evidence_does_not_support_it(said, edit: Edit, part: str) -> None:
    (message,) = [each for each in said(edit) if each.startswith("unsupported-rating")]
    assert message.endswith(part)


def test_a_witness_whom_nobody_knows_is_not_also_a_missing_one(said) -> None:
    found = said(an_item("(witness: @bliskov)"))
    assert [each.partition(":")[0] for each in found] == ["unsupported-rating", "unknown-witness"]
    assert found[1].endswith("it is `@bliskov`. Did you mean `barbara-liskov`?")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("## FY27-Q4", "# FY27-Q4", 17),
        ("## FY27-Q4", "##FY27-Q4", 17),
        ("## FY27-Q4", "<!-- to do\n## FY27-Q4", 18),
    ],
)
def test_a_heading_that_is_none_is_pointed_at(said, old: str, new: str, line: int) -> None:
    found = said((old, new))
    (message,) = [each for each in found if "section `## FY27-Q4`" in each]
    assert f" Line {line} looks like it, and is none: it needs `## `" in message


def test_a_heading_that_says_more_is_matched_by_its_beginning(said) -> None:
    found = said(("## FY27-Q4", "## FY27-Q4 (November to January)"))
    assert "Did you mean `FY27-Q4`?" in next(each for each in found if each.startswith("unrated"))


def test_evidence_without_any_rating(said) -> None:
    found = said((f"\n  FY27-Q4: {RATED}", " {}"))
    assert len(found) == 1
    assert found[0].endswith("that the front matter rates; it rates none, and this is `FY27-Q4`.")


def test_a_space_that_looks_like_one(said) -> None:
    (message,) = said(("to: IC3", "to: IC3\u00a0"))
    assert "it is `IC3[no-break space]`. Did you mean `IC3`?" in message


FRAMEWORK = "framework/framework.yaml"
LEVEL = "framework/levels/ic3.yaml"
PEOPLE = "cases/people.yaml"


@pytest.mark.parametrize(
    ("path", "edit", "checked", "rules"),
    [
        (FRAMEWORK, ("levels: [IC1, IC2, IC3]", "levels: []"), LEVEL, []),
        (FRAMEWORK, ("levels: [IC1, IC2, IC3]", "levels: [IC1, IC2, ic3]"), LEVEL, []),
        (LEVEL, ("level: IC3", "level: IC2"), LEVEL, ["path-mismatch"]),
        (LEVEL, ("id: IC3-E1", "id: IC3-E01"), LEVEL, ["invalid-value"]),
        (LEVEL, ("  execution:", "  exekution:"), LEVEL, ["unknown-field"]),
        (PEOPLE, ("level: IC2,", "level: IC9,"), CASE, []),
        (PEOPLE, ("manager: grace-hopper", "manager: grace"), CASE, []),
        (PEOPLE, ("people:\n", "people:\nothers:\n"), CASE, []),
        (PEOPLE, ("people:\n", "people:\nothers:\n"), "framework/policy.yaml", []),
    ],
)
def test_what_is_wrong_in_one_file_is_not_told_of_another(
    path: str, edit: Edit, checked: str, rules: list[str], tmp_path: Path
) -> None:
    for each in {path, checked}:
        place = tmp_path / "bad" / each
        place.parent.mkdir(parents=True, exist_ok=True)
        text = (BASE / each).read_text("utf-8")
        if each == path:
            assert edit[0] in text
            text = text.replace(*edit)
        place.write_text(text, "utf-8")
    found = findings(Example(tmp_path / "bad"), tmp_path / "root", schemas())
    assert [each.rule for each in found if each.path == checked] == rules
