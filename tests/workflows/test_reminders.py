"""What the workflow that reminds may do, and what starts it."""

import re

import pytest

from tests.workflows.test_workflows import FOLDER, jobs, steps, workflow

FILE = FOLDER / "reminders.yml"


@pytest.fixture
def job():
    (only,) = jobs(FILE).values()
    return only


def test_is_started_by_the_clock_and_by_hand_alone():
    """Nothing that anybody proposes starts it, so what is proposed cannot choose when it runs."""
    assert set(workflow(FILE)["on"]) == {"schedule", "workflow_dispatch"}


def test_may_comment_and_keep_issues_and_nothing_else(job):
    assert job["permissions"] == {
        "contents": "read", "pull-requests": "write", "issues": "write"
    }  # fmt: skip


def test_keeps_the_issues_although_a_comment_failed():
    comment, issues = steps(FILE)[2:]
    assert comment["run"].splitlines()[-1].endswith("-m casework status --post")
    assert issues["run"].splitlines()[-1].endswith("-m casework growth --post")
    assert "if" not in comment
    assert re.search(r"!cancelled\(\) && steps\.install\.outcome == 'success'", issues["if"])
    assert steps(FILE)[1]["id"] == "install"
