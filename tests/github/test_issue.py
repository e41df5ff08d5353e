"""The one issue that a marker names, against a GitHub on loopback that others write to as well."""

import pytest

from casework.github.connection import Access, connect
from casework.github.fault import FaultKind, GitHubError
from tests.github.hub import BOT, Hub
from tests.github.twins import at_once

MARKER = "<!-- casework:growth:grace-hopper -->"
OTHER = "<!-- casework:growth:ada-lovelace -->"
ISSUES, ISSUE = r"/issues$", r"/issues/\d+$"


def body(text: str, marker: str = MARKER) -> str:
    return f"{marker}\n{text}\n"


def connected(hub: Hub, **access: str):
    waits: list[float] = []
    return connect(Access(hub.api_url, hub.repository, hub.token, **access), waits.append)


def keep(hub: Hub, text: str, title: str = "Growth", **access: str) -> bool:
    return connected(hub, **access).keep_issue(title, body(text), MARKER)


def close(hub: Hub) -> bool:
    return connected(hub).close_issue(MARKER)


def said(hub: Hub) -> list[tuple[int, str, str]]:
    """The open issues: number, title, text."""
    return [(n, i.title, i.body or "") for n, i in hub.issues.items() if i.state == "open"]


def writes(hub: Hub) -> list[str]:
    return [each.method for each in hub.writes]


class TestOneIssue:
    def test_is_created_where_there_is_none(self, hub):
        assert keep(hub, "nobody yet")
        assert said(hub) == [(1, "Growth", body("nobody yet"))]

    def test_a_change_of_text_or_title_edits_it(self, hub):
        keep(hub, "one")
        assert keep(hub, "two")
        assert keep(hub, "two", title="Growth of the team")
        assert said(hub) == [(1, "Growth of the team", body("two"))]

    def test_the_same_again_writes_nothing(self, hub):
        keep(hub, "one")
        hub.log.clear()
        assert not keep(hub, "one")
        assert writes(hub) == []

    def test_line_ends_that_github_changed_are_no_change(self, hub):
        hub.issue(BOT, "Growth", body("one").replace("\n", "\r\n").rstrip())
        assert not keep(hub, "one")

    def test_one_that_was_closed_is_opened_again(self, hub):
        keep(hub, "one")
        assert close(hub)
        assert keep(hub, "one")
        assert said(hub) == [(1, "Growth", body("one"))]

    def test_is_found_behind_the_first_page_and_among_pull_requests(self, hub):
        for each in range(130):
            hub.issue(BOT, f"Something else {each}", "Of another workflow's")
        hub.open_pull_request(BOT, "a" * 40)
        keep(hub, "one")
        number = max(hub.issues)
        assert keep(hub, "two")
        assert hub.issues[number].body == body("two")
        assert max(hub.issues) == number

    def test_each_marker_has_its_own(self, hub):
        keep(hub, "one")
        connected(hub).keep_issue("Growth", body("another", OTHER), OTHER)
        assert not keep(hub, "one")
        assert len(said(hub)) == 2

    def test_a_title_that_is_too_long_is_cut_and_stays_so(self, hub):
        assert keep(hub, "one", title="x" * 300)
        assert not keep(hub, "one", title="x" * 300)
        assert len(hub.issues[1].title) == 256


