"""Any sequence of edits through the commands passes, and a refusal changes nothing.

It passes the check of the files, and as pull requests one after the other; and what may not happen
to a case is found, whatever else is in the pull request.
"""

import json
import re
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from casework.model.case import Kind, Status
from casework.model.rating import RATING_WORDS
from tests.check.test_transitions import one_pull_request
from tests.cli.clones import POLICY, Clone, case

REVIEWS = """\
  - {id: 2027-08, opens: 2027-08-01, cases_due: 2027-08-13, decided_by: 2027-08-31}
  - {id: 2028-02, opens: 2028-02-01, cases_due: 2028-02-11, decided_by: 2028-02-29}
approvals:
"""
PEOPLE = ("ada-lovelace", "ada-lovelace", "barbara-liskov", "grace-hopper")
LABELS = tuple(f"FY{year}-Q{number}" for year in (25, 26, 27) for number in (1, 2, 3, 4))
ENDS = ("\n", "\r\n", "\r")
LONG = settings(
    deadline=None,
    # Each example takes a second or so: to find the shortest one that fails would take minutes.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

new = st.tuples(
    st.just("new"), st.sampled_from(PEOPLE), st.sampled_from(((), ("--in-band",))),
)  # fmt: skip
rate = st.tuples(
    st.just("rate"),
    st.sampled_from(PEOPLE),
    st.sampled_from(LABELS),
    st.lists(st.sampled_from(RATING_WORDS), min_size=3, max_size=3),
)
decide = st.tuples(
    st.just("decide"),
    st.integers(0, 5),
    st.sampled_from(((), ("--decided", "2027-02-05"), ("--effective", "2027-05-01"))),
    st.booleans(),
)
wait = st.tuples(st.just("wait"), st.sampled_from((1, 30, 100, 180)))
ends = st.tuples(st.just("ends"), st.integers(0, 5), st.sampled_from(ENDS))
STEPS = st.lists(st.one_of(new, rate, rate, decide, wait, ends), min_size=3, max_size=14)


def words(step: tuple, cases: list[Path], root: Path) -> list[str] | None:
    match step:
        case ("new", person, options):
            return ["new", person, *options]
        case ("rate", person, label, given_ratings):
            pairs = zip(("proficiency", "execution", "teamwork"), given_ratings, strict=True)
            ratings = [each for pair in pairs for each in ("--rating", "=".join(pair))]
            return ["rate", person, label, *ratings]
        case ("decide", place, options, is_favourable) if cases:
            path = cases[place % len(cases)].relative_to(root).as_posix()
            outcomes = ("granted", "declined") if "in-band" in path else ("promoted", "not-yet")
            return ["decide", path, outcomes[not is_favourable], *options]
    return None


def content(root: Path) -> dict[Path, bytes]:
    return {each: each.read_bytes() for each in (root / "cases").rglob("*") if each.is_file()}


@pytest.fixture(scope="module")
def years(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with talent reviews for all the years that an example may take."""
    root = tmp_path_factory.mktemp("years") / "template"
    shutil.copytree(template, root, ignore=shutil.ignore_patterns("hooks"))
    clone = Clone(root)
    clone.write("framework/policy.yaml", POLICY.replace("approvals:\n", REVIEWS))
    clone.commit("The policy")
    return root


def begun(years: Path, folder: Path) -> Clone:
    """A clone of this example's own."""
    root = folder / "clone"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(years, root)
    return Clone(root)


def commit(clone: Clone, message: str) -> None:
    """All that there is; its id is of no interest here."""
    clone.git("add", "-A")
    clone.git("commit", "-q", "--allow-empty", "-m", message)


@settings(LONG, max_examples=30)
@given(STEPS)
def test_any_sequence_of_edits_passes_the_check(years, tmp_path, run, steps):
    clone, today = begun(years, tmp_path), date(2026, 11, 22)
    root, judged = clone.root, None
    for step in [("new", "ada-lovelace", ()), *steps]:
        cases = sorted(root.glob("cases/*/*.md"))
        if step[0] == "wait":
            today += timedelta(days=step[1])
            continue
        if step[0] == "ends" and cases:
            place = cases[step[1] % len(cases)]
            unified = place.read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n")
            place.write_bytes(unified.replace(b"\n", step[2].encode()))
            continue
        typed = words(step, cases, root)
        if typed is None:
            continue
        before = content(root)
        ran = run(*typed, at=clone, today=today.isoformat())
        after = content(root)
        assert ran.code in (0, 2, 3), ran
        assert "this must not happen" not in ran.err, ran
        if ran.code:
            assert after == before, typed
        else:
            touched = {each for each in after if before.get(each) != after[each]}
            assert len(touched) <= (2 if typed[0] == "decide" else 1)
            assert all(each.relative_to(root).as_posix() in ran.out for each in touched), ran
        if judged != (after, today):
            checked = run("check", at=clone, today=today.isoformat())
            assert checked.code == 0, (typed, checked.out)
            judged = after, today


status = st.tuples(
    st.just("status"), st.integers(0, 5), st.sampled_from(("draft", "submitted", "submitted")),
)  # fmt: skip
move = st.tuples(st.just("move"), st.integers(0, 5), st.sampled_from(("2027-08", "2028-02")))
ADA = "ada-lovelace"
BEST = ("exceeds", "exceeds", "next")
recent = st.tuples(
    st.just("rate"),
    st.just(ADA),
    st.sampled_from(LABELS[-4:]),
    st.lists(st.sampled_from(BEST), min_size=3, max_size=3),
)
decision = st.tuples(st.just("decide"), st.integers(0, 5), st.just(()), st.booleans())
another = st.tuples(st.just("new"), st.just(ADA), st.sampled_from(((), ("--in-band",))))
while_reviews_take_cases = st.tuples(st.just("wait"), st.sampled_from((1, 8, 180)))
PULL_REQUESTS = st.lists(
    st.tuples(
        st.one_of(another, recent, recent, decision, decision, while_reviews_take_cases, status,
                  move, new, rate, decide),
        st.sampled_from(("--ff-only", "--no-ff", "--squash")),
    ),
    min_size=4, max_size=10,
)  # fmt: skip


@settings(LONG, max_examples=8)
@given(PULL_REQUESTS)
def test_any_sequence_of_pull_requests_has_no_error(years, tmp_path, run, drawn):
    """Each step is a pull request: what people still have to write, they write in it."""
    clone, today = begun(years, tmp_path), date(2027, 2, 3)
    for step, how in [(("new", ADA, ()), "--squash"), *drawn]:
        clone.git("checkout", "-q", "-B", "change", "main")
        if step[0] == "wait":
            today += timedelta(days=step[1])
        elif step[0] in ("status", "move"):
            by_hand(clone, step)
        elif typed := words(step, open_cases(clone), clone.root):
            run(*typed, at=clone, today=today.isoformat())
        changed = clone.git("ls-files", "-mo", "--exclude-standard", "cases/*/*.md").splitlines()
        for each in {place for place in changed if (clone.root / place).exists()}:
            complete(clone.root / each)
        commit(clone, "A step")
        ran = run(
            "review", "--head", "change", "--format", "json", at=clone, today=today.isoformat()
        )
        findings = json.loads(ran.out)["findings"]
        errors = [each for each in findings if each["severity"] == "error"]
        assert not errors, (step, errors)
        clone.git("checkout", "-q", "main")
        clone.git("merge", "-q", how, "change")
        clone.git("commit", "-q", "--allow-empty", "-m", "Merged")


def open_cases(clone: Clone) -> list[Path]:
    found = sorted(clone.root.glob("cases/*/*.md"))
    status = re.compile("^status: (draft|submitted)$", re.M)
    return [each for each in found if status.search(each.read_text("utf-8"))]


def by_hand(clone: Clone, step: tuple) -> None:
    """A status or a talent review that somebody changes in an open case, with an editor."""
    cases = open_cases(clone)
    if not cases:
        return
    what, number, value = step
    place = cases[number % len(cases)]
    text = place.read_text("utf-8")
    if what == "status":
        place.write_text(re.sub("^status: .*$", f"status: {value}", text, count=1, flags=re.M))
    elif "review: " in text and not place.with_name(f"{value}.md").exists():
        place.unlink()
        moved = re.sub("^review: .*$", f"review: {value}", text, count=1, flags=re.M)
        place.with_name(f"{value}.md").write_text(moved, "utf-8")


def complete(place: Path) -> None:
    """Write something under each empty heading, and drop the quarters that are not rated."""
    text = place.read_text("utf-8")
    rated = set(re.findall(r"^  (FY\d\d-Q\d):", text, re.M))
    starts = [each.start() for each in re.finditer(r"^##+ ", text, re.M)]
    parts = [text[: starts[0]], *(text[a:b] for a, b in pairwise((*starts, len(text))))]
    kept, drops = parts[:1], False
    for part, after in pairwise((*parts[1:], "")):
        quarter = re.match(r"## (FY\d\d-Q\d)", part)
        drops = (drops and part.startswith("###")) or bool(quarter and quarter[1] not in rated)
        said = re.sub("<!--.*?-->", "", part.partition("\n")[2], flags=re.S).strip()
        is_leaf = part.startswith("###") or not after.startswith("###")
        more = "" if said or not is_leaf else f"\n{EVIDENCE}\n"
        kept += [] if drops else [part.rstrip("\n"), f"\n{more}\n"]
    place.write_text("".join(kept), "utf-8")


EVIDENCE = "- Cut the search from 40 s to 6 s ([dashboard](https://example.com/d/1))."

FOUND = ("illegal-transition", "decided-case-edited", "invalid-value")
OPEN = (Status.DRAFT, Status.SUBMITTED)
OF_PROMOTIONS = (*OPEN, Status.PROMOTED, Status.NOT_YET)
a_change = st.tuples(
    st.sampled_from((None, *OF_PROMOTIONS)), st.sampled_from(("edit", "move", "delete")),
    st.sampled_from(list(Status)),
)  # fmt: skip


@settings(LONG, max_examples=30)
@given(st.lists(a_change, min_size=1, max_size=3))
def test_any_illegal_transition_is_found(years, tmp_path, run, changes):
    clone = begun(years, tmp_path)
    people = ("ada-lovelace", "barbara-liskov", "katherine-johnson")
    for person, (was, _, _) in zip(people, changes, strict=False):
        if was is not None:
            clone.write(f"cases/{person}/2027-02.md", case(was.value, person=person))
    commit(clone, "What there is")
    clone.git("checkout", "-q", "-b", "change")
    expected = set()
    for person, change in zip(people, changes, strict=False):
        expected |= set(astray(clone, person, *change))
    commit(clone, "What is proposed")
    report = json.loads(run("review", "--head", "change", "--format", "json", at=clone).out)
    found = {each["path"] for each in report["findings"] if each["rule"] in FOUND}
    assert found == expected


def astray(clone: Clone, person: str, was: Status | None, what: str, now: Status) -> Iterator[str]:
    """Do it, and tell where it is not allowed."""
    here, there = (f"cases/{person}/{review}.md" for review in ("2027-02", "2027-08"))
    if was is not None and what == "delete":
        (clone.root / here).unlink()
        if was is not Status.DRAFT:
            yield here
        return
    place = there if was is not None and what == "move" else here
    if place == there:
        (clone.root / here).unlink()
    review = Path(place).stem
    clone.write(place, case(now.value, person=person, review=review) + "\nMore.\n")
    if was is not None and was.is_decided:
        yield here
    # A promotion is never granted or declined, wherever it comes from.
    if now not in OF_PROMOTIONS or (was in OPEN and not one_pull_request(Kind.PROMOTION, was, now)):
        yield place
