"""`casework audit` on real repositories: what holds, what was forged, what nobody can tell."""

import json
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.cli.clones import CASE, PEOPLE, POLICY, ROOT, Clone, Run, case
from tests.cli.decided import BOTH, PROMOTED, Decided, decided  # noqa: F401  # the fixture

SCHEMA = json.loads((ROOT / "schemas" / "audit.schema.json").read_text("utf-8"))
EXPECTED = Path(__file__).parent / "expected"
ADA = "level: IC2, level_since: 2025-02-01"


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_TOKEN", "GH_TOKEN", "GITHUB_REPOSITORY", "GITHUB_API_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def audit(run: Run, decided: Decided):  # noqa: F811
    def audited(*words: str, code: int) -> dict[str, Any]:
        ran = run("audit", "--format", "json", *words, at=decided.clone)
        assert (ran.code, ran.err) == (code, "")
        data: dict[str, Any] = json.loads(ran.out)
        jsonschema.Draft202012Validator(SCHEMA).validate(data)
        return data

    return audited


def answers(case: dict[str, Any], answer: str) -> set[str]:
    return {each["id"] for each in case["checks"] if each["answer"] == answer}


def detail(case: dict[str, Any], id: str) -> str:
    return next(str(each["detail"]) for each in case["checks"] if each["id"] == id)


def only(data: dict[str, Any]) -> dict[str, Any]:
    (found,) = data["cases"]
    return dict(found)


class TestWhatHolds:
    def test_a_promotion_that_was_drafted_approved_and_noted(self, decided, audit):  # noqa: F811
        decided.draft()
        commit = decided.decide()
        decided.note()
        found = only(audit(code=0))
        assert answers(found, "holds") == {
            "requirements", "approvals-recorded", "no-own-approval", "not-edited", "level-together",
        }  # fmt: skip
        assert (found["commit"], found["day"], found["pull_request"]) == (commit, "2027-02-21", 41)
        assert found["claim"] == {"pull_request": 41, "approved_by": ["kjohnson", "bliskov"]}
        assert found["github"] is None

    def test_a_decision_against_the_case_asks_for_feedback_and_approvals(self, decided, audit):  # noqa: F811
        decided.decide("not-yet", ready=False, people=None)
        decided.note()
        found = only(audit(code=0))
        assert answers(found, "holds") == {
            "requirements", "approvals-recorded", "no-own-approval", "not-edited",
        }  # fmt: skip

    def test_a_rebased_pull_request_is_one_step(self, decided, audit):  # noqa: F811
        decided.draft()
        decided.decide(people=None, effective="2027-03-01", subject="The case")
        decided.note()
        decided.clone.write("cases/people.yaml", PROMOTED)
        last = decided.clone.commit("The level")
        decided.note()
        found = only(audit(code=0))
        assert (found["answer"], found["commit"]) == ("holds", last)

    def test_whichever_of_its_commits_came_first(self, decided, audit):  # noqa: F811
        decided.draft()
        decided.clone.write("cases/people.yaml", PROMOTED)
        level = decided.clone.commit("The level")
        decided.clone.write("README.md", "Nothing that rules look at")
        decided.clone.commit("Besides")
        decided.decide(people=None, effective="2027-03-01", subject="The case")
        decided.note()
        decided.write_note(decided.clone.git("notes", "--ref=approvals", "show", "HEAD"), level)
        assert only(audit(code=0))["answer"] == "holds"

    def test_put_back_as_it_was(self, decided, audit):  # noqa: F811
        decided.decide()
        decided.note()
        text = (decided.clone.root / CASE).read_text("utf-8")
        decided.clone.git("rm", "-q", CASE)
        decided.clone.commit("Away")
        decided.clone.write(CASE, text)
        decided.clone.commit("And back")
        found = only(audit(code=0))
        assert "not-edited" in answers(found, "holds")
        assert "put back by" in detail(found, "not-edited")

    def test_rules_that_were_made_stricter_later_do_not_matter(self, decided, audit):  # noqa: F811
        decided.decide()
        decided.note()
        stricter = POLICY.replace("approvals:\n", "approvals:\n  required: 3\n")
        decided.clone.write(
            "framework/policy.yaml", f"promotion: {{next_level: {{quarters: 4}}}}\n{stricter}"
        )
        decided.clone.commit("Stricter")
        assert only(audit(code=0))["answer"] == "holds"

    def test_two_promotions_of_one_person(self, decided, audit):  # noqa: F811
        decided.decide()
        decided.note()
        path = "cases/ada-lovelace/2028-02.md"
        text = case(
            "promoted", level_since="2027-03-01", decided="2027-08-20", effective="2027-09-01",
            **{"from": "IC3", "to": "IC4"},
        )  # fmt: skip
        decided.clone.write(path, text.replace("FY27-Q3", "FY28-Q2").replace("FY27-Q2", "FY28-Q1"))
        again = PROMOTED.replace("IC3, level_since: 2027-03-01", "IC4, level_since: 2027-09-01")
        decided.clone.write("cases/people.yaml", again)
        decided.set_day("2027-08-21")
        decided.clone.commit("Decide (#42)")
        decided.note(path=path, number=42)
        first, second = audit(code=0)["cases"]
        assert (first["path"], second["path"]) == (CASE, path)
        assert answers(first, "holds") == answers(second, "holds")

    def test_an_increase_within_a_level(self, decided, audit):  # noqa: F811
        path = "cases/ada-lovelace/in-band-2027-02.md"
        text = case(
            "granted", ready=False, kind="in-band-increase", decided="2027-02-20",
            effective="2027-03-01",
        )  # fmt: skip
        left_out = ("to: ", "review: ")
        kept = (e for e in text.splitlines(keepends=True) if not e.startswith(left_out))
        decided.clone.write(path, "".join(kept))
        decided.set_day("2027-02-21")
        decided.clone.commit("Granted (#41)")
        decided.note(path=path)
        found = only(audit(code=0))
        assert (found["kind"], found["to"], found["answer"]) == ("in-band-increase", None, "holds")
        assert "level-together" not in {each["id"] for each in found["checks"]}

    def test_a_folder_that_was_renamed_before_the_decision(self, decided, audit):  # noqa: F811
        decided.draft("cases/ada-king/2027-02.md")
        decided.clone.git("mv", "cases/ada-king", "cases/ada-lovelace")
        decided.clone.commit("Another name")
        decided.decide()
        decided.note()
        assert only(audit(code=0))["answer"] == "holds"


