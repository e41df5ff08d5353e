"""What the workflow files must never do, whatever else they come to do."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from casework.model.check_run import NAME

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / ".github" / "workflows"
FILES = sorted(FOLDER.glob("*"))
TRUSTED = FOLDER / "casework.yml"
RELAY = FOLDER / "relay.yml"
FROM_THE_HEAD = re.compile(
    r"github\.head_ref|head\.ref\b|head_branch|\.title|\.body|\.login|refs/pull|merge_commit_sha"
)


def workflow(path: Path) -> dict[str, Any]:
    """The file's data, all scalars as they are written: `on` stays a word."""
    return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)


def jobs(path: Path) -> dict[str, Any]:
    return workflow(path)["jobs"]


def steps(path: Path) -> list[dict[str, Any]]:
    return [step for job in jobs(path).values() for step in job["steps"]]


def text(path: Path) -> str:
    return path.read_text("utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
class TestEachWorkflow:
    def test_grants_nothing_unless_a_job_asks_for_it(self, path):
        assert workflow(path)["permissions"] == {}
        assert all("permissions" in job for job in jobs(path).values())

    def test_gives_a_reason_for_each_grant(self, path):
        grants = re.findall(r"^ +[a-z-]+: (?:read|write)\b.*$", text(path), re.MULTILINE)
        named = sum(len(job["permissions"]) for job in jobs(path).values())
        assert len(grants) == named
        assert all(re.search(r" # \w+", grant) for grant in grants)

    def test_puts_no_value_into_a_script(self, path):
        assert not [step for step in steps(path) if "${{" in step.get("run", "")]

    def test_pins_every_action_by_its_commit_and_names_the_version(self, path):
        for line in re.findall(r"uses:.*", text(path)):
            assert re.fullmatch(r"uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)

    def test_keeps_no_token_in_a_checkout(self, path):
        for step in steps(path):
            if "actions/checkout" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] == "false"

    def test_shares_no_cache_and_no_artifact(self, path):
        assert not re.search(r"cache@|/cache|artifact@|cache:", text(path))

    def test_is_not_limited_to_some_paths(self, path):
        """A required check that does not run is waited for for ever."""
        triggers = [trigger for trigger in workflow(path)["on"].values() if trigger]
        assert not [t for t in triggers if "paths" in t or "paths-ignore" in t]

    def test_stops_by_itself(self, path):
        assert all(int(job["timeout-minutes"]) <= 30 for job in jobs(path).values())

    def test_runs_on_a_named_system(self, path):
        assert {job["runs-on"] for job in jobs(path).values()} == {"ubuntu-24.04"}

    def test_calls_no_job_as_the_required_check_is_called(self, path):
        """GitHub reports each job as a check run of its own: it would be taken for ours."""
        names = {job.get("name", key).casefold() for key, job in jobs(path).items()}
        assert NAME.casefold() not in names

    def test_stops_a_script_at_its_first_failure(self, path):
        for step in steps(path):
            script = step.get("run", "").strip()
            assert "\n" not in script or script.startswith("set -euo pipefail\n")

    def test_gives_secrets_to_single_steps_only(self, path):
        """A token or key that a whole job has, everything that it installs has too."""
        whole = [*jobs(path).values(), workflow(path)]
        assert not [each for each in whole if "env" in each]
        for step in steps(path):
            kept = {name: part for name, part in step.items() if name != "env"}
            assert not re.search(r"secrets\.|github\.token", str(kept))

    def test_hands_nothing_from_step_to_step_through_files(self, path):
        assert not re.search(r"GITHUB_(ENV|OUTPUT|PATH|STATE)\b", text(path))


class TestTheTrustedWorkflow:
    def test_uses_no_action(self):
        assert not [step for step in steps(TRUSTED) if "uses" in step]

    def test_is_started_by_nothing_that_runs_the_file_of_a_pull_request(self):
        assert set(workflow(TRUSTED)["on"]) == {
            "pull_request_target", "workflow_run", "push", "schedule", "workflow_dispatch"
        }  # fmt: skip

    def test_looks_again_whenever_what_is_proposed_may_have_changed(self):
        assert set(workflow(TRUSTED)["on"]["pull_request_target"]["types"]) == {
            "opened", "reopened", "synchronize", "edited", "ready_for_review", "converted_to_draft"
        }  # fmt: skip

    def test_reads_nothing_that_the_author_of_a_pull_request_writes(self):
        assert not FROM_THE_HEAD.search(text(TRUSTED))

    def test_fetches_the_default_branch_and_nothing_else(self):
        fetching = [
            line for line in text(TRUSTED).splitlines() if "git " in line and "#" not in line
        ]
        assert [line.split()[:3] for line in fetching] == [["git", "clone", "--quiet"]]
        assert "--branch" not in text(TRUSTED)

    def test_gives_the_token_to_git_by_its_environment(self):
        script = steps(TRUSTED)[0]["run"]
        (clone,) = re.findall(r"git clone[^#]*", script)
        assert "TOKEN" not in clone
        assert "header" not in clone

    def test_installs_only_wheels_whose_hashes_are_known(self):
        (line,) = re.findall(r"-m pip (?:[^\n]*\\\n)*[^\n]*", text(TRUSTED))
        assert "--require-hashes" in line
        assert "--only-binary :all:" in line

    def test_gives_the_keys_to_the_last_step_alone(self):
        *before, last = steps(TRUSTED)
        assert "CASEWORK_APP_PRIVATE_KEY" in last["env"]
        assert not [step for step in before if "secrets." in str(step)]
        assert "env" not in steps(TRUSTED)[1], "what installs others' code gets no token"

    def test_uses_the_environment_that_only_the_default_branch_may_use(self):
        (job,) = jobs(TRUSTED).values()
        assert job["environment"] == "casework"

    def test_never_stops_an_evaluation_that_runs(self):
        (job,) = jobs(TRUSTED).values()
        assert job["concurrency"]["cancel-in-progress"] == "false"
        assert "concurrency" not in workflow(TRUSTED)

    def test_lets_wait_in_one_group_only_what_judges_the_same_commit(self):
        (job,) = jobs(TRUSTED).values()
        group = job["concurrency"]["group"]
        assert "pull_request.head.sha" in group
        assert "workflow_run.head_sha" in group
        assert "pull_request.number" not in group


class TestTheRelay:
    def test_is_the_one_that_the_trusted_workflow_waits_for(self):
        assert workflow(TRUSTED)["on"]["workflow_run"] == {
            "workflows": [workflow(RELAY)["name"]], "types": ["completed"]
        }  # fmt: skip

    def test_tells_of_every_review_and_merge_group(self):
        assert workflow(RELAY)["on"] == {
            "pull_request_review": {"types": ["submitted", "edited", "dismissed"]},
            "merge_group": {"types": ["checks_requested"]},
        }

    def test_does_nothing_and_may_do_nothing(self):
        (job,) = jobs(RELAY).values()
        assert job["permissions"] == {}
        assert [step["run"] for step in job["steps"]] == ["true"]


def test_every_ignored_warning_gives_its_reason():
    for path in FILES:
        for reason in re.findall(r"zizmor: ignore\[[a-z-]+\](.*)", text(path)):
            assert len(reason.split()) >= 3


class TestTheTemplateOfPullRequests:
    TEMPLATE = text(ROOT / ".github" / "pull_request_template.md")

    def test_mentions_nobody_and_links_nothing(self):
        assert not re.search(r"@|#\d|!\[|https?:|www\.", self.TEMPLATE)

    def test_has_no_box_to_tick(self):
        """A row of ticked boxes reads like a promise."""
        assert not re.search(r"\[[ x]\]", self.TEMPLATE)

    def test_says_that_pay_stays_out(self):
        assert "pay" in self.TEMPLATE
