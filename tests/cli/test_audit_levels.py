"""`casework audit` on levels in people.yaml: how what no case decided is found, told, and narrowed.

Which changes these are, `test_tenures.py` holds without git.
"""

from typing import Any

import pytest

from tests.cli.clones import CASE, PEOPLE, case
from tests.cli.decided import PROMOTED, Decided, decided  # noqa: F401  # the fixture
from tests.cli.test_audit import ADA, EXPECTED
from tests.cli.test_audit import audit as audit  # a fixture
from tests.cli.test_audit import offline as offline  # a fixture for every test

RAISED = "level: IC3, level_since: 2027-03-01"


@pytest.fixture
def people(decided: Decided):  # noqa: F811
    """Somebody writes people.yaml, with Ada's level as given."""

    def written(ada: str | None, subject: str = "People", **others: str) -> str:
        text = PEOPLE.replace(ADA, ada) if ada is not None else PEOPLE.partition("  ada-l")[0]
        for old, new in others.items():
            text = text.replace(old.replace("_", "-"), new)
        decided.clone.write("cases/people.yaml", text)
        return decided.clone.commit(subject)

    return written


def only(data: dict[str, Any]) -> dict[str, Any]:
    (found,) = data["levels"]
    return dict(found)


class TestWhatDoesNotHold:
    def test_a_level_that_was_raised_by_a_push(self, audit, people):
        commit = people(RAISED, "Ada is IC3 now (#12)")
        found = only(audit(code=1))
        assert found["answer"] == "does-not-hold"
        assert (found["person"], found["commit"], found["pull_request"]) == (
            "ada-lovelace", commit, 12,
        )  # fmt: skip
        assert found["from"] == {"level": "IC2", "level_since": "2025-02-01"}
        assert found["to"] == {"level": "IC3", "level_since": "2027-03-01"}
        assert "`to: IC3` and `effective: 2027-03-01`" in found["detail"]
        assert f"git show {commit[:12]} -- cases/people.yaml" in found["help"]
        assert "Look at pull request 12" in found["help"]

    def test_while_the_file_could_not_be_read(self, decided, audit, people):  # noqa: F811
        decided.clone.write("cases/people.yaml", "people: [\n")
        decided.clone.commit("Broken")
        people(RAISED, "Mended")
        found = only(audit(code=1))
        assert "could not be read just before" in found["detail"]
        assert "names no pull request" in found["help"]

    def test_beside_a_case_that_was_not_promoted(self, decided, audit):  # noqa: F811
        decided.decide("not-yet", people=PROMOTED)
        assert only(audit(code=1))["answer"] == "does-not-hold"

    def test_with_a_case_that_starts_from_a_level_that_was_not_held(self, decided, audit):  # noqa: F811
        higher = PEOPLE.replace(ADA, "level: IC4, level_since: 2027-03-01")
        decided.decide(people=higher, **{"from": "IC3", "to": "IC4"})
        found = only(audit(code=1))
        assert found["case"] == CASE
        assert only(audit(CASE, code=1)) == found

    def test_with_a_case_of_somebody_else(self, decided, audit):  # noqa: F811
        decided.decide(person="barbara-liskov", path="cases/barbara-liskov/2027-02.md")
        assert only(audit(code=1))["person"] == "ada-lovelace"

    def test_with_the_record_of_an_earlier_promotion(self, decided, audit):  # noqa: F811
        decided.decide(
            people=PROMOTED, decided="2025-01-20", effective="2025-02-01", to="IC2",
            **{"from": "IC1"},
        )  # fmt: skip
        assert only(audit(code=1))["to"]["level"] == "IC3"


class TestWhatACaseAnswersFor:
    @pytest.mark.parametrize("when", ["before", "after"])
    def test_another_commit_is_named_with_the_case_alone(self, decided, audit, when):  # noqa: F811
        decided.draft()
        for step in ("before", "decide", "after"):
            if step == when:
                decided.clone.write("cases/people.yaml", PROMOTED)
                decided.clone.commit("The level")
            if step == "decide":
                decided.decide(people=None, effective="2027-03-01")
                decided.note()
        data = audit(code=1)
        assert data["levels"] == []
        assert data["cases"][0]["checks"][-1]["answer"] == "does-not-hold"

    def test_another_level_than_the_case_says_is_named_with_the_case_alone(self, decided, audit):  # noqa: F811
        higher = PEOPLE.replace(ADA, "level: IC4, level_since: 2027-09-01")
        decided.decide(people=higher, effective="2027-03-01")
        data = audit(code=1)
        assert data["levels"] == []
        assert data["cases"][0]["checks"][-1]["answer"] == "does-not-hold"

    def test_a_rebased_pull_request_is_one_step(self, decided, audit, people):  # noqa: F811
        people(RAISED)
        decided.write_note("pull_request: 41\n")
        decided.decide(people=None, effective="2027-03-01")
        decided.note()
        assert audit(code=0)["levels"] == []


