"""The check run on a commit: written when something is new, and never green by half."""

import pytest

from casework.github.connection import Access, connect
from casework.github.fault import GitHubError
from casework.github.repository import Repository
from casework.model.check_run import NAME, Annotation, CheckRun
from tests.github.hub import Hub
from tests.github.state import ACTIONS, Check

HEAD = "a" * 40
CREATE = r"/check-runs$"
UPDATE = r"/check-runs/\d+$"
URL = "https://github.example.com/acme/careers/actions/runs/1"


@pytest.fixture
def repository(hub: Hub) -> Repository:
    hub.open_pull_request("ghopper", HEAD)
    waits: list[float] = []
    return connect(Access(hub.api_url, hub.repository, hub.token), waits.append)


def check(annotations: int = 0, *, passes: bool = True, title: str = "Ready") -> CheckRun:
    return CheckRun(HEAD, passes, title, "A summary.", "Details.", _annotations(annotations))


def _annotations(number: int) -> tuple[Annotation, ...]:
    return tuple(
        Annotation("cases/ada-lovelace/2027-02.md", each + 1, 3, "failure", "a rule", f"no. {each}")
        for each in range(number)
    )


def latest(hub: Hub) -> dict:
    return max(hub.check_runs(HEAD), key=lambda each: each["id"])


def writes(hub: Hub) -> list[str]:
    return [each.method for each in hub.log if each.method != "GET"]


class TestOneCheck:
    def test_says_the_verdict_with_its_annotations(self, hub, repository):
        assert repository.keep_check(check(2, passes=False, title="Not ready"), URL)
        run = latest(hub)
        assert (run["name"], run["status"], run["conclusion"]) == (NAME, "completed", "failure")
        assert run["title"] == "Not ready"
        assert run["details_url"] == URL
        assert [each["message"] for each in run["annotations"]] == ["no. 0", "no. 1"]

    def test_the_same_again_writes_nothing_and_takes_one_request(self, hub, repository):
        repository.keep_check(check(3), URL)
        calls = repository.calls
        assert not repository.keep_check(check(3), "https://github.example.com/another/run")
        assert repository.calls == calls + 1
        assert writes(hub) == ["POST"]

    @pytest.mark.parametrize(
        "other",
        [check(1, passes=False), check(1, title="Approved"), check(2), check(0)],
        ids=["verdict", "title", "more", "fewer"],
    )
    def test_anything_else_is_a_new_one(self, hub, repository, other):
        repository.keep_check(check(1), URL)
        assert repository.keep_check(other, URL)
        assert len(hub.check_runs(HEAD)) == 2
        assert latest(hub)["title"] == other.title

    def test_another_annotation_of_the_same_number_is_news(self, hub, repository):
        repository.keep_check(check(1), URL)
        moved = check(1)._replace(annotations=(_annotations(1)[0]._replace(line=9),))
        assert repository.keep_check(moved, URL)

    def test_back_to_what_an_older_one_said_is_a_new_one(self, hub, repository):
        for passes in (True, False, True):
            assert repository.keep_check(check(passes=passes), URL)
        assert latest(hub)["conclusion"] == "success"

    def test_is_posted_without_a_link_or_details(self, hub, repository):
        assert repository.keep_check(check()._replace(text=""), None)
        assert not repository.keep_check(check()._replace(text=""), None)

    def test_a_conclusion_that_somebody_changed_is_put_right(self, hub, repository):
        repository.keep_check(check(passes=False), URL)
        hub.checks[latest(hub)["id"]].fields["conclusion"] = "success"
        assert repository.keep_check(check(passes=False), URL)
        assert latest(hub)["conclusion"] == "failure"

    def test_a_text_that_somebody_changed_is_put_right(self, hub, repository):
        repository.keep_check(check(passes=False), URL)
        hub.checks[latest(hub)["id"]].output["summary"] = "All is well."
        assert repository.keep_check(check(passes=False), URL)
        assert latest(hub)["summary"] == "A summary."

    def test_a_job_of_that_name_is_left_alone(self, hub, repository):
        job = {"name": NAME, "status": "in_progress", "external_id": "5c31"}
        hub.checks[1] = Check(1, ACTIONS, HEAD, hub.now(), dict(job))
        assert repository.keep_check(check(), URL)
        assert hub.checks[1].fields == job

    def test_an_app_of_another_name_does_not_speak_for_us(self, hub, repository):
        repository.keep_check(check(), URL)
        other = connect(
            Access(hub.api_url, hub.repository, hub.token, bot="casework-app[bot]"), _never
        )
        assert other.keep_check(check(), URL)


