"""What the workflow that writes notes may do, and what starts it; it may write to git."""

import pytest

from tests.workflows.test_workflows import FILES, FOLDER, jobs, steps, workflow

FILE = FOLDER / "record.yml"


@pytest.fixture
def job():
    (only,) = jobs(FILE).values()
    return only


def test_is_started_by_what_got_on_the_branch_the_clock_and_by_hand_alone():
    """Nothing that anybody only proposes starts it."""
    assert set(workflow(FILE)["on"]) == {"push", "schedule", "workflow_dispatch"}
    assert workflow(FILE)["on"]["push"] == {"branches": ["main", "master"]}


def test_may_write_notes_and_read_pull_requests_and_nothing_else(job):
    assert job["permissions"] == {"contents": "write", "pull-requests": "read"}


def test_is_the_only_one_that_may_write_to_the_repository():
    writing = [
        path for path in FILES for job in jobs(path).values()
        if job["permissions"].get("contents") == "write"
    ]  # fmt: skip
    assert writing == [FILE]


def test_leaves_every_push_to_the_program():
    *_, last = steps(FILE)
    assert last["run"].splitlines()[-1].endswith("-m casework record")
    assert not [step for step in steps(FILE) if "git push" in step["run"]]