class TestWhatDoesNotHold:
    def test_requirements_that_were_not_met(self, decided, audit):  # noqa: F811
        decided.decide(ready=False)
        decided.note()
        found = only(audit(code=1))
        assert answers(found, "does-not-hold") == {"requirements"}
        said = "No quarter that counts is at `next` in all three categories."
        assert detail(found, "requirements").startswith(said)

    def test_a_bar_that_was_lowered_in_the_same_step(self, decided, audit):  # noqa: F811
        lower = f"promotion: {{next_level: {{quarters: 1, rating: exceeds}}}}\n{POLICY}"
        decided.clone.write("framework/policy.yaml", lower)
        decided.decide(ready=False)
        decided.note()
        found = only(audit(code=1))
        assert answers(found, "does-not-hold") == {"requirements"}
        assert "rules that held until then" in detail(found, "requirements")

    def test_a_day_of_decision_that_had_not_come(self, decided, audit):  # noqa: F811
        decided.decide(decided="2030-01-01")
        decided.note()
        assert answers(only(audit(code=1)), "does-not-hold") == {"requirements"}

    def test_a_decision_that_was_pushed_without_a_pull_request(self, decided, audit):  # noqa: F811
        decided.draft("cases/barbara-liskov/2027-02.md", person="barbara-liskov")
        decided.write_note("pull_request: 7\n")
        decided.decide(subject="Promote Ada")
        decided.others_go_on()
        found = only(audit(code=1))
        assert answers(found, "does-not-hold") == {"approvals-recorded"}
        assert answers(found, "not-known") == {"no-own-approval"}
        assert found["claim"] is None

    def test_a_note_that_nobody_can_read_counts_as_none(self, decided, audit):  # noqa: F811
        decided.draft()
        decided.write_note("pull_request: 7\n")
        for text in ("pull_request: [\n", "x" * 2_000_000, "pull_request: 41\ncases: 3\n"):
            commit = decided.decide(subject="Promote Ada", day="2027-02-21")
            place = decided.clone.root.parent / "note"
            place.write_text(text)
            decided.clone.git("notes", "--ref=approvals", "add", "-f", "-F", str(place), commit)
            decided.others_go_on()
            assert "approvals-recorded" in answers(only(audit(code=1)), "does-not-hold")

    def test_a_note_about_another_content(self, decided, audit):  # noqa: F811
        decided.decide()
        decided.note(content="0123456789" * 4)
        found = only(audit(code=1))
        assert "a different version" in detail(found, "approvals-recorded")

    def test_a_note_that_does_not_name_the_case(self, decided, audit):  # noqa: F811
        decided.decide()
        decided.note(path=CASE.replace("2027", "2026"), content="0123456789" * 4)
        found = only(audit(code=1))
        assert "does not name this case" in detail(found, "approvals-recorded")

    @pytest.mark.parametrize(
        "approvals",
        [
            BOTH[:1],
            (BOTH[0], BOTH[0]),
            (BOTH[0], ("barbara-liskov", "somebody-else", "IC4")),
            (BOTH[0], ("margaret-hamilton", "mhamilton", "IC6")),
        ],
    )
    def test_made_up_approvals(self, decided, audit, approvals):  # noqa: F811
        decided.decide()
        decided.note(approvals=approvals)
        found = only(audit(code=1))
        assert answers(found, "does-not-hold") == {"approvals-recorded"}
        assert "one more approval was needed" in detail(found, "approvals-recorded")

    def test_a_level_that_the_note_makes_up(self, decided, audit):  # noqa: F811
        lower = PEOPLE.replace("IC5", "IC1").replace("IC4", "IC2")
        decided.clone.write("cases/people.yaml", lower)
        decided.clone.commit("Lower")
        decided.decide(people=lower.replace(ADA, "level: IC3, level_since: 2027-03-01"))
        decided.note()
        found = only(audit(code=1))
        assert "from somebody at IC3 or above" in detail(found, "approvals-recorded")

    @pytest.mark.parametrize(
        ("who", "author", "role"),
        [
            (("ada-lovelace", "ada-l", "IC2"), "grace-hopper", "whom the case is about"),
            (("barbara-liskov", "ada-l", "IC4"), "grace-hopper", "whom the case is about"),
            (("grace-hopper", "ghopper", "IC5"), "margaret-hamilton", "the manager"),
            (("barbara-liskov", "bliskov", "IC4"), "barbara-liskov", "who opened the pull request"),
            (("barbara-liskov", "bliskov", "IC4"), "BLiskov", "who opened the pull request"),
        ],
    )
    def test_somebody_who_approved_their_own(self, decided, audit, who, author, role):  # noqa: F811
        decided.decide()
        decided.note(approvals=(*BOTH, who), author=author)
        found = only(audit(code=1))
        assert "no-own-approval" in answers(found, "does-not-hold")
        assert role in detail(found, "no-own-approval")

    def test_edited_by_a_later_merge(self, decided, audit):  # noqa: F811
        decided.decide()
        decided.note()
        decided.clone.git("switch", "-q", "-c", "later")
        place = decided.clone.root / CASE
        place.write_text(place.read_text("utf-8").replace("40 s", "90 s"), "utf-8")
        decided.clone.commit("Better")
        decided.clone.git("switch", "-q", "main")
        decided.clone.git(
            "merge", "-q", "--no-ff", "-m", "Merge pull request #50 from x/y", "later"
        )
        found = only(audit(code=1))
        assert answers(found, "does-not-hold") == {"not-edited"}
        assert "pull request 50" in detail(found, "not-edited")

    @pytest.mark.parametrize("to", ["cases/ada-lovelace/2026-08.md", "cases/ada-king/2027-02.md"])
    def test_moved_elsewhere(self, decided, audit, to):  # noqa: F811
        decided.decide()
        decided.note()
        (decided.clone.root / to).parent.mkdir(exist_ok=True)
        decided.clone.git("mv", CASE, to)
        decided.clone.commit("Moved")
        found = only(audit(code=1))
        assert found["path"] == CASE
        assert f"moved to `{to}`" in detail(found, "not-edited")

    def test_deleted(self, decided, audit):  # noqa: F811
        decided.decide()
        decided.note()
        decided.clone.git("rm", "-q", CASE)
        decided.clone.commit("Away")
        assert "deleted by" in detail(only(audit(code=1)), "not-edited")

    def test_reopened(self, decided, audit):  # noqa: F811
        decided.decide()
        decided.note()
        decided.draft()
        assert answers(only(audit(code=1)), "does-not-hold") == {"not-edited"}

    @pytest.mark.parametrize("when", ["before", "after"])
    def test_a_level_that_changed_in_another_commit(self, decided, audit, when):  # noqa: F811
        decided.draft()
        if when == "before":
            decided.clone.write("cases/people.yaml", PROMOTED)
            decided.clone.commit("The level")
        decided.decide(people=None, effective="2027-03-01")
        decided.note()
        if when == "after":
            decided.clone.write("cases/people.yaml", PROMOTED)
            decided.clone.commit("The level")
        found = only(audit(code=1))
        assert answers(found, "does-not-hold") == {"level-together"}
        assert f", {when} the decision" in detail(found, "level-together")

    def test_a_level_that_never_changed(self, decided, audit):  # noqa: F811
        decided.decide(people=None, effective="2027-03-01")
        decided.note()
        assert answers(only(audit(code=1)), "does-not-hold") == {"level-together"}

    def test_a_field_that_looks_like_the_end_of_the_fields_hides_nothing(self, decided, audit):  # noqa: F811
        decided.decide(ready=False, people=None)
        place = decided.clone.root / CASE
        text = place.read_text("utf-8").replace("kind:", "---x: 1\nkind:", 1)
        place.write_text(text, "utf-8")
        decided.clone.git("commit", "-qa", "--amend", "--no-edit")
        assert only(audit(code=1))["status"] == "promoted"


