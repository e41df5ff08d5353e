import re

import pytest

from casework.model.blob import Blob
from casework.read.documents import read_document
from casework.read.schema import read_schemas
from tests.read.files import CASE, FRONT_MATTER, a_document, front_matter_flaws

JARGON = re.compile(r"schema|propert|object|array|string|integer|boolean|regex|pattern|enum|None")

# what is changed, into what, the flaws as rule, line, column, and a word of the message
CHANGES = [
    ("submitted", "sumbitted", [("invalid-value", 9, 9, "Did you mean `submitted`?")]),
    ("submitted", "granted", [("invalid-value", 9, 9, "promoted, not-yet; it is `granted`"),
                              ("missing-field", 1, 1, "`decided`"),
                              ("missing-field", 1, 1, "`effective`")]),
    ("submitted", "promoted", [("missing-field", 1, 1, "`decided`: a decided case"),
                               ("missing-field", 1, 1, "`effective`: a case that is promoted")]),
    ("submitted", "not-yet", [("missing-field", 1, 1, "`decided`")]),
    ("submitted", "not-yet\ndecided: 2027-02-01\neffective: 2027-03-01",
     [("unknown-field", 11, 1, "`effective`")]),
    ("submitted", "draft\ndecided: 2027-02-01", [("unknown-field", 10, 1, "`decided`")]),
    ("kind: promotion", "kind: in-band-increase", [("unknown-field", 5, 1, "`to`"),
                                                   ("unknown-field", 8, 1, "`review`")]),
    ("kind: promotion", "kind: promotoin", [("invalid-value", 3, 7, "Did you mean `promotion`?")]),
    ("kind: promotion\n", "", [("missing-field", 1, 1, "`kind`")]),
    ("to: IC3\n", "", [("missing-field", 1, 1, "`to`: a promotion")]),
    ("manager: grace-hopper\n", "", [("missing-field", 1, 1, "`manager`")]),
    ("manager: grace-hopper", "manager:", [("wrong-type", 7, 9, "nothing is there")]),
    ("manager: grace-hopper", "manager: [a]", [("wrong-type", 7, 10, "it is a list")]),
    ("manager: grace-hopper", "manager: {a: b}", [("wrong-type", 7, 10, "a group of fields")]),
    ("manager: grace-hopper", "manager: true", [("wrong-type", 7, 10, "it is `true`")]),
    ("manager: grace-hopper", 'manager: " "', [("invalid-value", 7, 10, "it is empty")]),
    ("from: IC2", "from: 2", [("wrong-type", 4, 7, "it is the number `2`")]),
    ("status:", "statsu:", [("unknown-field", 9, 1, "Did you mean `status`?")]),
    ("level_since", "level-since", [("unknown-field", 6, 1, "Did you mean `level_since`?")]),
    ("review:", "colour: red\nreview:", [("unknown-field", 8, 1, "`colour` is not")]),
    ("2025-02-01", "2025-02-30", [("invalid-value", 6, 14, "a date such as 2027-02-28")]),
    ("2025-02-01", "1 February", [("invalid-value", 6, 14, "a date such as 2027-02-28")]),
    ("2025-02-01", "2025-2-1", [("invalid-value", 6, 14, "it is `2025-2-1`")]),
    ("2025-02-01", "20250201", [("wrong-type", 6, 14, "it is the number `20250201`")]),
    ("2025-02-01", "٢٠٢٥-02-01", [("invalid-value", 6, 14, "a date")]),
    ("2025-02-01", '"2025-02-01\\n"', [("invalid-value", 6, 14, "a date")]),
    ("status: submitted", "status: submitted\nframework: 1.0",
     [("wrong-type", 10, 12, "a version such as 1.0.0; it is the number `1.0`")]),
    ("FY27-Q2:", "FY27Q2:", [("invalid-value", 11, 3, "a quarter such as FY27-Q1; `FY27Q2`")]),
    ("FY27-Q2:", "FY27-Q5:", [("invalid-value", 11, 3, "FY27-Q1")]),
    ("FY27-Q2:", "7:", [("invalid-value", 11, 3, "`7` is not")]),
    ("FY27-Q2:", "null:", [("invalid-value", 11, 3, "`null` is not")]),
    ("meets", "met", [("invalid-value", 11, 26, "`proficiency` of `FY27-Q2`")]),
    ("meets", "Meets", [("invalid-value", 11, 26, "Did you mean `meets`?")]),
    ("meets", "3", [("wrong-type", 11, 26, "one of below, meets, exceeds, next")]),
    ("{proficiency: meets, execution: exceeds, teamwork: exceeds}", "meets",
     [("wrong-type", 11, 12, "a rating for each category")]),
    ("quarters:\n  FY27-Q2: {proficiency: meets, execution: exceeds, teamwork: exceeds}",
     "quarters: FY27-Q2", [("wrong-type", 10, 11, "`quarters` must be")]),
    ("review: 2027-02", "review: &x 2027-02\nframework: *x", [("yaml-alias", 8, 9, "`&x`")]),
    ("IC3", "!!str IC3", [("invalid-value", 5, 5, "`!!str`")]),
]  # fmt: skip


