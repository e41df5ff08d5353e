import pytest

from casework.model.blob import Blob, Obstacle
from casework.model.document import DocumentKind
from casework.read.documents import kind_of, level_path, read_document
from tests.read.files import CASE, FRONT_MATTER, a_document, schemas


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("cases/ada-lovelace/2027-02.md", DocumentKind.CASE),
        ("cases/Ada/anything at all.md", DocumentKind.CASE),
        ("cases/people.yaml", DocumentKind.PEOPLE),
        ("framework/framework.yaml", DocumentKind.FRAMEWORK),
        ("framework/policy.yaml", DocumentKind.POLICY),
        ("framework/wording.yaml", DocumentKind.WORDING),
        ("framework/levels/ic1.yaml", DocumentKind.LEVEL),
        ("schemas/case.schema.json", DocumentKind.SCHEMA),
        ("cases/2027-02.md", DocumentKind.STRAY),
        ("cases/ada/deep/2027-02.md", DocumentKind.STRAY),
        ("cases/ada/2027-02.MD", DocumentKind.STRAY),
        ("cases/ada/2027-02.txt", DocumentKind.STRAY),
        ("cases/people.yml", DocumentKind.STRAY),
        ("framework/levels/ic1.yml", DocumentKind.STRAY),
        ("framework/other.yaml", DocumentKind.STRAY),
        ("schemas/case.json", DocumentKind.STRAY),
        ("framework/README.md", None),
        ("cases/README.md", None),
        ("cases/.gitkeep", None),
        ("cases/ada/.gitkeep", None),
        ("README.md", None),
        ("docs/cases/ada/2027-02.md", None),
    ],
)
def test_a_path_says_what_a_file_is_for(path, kind):
    assert kind_of(path) == kind


def test_a_level_has_its_file_in_lower_case():
    assert level_path("IC3") == "framework/levels/ic3.yaml"


def test_front_matter_is_between_the_first_two_rulers():
    document = a_document(f"---  \n{FRONT_MATTER}--- \n\nText\n\n---\nperson: x\n---\n")
    assert not document.flaws
    assert document.data["person"] == "ada-lovelace"
    assert document.at("person") == (2, 9)
    assert document.key_at("quarters", "FY27-Q2", "teamwork") == (11, 53)


@pytest.mark.parametrize("prefix", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_places_are_the_same_with_every_line_end(prefix, end):
    text = prefix + f"---\n{FRONT_MATTER}---\n".replace("\n", end)
    document = a_document(text)
    assert not document.flaws
    assert document.places == a_document(f"---\n{FRONT_MATTER}---\n").places


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "missing-front-matter"),
        ("# Title\n", "missing-front-matter"),
        (f"\n---\n{FRONT_MATTER}---\n", "missing-front-matter"),
        (f"---\n{FRONT_MATTER}", "missing-front-matter"),
        (f"----\n{FRONT_MATTER}---\n", "missing-front-matter"),
        ("---\n---\n", "missing-front-matter"),
        ("---\n# nothing\n---\n", "missing-front-matter"),
        ("---", "missing-front-matter"),
        ("---\n- a\n---\n", "wrong-type"),
        ("---\ntext\n---\n", "wrong-type"),
        ("---\na: [\n---\n", "yaml-syntax"),
    ],
)
def test_a_case_without_fields_is_unreadable(text, rule):
    document = a_document(text)
    assert [flaw.rule for flaw in document.flaws] == [rule]
    assert not document.readable
    assert document.data is None


def test_an_obstacle_is_a_value():
    document = read_document(Blob(CASE, obstacle=Obstacle.SYMLINK), schemas())
    assert document.kind is DocumentKind.CASE
    assert [flaw.rule for flaw in document.flaws] == ["symlink"]
    assert not document.readable


def test_a_hidden_character_does_not_hide_the_rest():
    hidden = FRONT_MATTER.replace("IC3", "IC\u200b3")
    document = a_document(f"---\n{hidden}colour: red\n---\n")
    assert [flaw.rule for flaw in document.flaws] == ["control-character", "unknown-field"]


def test_a_case_of_too_many_lines_is_too_large():
    body = "- a\n" * 20_001
    document = a_document(f"---\n{FRONT_MATTER}---\n{body}")
    assert [flaw.rule for flaw in document.flaws] == ["file-too-large"]
    assert not a_document(f"---\n{FRONT_MATTER}---\n" + "\n" * 100_000).flaws


@pytest.mark.parametrize(
    ("text", "at"),
    [('{\n  "a": 1,\n}\n', (3, 1)), ("", (1, 1)), ("[]", (1, 1)), ("{", (1, 2)), ("{\n", (1, 2)),
     ("[" * 100_000, (1, 1))],
)  # fmt: skip
def test_a_broken_schema_is_pointed_at(text, at):
    document = a_document(text, "schemas/case.schema.json")
    assert [(flaw.rule, flaw.at) for flaw in document.flaws] == [("yaml-syntax", at)]


def test_a_stray_file_is_not_looked_into():
    document = read_document(Blob("cases/x.exe", b"\xff\0"), schemas())
    assert (document.kind, document.flaws) == (DocumentKind.STRAY, ())