class TestWhatNobodyCanTell:
    def test_without_any_notes(self, decided, audit, run):  # noqa: F811
        decided.decide()
        data = audit(code=0)
        assert data["has_notes"] is False
        assert answers(only(data), "not-known") == {"approvals-recorded", "no-own-approval"}
        said = run("audit", at=decided.clone).out
        assert "git fetch origin refs/notes/approvals:refs/notes/approvals" in " ".join(
            said.split()
        )

    def test_a_decision_older_than_the_first_note(self, decided, audit):  # noqa: F811
        decided.decide()
        decided.draft("cases/barbara-liskov/2027-02.md", person="barbara-liskov")
        decided.write_note("pull_request: 7\n")
        found = only(audit(code=0))
        assert "older than the first note" in detail(found, "approvals-recorded")

    def test_a_decision_younger_than_the_last_note_that_was_fetched(self, decided, audit):  # noqa: F811
        decided.draft("cases/barbara-liskov/2027-02.md", person="barbara-liskov")
        decided.write_note("pull_request: 7\n")
        decided.decide()
        (found,) = audit(code=0)["cases"]
        assert answers(found, "not-known") == {"approvals-recorded", "no-own-approval"}
        assert "may lack the latest" in detail(found, "approvals-recorded")

    def test_the_examples_of_a_template_that_were_deleted(self, decided, audit):  # noqa: F811
        decided.decide()
        decided.clone.git("checkout", "-q", "--orphan", "made")
        decided.clone.commit("Initial commit")
        decided.clone.git("branch", "-qM", "main")
        decided.clone.git("rm", "-q", CASE)
        decided.clone.commit("Without the examples")
        found = only(audit(code=0))
        assert "not-edited" in answers(found, "not-known")
        assert "template's examples" in detail(found, "not-edited")

    def test_but_an_example_that_was_edited_did_not_stay_as_it_was(self, decided, audit):  # noqa: F811
        decided.decide()
        decided.clone.git("checkout", "-q", "--orphan", "made")
        decided.clone.commit("Initial commit")
        decided.clone.git("branch", "-qM", "main")
        decided.set_day("2027-05-01")
        decided.draft()
        assert "not-edited" in answers(only(audit(code=1)), "does-not-hold")

    @pytest.mark.parametrize("first", ["the case", "the level"])
    def test_without_notes_whether_a_day_holds_one_pull_request(self, decided, audit, first):  # noqa: F811
        decided.draft()
        if first == "the level":
            decided.clone.write("cases/people.yaml", PROMOTED)
            decided.clone.commit("The level")
        decided.decide(people=None, effective="2027-03-01", day="2027-02-21", subject="Decide")
        if first == "the case":
            decided.clone.write("cases/people.yaml", PROMOTED)
            place = decided.clone.root / CASE
            place.write_text(place.read_text("utf-8").replace("40 s", "90 s"), "utf-8")
            decided.clone.commit("The level, and a better number")
        data = only(audit(code=0 if first == "the case" else 1))
        held = answers(data, "not-known")
        assert ("level-together" in held) == (first == "the case")
        assert ("not-edited" in held) == (first == "the case")

    def test_rules_of_that_commit_that_cannot_be_read(self, decided, audit):  # noqa: F811
        decided.draft()
        decided.clone.write("framework/policy.yaml", "approvals: [\n")
        decided.decide()
        decided.note()
        decided.clone.write("framework/policy.yaml", POLICY)
        decided.clone.commit("Mended")
        found = only(audit(code=0))
        assert answers(found, "not-known") == {"requirements", "level-together"}
        for id_ in ("requirements", "level-together"):
            said = "`framework/policy.yaml` of its commit cannot be read, so nobody can tell."
            assert detail(found, id_) == said

    def test_a_commit_from_before_the_rules(self, decided, audit, run):  # noqa: F811
        clone, aside = decided.clone, decided.clone.root.parent / "aside"
        clone.git("switch", "-q", "--orphan", "fresh")
        clone.git("checkout", "-q", "main", "--", ".")
        (clone.root / "framework").rename(aside)
        decided.decide("not-yet", people=None)
        aside.rename(clone.root / "framework")
        clone.commit("Rules")
        said = "Its commit has no `framework/framework.yaml`, so nobody can tell."
        assert detail(only(audit("--base", "fresh", code=0)), "requirements") == said
        told = " ".join(run("audit", "--base", "fresh", at=clone).out.split())
        assert "not known: requirements met (its commit has no `framework/framework.yaml`);" in told

    def test_what_is_not_known_is_told_with_its_reason(self, decided, run):  # noqa: F811
        decided.decide()
        both = "not known: approvals on record and no approval of one's own case"
        said = " ".join(run("audit", at=decided.clone).out.split())
        assert f"{both} (this clone has no notes)" in said
        decided.draft("cases/barbara-liskov/2027-02.md", person="barbara-liskov")
        decided.write_note("pull_request: 7\n")
        said = " ".join(run("audit", at=decided.clone).out.split())
        assert f"{both} (it is older than the first note)" in said

    def test_the_record_of_an_earlier_promotion(self, decided, audit):  # noqa: F811
        decided.decide(
            people=None, effective="2025-02-01", decided="2025-01-20", to="IC2",
            **{"from": "IC1"},
        )  # fmt: skip
        found = only(audit(code=1))  # quarters of 2026 could not count in 2025
        assert answers(found, "not-known") >= {"level-together"}