class TestWhoseIssue:
    def test_a_forged_marker_does_not_hijack_it(self, hub):
        hub.issue("mallory", "Growth", body("all is well"))
        assert keep(hub, "nobody yet")
        assert (hub.issues[1].body, len(said(hub))) == (body("all is well"), 2)

    def test_a_forged_marker_is_not_closed(self, hub):
        hub.issue("mallory", "Growth", body("all is well"))
        assert not close(hub)
        assert len(said(hub)) == 1

    def test_a_filter_that_is_not_heeded_changes_nothing(self, hub):
        """Where a repository was renamed, the question loses its filters on the way."""
        number = hub.issue("mallory", "Growth", body("all is well"))
        told = connected(hub).ask(f"/issues/{number}")
        hub.fail("GET", ISSUES, status=200, body=[told])
        assert keep(hub, "nobody yet")
        assert hub.issues[number].body == body("all is well")

    def test_a_pull_request_that_bears_the_marker_is_no_issue(self, hub):
        number = hub.open_pull_request(BOT, "a" * 40)
        hub.pulls[number].body = body("one")
        assert keep(hub, "one")
        assert [each[0] for each in said(hub)] == [number + 1]
        close(hub)
        assert hub.pulls[number].state == "open"
        assert not [each for each in hub.writes if each.path.endswith(f"/{number}")]

    def test_a_quotation_of_the_marker_is_another_issue(self, hub):
        hub.issue(BOT, "Report", f"Quoted: {body('one')}")
        assert keep(hub, "one")
        assert len(said(hub)) == 2

    def test_a_bot_in_other_letters_is_the_same(self, hub):
        hub.issue("GitHub-Actions[bot]", "Growth", body("one"))
        assert not keep(hub, "one")

    def test_a_token_of_somebody_else_writes_one_and_no_more(self, hub):
        hub.let_in("ghp_person", "ada-l")
        hub.token = "ghp_person"
        with pytest.raises(GitHubError) as caught:
            keep(hub, "one")
        assert "CASEWORK_BOT" in caught.value.help
        assert writes(hub) == ["POST"]
        assert not keep(hub, "one", bot="ada-l")


class TestTwins:
    def test_of_several_the_oldest_stays_open(self, hub):
        for text in ("one", "two", "three"):
            hub.issue(BOT, "Growth", body(text))
        assert keep(hub, "two")
        assert said(hub) == [(1, "Growth", body("two"))]
        assert hub.issues[2].reason == "not_planned"
        hub.log.clear()
        assert not keep(hub, "two")
        assert writes(hub) == []

    def test_one_that_is_created_at_the_same_moment_is_closed(self, hub):
        hub.before("POST", ISSUES, lambda: hub.issue(BOT, "Growth", body("one")))
        assert keep(hub, "one")
        assert [each[0] for each in said(hub)] == [1]

    @pytest.mark.parametrize("attempt", range(3))
    def test_two_at_once_leave_one_open(self, hub, attempt):
        at_once(lambda: keep(hub, "one"), lambda: keep(hub, "two"))
        assert len(said(hub)) == 1

    def test_all_of_them_are_closed(self, hub):
        for text in ("one", "two"):
            hub.issue(BOT, "Growth", body(text))
        assert close(hub)
        assert said(hub) == []
        assert not close(hub)

    @pytest.mark.parametrize("attempt", range(2))
    def test_one_that_was_deleted_meanwhile_is_created_anew(self, hub, attempt):
        keep(hub, "one")
        hub.before("PATCH", ISSUE, lambda: hub.delete_issue(1))
        assert keep(hub, "two")
        assert said(hub) == [(2, "Growth", body("two"))]

    def test_a_twin_that_was_deleted_meanwhile_is_fine(self, hub):
        for text in ("one", "one"):
            hub.issue(BOT, "Growth", body(text))
        hub.before("PATCH", ISSUE, lambda: hub.delete_issue(2))
        assert keep(hub, "one")
        assert said(hub) == [(1, "Growth", body("one"))]

    def test_one_that_is_listed_after_it_was_deleted_is_not_tried_again(self, hub):
        keep(hub, "one")
        told = connected(hub).ask("/issues", state="all")
        hub.delete_issue(1)
        hub.fail("GET", ISSUES, status=200, body=told)
        assert keep(hub, "two")
        assert said(hub) == [(2, "Growth", body("two"))]

    def test_one_that_may_be_read_and_not_written_gets_no_second_beside_it(self, hub):
        keep(hub, "one")
        hub.fail("PATCH", ISSUE, status=404, times=None)
        with pytest.raises(GitHubError) as caught:
            keep(hub, "two")
        assert caught.value.kind is FaultKind.FORBIDDEN
        assert "`issues: write`" in caught.value.help
        assert len(said(hub)) == 1

    def test_one_that_somebody_deletes_each_time_is_given_up(self, hub):
        def delete() -> None:
            for each in list(hub.issues):
                hub.delete_issue(each)

        hub.before("GET", ISSUES, delete, times=None)
        hub.before("PATCH", ISSUE, delete, times=None)
        for each in range(4):
            hub.issue(BOT, "Growth", body(f"{each}"))
        assert keep(hub, "one")
        assert writes(hub) == ["POST"]