def shown(flaws):
    return sorted((flaw.rule, *flaw.at) for flaw in flaws)


@pytest.mark.parametrize(("what", "into", "expected"), CHANGES)
def test_what_is_wrong_in_a_case_is_said_where_it_is_and_once(what, into, expected):
    assert what in FRONT_MATTER
    flaws = front_matter_flaws(FRONT_MATTER.replace(what, into, 1))
    assert shown(flaws) == sorted(each[:3] for each in expected)
    for rule, line, column, words in expected:
        messages = [f.message for f in flaws if (f.rule, *f.at) == (rule, line, column)]
        assert any(words in message for message in messages)


@pytest.mark.parametrize(("what", "into", "expected"), CHANGES)
def test_nobody_needs_to_know_what_a_schema_is(what, into, expected):
    for flaw in front_matter_flaws(FRONT_MATTER.replace(what, into, 1)):
        assert not JARGON.search(flaw.message + flaw.help)
        assert "\n" not in flaw.message + flaw.help
        assert re.search(r"\bmust\b", flaw.message)
        assert flaw.message.endswith((".", "?"))
        assert flaw.help.endswith(".")


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("cases/people.yaml", "people:\n  bob: {name: B, github: b, level: IC1}\n",
         [("missing-field", 2, 3), ("missing-field", 2, 3)]),
        ("cases/people.yaml", "people:\n  Bob B: {name: B, github: b}\n",
         [("invalid-value", 2, 3)]),
        ("cases/people.yaml", "people:\n  bob: {name: B, github: -b}\n",
         [("invalid-value", 2, 26)]),
        ("cases/people.yaml", "people:\n  bob: {name: B, github: '@b'}\n",
         [("invalid-value", 2, 26)]),
        ("cases/people.yaml", "people:\n  bob: {name: B, github: b_acme}\n", []),
        ("cases/people.yaml", "people:\n  bob: {nmae: B, github: b}\n", [("unknown-field", 2, 9)]),
        ("cases/people.yaml", "people: []\n", [("wrong-type", 1, 9)]),
        ("cases/people.yaml", "- a\n", [("wrong-type", 1, 1)]),
        ("cases/people.yaml", "", [("wrong-type", 1, 1)]),
        ("framework/policy.yaml", "{}\n", []),
        ("framework/policy.yaml", "promotion: {current_level: {quarters: 0}}\n",
         [("invalid-value", 1, 39)]),
        ("framework/policy.yaml", "promotion: {current_level: {rating: excede}}\n",
         [("invalid-value", 1, 37)]),
        ("framework/policy.yaml", "promotion: {window_quarters: null}\n", []),
        ("framework/policy.yaml", "promotion: {window_quarters: soon}\n", [("wrong-type", 1, 30)]),
        ("framework/policy.yaml", "promotion: {grace_days: 1.5}\n", [("wrong-type", 1, 25)]),
        ("framework/policy.yaml", "promotion: {grace_days: 99999999999999999999}\n",
         [("invalid-value", 1, 25)]),
        ("framework/policy.yaml", "promotion: {skip_levels: yes}\n", [("wrong-type", 1, 26)]),
        ("framework/policy.yaml", "fiscal_year: {starts: Febuary}\n", [("invalid-value", 1, 23)]),
        ("framework/policy.yaml", "talent_reviews:\n- {id: a, opens: 2027-02-01}\n- 5\n",
         [("missing-field", 2, 3), ("missing-field", 2, 3), ("wrong-type", 3, 3)]),
        ("framework/policy.yaml", "approvals: {reviewers: [a, 5]}\n", [("wrong-type", 1, 28)]),
        ("framework/framework.yaml",
         "version: 1.0\ntrack: T\ncategories: []\nlevels: [IC1]\nvalues: []\n",
         [("invalid-value", 3, 13), ("wrong-type", 1, 10)]),
        ("framework/levels/ic1.yaml", "level: IC1\nname: A\nsummary: B\n",
         [("missing-field", 1, 1)]),
        ("framework/levels/ic1.yaml", "level: IC1\nname: A\nsummary: B\nfinalised: false\n", []),
        ("framework/levels/ic1.yaml",
         ("level: IC1\nname: A\nsummary: B\ncategories:\n"
          "  p: {summary: C, behaviours: [{id: P1, text: D}]}\n"),
         [("invalid-value", 5, 37)]),
    ],
)  # fmt: skip
def test_data_files_are_checked_as_strictly(path, text, expected):
    document = a_document(text, path)
    assert shown(document.flaws) == expected
    assert not any(JARGON.search(flaw.message + flaw.help) for flaw in document.flaws)


