"""What happens on a pull request, from the event to what people see of it.

The last event of each story runs the shipped workflow files as they are. `<story>/` holds what is
then on the pull request: the comment, the check run, and the page of the run.
"""

from pathlib import Path

import pytest

from tests.stories.organisation import (
    DECIDED,
    PEOPLE_FILE,
    POLICY,
    PROMOTED,
    SUBMITTED,
    promotion,
    submitted,
)
from tests.stories.stage import Agrees, Seen, Stage

HERE = Path(__file__).parent
DECISION = {DECIDED: promotion(), PEOPLE_FILE: PROMOTED}
MANAGER, SUBJECT, OWNER = "ghopper", "ada-l", "mhamilton"
REVIEWER, ANOTHER = "kjohnson", "bliskov"
EASIER = "promotion:\n  next_level: {quarters: 1, rating: exceeds}\n"


@pytest.fixture
def told(stage: Stage, agrees: Agrees, request: pytest.FixtureRequest):
    """Compares what is seen with the folder that is named like the test."""
    folder = HERE / request.node.name.removeprefix("test_").replace("_", "-")
    return lambda seen: stage.told(seen, folder, agrees)


def decision(stage: Stage) -> tuple[int, str]:
    """A pull request that records a promotion, judged once."""
    head = stage.commit("the-decision", DECISION)
    number = stage.hub.open_pull_request(MANAGER, head, branch="promote-ada")
    stage.happened("pull_request_target", number)
    return number, head


def reviewed(stage: Stage, number: int, login: str, state: str = "APPROVED") -> int:
    """A review that is judged before the story goes on."""
    given = stage.hub.review(number, login, state)
    stage.happened("pull_request_review", number)
    return given


def last_review(stage: Stage, number: int, login: str, state: str = "APPROVED") -> Seen:
    stage.hub.review(number, login, state)
    return stage.seen(number, stage.happens("pull_request_review", number))


def test_opened(stage: Stage, told):
    head = stage.commit("the-case", {SUBMITTED: submitted()})
    number = stage.hub.open_pull_request(MANAGER, head)
    seen = stage.seen(number, stage.happens("pull_request_target", number))
    assert seen.conclusion == "success", "a submitted case that is ready passes without approvals"
    told(seen)


def test_pushed_to(stage: Stage, told):
    head = stage.commit("the-first-push", {SUBMITTED: submitted(ready=False)})
    number = stage.hub.open_pull_request(MANAGER, head)
    stage.happened("pull_request_target", number)
    assert stage.conclusion(head) == "failure"
    (comment,) = stage.hub.comments(number)

    stage.hub.push(number, stage.commit("the-second-push", {SUBMITTED: submitted()}, onto=head))
    seen = stage.seen(number, stage.happens("pull_request_target", number, action="synchronize"))
    assert seen.conclusion == "success"
    assert [each["id"] for each in stage.hub.comments(number)] == [comment["id"]]
    told(seen)


def test_approved(stage: Stage, told):
    number, head = decision(stage)
    assert stage.conclusion(head) == "failure"
    reviewed(stage, number, REVIEWER)
    seen = last_review(stage, number, ANOTHER)
    assert seen.conclusion == "success"
    told(seen)


def test_approved_by_the_subject(stage: Stage, told):
    number, _ = decision(stage)
    reviewed(stage, number, REVIEWER)
    seen = last_review(stage, number, SUBJECT)
    assert seen.conclusion == "failure"
    told(seen)


def test_comment_after_approval(stage: Stage, told):
    number, _ = decision(stage)
    reviewed(stage, number, REVIEWER)
    reviewed(stage, number, ANOTHER)
    seen = last_review(stage, number, REVIEWER, "COMMENTED")
    assert seen.conclusion == "success", "a later comment takes nothing back"
    told(seen)


def test_dismissed(stage: Stage, told):
    number, head = decision(stage)
    reviewed(stage, number, REVIEWER)
    given = reviewed(stage, number, ANOTHER)
    assert stage.conclusion(head) == "success"

    stage.hub.dismiss(given)
    seen = stage.seen(number, stage.happens("pull_request_review", number, action="dismissed"))
    assert seen.conclusion == "failure"
    told(seen)


