"""The one comment on a pull request, against a GitHub on loopback that others write to as well."""

import pytest

from casework.github.connection import Access, connect
from casework.github.fault import FaultKind, GitHubError
from tests.github.hub import Hub
from tests.github.twins import at_once

MARKER = "<!-- casework:summary -->"
BOT = "github-actions[bot]"
COMMENTS = r"/issues/\d+/comments$"
COMMENT = r"/issues/comments/\d+$"


@pytest.fixture
def number(hub: Hub) -> int:
    return hub.open_pull_request("ghopper", "a" * 40)


def body(text: str) -> str:
    return f"{MARKER}\n{text}\n"


def keep(hub: Hub, number: int, text: str, **access: str) -> bool:
    waits: list[float] = []
    repository = connect(
        Access(hub.api_url, hub.repository, hub.token, **access), waits.append, budget=120
    )
    return repository.keep_comment(number, body(text), MARKER)


def said(hub: Hub, number: int, bot: str = BOT) -> list[str]:
    return [each["body"].strip() for each in hub.comments(number) if each["login"] == bot]


def writes(hub: Hub) -> list[str]:
    return [each.method for each in hub.log if each.method != "GET"]


class TestOneComment:
    def test_is_created_where_there_is_none(self, hub, number):
        assert keep(hub, number, "not ready")
        assert said(hub, number) == [body("not ready").strip()]

    def test_a_change_edits_it_and_creates_no_other(self, hub, number):
        keep(hub, number, "not ready")
        (first,) = hub.comments(number)
        assert keep(hub, number, "ready")
        (second,) = hub.comments(number)
        assert second["id"] == first["id"]
        assert second["body"] == body("ready")

    def test_the_same_again_writes_nothing_and_takes_one_request(self, hub, number):
        keep(hub, number, "ready")
        before = len(hub.log)
        assert not keep(hub, number, "ready")
        assert [each.method for each in hub.log[before:]] == ["GET"]

    def test_line_ends_that_github_changed_are_no_change(self, hub, number):
        hub.comment(number, BOT, body("ready").replace("\n", "\r\n").rstrip())
        assert not keep(hub, number, "ready")

    def test_is_found_behind_the_first_page_of_comments(self, hub, number):
        for each in range(130):
            hub.comment(number, "ada-l", f"remark {each}")
        keep(hub, number, "not ready")
        for each in range(130):
            hub.comment(number, "ada-l", f"further remark {each}")
        assert keep(hub, number, "ready")
        assert said(hub, number) == [body("ready").strip()]


class TestWhoseComment:
    def test_a_forged_marker_does_not_hijack_the_comment(self, hub, number):
        hub.comment(number, "mallory", body("approved, truly"))
        assert keep(hub, number, "not ready")
        assert said(hub, number, "mallory") == [body("approved, truly").strip()]
        assert said(hub, number) == [body("not ready").strip()]

    def test_nor_does_another_bot(self, hub, number):
        hub.comment(number, "other-app[bot]", body("approved, truly"))
        assert keep(hub, number, "not ready")
        assert len(hub.comments(number)) == 2

    def test_other_comments_of_the_same_bot_are_left_alone(self, hub, number):
        hub.comment(number, BOT, f"Quoted: {body('ready')}")
        assert keep(hub, number, "ready")
        assert len(hub.comments(number)) == 2

    def test_a_bot_of_another_name_makes_no_duplicate(self, hub, number):
        hub.comment(number, "Casework-App[bot]", body("not ready"))
        assert keep(hub, number, "ready", bot="casework-app[bot]")
        assert said(hub, number, "Casework-App[bot]") == [body("ready").strip()]
        assert len(hub.comments(number)) == 1

    def test_a_token_of_somebody_else_writes_one_and_no_more(self, hub, number):
        hub.let_in("ghp_person", "ada-l")
        hub.token = "ghp_person"
        with pytest.raises(GitHubError) as caught:
            keep(hub, number, "ready")
        assert caught.value.kind is FaultKind.UNAUTHORISED
        assert "`ada-l`" in caught.value.message
        assert "CASEWORK_BOT" in caught.value.help
        assert writes(hub) == ["POST"]

    def test_what_anybody_edited_into_it_is_not_believed(self, hub, number):
        keep(hub, number, "not ready")
        (comment,) = hub.comments(number)
        twin = connect(Access(hub.api_url, hub.repository, hub.token), _never)
        twin.keep_comment(number, body("approved, truly"), MARKER)
        assert keep(hub, number, "not ready")
        (after,) = hub.comments(number)
        assert (after["id"], after["body"]) == (comment["id"], body("not ready"))


