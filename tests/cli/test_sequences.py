"""Any sequence of edits through the commands passes the check, and a refusal changes nothing."""

import shutil
from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.model.rating import RATING_WORDS
from tests.cli.clones import POLICY, Clone

REVIEWS = """\
  - {id: 2027-08, opens: 2027-08-01, cases_due: 2027-08-13, decided_by: 2027-08-31}
  - {id: 2028-02, opens: 2028-02-01, cases_due: 2028-02-11, decided_by: 2028-02-29}
approvals:
"""
PEOPLE = ("ada-lovelace", "ada-lovelace", "barbara-liskov", "grace-hopper")
LABELS = tuple(f"FY{year}-Q{number}" for year in (25, 26, 27) for number in (1, 2, 3, 4))
ENDS = ("\n", "\r\n", "\r")

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


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(STEPS)
def test_any_sequence_of_edits_passes_the_check(template, tmp_path, run, steps):
    root = tmp_path / "clone"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(template, root)
    clone, today = Clone(root), date(2026, 11, 22)
    clone.write("framework/policy.yaml", POLICY.replace("approvals:\n", REVIEWS))
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
        checked = run("check", at=clone, today=today.isoformat())
        assert checked.code == 0, (typed, checked.out)
