"""Faults: what is waited for, for how long, and what is said when it is in vain."""

import time
from email.utils import formatdate

import pytest

from casework.github.connection import Access, connect
from casework.github.fault import FaultKind, GitHubError
from casework.github.limits import again_at, seconds_of_limit
from casework.github.patience import TRIES
from tests.github.hub import Hub

PULLS = r"/pulls$"


class Client:
    """A connection that notes its waits, and what came of reading pull requests."""

    def __init__(self, hub: Hub, budget: float = 120) -> None:
        self.waits: list[float] = []
        access = Access(hub.api_url, hub.repository, hub.token)
        self.repository = connect(access, self.waits.append, budget)

    def read(self) -> None:
        self.repository.open_pull_requests("main")

    def error(self) -> GitHubError:
        with pytest.raises(GitHubError) as caught:
            self.read()
        return caught.value


@pytest.fixture
def client(hub: Hub) -> Client:
    return Client(hub)


class TestWhatPasses:
    @pytest.mark.parametrize("status", [500, 502, 503, 504])
    def test_a_server_that_stumbles_is_asked_again(self, hub, client, status):
        hub.fail("GET", PULLS, status=status, times=2)
        client.read()
        assert client.waits == [1, 2]
        assert client.repository.calls == 3

    def test_a_connection_that_drops_is_made_again(self, hub, client):
        hub.drop("GET", PULLS, 2)
        client.read()
        assert client.waits == [1, 2]

    def test_a_slow_answer_is_waited_for_only_so_long(self, hub, monkeypatch):
        monkeypatch.setattr("casework.github.requester.TIMEOUT", 0.25)
        hub.delay("GET", PULLS, 0.5)
        client = Client(hub)
        client.read()
        assert client.waits == [1]

    def test_an_answer_that_is_not_json_is_asked_for_again(self, hub, client):
        hub.fail("GET", PULLS, status=200, body="<html>Sign in to the network</html>")
        client.read()
        assert client.waits == [1]

    def test_an_answer_that_breaks_off_is_asked_for_again(self, hub, client):
        hub.fail("GET", PULLS, status=200, body='[{"number": ')
        client.read()
        assert client.waits == [1]

    @pytest.mark.parametrize("status", [403, 429])
    def test_retry_after_is_honoured(self, hub, client, status):
        hub.fail("GET", PULLS, status=status, headers={"Retry-After": "17"})
        client.read()
        assert client.waits == [17]

    def test_a_secondary_limit_that_names_no_time_takes_a_minute(self, hub, client):
        hub.fail(
            "GET",
            PULLS,
            status=403,
            body={"message": "You have exceeded a secondary rate limit. Please wait."},
        )
        client.read()
        assert client.waits == [60]

    def test_a_primary_limit_is_waited_for_until_its_reset(self, hub, client):
        hub.fail("GET", PULLS, status=403, headers=_used_up(30), body={"message": "No more."})
        client.read()
        (waited,) = client.waits
        assert 29 <= waited <= 32