class TestMarkers:
    START = "<!-- casework:growth:"

    def test_are_those_of_the_open_issues_of_ours(self, hub):
        keep(hub, "one")
        hub.issue(BOT, "Growth", body("two", OTHER).replace("\n", "\r\n"))
        hub.issue(BOT, "Growth", body("a twin"))
        hub.issue(BOT, "Report", f"Quoted: {body('one')}")
        hub.issue("mallory", "Growth", body("forged", "<!-- casework:growth:mallory -->"))
        hub.pulls[hub.open_pull_request(BOT, "a" * 40)].body = body("x", f"{self.START}x -->")
        closed = hub.issue(BOT, "Growth", body("over", f"{self.START}over -->"))
        hub.issues[closed].state = "closed"
        assert connected(hub).open_markers(self.START) == (MARKER, OTHER)

    def test_are_none_where_there_is_no_issue(self, hub):
        assert connected(hub).open_markers(self.START) == ()


class TestFaults:
    def test_issues_that_are_switched_off_are_told_of_with_the_remedy(self, hub):
        hub.has_issues = False
        for action in (lambda: keep(hub, "one"), lambda: close(hub)):
            with pytest.raises(GitHubError) as caught:
                action()
            assert "switched off" in caught.value.message
            assert "growth_issues" in caught.value.help
        assert writes(hub) == []

    def test_a_token_that_may_not_write_issues_is_told_which_permission(self, hub):
        hub.fail("POST", ISSUES, status=403, body={"message": "Resource not accessible"})
        with pytest.raises(GitHubError) as caught:
            keep(hub, "one")
        assert "`issues: write`" in caught.value.help

    def test_a_token_that_may_not_read_issues_is_told_which_permission(self, hub):
        hub.fail("GET", ISSUES, status=403, body={"message": "Resource not accessible"})
        with pytest.raises(GitHubError) as caught:
            keep(hub, "one")
        assert "`issues: read`" in caught.value.help
        assert writes(hub) == []

    @pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
    def test_a_502_or_a_dropped_connection_makes_no_duplicate(self, hub, after):
        hub.fail("POST", ISSUES, status=502, after=after)
        hub.drop("POST", ISSUES, skip=1, after=after)
        assert keep(hub, "one")
        assert len(said(hub)) == 1

    @pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
    def test_an_edit_is_repeated(self, hub, after):
        keep(hub, "one")
        hub.fail("PATCH", ISSUE, status=502, after=after)
        hub.drop("PATCH", ISSUE, skip=1, after=after)
        assert keep(hub, "two")
        assert said(hub) == [(1, "Growth", body("two"))]

    def test_a_limit_is_sat_out(self, hub):
        hub.fail("POST", ISSUES, status=429, headers={"Retry-After": "7"})
        waits: list[float] = []
        repository = connect(Access(hub.api_url, hub.repository, hub.token), waits.append)
        assert repository.keep_issue("Growth", body("one"), MARKER)
        assert waits == [7]
        assert len(said(hub)) == 1

    def test_a_text_that_is_too_long_is_told_at_once(self, hub):
        with pytest.raises(GitHubError) as caught:
            keep(hub, "x" * 65_536)
        assert caught.value.kind is FaultKind.REFUSED
        assert "too long" in caught.value.message
        assert writes(hub) == ["POST"]