class TestTwins:
    def test_of_several_the_oldest_is_kept_and_says_it(self, hub, number):
        for text in ("one", "two", "three"):
            hub.comment(number, BOT, body(text))
        oldest = hub.comments(number)[0]["id"]
        assert keep(hub, number, "ready")
        (left,) = hub.comments(number)
        assert (left["id"], left["body"]) == (oldest, body("ready"))

    def test_one_that_a_twin_deleted_first_is_fine(self, hub, number):
        for text in ("ready", "ready"):
            hub.comment(number, BOT, body(text))
        hub.fail("DELETE", COMMENT, status=404, body={"message": "Not Found"})
        assert keep(hub, number, "ready")

    def test_a_twin_that_creates_at_the_same_moment_leaves_one(self, hub, number):
        hub.before("POST", COMMENTS, lambda: hub.comment(number, BOT, body("ready")))
        assert keep(hub, number, "ready")
        assert said(hub, number) == [body("ready").strip()]

    @pytest.mark.parametrize("attempt", range(5))
    def test_two_at_once_leave_one(self, hub, number, attempt):
        at_once(lambda: keep(hub, number, "one"), lambda: keep(hub, number, "two"))
        assert len(said(hub, number)) == 1

    def test_one_deleted_between_list_and_edit_is_created_anew(self, hub, number):
        keep(hub, number, "not ready")
        hub.before("PATCH", COMMENT, hub.all_comments.clear)
        assert keep(hub, number, "ready")
        assert said(hub, number) == [body("ready").strip()]

    def test_one_that_is_listed_after_it_was_deleted_is_not_tried_again(self, hub, number):
        keep(hub, number, "not ready")
        for verb in ("PATCH", "GET"):
            hub.fail(verb, COMMENT, status=404, times=None)
        assert keep(hub, number, "ready")
        assert body("ready").strip() in said(hub, number)

    def test_one_that_may_be_read_and_not_written_gets_no_second_beside_it(self, hub, number):
        keep(hub, number, "not ready")
        hub.fail("PATCH", COMMENT, status=404, times=None)
        with pytest.raises(GitHubError) as caught:
            keep(hub, number, "ready")
        assert "`pull-requests: write`" in caught.value.help
        assert said(hub, number) == [body("not ready").strip()]

    def test_one_that_somebody_deletes_at_once_stays_deleted(self, hub, number):
        hub.before("GET", COMMENTS, hub.all_comments.clear, skip=1)
        assert keep(hub, number, "ready")
        assert writes(hub) == ["POST"]

    def test_one_that_may_not_be_deleted_is_told_of(self, hub, number):
        for text in ("one", "two"):
            hub.comment(number, BOT, body(text))
        hub.fail("DELETE", COMMENT, status=403)
        with pytest.raises(GitHubError) as caught:
            keep(hub, number, "ready")
        assert caught.value.kind is FaultKind.FORBIDDEN
        assert "`pull-requests: write`" in caught.value.help


class TestFaults:
    def test_an_edit_is_repeated_after_a_502(self, hub, number):
        keep(hub, number, "not ready")
        hub.fail("PATCH", COMMENT, status=502)
        assert keep(hub, number, "ready")
        assert said(hub, number) == [body("ready").strip()]

    def test_a_502_to_a_comment_that_was_not_created_is_repeated(self, hub, number):
        hub.fail("POST", COMMENTS, status=502)
        assert keep(hub, number, "ready")
        assert said(hub, number) == [body("ready").strip()]

    def test_a_502_to_a_comment_that_was_created_makes_no_duplicate(self, hub, number):
        hub.fail("POST", COMMENTS, status=502, after=True)
        assert keep(hub, number, "ready")
        assert said(hub, number) == [body("ready").strip()]
        # What was done, and what was said of it.
        assert [each.status for each in hub.log if each.method == "POST"] == [201, 502]

    @pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
    def test_a_connection_that_drops_makes_no_duplicate(self, hub, number, after):
        hub.drop("POST", COMMENTS, after=after)
        assert keep(hub, number, "ready")
        assert len(said(hub, number)) == 1

    def test_an_edit_that_happened_unheard_is_harmless(self, hub, number):
        keep(hub, number, "not ready")
        hub.drop("PATCH", COMMENT, after=True)
        assert keep(hub, number, "ready")
        assert said(hub, number) == [body("ready").strip()]

    def test_a_deletion_that_happened_unheard_is_harmless(self, hub, number):
        for text in ("ready", "ready"):
            hub.comment(number, BOT, body(text))
        hub.drop("DELETE", COMMENT, after=True)
        assert keep(hub, number, "ready")
        assert len(said(hub, number)) == 1

    def test_a_limit_on_creating_is_sat_out(self, hub, number):
        hub.fail("POST", COMMENTS, status=429, headers={"Retry-After": "7"})
        waits: list[float] = []
        repository = connect(Access(hub.api_url, hub.repository, hub.token), waits.append)
        assert repository.keep_comment(number, body("ready"), MARKER)
        assert waits == [7]
        assert len(said(hub, number)) == 1

    def test_a_body_that_is_too_long_is_told_at_once(self, hub, number):
        with pytest.raises(GitHubError) as caught:
            keep(hub, number, "x" * 65_536)
        assert caught.value.kind is FaultKind.REFUSED
        assert "too long" in caught.value.message
        assert writes(hub) == ["POST"]


def _never(seconds: float) -> None:
    raise AssertionError(f"waited {seconds} seconds")