class TestWhatDoesNot:
    def test_a_server_that_stays_down_ends_it(self, hub, client):
        hub.fail("GET", PULLS, status=502, times=99)
        error = client.error()
        assert error.kind is FaultKind.UNREACHABLE
        assert "`502`" in error.message
        assert client.waits == [1, 2, 4, 8]
        assert client.repository.calls == TRIES

    def test_a_limit_that_is_named_again_and_again_ends_it(self, hub, client):
        hub.fail("GET", PULLS, status=429, headers={"Retry-After": "0"}, times=99)
        assert client.error().kind is FaultKind.LIMITED
        assert client.repository.calls == TRIES

    def test_a_limit_beyond_what_may_be_waited_ends_it_at_once(self, hub, client):
        hub.fail("GET", PULLS, status=403, headers=_used_up(3000), body={"message": "No more."})
        error = client.error()
        assert error.kind is FaultKind.LIMITED
        assert "UTC" in error.message
        assert client.waits == []
        assert client.repository.calls == 1

    def test_a_limit_that_ended_it_once_is_not_tried_again(self, hub, client):
        hub.fail("GET", PULLS, status=403, headers=_used_up(3000), body={"message": "No more."})
        first = client.error()
        assert client.error() is first
        assert client.repository.calls == 1

    def test_the_budget_is_one_for_all_requests(self, hub):
        client = Client(hub, budget=20)
        hub.fail("GET", PULLS, status=429, headers={"Retry-After": "12"})
        client.read()
        hub.fail("GET", PULLS, status=429, headers={"Retry-After": "12"})
        assert client.error().kind is FaultKind.LIMITED
        assert client.waits == [12]

    def test_seconds_without_an_answer_count_as_well(self, hub, monkeypatch):
        monkeypatch.setattr("casework.github.requester.TIMEOUT", 0.25)
        hub.delay("GET", PULLS, 0.5, times=9)
        client = Client(hub, budget=2.4)
        assert client.error().kind is FaultKind.UNREACHABLE
        assert client.waits == [1]

    def test_who_says_nothing_for_too_long_is_asked_no_more(self, hub, monkeypatch):
        monkeypatch.setattr("casework.github.requester.TIMEOUT", 0.25)
        hub.delay("GET", PULLS, 0.3, times=99)
        client = Client(hub, budget=0.4)
        for _ in range(9):
            assert client.error().kind is FaultKind.UNREACHABLE
        assert client.repository.calls == 4

    @pytest.mark.parametrize(
        ("status", "kind", "word"),
        [
            (401, FaultKind.UNAUTHORISED, "token"),
            (403, FaultKind.FORBIDDEN, "`pull-requests: read`"),
            (404, FaultKind.ABSENT, "exist"),
            (422, FaultKind.REFUSED, "accept"),
        ],
    )
    def test_a_no_is_told_at_once(self, hub, client, status, kind, word):
        hub.fail("GET", PULLS, status=status, body={"message": "Words of `GitHub`'s\nown"})
        error = client.error()
        assert error.kind is kind
        assert word in error.message
        assert "`Words of 'GitHub''s own`" in error.message
        assert error.help
        assert client.waits == []
        assert client.repository.calls == 1

    @pytest.mark.parametrize("odd", [{"message": "hello"}, [{"number": 1}], [{"number": "one"}]])
    def test_an_answer_that_is_none_of_githubs_is_told(self, hub, client, odd):
        hub.fail("GET", PULLS, status=200, body=odd)
        assert client.error().kind is FaultKind.UNREACHABLE

    def test_nobody_listening_is_told(self, hub):
        access = Access("http://127.0.0.1:9", hub.repository, hub.token)
        waits: list[float] = []
        with pytest.raises(GitHubError) as caught:
            connect(access, waits.append).open_pull_requests("main")
        assert caught.value.kind is FaultKind.UNREACHABLE
        assert waits == [1, 2, 4, 8]

    def test_an_answer_that_points_elsewhere_is_not_followed(self, hub, client):
        elsewhere = {"Location": "http://elsewhere.example.com/repos/acme/careers/pulls"}
        hub.fail("GET", PULLS, status=301, headers=elsewhere)
        assert client.error().kind is FaultKind.UNREACHABLE


class TestLimits:
    def test_retry_after_may_be_a_day(self):
        headers = {"retry-after": formatdate(1090, usegmt=True), "date": formatdate(1000)}
        assert seconds_of_limit(429, headers, "", 0) == 90

    def test_no_limit_is_seen_in_a_plain_refusal(self):
        assert seconds_of_limit(403, {"x-ratelimit-remaining": "12"}, "Forbidden", 0) is None
        assert seconds_of_limit(500, {"retry-after": "3"}, "", 0) is None

    def test_a_reset_in_the_past_is_waited_for_a_moment(self):
        headers = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "900"}
        assert seconds_of_limit(403, headers | {"date": formatdate(1000)}, "", 0) == 1

    def test_without_a_clock_of_githubs_it_takes_a_minute(self):
        headers = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "900"}
        assert seconds_of_limit(403, headers, "", 0) == 60

    def test_the_second_time_takes_longer(self):
        assert seconds_of_limit(429, {}, "", 1) == 120

    def test_says_when_requests_are_taken_again(self):
        assert again_at({"date": formatdate(0)}, 90) == "`1970-01-01 00:02 UTC`"
        assert again_at({}, 90) == "90 seconds from now"
        assert again_at({"date": formatdate(0)}, 1e12) == "a day that no calendar has"


def _used_up(seconds: int) -> dict[str, str]:
    reset = str(int(time.time()) + seconds)
    return {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": reset}
