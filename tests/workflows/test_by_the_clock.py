"""What holds for every workflow that works on its own, and not on a pull request."""

import pytest

from tests.workflows.test_workflows import FOLDER, FROM_THE_HEAD, jobs, steps, text, workflow

FILES = [FOLDER / "record.yml", FOLDER / "reminders.yml"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
class TestEach:
    def test_runs_the_default_branch_alone(self, path):
        """A branch of that name may not be the default one, and by hand any can be named."""
        (job,) = jobs(path).values()
        on_it = "github.ref_name == github.event.repository.default_branch"
        assert " ".join(job["if"].split()) == f"github.event_name == 'schedule' || {on_it}"

    def test_runs_once_a_day_and_not_when_everybodys_do(self, path):
        (each,) = workflow(path)["on"]["schedule"]
        minute, hour, *rest = each["cron"].split()
        assert rest == ["*", "*", "*"]
        assert minute.isdecimal()
        assert minute != "0"
        assert hour.isdecimal()

    def test_uses_no_action_no_environment_and_no_secret_but_its_own_token(self, path):
        (job,) = jobs(path).values()
        assert "environment" not in job
        assert not [step for step in steps(path) if "uses" in step]
        assert "secrets." not in text(path)
        assert {name for step in steps(path) for name in step.get("env", {})} == {"GITHUB_TOKEN"}

    def test_reads_nothing_that_the_author_of_a_pull_request_writes(self, path):
        assert not FROM_THE_HEAD.search(text(path))

    def test_fetches_and_installs_as_the_trusted_workflow_does(self, path):
        """What is shown of its steps there is true here."""
        trusted = [step["run"] for step in steps(FOLDER / "casework.yml")]
        assert [step["run"] for step in steps(path)][:2] == trusted[:2]
        assert "env" not in steps(path)[1], "what installs others' code gets no token"

    def test_never_stops_a_run_half_way(self, path):
        (job,) = jobs(path).values()
        assert job["concurrency"] == {"group": path.stem, "cancel-in-progress": "false"}