class TestWhatIsAskedFor:
    def test_one_person_by_whatever_handle(self, audit, people):
        people(RAISED, ada_lovelace="ada-king")
        for whose in ("ada-lovelace", "ada-king"):
            assert only(audit(whose, code=1))["person"] == "ada-king"
        assert audit("barbara-liskov", code=0)["levels"] == []

    def test_a_case_by_an_earlier_handle_counts_as_well(self, decided, audit):  # noqa: F811
        decided.decide(people=None, effective="2027-03-01")
        decided.clone.write("cases/people.yaml", PROMOTED)
        decided.clone.commit("The level")
        decided.clone.write("cases/people.yaml", PROMOTED.replace("ada-lovelace:", "ada-king:"))
        decided.clone.commit("Another handle")
        assert audit("ada-king", code=0) == audit("ada-king", code=0) | {"levels": [], "cases": []}

    def test_a_case_in_somebody_else_s_folder_counts_as_well(self, decided, audit):  # noqa: F811
        decided.decide(path="cases/grace-hopper/2027-02.md")
        assert audit(code=0)["levels"] == audit("ada-lovelace", code=0)["levels"] == []

    def test_a_case_alone_is_not_told_of_other_changes(self, decided, audit, people):  # noqa: F811
        decided.draft()
        people(RAISED)
        assert audit(CASE, code=0)["levels"] == []

    def test_a_case_that_came_with_it_and_cannot_be_read(self, decided, audit):  # noqa: F811
        decided.clone.write("cases/people.yaml", PROMOTED)
        decided.clone.write(CASE, "---\nstatus: [promoted\n---\n")
        decided.clone.commit("Promote Ada")
        data = audit(code=0)
        assert (only(data)["answer"], only(data)["case"]) == ("not-known", CASE)
        assert [each["path"] for each in data["unreadable"]] == [CASE]
        assert only(audit("ada-lovelace", code=0)) == only(audit(CASE, code=0)) == only(data)


def test_what_is_said_first(decided, people, run):  # noqa: F811
    def said(*words: str) -> str:
        return " ".join(run("audit", *words, at=decided.clone).out.split())

    people(RAISED)
    assert said().startswith("There is no decided case on `main`")
    assert "yet. One change of a level does not hold: no case decided it. cases/p" in said()
    people("level: IC4, level_since: 2027-09-01")
    assert "Two changes of a level do not hold: no case decided them." in said()
    decided.decide("not-yet", people=None, ready=False)
    decided.note()
    assert "all that must hold of it does. Two changes of a level" in said("ada-lovelace")


@pytest.mark.parametrize(
    ("format", "name"), [("text", "audit-levels.txt"), ("markdown", "audit-levels.md")]
)
def test_reads_well(decided, people, run, agrees, monkeypatch, format, name):  # noqa: F811
    for each in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{each}_NAME", "Grace Hopper")
    decided.decide("not-yet", people=None, ready=False)
    decided.note()
    people(RAISED, "Levels as agreed")
    others = {"level: IC4": "level: IC5"}
    people(RAISED, "Barbara is IC5", **others)
    people(RAISED, "She is not")
    fixed = {"2023-03-01": "2023-02-01, level_reason: A slip | of the *pen*"}
    people(RAISED, "Katherine's day (#43)", **fixed)
    broken = case("promoted", person="barbara-liskov").replace("kind:", "\tkind:")
    decided.clone.write("cases/barbara-liskov/2027-02.md", broken)
    decided.clone.commit("Promote Barbara")
    ran = run("audit", "--format", format, at=decided.clone)
    assert ran.code == 1
    said = ran.out
    for number, commit in enumerate(reversed(decided.clone.git("log", "--format=%H").split())):
        said = said.replace(commit[:12], f"{number:012d}")
    agrees(said, EXPECTED / name)
