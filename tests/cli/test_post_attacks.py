"""What somebody may try who can open pull requests, push branches and review, but not merge."""

import pytest

from casework.cli import evaluation
from casework.cli.failure import Exit
from tests.cli.clones import CASE, PEOPLE, case
from tests.cli.test_post import (
    DECIDED,
    DECISION,
    MANAGER,
    OWNER,
    PEOPLE_FILE,
    POLICY_FILE,
    PROMOTED,
    REVIEWERS,
    World,
)
from tests.cli.test_post import hub as hub  # a fixture
from tests.cli.test_post import world as world  # a fixture

GRANTED = {"kind": "in-band-increase", "decided": "2027-02-20", "effective": "2027-02-01"}


def in_band(**fields: str) -> str:
    """A granted increase that meets everything but approvals."""
    text = case("granted", ready=False, **GRANTED, **fields)
    return text.replace("to: IC3\n", "").replace("review: 2027-02\n", "")


def test_a_new_decision_cannot_hide_whom_it_is_about(world: World) -> None:
    """Else its own subject's approval would count: nobody is known to be the subject."""
    path = "cases/katherine-johnson/in-band-2027-02.md"
    number = world.open({path: in_band(person="katherine-jonson", **{"from": "IC4"})})
    world.approve(number)
    assert world.judged(number).code == Exit.FAILS
    assert "unknown-person" in world.comment(number)


def test_a_new_decision_cannot_start_from_a_level_that_asks_for_less(world: World) -> None:
    """Else people below the subject could be the ones at the subject's level."""
    path = "cases/katherine-johnson/in-band-2027-02.md"
    fields = {"person": "katherine-johnson", "from": "IC3", "level_since": "2023-03-01"}
    number = world.open({path: in_band(**fields, manager="margaret-hamilton")})
    world.approve(number)
    assert world.judged(number).code == Exit.FAILS
    assert "level-mismatch" in world.comment(number)


def test_a_new_decision_lies_where_its_person_is(world: World) -> None:
    path = "cases/barbara-liskov/in-band-2027-02.md"
    number = world.open({path: in_band()})
    world.approve(number)
    assert world.judged(number).code == Exit.FAILS
    assert "path-mismatch" in world.comment(number)


def test_a_merge_of_two_old_states_hides_nothing(world: World) -> None:
    """Where two sides share several commits, a file may go back and no difference shows."""
    fork = world.clone.git("rev-parse", "main")
    policy = (world.clone.root / POLICY_FILE).read_text("utf-8")
    world.set("GIT_COMMITTER_DATE", "2040-01-01T00:00:00Z")  # the newest is taken first
    noted = world.commit({"docs/notes.md": "A note.\n"}, onto=fork)
    side = world.clone.git("commit-tree", f"{noted}^{{tree}}", "-p", fork, "-m", "A note")
    world.set("GIT_COMMITTER_DATE", "2030-01-01T00:00:00Z")
    world.merge({POLICY_FILE: policy.replace("approvals:\n", "approvals:\n  required: 2\n")})
    strict = world.clone.git("rev-parse", "main")
    world.clone.git("merge", "-q", "--no-ff", "-m", "Merge the note", side)
    world.hub.move_base(world.clone.git("rev-parse", "main"))
    for first, second in ((side, strict), (strict, side)):
        # Of both, with the policy as it was: GitHub would merge that as a change of the policy.
        head = world.clone.git(
            "commit-tree", f"{side}^{{tree}}", "-p", first, "-p", second, "-m", "Merge"
        )
        merge = world.clone.git("merge-tree", "--write-tree", "main", head)
        old = world.clone.git("rev-parse", f"{fork}:{POLICY_FILE}")
        assert world.clone.git("rev-parse", f"{merge}:{POLICY_FILE}") == old
        number = world.hub.open_pull_request(MANAGER, head)
        assert world.judged(number).code != Exit.HOLDS
        assert world.check(number)["conclusion"] == "failure"


def test_what_others_merged_into_the_case_meanwhile_is_not_approved(world: World) -> None:
    """A draft needs no approval, so its later edits must not slip into a decision."""
    world.merge({CASE: case("draft", ready=True)})
    number = world.open(DECISION)
    world.approve(number)
    assert world.judged(number).code == Exit.HOLDS
    edited = case("draft").replace("To hand over sooner.", "To hand over sooner, or never.")
    world.merge({CASE: edited})
    assert world.judged(number).code != Exit.HOLDS
    assert world.check(number)["conclusion"] == "failure"
    # With the default branch merged into it, it can be approved again.
    both = DECIDED.replace("To hand over sooner.", "To hand over sooner, or never.")
    head = world.hub.pulls[number].head
    world.clone.git("checkout", "-q", "--detach", head)
    world.clone.git("merge", "-q", "-m", "Merge main", "main")
    assert (world.clone.root / CASE).read_text("utf-8") == both
    world.hub.push(number, world.clone.git("rev-parse", "HEAD"))
    world.clone.git("checkout", "-q", "-f", "main")
    assert world.judged(number).code == Exit.FAILS, "the approvals were of another text"
    world.approve(number)
    assert world.judged(number).code == Exit.HOLDS


def test_an_owner_who_approved_everything_did_not_approve_a_part(world: World) -> None:
    number = world.open({"docs/a.md": "Open the door.\n", "docs/b.md": "Watch the door.\n"})
    world.approve(number, OWNER)
    assert world.judged(number).code == Exit.HOLDS
    head = world.hub.pulls[number].head
    world.hub.push(number, world.commit({"docs/b.md": None}, onto=head))
    assert world.judged(number).code == Exit.FAILS
    world.approve(number, OWNER)
    assert world.judged(number).code == Exit.HOLDS