def test_force_pushed(stage: Stage, told):
    number, head = decision(stage)
    reviewed(stage, number, REVIEWER)
    reviewed(stage, number, ANOTHER)
    assert stage.conclusion(head) == "success"

    other = promotion().replace("To hand over sooner.", "To hand over sooner, and to write less.")
    again = stage.commit("the-decision-anew", {**DECISION, DECIDED: other})
    stage.hub.push(number, again, forget=True)
    seen = stage.seen(number, stage.happens("pull_request_target", number, action="synchronize"))
    assert seen.conclusion == "failure", "nobody approved this text"
    told(seen)


def test_fork(stage: Stage, told):
    head = stage.commit("the-case", {SUBMITTED: submitted()})
    number = stage.hub.open_pull_request(MANAGER, head, fork=True, branch="main")
    seen = stage.seen(number, stage.happens("pull_request_target", number))
    assert seen.conclusion == "success"
    told(seen)


def test_no_case_changed(stage: Stage, told):
    head = stage.commit("a-note", {"docs/how-we-use-it.md": "# How we use it\n"})
    number = stage.hub.open_pull_request(MANAGER, head)
    stage.happened("pull_request_target", number)
    assert stage.conclusion(head) == "failure"
    seen = last_review(stage, number, OWNER)
    assert seen.conclusion == "success", "an owner approved"
    told(seen)


def test_rules_changed(stage: Stage, told):
    head = stage.commit("an-easier-policy", {"framework/policy.yaml": POLICY + EASIER})
    number = stage.hub.open_pull_request(OWNER, head, branch="easier")
    seen = stage.seen(number, stage.happens("pull_request_target", number))
    assert seen.conclusion == "failure", "an owner cannot approve a change of their own"
    told(seen)


@pytest.mark.usefixtures("pip_itself")
def test_head_that_replaces_the_program(stage: Stage, told, tmp_path: Path):
    ran = tmp_path / "ran"
    betrayal = f"import pathlib\npathlib.Path({str(ran)!r}).touch()\nraise SystemExit(0)\n"
    workflow = (
        "name: Casework\non: [pull_request_target, workflow_run]\njobs:\n  evaluate:\n"
        f"    runs-on: ubuntu-24.04\n    steps:\n      - run: touch {ran}\n"
    )
    lenient = POLICY.replace("owners: [margaret-hamilton]", "owners: [grace-hopper]")
    head = stage.commit(
        "the-takeover",
        {
            SUBMITTED: submitted(ready=False),
            "scripts/casework/__main__.py": betrayal,
            "scripts/casework/__init__.py": betrayal,
            "scripts/sitecustomize.py": betrayal,
            "framework/policy.yaml": lenient + EASIER,
            ".github/workflows/casework.yml": workflow,
            "requirements/run.txt": "",
        },
    )
    number = stage.hub.open_pull_request(MANAGER, head, branch="takeover")
    stage.happened("pull_request_target", number)
    # Whoever it makes an owner approves.
    seen = last_review(stage, number, MANAGER)
    assert seen.conclusion == "failure"
    assert not ran.exists(), "nothing of the head may run"
    told(seen)


def test_merge_queue(stage: Stage, told):
    number, _ = decision(stage)
    reviewed(stage, number, REVIEWER)
    reviewed(stage, number, ANOTHER)
    (before,) = stage.hub.comments(number)

    branch, group = stage.hub.merge_group("main", [number])
    stage.call(group, "the-merge-group")
    seen = stage.seen_on(group, stage.happens("merge_group", head_branch=branch))
    assert seen.conclusion == "success", "the approvals of the pull request count in the group"
    assert stage.hub.comments(number) == [before]
    told(seen)


def test_default_branch_moved(stage: Stage, told):
    head = stage.commit("the-case", {SUBMITTED: submitted()})
    number = stage.hub.open_pull_request(MANAGER, head)
    stage.happened("pull_request_target", number)
    assert stage.conclusion(head) == "success"

    stricter = "promotion:\n  next_level: {quarters: 2, rating: next}\n"
    merged = stage.commit("a-stricter-policy", {"framework/policy.yaml": POLICY + stricter})
    stage.hub.move_base(merged)
    seen = stage.seen(number, stage.happens("push"))
    assert seen.conclusion == "failure", "by the rules of now"
    told(seen)