def test_where_all_hold_there_are_no_others(decided, run):  # noqa: F811
    decided.decide()
    decided.note()
    page = run("audit", "--format", "markdown", at=decided.clone).out
    assert "all that must hold does." in page
    assert f"| holds | `{CASE}`<br>Promotion of Ada Lovelace" in page
    assert "All others" not in page


class TestWhatIsAskedFor:
    def test_one_person_one_case_and_what_there_never_was(self, decided, audit, run):  # noqa: F811
        decided.decide()
        other = "cases/barbara-liskov/2027-02.md"
        decided.decide("not-yet", other, people=None, person="barbara-liskov")
        for words, paths in (
            ((), [CASE, other]),
            (("ada-lovelace",), [CASE]),
            (("cases/ada-lovelace",), [CASE]),
            ((other,), [other]),
            (("grace-hopper",), []),
        ):
            assert [each["path"] for each in audit(*words, code=0)["cases"]] == paths
        ran = run("audit", "ada-lovelac", at=decided.clone)
        assert ran.code == 2
        assert "Did you mean `ada-lovelace`?" in ran.err

    def test_a_case_that_is_gone_can_still_be_named(self, decided, audit):  # noqa: F811
        decided.decide()
        decided.clone.git("rm", "-q", CASE)
        decided.clone.commit("Away")
        assert only(audit(CASE, code=1))["path"] == CASE

    def test_nothing_decided(self, decided, run):  # noqa: F811
        decided.draft()
        ran = run("audit", at=decided.clone)
        assert ran.code == 0
        assert "There is no decided case on `main`" in ran.out
        assert (
            "There is no decided case of `ada-lovelace`"
            in run("audit", "ada-lovelace", at=decided.clone).out
        )
        said = " ".join(run("audit", CASE, at=decided.clone).out.split())
        assert said.startswith(f"`{CASE}` is not decided on `main`")
        assert said.endswith("so there is nothing to audit.")

    def test_a_shallow_clone(self, decided, run, tmp_path):  # noqa: F811
        decided.decide()
        url = decided.clone.root.as_uri()
        subprocess.run(["git", "clone", "-q", "--depth=1", url, tmp_path / "shallow"], check=True)
        ran = run("audit", at=tmp_path / "shallow")
        assert ran.code == 3
        assert "git fetch --unshallow" in ran.err

    def test_another_branch(self, decided, audit):  # noqa: F811
        decided.draft()
        decided.clone.git("switch", "-q", "-c", "other")
        decided.decide()
        assert audit(code=0)["cases"] == []
        assert audit("--base", "other", code=0)["base"] == "other"
        assert len(audit("--base", "other", code=0)["cases"]) == 1


