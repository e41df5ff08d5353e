"""What a review tells of the past: real histories, and pushes that GitHub tells of or does not."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from casework.cli.failure import Exit
from tests.cli.clones import CASE, POLICY, Clone, Run, case
from tests.cli.test_post import MANAGER, World, kinds
from tests.cli.test_post import world as world  # a fixture
from tests.github.conftest import hub as hub  # a fixture

BEGUN = case().replace("  FY27-Q3: {proficiency: next, execution: next, teamwork: next}\n", "")
CHANGED = case("submitted").replace("To hand over sooner.", "To hand over sooner, and to write.")
LAST_PUSH, LAST_ON_MAIN = "since the last push", "since the case was last on the main branch"
TODAY = "2027-02-02"


class Dated:
    """Commits on given days, as whoever commits them says."""

    def __init__(self, clone: Clone, patch: pytest.MonkeyPatch) -> None:
        self.clone = clone
        self._patch = patch

    def __call__(self, day: str, message: str, **files: str | None) -> str:
        for name in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):
            self._patch.setenv(name, f"{day}T12:00:00+0000")
        for path, text in files.items():
            if text is None:
                self.clone.git("rm", "-q", path)
            else:
                self.clone.write(path, text)
        return self.clone.commit(message)


@pytest.fixture
def dated(clone: Clone, monkeypatch: pytest.MonkeyPatch) -> Dated:
    made = Dated(clone, monkeypatch)
    made("2026-05-01", "The policy", **{"framework/policy.yaml": POLICY.replace("366", "30")})
    return made


def told(run: Run, clone: Clone, *words: str) -> str:
    ran = run("review", *words, at=clone, today=TODAY)
    assert ran.err == ""
    return " ".join(ran.out.split())


def on_a_branch(clone: Clone) -> None:
    clone.git("checkout", "-q", "-b", "ada")


def test_each_quarter_says_since_when_the_main_branch_has_it(
    run: Run, clone: Clone, dated: Dated
) -> None:
    first = dated("2026-08-10", "Ada, FY27-Q2 (#7)", **{CASE: BEGUN})
    second = dated("2026-12-20", "Ada, FY27-Q3", **{CASE: case()})
    on_a_branch(clone)
    dated("2027-02-01", "Submitted", **{CASE: case("submitted")})
    out = told(run, clone)
    early = f"ten days after the quarter's end, with pull request 7 (commit `{first[:12]}`)"
    late = f"50 days after the quarter's end, which is late, with commit `{second[:12]}`"
    assert f"FY27-Q2: since 10 August 2026, {early}." in out
    assert f"FY27-Q3: since 20 December 2026, {late}." in out


def test_a_policy_that_is_made_stricter_makes_nothing_late(
    run: Run, clone: Clone, dated: Dated
) -> None:
    policy = "framework/policy.yaml"
    dated("2026-06-01", "60 days", **{policy: POLICY.replace("366", "60")})
    dated("2026-12-20", "Ada (#7)", **{CASE: case()})
    dated("2026-12-21", "10 days", **{policy: POLICY.replace("366", "10")})
    on_a_branch(clone)
    clone.write(CASE, case("submitted"))
    assert "FY27-Q3: since 20 December 2026, 50 days after the quarter's end, with" in told(
        run, clone
    )
    ran = run("history", CASE, at=clone)
    assert "50 days after the quarter's end:" in " ".join(ran.out.split())
    person = run("history", "ada-lovelace", "--format", "json", at=clone)
    record = {each["quarter"]: each["is_late"] for each in json.loads(person.out)["record"]}
    assert record == {"FY27-Q2": True, "FY27-Q3": False}


def test_what_only_the_branch_holds_is_not_on_record_whenever_it_was_written(
    run: Run, clone: Clone, dated: Dated
) -> None:
    dated("2026-08-10", "Ada, FY27-Q2", **{CASE: BEGUN})
    on_a_branch(clone)
    dated("2026-11-01", "Ada, FY27-Q3", **{CASE: case()})
    assert "FY27-Q3: not on the main branch yet." in told(run, clone)


def test_a_first_pull_request_says_it_once(run: Run, clone: Clone, dated: Dated) -> None:
    on_a_branch(clone)
    dated("2026-11-01", "Ada", **{CASE: case()})
    out = told(run, clone)
    assert out.count("on the main branch") == 0
    assert "The main branch does not have any of these ratings yet." in out
    assert "What changed" not in out


def test_ratings_that_are_changed_are_still_on_record_since_they_were_first_there(
    run: Run, clone: Clone, dated: Dated
) -> None:
    high = "FY27-Q2: {proficiency: exceeds"
    dated("2026-08-10", "First", **{CASE: BEGUN.replace(high, high.replace("exceeds", "meets"))})
    dated("2026-09-02", "Corrected", **{CASE: BEGUN})
    clone.write(CASE, BEGUN.replace("To hand over", "Now to hand over"))
    assert "; the present ratings came on 2 September 2026, with commit" in told(run, clone)
    clone.write(CASE, BEGUN.replace(high, high.replace("exceeds", "next")))
    assert "; the ratings there differ from those here." in told(run, clone)


def test_a_folder_that_is_moved_to_a_new_handle_is_followed(
    run: Run, clone: Clone, dated: Dated
) -> None:
    earlier, decided = CASE.replace("2027-02", "2026-08"), case("not-yet", review="2026-08")
    dated("2026-08-10", "Ada, FY27-Q2 (#7)", **{CASE: BEGUN, earlier: decided})
    on_a_branch(clone)
    people = (clone.root / "cases/people.yaml").read_text("utf-8")
    clone.write("cases/people.yaml", people.replace("  ada-lovelace:", "  ada-king:"))
    clone.git("mv", "cases/ada-lovelace", "cases/ada-king")
    for path, text in ((CASE, BEGUN), (earlier, decided)):
        moved = text.replace("person: ada-lovelace", "person: ada-king")
        clone.write(path.replace("lovelace", "king"), moved)
    out = told(run, clone)
    assert out.count("FY27-Q2: since 10 August 2026, ten days after the quarter's end") == 2
    assert "The main branch does not have any of these ratings yet." not in out
    assert "late-record" not in out
    now = earlier.replace("lovelace", "king")
    gone = f"this one, `not-yet` on the main branch, is moved to `{now}` and changed."
    assert f"{gone} help: Move the file back, as it was." in out


def test_what_changed_since_main(run: Run, clone: Clone, dated: Dated) -> None:
    base = dated("2026-12-20", "Ada", **{CASE: case()})
    on_a_branch(clone)
    clone.write(CASE, CHANGED)
    out = told(run, clone)
    assert f"What changed {LAST_ON_MAIN} Compared with commit `{base[:12]}`:" in out
    assert "- Status: `draft` → `submitted`." in out
    assert "- The section “Growth areas” was changed." in out
    markdown = run("review", "--format", "markdown", at=clone, today=TODAY).out
    assert f"<summary>What changed {LAST_ON_MAIN}</summary>" in markdown


def test_what_main_did_meanwhile_is_no_change_of_the_case(
    run: Run, clone: Clone, dated: Dated
) -> None:
    dated("2026-12-20", "Ada", **{CASE: case()})
    on_a_branch(clone)
    dated("2027-01-10", "Submitted", **{CASE: case("submitted")})
    clone.git("checkout", "-q", "main")
    dated("2027-01-12", "Meanwhile", **{CASE: case(manager="margaret-hamilton")})
    assert "Manager:" not in told(run, clone, "--head", "ada")


def test_a_case_that_moves_to_another_review_is_compared_with_what_it_was(
    run: Run, clone: Clone, dated: Dated
) -> None:
    old = "cases/ada-lovelace/2026-08.md"
    dated("2026-08-10", "Ada, FY27-Q2", **{old: case(review="2026-08")})
    on_a_branch(clone)
    dated("2027-02-01", "Moved", **{old: None, CASE: case()})
    out = told(run, clone)
    assert f"- The file was at `{old}` before." in out
    assert "- Talent review: `2026-08` → `2027-02`." in out
    assert "FY27-Q2: since 10 August 2026" in out


def test_pay_is_not_repeated_once_it_is_out_of_the_case(
    run: Run, clone: Clone, dated: Dated
) -> None:
    pay = "- Deserves a salary of 120,000 USD.\n\n### Execution"
    dated("2026-12-20", "Ada", **{CASE: case().replace("### Execution", pay, 1)})
    clone.write(CASE, case("submitted"))
    out = told(run, clone)
    assert "FY27-Q2, Proficiency: evidence removed (one item)." in out
    assert "120,000" not in out


def test_open_cases_are_listed_without_their_past(run: Run, clone: Clone, dated: Dated) -> None:
    dated("2026-12-20", "Ada", **{CASE: case()})
    out = told(run, clone)
    assert "Nothing is changed" in out
    assert "When the main branch got" not in out
    assert "Submit" in out or "Set `status`" in out


def test_a_program_is_not_told_the_past(run: Run, clone: Clone, dated: Dated) -> None:
    dated("2026-12-20", "Ada", **{CASE: case()})
    clone.write(CASE, CHANGED)
    ran = run("review", "--format", "json", at=clone, today=TODAY)
    assert json.loads(ran.out)["cases"][0]["status"] == "submitted"
    assert "since" not in ran.out


def test_of_a_shallow_clone_it_is_said_that_nobody_can_tell(
    run: Run, clone: Clone, dated: Dated, tmp_path: Path
) -> None:
    dated("2026-08-10", "Ada, FY27-Q2", **{CASE: BEGUN})
    dated("2026-12-20", "Ada, FY27-Q3", **{CASE: case()})
    shallow = Clone(tmp_path / "shallow")
    clone.git("clone", "-q", "--depth=1", f"file://{clone.root}", str(shallow.root))
    shallow.write(CASE, CHANGED)
    out = told(run, shallow)
    assert "Since when the main branch has had the ratings is not known" in out
    assert "git fetch --unshallow" in out
    assert "FY27-Q2: since" not in out
    assert f"What changed {LAST_ON_MAIN}" in out


def test_what_git_cannot_read_hinders_no_review(
    run: Run, clone: Clone, dated: Dated, tmp_path: Path
) -> None:
    dated("2026-08-10", "Ada, FY27-Q2", **{CASE: BEGUN})
    lost = clone.git("rev-parse", f"HEAD:{CASE}")
    dated("2026-12-20", "Ada, FY27-Q3", **{CASE: case()})
    clone.write(CASE, CHANGED)
    (clone.root / ".git/objects" / lost[:2] / lost[2:]).unlink()
    out = told(run, clone)
    assert "Since when the main branch has had the ratings is not known: " in out
    assert "The check passes." in out


def test_the_pasts_of_many_people_are_read_at_once(
    run: Run, clone: Clone, dated: Dated, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = "cases/barbara-liskov/2027-02.md"
    dated("2026-08-10", "Both", **{CASE: BEGUN, theirs: case(person="barbara-liskov")})
    clone.write(CASE, CHANGED)
    clone.write(theirs, case("submitted", person="barbara-liskov"))
    apart = told(run, clone)
    monkeypatch.setattr("casework.cli.retrospect._FEW", 1)
    assert told(run, clone) == apart
    assert apart.count("FY27-Q2: since 10 August 2026") == 2


def comment_after(world: World, *pushes: str) -> tuple[str, list[str]]:
    """The comment once the texts were pushed one after the other; and the commits."""
    commits = [world.commit({CASE: pushes[0]})]
    number = world.hub.open_pull_request(MANAGER, commits[0])
    for text in pushes[1:]:
        commits.append(world.commit({CASE: text}, onto=commits[-1]))
        world.hub.push(number, commits[-1])
    assert world.judged(number).code in (Exit.HOLDS, Exit.FAILS)
    return world.comment(number), commits


def test_the_last_push_is_told_and_not_the_one_before(world: World) -> None:
    comment, commits = comment_after(world, BEGUN, case(), CHANGED)
    part = comment.partition(f"<summary>What changed {LAST_PUSH}</summary>")[2]
    part = part.partition("</details>")[0]
    assert f"Compared with commit `{commits[1][:12]}`:" in part
    assert "- Status: `draft` → `submitted`." in part
    assert "FY27-Q3 is new" not in part


def test_the_first_push_of_a_branch_changed_nothing_that_was_there(world: World) -> None:
    assert LAST_PUSH not in comment_after(world, case())[0]


def test_a_push_that_leaves_the_case_as_it_is_says_so(world: World) -> None:
    number = world.open({CASE: case("submitted")})
    first = world.hub.pulls[number].head
    note = "cases/barbara-liskov/2027-02.md"
    theirs = case(person="barbara-liskov", level_since="2023-09-01")
    world.hub.push(number, world.commit({note: theirs}, onto=first))
    world.judged(number)
    same = f"Nothing that this case says has changed {LAST_PUSH} (commit `{first[:12]}`)."
    assert same in world.comment(number)


def test_what_was_the_same_on_main_is_told_once(world: World) -> None:
    world.merge({CASE: case()})
    comment, _ = comment_after(world, case(), CHANGED)
    assert f"<summary>What changed {LAST_PUSH}, and {LAST_ON_MAIN}</summary>" in comment
    assert comment.count("- Status: ") == 1


def test_the_page_on_the_record_is_linked_where_the_default_branch_has_it(world: World) -> None:
    world.merge({CASE: case()})
    comment, _ = comment_after(world, case("submitted"))
    files = f"{world.hub.server_url}/{world.hub.repository}/blob/main"
    assert f"([`docs/history.md`](<{files}/docs/history.md>) says what git can prove" in comment


def test_a_case_that_the_last_push_moved_is_compared_with_what_it_was(world: World) -> None:
    old = "cases/ada-lovelace/2026-08.md"
    first = world.commit({old: case(review="2026-08")})
    number = world.hub.open_pull_request(MANAGER, first)
    world.hub.push(number, world.commit({old: None, CASE: case("submitted")}, onto=first))
    world.judged(number)
    assert f"- The file was at `{old}` before." in world.comment(number)


def test_a_forced_push_is_told_while_its_commit_is_there(world: World) -> None:
    number = world.open({CASE: case()})
    world.hub.push(number, world.commit({CASE: CHANGED}))
    world.judged(number)
    assert LAST_PUSH in world.comment(number)


@pytest.mark.parametrize(
    "hinder",
    [
        lambda hub: hub.fail("GET", r"/activity$", status=404, times=None),
        lambda hub: hub.fail("GET", r"/activity$", status=502, times=None),
        lambda hub: hub.fail("GET", r"/activity$", status=200, times=None, body=[{"odd": 1}]),
        lambda hub: hub.git.forget(),
        lambda hub: hub.activities.clear(),
    ],
    ids=["refused", "failing", "odd", "gone", "silent"],
)
def test_what_github_cannot_tell_is_left_out_and_hinders_nothing(
    world: World, hinder: Callable[[object], None]
) -> None:
    number = world.open({CASE: case()})
    world.hub.push(number, world.commit({CASE: CHANGED}))
    hinder(world.hub)
    ran = world.judged(number)
    assert (ran.code, ran.err) == (Exit.HOLDS, "")
    assert LAST_PUSH not in world.comment(number)
    assert sum(world.waited) < 40


def test_a_github_that_fails_is_asked_for_pushes_once_in_a_run(world: World) -> None:
    theirs = case("submitted", person="barbara-liskov")
    world.open({CASE: case("submitted")})
    world.open({"cases/barbara-liskov/2027-02.md": theirs})
    world.hub.fail("GET", r"/activity$", status=404, times=None)
    world.happens("schedule")
    assert kinds(world).count("GET activity") == 1


def test_nobody_is_asked_about_a_fork_or_about_other_files(world: World) -> None:
    fork = world.open({CASE: case("submitted")}, fork=True)
    world.judged(fork)
    assert "GET activity" not in kinds(world)
    other = world.open({"docs/notes.md": "A note.\n"})
    world.judged(other)
    assert "GET activity" not in kinds(world)


def test_the_same_state_gives_the_same_comment(world: World) -> None:
    number = world.open({CASE: case()})
    world.hub.push(number, world.commit({CASE: CHANGED}))
    world.judged(number)
    before = world.comment(number)
    world.clone.git("--git-dir", str(world.here / ".git"), "gc", "-q", "--prune=now")
    world.happens("schedule")
    assert world.comment(number) == before
    assert world.hub.writes == []
