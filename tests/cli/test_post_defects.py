"""Defects that other bots on pull requests had, each as a test of its name.

Those about who has approved are in tests/assess/test_approvals.py, those about finding one's own
comment in tests/github/test_comment.py.
"""

import json
import re

import pytest

from casework.cli.failure import Exit
from tests.cli.clones import CASE, PEOPLE, ROOT, Run, case
from tests.cli.test_post import DECISION, PEOPLE_FILE, PROMOTED, REVIEWERS, World
from tests.cli.test_post import world as world  # a fixture
from tests.github.conftest import hub as hub  # a fixture
from tests.github.hub import BOT

JUST_BEGUN = """\
---
person: ada-lovelace
kind: promotion
from: IC2
to: IC3
level_since: 2025-02-01
manager: grace-hopper
review: 2027-02
status: draft
quarters:
  FY27-Q3: {proficiency: meets, execution: next, teamwork: meets}
---

## Summary

TODO

## FY27-Q3
"""


def test_everybodys_ci_is_not_red_because_one_person_renamed_a_login(world: World) -> None:
    theirs = world.open({CASE: case("submitted")})
    decision = world.open(DECISION)
    world.approve(decision, REVIEWERS[0], "barbara-renamed")
    world.happens("schedule")
    assert world.check(theirs)["conclusion"] == "success"
    assert world.check(decision)["conclusion"] == "failure"
    assert "barbara-renamed" in world.comment(decision)

    renamed = PEOPLE.replace("github: bliskov", "github: barbara-renamed")
    world.merge({PEOPLE_FILE: renamed})
    second = world.open({CASE: case("submitted")})
    assert world.judged(second).code == Exit.HOLDS


def test_late_stage_rules_block_no_draft(world: World) -> None:
    number = world.open({CASE: JUST_BEGUN})
    ran = world.judged(number)
    assert (ran.code, ran.err) == (Exit.HOLDS, "")
    assert world.check(number)["conclusion"] == "success"
    assert "unsupported-rating" in world.comment(number), "it is pointed out all the same"
    world.hub.push(number, world.commit({CASE: JUST_BEGUN.replace("draft", "submitted")}))
    assert world.judged(number).code == Exit.FAILS


def test_all_done_is_not_read_as_will_be_promoted(world: World) -> None:
    number = world.open({CASE: case("submitted")})
    world.judged(number)
    said = world.comment(number) + world.check(number)["summary"] + world.check(number)["title"]
    # The id of a commit and the port of a server may hold any digits.
    said = re.sub(r"[0-9a-f]{12,40}|:[0-9]{4,5}", "", said)
    assert "neither necessary nor sufficient" in said
    for promise in ("will be promoted", "[x]", "✅", "100", "Approved"):
        assert promise not in said


def test_the_comments_target_is_not_taken_from_an_artifact(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, other = world.open(DECISION), world.open({CASE: case("draft")})
    head = world.hub.pulls[number].head
    for name in ("pr_number", "pr.txt", "NR"):
        (world.here / name).write_text(str(other), "utf-8")
    event = world.hub.event("workflow_run", number, of="pull_request_review", head_sha=head)
    event["workflow_run"]["pull_requests"] = [{"number": other}]
    event["pull_request"] = {"number": other}
    event["number"] = other
    monkeypatch.setattr(world.hub, "event", lambda *_, **__: json.loads(json.dumps(event)))
    world.happens("workflow_run", number)
    assert len(world.hub.comments(number)) == 1
    assert world.hub.comments(other) == []


@pytest.mark.parametrize("keeps_marker", [True, False])
def test_state_is_not_read_back_from_a_comment_that_anyone_may_edit(
    world: World, keeps_marker: bool
) -> None:
    number = world.open(DECISION)
    world.judged(number)
    told = world.comment(number)
    (ours,) = world.hub.all_comments.values()
    marker, _, rest = told.partition("\n")
    forged = rest.replace("**Ready.**", "**Approved.**").replace("- [ ]", "- [x]")
    ours.body = f"{marker}\n{forged}" if keeps_marker else forged
    assert world.judged(number).code == Exit.FAILS
    assert world.check(number)["conclusion"] == "failure"
    mine = [each["body"] for each in world.hub.comments(number) if each["login"] == BOT]
    assert told in mine


def test_a_changed_state_edits_the_comment_and_makes_no_new_one(world: World) -> None:
    number = world.open(DECISION)
    world.judged(number)
    (first,) = world.hub.comments(number)
    for login in REVIEWERS:
        world.approve(number, login)
        world.judged(number)
    (last,) = world.hub.comments(number)
    assert last["id"] == first["id"]
    assert "**Approved.**" in last["body"]


def test_who_must_review_is_not_decided_by_the_head(world: World) -> None:
    taken_over = PROMOTED.replace("kjohnson", "mallory-1").replace("bliskov", "mallory-2")
    number = world.open({**DECISION, PEOPLE_FILE: taken_over})
    world.approve(number, "mallory-1", "mallory-2")
    assert world.judged(number).code == Exit.FAILS
    assert world.check(number)["conclusion"] == "failure"
    assert "mallory-1" in world.comment(number), "it is told why that counts for nothing"


def test_no_shipped_template_fails_the_shipped_checks(run: Run) -> None:
    """Whoever begins with one of the shipped cases begins without an error."""
    ran = run("check", "--no-cache", at=ROOT)
    assert ran.code == Exit.HOLDS, ran.out
    assert " error" not in ran.out


def test_annotations_are_told_as_they_are_and_run_nothing(world: World) -> None:
    """A path or a value may look like a workflow command."""
    text = case("submitted").replace("to: IC3", "to: '%0A::error::hello'")
    number = world.open({CASE: text})
    ran = world.judged(number)
    assert ran.code == Exit.FAILS
    assert not [line for line in (ran.out + ran.err).splitlines() if line.startswith("::")]
    assert any("::error::" in each["message"] for each in world.check(number)["annotations"])