@pytest.mark.parametrize(("format", "name"), [("text", "audit.txt"), ("markdown", "audit.md")])
def test_reads_well(decided, run, agrees, monkeypatch, format, name):  # noqa: F811
    for each in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{each}_NAME", "Grace Hopper")
    decided.draft()
    decided.decide("not-yet", people=None, ready=False)
    decided.note()
    path = "cases/ada-lovelace/2028-02.md"
    decided.decide(path=path, ready=False, subject="Promote Ada")
    place = decided.clone.root / path
    place.write_text(place.read_text("utf-8").replace("40 s", "90 s @all"), "utf-8")
    decided.clone.commit("A **better** number (#51)")
    decided.others_go_on()
    ran = run("audit", "--format", format, at=decided.clone)
    assert ran.code == 1
    commits = decided.clone.git("log", "--format=%H").split()
    said = ran.out
    for number, commit in enumerate(reversed(commits)):
        said = said.replace(commit[:12], f"{number:012d}")
    agrees(said, EXPECTED / name)


def test_many_cases_come_out_the_same_whoever_looks_at_them(decided, run, monkeypatch):  # noqa: F811
    for number in range(60):
        decided.clone.write(
            f"cases/ada-lovelace/in-band-20{number:02d}-01.md",
            case("granted", kind="in-band-increase", decided="2027-02-20", effective="2027-03-01"),
        )
    decided.clone.commit("Many")
    monkeypatch.setattr("casework.cli.settings._processors", lambda: 2)
    together = run("audit", at=decided.clone)
    monkeypatch.setattr("casework.cli.settings._processors", lambda: 1)
    assert run("audit", at=decided.clone) == together
    assert "60 decided cases" in together.out


def test_a_review_of_many_cases_of_a_commit_ends(clone: Clone, run: Run) -> None:
    """Git waited for the end of an input that the processes which shared the work held open."""
    for number in range(60):
        clone.write(f"cases/ada-lovelace/20{number:02d}-02.md", case())
    clone.commit("Many")
    assert run("review", "--head", "HEAD", "--no-cache", at=clone).code in (0, 1)
