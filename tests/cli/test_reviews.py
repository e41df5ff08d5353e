"""`casework review --reviews FILE`: how approvals come out, tried without GitHub."""

import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.clones import CASE, PEOPLE, POLICY, Clone, Ran, Run, case

DECIDED_ON = "2027-02-25"
DECISION = {"status": "promoted", "decided": "2027-02-20", "effective": "2027-02-01"}
PROMOTED = PEOPLE.replace(
    "level: IC2, level_since: 2025-02-01", "level: IC3, level_since: 2027-02-01"
)
OPTIONS = ("--format", "json")


def a_review(login: str | None, state: str = "APPROVED", **rest: Any) -> dict[str, Any]:
    user = None if login is None else {"login": login, "id": 7, "type": "User"}
    return {"id": 1, "user": user, "state": state, "body": "@everybody #1", **rest}


def by_hopper(*reviews: dict[str, Any]) -> dict[str, Any]:
    return {"author": "ghopper", "reviews": list(reviews)}


APPROVED = (a_review("kjohnson"), a_review("mhamilton"))


THREE = POLICY.replace("[katherine-johnson,", "[katherine-johnson, margaret-hamilton,")
"""A decision takes the approvals of two of three, and barbara-liskov has Ada's manager."""


@pytest.fixture(scope="module")
def decision(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What every test begins with, made once."""
    made = Clone(tmp_path_factory.mktemp("decision") / "clone")
    shutil.copytree(template, made.root)
    made.write("framework/policy.yaml", THREE)
    made.commit("Three reviewers")
    made.git("checkout", "-q", "-b", "ada")
    made.write(CASE, case(**DECISION))
    made.write("cases/people.yaml", PROMOTED)
    made.commit("The decision")
    return made.root


@pytest.fixture
def decided(decision: Path, tmp_path: Path) -> Clone:
    shutil.copytree(decision, tmp_path / "decided")
    return Clone(tmp_path / "decided")


def reviewed(run: Run, clone: Clone, tmp_path: Path, data: Any, *words: str) -> Ran:
    file = tmp_path / "reviews.json"
    file.write_text(data if isinstance(data, str) else json.dumps(data), "utf-8")
    return run("review", "--reviews", str(file), *words, at=clone, today=DECIDED_ON)


def approvals(ran: Ran) -> dict[str, str]:
    found = json.loads(ran.out)["cases"][0]["requirements"]
    return next(each for each in found if each["id"] == "approvals")


def flat(ran: Ran) -> str:
    return " ".join(ran.out.split())


def test_a_decision_passes_once_it_is_approved(run: Run, decided: Clone, tmp_path: Path) -> None:
    ran = reviewed(run, decided, tmp_path, by_hopper(*APPROVED), *OPTIONS)
    assert (ran.code, ran.err, approvals(ran)["state"]) == (0, "", "met")
    assert json.loads(ran.out)["cases"][0]["verdict"] == "approved"


def test_a_decision_does_not_pass_before(run: Run, decided: Clone, tmp_path: Path) -> None:
    ran = reviewed(run, decided, tmp_path, by_hopper(APPROVED[0], a_review("bliskov", "COMMENTED")))
    assert ran.code == 1
    assert "Katherine Johnson approves this decision. One more approval is needed." in flat(ran)
    assert "Katherine Johnson approved the files as they are now: counts." in flat(ran)
    assert "Ask the calibration group for one more approval of the decision to promote." in flat(
        ran
    )
    assert "The check does not pass: a decision must be approved." in flat(ran)


def test_without_reviews_approvals_stay_aside(run: Run, decided: Clone) -> None:
    ran = run("review", at=decided, today=DECIDED_ON)
    assert ran.code == 0
    assert "approvals aside: they are known only on the pull request" in flat(ran)


def test_a_submitted_case_need_not_be_approved(run: Run, decided: Clone, tmp_path: Path) -> None:
    decided.write(CASE, case("submitted"))
    decided.write("cases/people.yaml", PEOPLE)
    ran = reviewed(run, decided, tmp_path, by_hopper(), *OPTIONS)
    assert (ran.code, approvals(ran)["state"]) == (0, "unmet")


def test_an_approval_of_what_was_written_before_the_decision_does_not_count(
    run: Run, decided: Clone, tmp_path: Path
) -> None:
    decided.write(CASE, case("submitted"))
    submitted = decided.commit("Back to submitted")
    decided.write(CASE, case(**DECISION))
    decided.commit("Decided again")
    data = by_hopper(a_review("kjohnson", commit_id=submitted), a_review("mhamilton"))
    ran = reviewed(run, decided, tmp_path, data)
    assert ran.code == 1
    assert (
        f"Katherine Johnson approved {submitted[:12]}: does not count, because it was given before "
        "the decision was written as it is now."
    ) in flat(ran)


def test_an_edit_of_the_subjects_entry_makes_an_approval_stale_and_another_does_not(
    run: Run, decided: Clone, tmp_path: Path
) -> None:
    before = decided.git("rev-parse", "HEAD")
    data = by_hopper(*(a_review(each["user"]["login"], commit_id=before) for each in APPROVED))
    decided.write("cases/people.yaml", PROMOTED.replace("github: bliskov", "github: bliskov2"))
    assert approvals(reviewed(run, decided, tmp_path, data, *OPTIONS))["state"] == "met"
    decided.write("cases/people.yaml", PEOPLE)
    assert approvals(reviewed(run, decided, tmp_path, data, *OPTIONS))["state"] == "unmet"


def test_a_merge_of_the_base_makes_no_approval_stale(
    run: Run, decided: Clone, tmp_path: Path
) -> None:
    before = decided.git("rev-parse", "HEAD")
    decided.git("checkout", "-q", "main")
    decided.write("framework/policy.yaml", f"{THREE}expected_level: IC4\n")
    decided.commit("Meanwhile")
    decided.git("checkout", "-q", "ada")
    decided.git("merge", "-q", "main", "-m", "Merge main")
    data = by_hopper(*(a_review(each["user"]["login"], commit_id=before) for each in APPROVED))
    assert reviewed(run, decided, tmp_path, data).code == 0
    assert reviewed(run, decided, tmp_path, data, "--head", "ada").code == 0


def test_a_commit_that_is_gone_approves_nothing(run: Run, decided: Clone, tmp_path: Path) -> None:
    data = by_hopper(
        a_review("kjohnson", commit_id="1" * 40),
        a_review("mhamilton", commit_id=None),
        a_review("bliskov", commit_id="no-such-branch"),
    )
    ran = reviewed(run, decided, tmp_path, data)
    assert ran.code == 1
    assert flat(ran).count("that commit is gone, so nobody can tell what was reviewed") == 3


def test_a_commit_may_be_any_revision(run: Run, decided: Clone, tmp_path: Path) -> None:
    data = by_hopper(*(a_review(each["user"]["login"], commit_id="ada") for each in APPROVED))
    assert reviewed(run, decided, tmp_path, data, "--head", "ada").code == 0
    decided.write(CASE, case(**DECISION) + "More.\n")
    assert reviewed(run, decided, tmp_path, data).code == 1


def test_who_must_review_comes_from_the_base_not_the_head(
    run: Run, decided: Clone, tmp_path: Path
) -> None:
    easier = THREE.replace("barbara-liskov]", "barbara-liskov]\n  required: 0")
    decided.write("framework/policy.yaml", easier)
    days = "level_since: 2020-02-01, onboarded: 2020-02-01"
    stranger = f"  stranger: {{name: S, github: stranger, level: IC6, {days}}}\n"
    decided.write("cases/people.yaml", PEOPLE + stranger)
    decided.commit("Make it easy")
    ran = reviewed(run, decided, tmp_path, by_hopper(a_review("stranger")), *OPTIONS)
    assert (ran.code, approvals(ran)["state"]) == (1, "unmet")


def test_an_approval_needs_the_reviewer_known_to_the_base(
    run: Run, decided: Clone, tmp_path: Path
) -> None:
    """Whoever opens the pull request cannot give a reviewer's name to an account of theirs."""
    decided.write("cases/people.yaml", PEOPLE.replace("github: bliskov", "github: mallory"))
    decided.commit("Another login")
    data = by_hopper(a_review("mallory"), a_review("kjohnson"))
    assert approvals(reviewed(run, decided, tmp_path, data, *OPTIONS))["state"] == "unmet"


def test_the_author_is_told_or_the_reader_is_warned(
    run: Run, decided: Clone, tmp_path: Path
) -> None:
    by_author = {"author": "KJohnson", "reviews": list(APPROVED)}
    ran = reviewed(run, decided, tmp_path, by_author)
    assert (ran.code, "because this person opened the pull request" in flat(ran)) == (1, True)
    for unknown in (list(APPROVED), {"reviews": list(APPROVED)}):
        ran = reviewed(run, decided, tmp_path, unknown)
        assert (ran.code, "do not come with the author" in flat(ran)) == (0, True)
    ran = reviewed(run, decided, tmp_path, {"author": None, "reviews": list(APPROVED)})
    assert (ran.code, "do not come with the author" in flat(ran)) == (0, False)


def test_what_is_changed_besides_cases_needs_an_owner(
    run: Run, clone: Clone, tmp_path: Path
) -> None:
    clone.git("checkout", "-q", "-b", "rules")
    clone.write("framework/policy.yaml", f"{POLICY}expected_level: IC4\n")
    clone.commit("A rule")
    ran = reviewed(run, clone, tmp_path, by_hopper(a_review("bliskov")))
    assert ran.code == 1
    assert "an owner must approve what is changed besides cases" in flat(ran)
    assert "The owners: Margaret Hamilton." in flat(ran)
    assert "because this person is not one of the owners" in flat(ran)
    ran = reviewed(run, clone, tmp_path, by_hopper(a_review("mhamilton")))
    assert (ran.code, "The check passes." in flat(ran)) == (0, True)
    ran = reviewed(
        run, clone, tmp_path, {"author": "mhamilton", "reviews": [a_review("mhamilton")]}
    )
    assert ran.code == 1


def test_the_owners_who_decide_are_those_of_the_base(
    run: Run, clone: Clone, tmp_path: Path
) -> None:
    clone.git("checkout", "-q", "-b", "rules")
    clone.write("framework/policy.yaml", POLICY.replace("[margaret-hamilton]", "[barbara-liskov]"))
    clone.commit("My own owner")
    assert reviewed(run, clone, tmp_path, by_hopper(a_review("bliskov"))).code == 1


@pytest.mark.parametrize("format", ["text", "json", "markdown", "github", "sarif"])
def test_every_format(run: Run, decided: Clone, tmp_path: Path, format: str) -> None:
    data = by_hopper(a_review("@kjohnson\n## x"), a_review("kjohnson", commit_id="@all #1"))
    ran = reviewed(run, decided, tmp_path, data, "--format", format)
    assert (ran.code, ran.err) == (1, "")
    if format == "markdown":
        assert not {"@kjohnson", "@all", "#1", "\n## x"} & set(ran.out.split(" "))
        assert "@k" not in ran.out


@pytest.mark.parametrize("state", ["approved", "APPROVED", "Approved"])
def test_states_may_be_in_any_case(run: Run, decided: Clone, tmp_path: Path, state: str) -> None:
    data = by_hopper(a_review("kjohnson", state), a_review("mhamilton", state))
    assert reviewed(run, decided, tmp_path, data).code == 0
    asks = state.upper().replace("APPROVED", "CHANGES_REQUESTED")
    words = asks if state.isupper() else asks.lower()
    data = by_hopper(*APPROVED, a_review("bliskov", words))
    assert reviewed(run, decided, tmp_path, data).code == 1


def test_a_managers_request_for_changes_blocks_nothing(
    run: Run, decided: Clone, tmp_path: Path
) -> None:
    data = by_hopper(*APPROVED, a_review("ghopper", "CHANGES_REQUESTED"))
    assert reviewed(run, decided, tmp_path, data).code == 0


def test_a_mark_and_other_line_ends_are_no_obstacle(
    run: Run, decided: Clone, tmp_path: Path
) -> None:
    text = json.dumps(by_hopper(*APPROVED), indent=1).replace("\n", "\r\n")
    assert reviewed(run, decided, tmp_path, f"\ufeff{text}\r\n").code == 0


def test_the_standard_input(run: Run, decided: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    for words in (("--reviews", "-"), ("--reviews=-",)):
        content = io.BytesIO(json.dumps(by_hopper(*APPROVED)).encode())
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(content))
        assert run("review", *words, at=decided, today=DECIDED_ON).code == 0


def test_a_file_is_looked_for_where_the_program_acts(run: Run, decided: Clone) -> None:
    (decided.root / "given.json").write_text(json.dumps(by_hopper(*APPROVED)))
    words = ("review", "-C", str(decided.root), "--reviews", "given.json")
    assert run(*words, at=decided.root.parent, today=DECIDED_ON).code in (0, 1)


WRONG = [
    ("", "must be JSON; it is not, from line 1, column 1 on"),
    ('{"reviews": [}', "must be JSON; it is not, from line 1, column 14 on"),
    ("7", "the file must be a list of reviews, or an object; it is `7`"),
    ({"auther": "a", "reviews": []}, "fields must be `author` and `reviews`; one is `auther`"),
    ({"author": "a"}, "`reviews` must be a list; it is absent"),
    ({"author": 7, "reviews": []}, "`author` must be the name of an account, or null"),
    ([7], "`reviews[0]` must be an object; it is `7`"),
    ([{"state": "APPROVED"}], "`reviews[0].user` must be an object with `login`, or null; it is a"),
    ([{"user": "ada"}], "`reviews[0].user` must be an object with `login`, or null; it is `ada`"),
    ([{"user": {}}], "`reviews[0].user.login` must be the name of an account; it is absent"),
    ([a_review(" ")], "`reviews[0].user.login` must be the name of an account, or null where"),
    ([a_review("a"), a_review("a", "APROVED")], "`reviews[1].state` must be `approved`, "),
    ([a_review("a", "APROVED")], "or `pending`; it is `APROVED`"),
    ([a_review("a", None)], "or `pending`; it is absent"),  # type: ignore[arg-type]
    ([a_review("a", commit_id=7)], "`reviews[0].commit_id` must be a commit, or null where it is"),
    ("[" * 100_000, "must be JSON that lists reviews; it is not"),
    ("1" * 5_000, "must be JSON that lists reviews; it is not"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "message"), WRONG, ids=range(len(WRONG)))
def test_what_is_wrong_in_the_file_is_told_with_its_place(
    run: Run, clone: Clone, tmp_path: Path, data: Any, message: str
) -> None:
    ran = reviewed(run, clone, tmp_path, data)
    assert (ran.code, ran.out) == (3, "")
    assert message in " ".join(ran.err.split())


def test_a_misspelt_state_is_guessed(run: Run, clone: Clone, tmp_path: Path) -> None:
    ran = reviewed(run, clone, tmp_path, [a_review("a", "APROVED")])
    assert "Did you mean `approved`?" in ran.err


def test_a_file_that_cannot_be_read(run: Run, clone: Clone, tmp_path: Path) -> None:
    ran = run("review", "--reviews", "nowhere.json", at=clone)
    assert (ran.code, "there is no `nowhere.json`" in ran.err) == (2, True)
    ran = run("review", "--reviews", str(tmp_path), at=clone)
    assert (ran.code, "it cannot: is a directory" in ran.err.replace(f"`{tmp_path}`", "it")) == (
        3, True,
    )  # fmt: skip
    (tmp_path / "bytes").write_bytes(b"\xff\xfe[]")
    ran = run("review", "--reviews", str(tmp_path / "bytes"), at=clone)
    assert (ran.code, "must be UTF-8 text" in ran.err) == (3, True)
    with (tmp_path / "large").open("wb") as file:
        file.truncate(9 * 1024 * 1024)
    ran = run("review", "--reviews", str(tmp_path / "large"), at=clone)
    assert (ran.code, "at most 8 MiB" in ran.err) == (3, True)


@pytest.mark.parametrize("other", ["--base", "--head", "--reviews"])
def test_what_is_posted_is_not_chosen_by_hand(run: Run, clone: Clone, other: str) -> None:
    ran = run("review", "--post", other, "main", at=clone)
    assert (ran.code, f"must stand without `{other}`" in ran.err) == (2, True)


def test_a_decision_with_its_level_change_needs_no_owner(
    run: Run, decided: Clone, tmp_path: Path
) -> None:
    old, new = "IC2, level_since: 2025-02-01", "IC3, level_since: 2027-02-01"
    level = PEOPLE.replace(old, new)
    decided.write("cases/people.yaml", level)
    decided.commit("The new level")
    assert reviewed(run, decided, tmp_path, by_hopper(*APPROVED)).code == 0
    decided.write("cases/people.yaml", level.replace("ada-l,", "ada-m,"))
    decided.commit("And a new account")
    ran = reviewed(run, decided, tmp_path, by_hopper(*APPROVED))
    assert ran.code == 1
    assert "A pull request that changes a case must change nothing else" in flat(ran)
    assert "Margaret Hamilton approved the files as they are now: counts." in flat(ran)


def test_files_that_no_rule_governs_need_an_owner_too(
    run: Run, clone: Clone, tmp_path: Path
) -> None:
    clone.git("checkout", "-q", "-b", "workflow")
    clone.write(".github/workflows/casework.yml", "on: push\n")
    clone.commit("A workflow of mine")
    for data, code in ((by_hopper(), 1), (by_hopper(a_review("mhamilton")), 0)):
        assert reviewed(run, clone, tmp_path, data).code == code
        assert reviewed(run, clone, tmp_path, data, "--head", "workflow").code == code


def test_the_file_itself_is_not_part_of_what_is_judged(run: Run, decided: Clone) -> None:
    decided.write("reviews.json", json.dumps(by_hopper(*APPROVED)))
    ran = run("review", "--reviews", "reviews.json", *OPTIONS, at=decided, today=DECIDED_ON)
    assert (ran.code, json.loads(ran.out)["findings"]) == (0, [])


@pytest.mark.parametrize(("left", "state"), [("2027-02-25", "unmet"), ("2027-02-26", "met")])
def test_whoever_has_left_by_the_day_approves_nothing(
    run: Run, clone: Clone, tmp_path: Path, left: str, state: str
) -> None:
    def gone(people: str) -> str:
        return people.replace("github: kjohnson,", f"github: kjohnson, left: {left},")

    clone.write("framework/policy.yaml", THREE)
    clone.write("cases/people.yaml", gone(PEOPLE))
    clone.commit("Somebody leaves")
    clone.git("checkout", "-q", "-b", "ada")
    clone.write(CASE, case(**DECISION))
    clone.write("cases/people.yaml", gone(PROMOTED))
    clone.commit("The decision")
    ran = reviewed(run, clone, tmp_path, by_hopper(*APPROVED), *OPTIONS)
    assert approvals(ran)["state"] == state
    said = flat(reviewed(run, clone, tmp_path, by_hopper(*APPROVED)))
    assert ("because people.yaml says that this person has left." in said) is (state == "unmet")