def test_a_merge_group_into_another_branch_is_left_alone(world: World) -> None:
    world.hub.move_base(world.clone.git("rev-parse", "main"), "develop")
    number = world.open({CASE: case("submitted")}, base="develop")
    branch, head = world.hub.merge_group("develop", [number])
    ran = world.happens("workflow_run", of="merge_group", head_sha=head, head_branch=branch)
    assert (ran.code, world.hub.writes) == (Exit.HOLDS, [])


def test_a_mistake_of_ours_leaves_no_older_verdict_on_a_merge_group(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = world.open({CASE: case("submitted")})
    branch, head = world.hub.merge_group("main", [number])
    asked = {"of": "merge_group", "head_sha": head, "head_branch": branch}
    world.happens("workflow_run", **asked)
    assert world.hub.check_runs(head)[-1]["conclusion"] == "success"

    def fails(*_: object) -> None:
        raise LookupError("a mistake")

    monkeypatch.setattr("casework.cli.evaluation.check_run", fails)
    assert world.happens("workflow_run", **asked).code == Exit.CANNOT_RUN
    assert world.hub.check_runs(head)[-1]["conclusion"] == "failure"


def test_a_commit_of_a_merge_group_that_somebody_proposes_passes_for_that_too(
    world: World,
) -> None:
    number = world.open(DECISION)
    world.approve(number)
    branch, head = world.hub.merge_group("main", [number])
    world.hub.open_pull_request(REVIEWERS[0], head)
    world.happens("workflow_run", of="merge_group", head_sha=head, head_branch=branch)
    assert world.hub.check_runs(head)[-1]["conclusion"] == "failure"


@pytest.mark.parametrize(
    "people",
    [
        PROMOTED.replace("people:\n", "people: &all\n"),
        PROMOTED + "  ada-lovelace: {name: Ada Lovelace, github: ada-l, level: IC3}\n",
        PROMOTED + "owners: [ada-lovelace]\n",
        PROMOTED.replace("level: IC3,", "<<: {level: IC3},"),
        PROMOTED.replace("level: IC3,", "level: IC3, left: null,"),
        PROMOTED.replace("ada-l,", "kjohnson,"),
        PROMOTED.replace("github: kjohnson", "github: ghopper"),
        PROMOTED.replace("manager: grace-hopper}\n  ada", "manager: ada-lovelace}\n  ada"),
        PROMOTED.replace("IC3", "!!str IC3"),
        PROMOTED.replace("IC3", "'IC4'"),
        "%YAML 1.1\n---\n" + PROMOTED.replace("IC3", "IC5"),
        PROMOTED + "---\n" + PEOPLE,
        PROMOTED + "...\n",
    ],
)
def test_beside_a_decision_nothing_else_of_people_changes(world: World, people: str) -> None:
    number = world.open({CASE: DECIDED, PEOPLE_FILE: people})
    world.approve(number)
    assert world.judged(number).code != Exit.HOLDS or people.endswith("...\n")


def test_a_link_in_the_place_of_people_is_no_decision(world: World) -> None:
    world.clone.git("checkout", "-q", "--detach", "main")
    world.clone.write(CASE, DECIDED)
    world.clone.write("cases/ada-lovelace/all.yaml", PROMOTED)
    (world.clone.root / PEOPLE_FILE).unlink()
    (world.clone.root / PEOPLE_FILE).symlink_to("ada-lovelace/all.yaml")
    head = world.clone.commit()
    world.clone.git("checkout", "-q", "-f", "main")
    number = world.hub.open_pull_request(MANAGER, head)
    world.approve(number)
    assert world.judged(number).code == Exit.FAILS


@pytest.mark.parametrize(
    "path",
    [
        ".github/workflows/casework.yml", "Cases/people.yaml", "cases/README.md", "cases/.x.md",
        "framework\\policy.yaml", "Framework/policy.yaml", "cases/ada-lovelace/.gitattributes",
        ".gitattributes", ".mailmap", "cases/ada-lovelace/2027-02.MD", "CODEOWNERS",
        "jwt.py", "cases/x/y/z.md", "cases/people.yaml ", "schemas/case.schema.json",
        "cases/\u202epeople.yaml", "cases/a\nb/.md",
    ],
)  # fmt: skip
def test_no_path_beside_a_draft_goes_unseen(world: World, path: str) -> None:
    number = world.open({CASE: case("draft"), path: "Anything.\n"})
    assert world.judged(number).code == Exit.FAILS
    assert "mixed-change" in world.comment(number)
    alone = world.open({path: "Anything.\n"})
    assert world.judged(alone).code == Exit.FAILS


def test_a_flood_of_cases_keeps_nobody_else_from_being_judged(world: World) -> None:
    long = case("draft") + "One more line of words.\n" * 10_000
    flood = world.open({f"cases/ada-lovelace/{year}-02.md": long for year in range(2100, 2140)})
    other = world.open({CASE: case("submitted")})
    world.happens("schedule")
    assert world.check(flood)["conclusion"] == "failure"
    assert "8 MB" in world.comment(flood)
    assert world.check(other)["conclusion"] == "success"


@pytest.mark.parametrize("named", [0, 200])
def test_a_flood_is_what_is_proposed_and_not_what_lies_beside_it(
    world: World, monkeypatch: pytest.MonkeyPatch, named: int
) -> None:
    monkeypatch.setattr(evaluation, "MOST_NAMED", named)
    monkeypatch.setattr(evaluation, "_MOST", 64 * 1024)
    long = case("draft") + "One more line of words.\n" * 4_000
    world.merge({"cases/ada-lovelace/2026-08.md": long})
    number = world.open({CASE: case("submitted")})
    flood = world.open({CASE: long})
    world.happens("schedule")
    assert world.check(number)["conclusion"] == "success"
    assert "8 MB" in world.comment(flood)
