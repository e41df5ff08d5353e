"""A comment that is written once, against a GitHub on loopback that others write to as well."""

import pytest

from casework.github.connection import Access, connect
from casework.github.fault import FaultKind, GitHubError
from tests.github.hub import BOT, Hub
from tests.github.twins import at_once

MARKER = "<!-- casework:reminder:cases-due:2027-02 -->"
OTHER = "<!-- casework:reminder:decision-late:2027-02 -->"
COMMENTS, COMMENT = r"/issues/\d+/comments$", r"/issues/comments/\d+$"


@pytest.fixture
def number(hub: Hub) -> int:
    return hub.open_pull_request("ghopper", "a" * 40)


def body(text: str, marker: str = MARKER) -> str:
    return f"{marker}\n{text}\n"


def remind(hub: Hub, number: int, text: str, marker: str = MARKER, **access: str) -> bool:
    waits: list[float] = []
    repository = connect(Access(hub.api_url, hub.repository, hub.token, **access), waits.append)
    return repository.remind(number, body(text, marker), marker)


def said(hub: Hub, number: int, bot: str = BOT) -> list[str]:
    return [each["body"] for each in hub.comments(number) if each["login"] == bot]


def test_is_written_once_and_then_left_as_it_is(hub, number):
    assert remind(hub, number, "due on Friday")
    assert not remind(hub, number, "due on Saturday")
    assert said(hub, number) == [body("due on Friday")]
    assert [each.method for each in hub.writes] == ["POST"]


def test_one_that_somebody_edited_stays_so(hub, number):
    comment = hub.comment(number, BOT, body("due on Friday (moved to Monday)"))
    assert not remind(hub, number, "due on Friday")
    assert list(hub.all_comments) == [comment]


def test_each_marker_has_its_own(hub, number):
    assert remind(hub, number, "due")
    assert remind(hub, number, "late", OTHER)
    assert not remind(hub, number, "due")
    assert len(said(hub, number)) == 2


def test_one_that_was_deleted_comes_back(hub, number):
    remind(hub, number, "due")
    hub.all_comments.clear()
    assert remind(hub, number, "due")


def test_is_found_behind_the_first_page_of_comments(hub, number):
    for each in range(130):
        hub.comment(number, "ada-l", f"remark {each}")
    assert remind(hub, number, "due")
    assert not remind(hub, number, "due")


@pytest.mark.parametrize("login", ["mallory", "other-app[bot]", None])
def test_a_forged_marker_does_not_keep_it_from_being_written(hub, number, login):
    hub.comment(number, login, body("nothing is due"))
    assert remind(hub, number, "due")
    assert said(hub, number) == [body("due")]


def test_a_quotation_of_the_marker_does_not_either(hub, number):
    hub.comment(number, BOT, f"> {body('due')}")
    assert remind(hub, number, "due")


def test_a_token_of_somebody_else_writes_one_and_no_more(hub, number):
    hub.let_in("ghp_person", "ada-l")
    hub.token = "ghp_person"
    with pytest.raises(GitHubError) as caught:
        remind(hub, number, "due")
    assert "CASEWORK_BOT" in caught.value.help
    assert not remind(hub, number, "due", bot="ada-l")
    assert len(hub.comments(number)) == 1


class TestTwins:
    def test_one_that_was_written_at_the_same_moment_stays_and_ours_goes(self, hub, number):
        hub.before("POST", COMMENTS, lambda: hub.comment(number, BOT, body("theirs")))
        assert remind(hub, number, "ours")
        assert said(hub, number) == [body("theirs")]

    def test_a_younger_one_is_left_to_whoever_wrote_it(self, hub, number):
        hub.before("GET", COMMENTS, lambda: hub.comment(number, BOT, body("theirs")), skip=1)
        assert remind(hub, number, "ours")
        assert said(hub, number) == [body("ours"), body("theirs")]

    def test_ours_that_somebody_deleted_first_is_fine(self, hub, number):
        hub.before("POST", COMMENTS, lambda: hub.comment(number, BOT, body("theirs")))
        hub.fail("DELETE", COMMENT, status=404, body={"message": "Not Found"})
        assert remind(hub, number, "ours")

    @pytest.mark.parametrize("attempt", range(5))
    def test_two_at_once_leave_one(self, hub, number, attempt):
        at_once(lambda: remind(hub, number, "one"), lambda: remind(hub, number, "two"))
        assert len(said(hub, number)) == 1


class TestFaults:
    @pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
    def test_a_502_or_a_dropped_connection_makes_no_duplicate(self, hub, number, after):
        hub.fail("POST", COMMENTS, status=502, after=after)
        hub.drop("POST", COMMENTS, skip=1, after=after)
        assert remind(hub, number, "due")
        assert said(hub, number) == [body("due")]

    def test_a_limit_is_sat_out(self, hub, number):
        hub.fail("POST", COMMENTS, status=429, headers={"Retry-After": "7"})
        assert remind(hub, number, "due")
        assert said(hub, number) == [body("due")]

    def test_a_token_that_may_not_comment_is_told_which_permission(self, hub, number):
        hub.fail("POST", COMMENTS, status=403, body={"message": "Resource not accessible"})
        with pytest.raises(GitHubError) as caught:
            remind(hub, number, "due")
        assert "`pull-requests: write`" in caught.value.help

    def test_a_locked_pull_request_is_told_of(self, hub, number):
        hub.fail("POST", COMMENTS, status=403, body={"message": "Unable to create comment because"
                                                     " issue is locked."})  # fmt: skip
        with pytest.raises(GitHubError) as caught:
            remind(hub, number, "due")
        assert "locked" in caught.value.message

    def test_one_that_is_gone_is_told_of(self, hub):
        with pytest.raises(GitHubError) as caught:
            remind(hub, 99, "due")
        assert caught.value.kind is FaultKind.ABSENT

    def test_a_text_that_is_too_long_is_told_at_once(self, hub, number):
        with pytest.raises(GitHubError) as caught:
            remind(hub, number, "x" * 65_536)
        assert caught.value.kind is FaultKind.REFUSED
