"""What an event makes a run judge, and how little is taken from it."""

import json
from pathlib import Path

import pytest

from casework.cli.assignment import Assignment, assignment
from casework.cli.failure import Exit, FailureError, UsageError
from casework.cli.surroundings import Surroundings

HEAD = "5f0c2b9d7e41a8836c1d20b7f4e95a3361d0c8aa"


def told(tmp_path: Path, name: str, event: object) -> Assignment:
    place = tmp_path / "event.json"
    place.write_text(json.dumps(event), "utf-8")
    return assignment(Surroundings(event_name=name, event_path=str(place)))


def test_a_pull_request_names_itself_and_its_commit(tmp_path: Path) -> None:
    event = {"pull_request": {"number": 12, "head": {"sha": HEAD, "ref": "$(id)"}}}
    assert told(tmp_path, "pull_request_target", event) == Assignment(12, HEAD)


def test_the_relay_of_a_review_names_a_commit_and_nothing_else(tmp_path: Path) -> None:
    relayed = {
        "event": "pull_request_review", "head_sha": HEAD, "head_branch": "main",
        "pull_requests": [{"number": 99}],
    }  # fmt: skip
    assert told(tmp_path, "workflow_run", {"workflow_run": relayed}) == Assignment(head=HEAD)


def test_the_relay_of_a_merge_group_names_its_branch(tmp_path: Path) -> None:
    branch = f"gh-readonly-queue/main/pr-12-{HEAD}"
    relayed = {"event": "merge_group", "head_sha": HEAD, "head_branch": branch}
    assert told(tmp_path, "workflow_run", {"workflow_run": relayed}) == Assignment(
        head=HEAD, group=branch
    )


@pytest.mark.parametrize("event", ["push", "workflow_dispatch", "", None, 7])
def test_a_run_that_only_bears_the_relays_name_is_passed_over(
    tmp_path: Path, event: object
) -> None:
    relayed = {"event": event, "head_sha": HEAD, "head_branch": "main"}
    assert told(tmp_path, "workflow_run", {"workflow_run": relayed}).is_nothing


def test_a_branch_of_another_name_is_no_merge_group(tmp_path: Path) -> None:
    relayed = {"event": "merge_group", "head_sha": HEAD, "head_branch": "topic"}
    assert told(tmp_path, "workflow_run", {"workflow_run": relayed}).is_nothing


@pytest.mark.parametrize("name", ["push", "schedule"])
def test_time_and_the_default_branch_concern_everything(tmp_path: Path, name: str) -> None:
    assert told(tmp_path, name, {}) == Assignment()


@pytest.mark.parametrize(("typed", "number"), [("12", 12), (" 7 ", 7), ("", None), (None, None)])
def test_a_run_by_hand_may_name_a_pull_request(
    tmp_path: Path, typed: str | None, number: int | None
) -> None:
    event = {"inputs": {"pull_request": typed}}
    assert told(tmp_path, "workflow_dispatch", event) == Assignment(number)
    assert told(tmp_path, "workflow_dispatch", {"inputs": None}) == Assignment()


@pytest.mark.parametrize(
    "typed", ["0", "-1", "1; rm -rf /", "\uff11\uff12", "12\n13", "99999999999", "#12"]
)
def test_only_a_number_names_a_pull_request(typed: str) -> None:
    with pytest.raises(UsageError, match="must be the number of a pull request"):
        assignment(Surroundings(pull_request=typed))


@pytest.mark.parametrize(
    ("name", "event"),
    [
        ("pull_request_target", {}),
        ("pull_request_target", {"pull_request": {"number": "12"}}),
        ("pull_request_target", {"pull_request": {"number": True}}),
        ("workflow_run", {"workflow_run": {"event": "pull_request_review", "head_sha": "main"}}),
        ("issue_comment", {}),
        (None, {}),
    ],
)
def test_an_event_that_does_not_say_is_a_clear_failure(
    tmp_path: Path, name: str, event: object
) -> None:
    with pytest.raises(FailureError) as failure:
        told(tmp_path, name, event)
    assert failure.value.code is Exit.CANNOT_RUN
    assert failure.value.help


@pytest.mark.parametrize("text", ["", "{", "\udcff"])
def test_an_event_that_cannot_be_read_is_a_clear_failure(tmp_path: Path, text: str) -> None:
    place = tmp_path / "event.json"
    place.write_text(text, "utf-8", errors="surrogateescape")
    with pytest.raises(FailureError, match="must name a readable JSON file"):
        assignment(Surroundings(event_name="pull_request_target", event_path=str(place)))


def test_variables_that_are_empty_are_not_set() -> None:
    around = Surroundings.read({"GITHUB_TOKEN": "", "CASEWORK_APP_ID": " ", "CASEWORK_BOT": "\n"})
    assert around == Surroundings()


def test_an_enterprise_servers_addresses_are_taken_over() -> None:
    around = Surroundings.read(
        {
            "GITHUB_API_URL": "https://git.example.com/api/v3/",
            "GITHUB_SERVER_URL": "https://git.example.com",
            "GITHUB_REPOSITORY": "acme/careers",
            "GITHUB_RUN_ID": "7",
        }
    )
    assert around.api_url == "https://git.example.com/api/v3"
    assert around.remote == "https://git.example.com/acme/careers.git"
    assert around.run_url == "https://git.example.com/acme/careers/actions/runs/7"


def test_where_files_are_shown_whatever_the_branch_is_called() -> None:
    around = Surroundings(server_url="https://github.example", repository="acme/careers")
    shown = "https://github.example/acme/careers/blob/years/%232027%3F"
    assert around.files("years/#2027?") == shown