class TestManyAnnotations:
    @pytest.mark.parametrize("number", [50, 51, 100, 101, 160])
    def test_all_arrive_once_and_in_order(self, hub, repository, number):
        assert repository.keep_check(check(number), URL)
        assert (latest(hub)["status"], latest(hub)["conclusion"]) == ("completed", "success")
        said = [each["message"] for each in latest(hub)["annotations"]]
        assert said == [f"no. {each}" for each in range(number)]
        assert not repository.keep_check(check(number), URL)
        assert len(hub.check_runs(HEAD)) == 1

    def test_is_not_green_where_it_breaks_off(self, hub, repository):
        hub.fail("PATCH", UPDATE, status=403, body={"message": "Forbidden"})
        with pytest.raises(GitHubError):
            repository.keep_check(check(120), URL)
        assert (latest(hub)["status"], latest(hub)["conclusion"]) == ("in_progress", None)

    def test_the_next_run_completes_what_broke_off(self, hub, repository):
        hub.fail("PATCH", UPDATE, status=403, body={"message": "Forbidden"})
        with pytest.raises(GitHubError):
            repository.keep_check(check(120), URL)
        assert repository.keep_check(check(120), URL)
        (run,) = hub.check_runs(HEAD)
        assert (run["status"], len(run["annotations"])) == ("completed", 120)

    def test_the_next_run_of_another_verdict_closes_what_broke_off(self, hub, repository):
        hub.fail("PATCH", UPDATE, status=403, body={"message": "Forbidden"})
        with pytest.raises(GitHubError):
            repository.keep_check(check(120), URL)
        assert repository.keep_check(check(passes=False), URL)
        first, second = sorted(hub.check_runs(HEAD), key=lambda each: each["id"])
        assert (first["conclusion"], second["conclusion"]) == ("cancelled", "failure")

    @pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
    @pytest.mark.parametrize("skip", [0, 1])
    def test_a_502_to_annotations_does_not_add_them_twice(self, hub, repository, after, skip):
        hub.fail("PATCH", UPDATE, status=502, after=after, skip=skip)
        assert repository.keep_check(check(120), URL)
        (run,) = hub.check_runs(HEAD)
        assert (run["status"], len(run["annotations"])) == ("completed", 120)

    def test_a_beginning_whose_answer_is_lost_is_gone_on_with(self, hub, repository):
        hub.drop("POST", CREATE, after=True)
        assert repository.keep_check(check(120), URL)
        (run,) = hub.check_runs(HEAD)
        assert (run["status"], len(run["annotations"])) == ("completed", 120)


def test_whoever_writes_much_does_so_without_haste(hub):
    hub.open_pull_request("ghopper", HEAD)
    waits: list[float] = []
    repository = connect(Access(hub.api_url, hub.repository, hub.token), waits.append)
    for each in range(12):
        repository.keep_check(check(title=f"no. {each}"), URL)
    assert waits == [1, 1]


class TestFaults:
    def test_a_502_to_a_check_that_was_not_created_is_repeated(self, hub, repository):
        hub.fail("POST", CREATE, status=502)
        assert repository.keep_check(check(), URL)
        assert len(hub.check_runs(HEAD)) == 1

    def test_a_502_to_a_check_that_was_created_makes_no_duplicate(self, hub, repository):
        hub.fail("POST", CREATE, status=502, after=True)
        assert repository.keep_check(check(), URL)
        assert len(hub.check_runs(HEAD)) == 1

    @pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
    def test_a_connection_that_drops_makes_no_duplicate(self, hub, repository, after):
        hub.drop("POST", CREATE, after=after)
        assert repository.keep_check(check(), URL)
        assert len(hub.check_runs(HEAD)) == 1

    def test_a_missing_permission_is_named(self, hub, repository):
        hub.fail(
            "POST", CREATE, status=403, body={"message": "Resource not accessible by integration"}
        )
        with pytest.raises(GitHubError) as caught:
            repository.keep_check(check(), URL)
        assert "`checks: write`" in caught.value.message


def _never(seconds: float) -> None:
    raise AssertionError(f"waited {seconds} seconds")


class TestWhereChecksCannotBeRead:
    """A green one of before must not be left standing because nobody can see it."""

    @pytest.mark.parametrize("status", [500, 403, 404, 422])
    def test_a_new_one_takes_the_place_of_what_is_there(self, hub, repository, status):
        repository.keep_check(check(), URL)
        hub.fail("GET", r"/check-runs$", status=status, times=None)
        assert repository.keep_check(check(passes=False), URL)
        assert latest(hub)["conclusion"] == "failure"

    def test_an_answer_that_is_no_list_is_like_none(self, hub, repository):
        repository.keep_check(check(), URL)
        hub.fail("GET", r"/check-runs$", status=200, body=[{"odd": 1}])
        assert repository.keep_check(check(passes=False), URL)
        assert latest(hub)["conclusion"] == "failure"

    def test_where_none_can_be_written_either_it_is_told(self, hub, repository):
        hub.fail("*", r"/check-runs$", status=403, times=None)
        with pytest.raises(GitHubError) as caught:
            repository.keep_check(check(), URL)
        assert "`checks: write`" in caught.value.help

    @pytest.mark.parametrize("odd", [[{"odd": 1}], {"id": 1, "external_id": "another"}, {}])
    def test_an_answer_that_speaks_of_no_check_run_is_no_success(self, hub, repository, odd):
        hub.fail("POST", CREATE, status=200, body=odd, times=None)
        with pytest.raises(GitHubError):
            repository.keep_check(check(), URL)