def test_names_in_messages_are_shortened_and_cannot_break_out():
    (flaw,) = front_matter_flaws(FRONT_MATTER + f"'{'x`' * 500}': 1\n")
    assert len(flaw.message) < 300
    assert flaw.message.count("`") == 2


def test_without_its_schema_a_file_has_not_passed():
    content = f"---\n{FRONT_MATTER}---\n".encode()
    for schemas in ([], [Blob("schemas/case.schema.json", b'{"type": "colour"}')]):
        document = read_document(Blob(CASE, content), read_schemas(schemas))
        assert [flaw.rule for flaw in document.flaws] == ["unreadable-file"]


def test_a_schema_that_says_more_than_the_quick_answer_knows_is_obeyed():
    content = f"---\n{FRONT_MATTER}---\n".encode()
    for keyword, passes in (('{"oneOf": [true]}', True), ('{"oneOf": [false]}', False)):
        schemas = read_schemas([Blob("schemas/case.schema.json", keyword.encode())])
        assert (not read_document(Blob(CASE, content), schemas).flaws) == passes


@pytest.mark.parametrize(
    ("path", "text", "message", "remedy"),
    [
        ("framework/policy.yaml", 'promotion: {skip_levels: "true"}\n',
         "it is `true`, a text because of its quotes.", "Write true or false, without quotes."),
        ("framework/policy.yaml", 'record_within_days: "30"\n',
         "it is `30`, a text because of its quotes.",
         "Write a whole number from 0 to 366, without quotes."),
        ("cases/people.yaml", "people: {a: {name: 42, github: a}}\n", "it is the number `42`.",
         "Write text, not left empty, in quotes if it looks like a number or like true or false."),
        ("cases/people.yaml", "people: {Ada: {name: A, github: a}}\n",
         "`Ada` is not. Did you mean `ada`?", "Rename it to `ada`."),
        ("cases/people.yaml", "ada: {name: A, github: a}\nbob: {name: B, github: b}\n",
         "There must be a field `people`; it is missing.",
         "Begin with a line `people:`, and indent everything that belongs to it."),
    ],
)  # fmt: skip
def test_slips_of_notation_are_told_as_such(path, text, message, remedy):
    (flaw,) = a_document(text, path).flaws
    assert flaw.message.endswith(message)
    assert flaw.help == remedy
