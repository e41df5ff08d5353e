"""A cache that is absent, damaged, foreign, locked or stale changes nothing but the time."""

import os
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from casework.cli import store
from casework.cli.examination import Examined, examine
from casework.cli.rulebook import Rulebook
from casework.cli.shelf import Shelf
from casework.cli.store import Store
from casework.model.blob import Blob
from tests.cli.clones import Clone, Run, case

KEY = b"key"
MANY = 60  # more than are done without a cache, and more than one process does alone
SOME = 14


@pytest.fixture
def many(clone: Clone) -> Clone:
    return filled(clone, MANY)


@pytest.fixture
def some(clone: Clone, monkeypatch: pytest.MonkeyPatch) -> Clone:
    """Fewer cases, which are kept as if they were many."""
    monkeypatch.setattr("casework.cli.results.FEW", 3)
    return filled(clone, SOME)


def filled(clone: Clone, count: int) -> Clone:
    for number in range(count):
        status = "sumbitted" if number % 7 == 0 else ("draft", "submitted")[number % 2]
        path = f"cases/ada-lovelace/in-band-20{number // 12 + 20}-{number % 12 + 1:02}.md"
        clone.write(path, case(status, ready=number % 3 == 0))
    return clone


def database(tmp_path: Path) -> Path:
    return tmp_path / "cache/casework/results.sqlite3"


def outputs(run: Run, clone: Clone, *words: str, today: str = "2026-11-22") -> list[str]:
    formats = ("text", "json", "markdown")
    return [run("check", "--format", f, *words, at=clone, today=today).out for f in formats]


@pytest.fixture(scope="module")
def told() -> list[str]:
    return []


@pytest.fixture
def expected(run: Run, some: Clone, told: list[str]) -> list[str]:
    """What is said of some cases without a cache, found out once."""
    if not told:
        told.extend(outputs(run, some, "--no-cache"))
    return told


def test_results_are_the_same_with_and_without(run: Run, many: Clone, tmp_path: Path) -> None:
    expected = outputs(run, many, "--no-cache")
    assert not database(tmp_path).exists()
    assert outputs(run, many) == expected
    assert outputs(run, many) == expected
    assert len(rows(database(tmp_path))) > MANY


def test_nothing_is_examined_twice(
    run: Run, some: Clone, expected: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert outputs(run, some) == expected

    def examined(blob: Blob, rulebook: Rulebook, today: date) -> Examined:
        # The policy names days that are to come, and is no case anyway.
        assert not blob.path.endswith(".md"), "it was in the cache"
        return examine(blob, rulebook, today)

    monkeypatch.setattr("casework.cli.workers.examine", examined)
    assert outputs(run, some) == expected


def test_results_hold_until_the_quarter_ends(run: Run, some: Clone, tmp_path: Path) -> None:
    for today in ("2026-11-22", "2026-11-23", "2027-01-31", "2027-02-01", "2027-03-01"):
        assert outputs(run, some, today=today) == outputs(run, some, "--no-cache", today=today)
    # Two quarters, and in the later one two states of the talent review.
    assert 2 * SOME < len(rows(database(tmp_path))) < 4 * (SOME + 20)


def test_other_rules_give_other_results(run: Run, some: Clone) -> None:
    before = outputs(run, some)
    policy = some.root / "framework/policy.yaml"
    policy.write_text("promotion: {next_level: {quarters: 2}}\n" + policy.read_text())
    assert outputs(run, some) == outputs(run, some, "--no-cache") != before


def test_flawed_rules_are_read_alike_with_and_without(run: Run, some: Clone) -> None:
    policy = some.root / "framework/policy.yaml"
    policy.write_text("promotion: {next_level: {quarters: 0, rating: nexd}}\n" + policy.read_text())
    expected = outputs(run, some, "--no-cache")
    assert outputs(run, some) == outputs(run, some) == expected


def garbage(file: Path) -> None:
    file.write_bytes(b"garbage" * 1000)


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5000])


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def scrambled(file: Path) -> None:
    content = bytearray(file.read_bytes())
    for place in range(200, len(content), 97):
        content[place] ^= 0x55
    file.write_bytes(content)


def foreign(file: Path) -> None:
    file.unlink()
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE results (something TEXT)")
    other.close()


def forged(file: Path) -> None:
    value = b"no seal of ours." + b'{"last_day": "", "case": null, "findings": []}'
    with sqlite3.connect(file) as ours:
        ours.execute("UPDATE results SET value = ?", (value,))
    ours.close()


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def linked(file: Path) -> None:
    file.unlink()
    file.symlink_to("nowhere")


FAULTS = [garbage, cut, emptied, scrambled, foreign, forged, a_folder, linked]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_fault_changes_nothing(
    run: Run, some: Clone, expected: list[str], tmp_path: Path, fault: Callable[[Path], None]
) -> None:
    outputs(run, some)
    fault(database(tmp_path))
    assert outputs(run, some) == expected
    assert outputs(run, some) == expected


def test_a_damaged_file_of_ours_is_begun_anew(
    run: Run, some: Clone, expected: list[str], tmp_path: Path
) -> None:
    outputs(run, some)
    scrambled(database(tmp_path))
    outputs(run, some)
    outputs(run, some)
    assert len(rows(database(tmp_path))) > SOME


@pytest.mark.parametrize("fault", [foreign, garbage], ids=lambda fault: fault.__name__)
def test_a_foreign_file_is_left_alone(
    run: Run, some: Clone, tmp_path: Path, fault: Callable[[Path], None]
) -> None:
    outputs(run, some)
    fault(database(tmp_path))
    before = database(tmp_path).read_bytes()
    outputs(run, some)
    assert database(tmp_path).read_bytes() == before


def test_a_locked_file(run: Run, some: Clone, expected: list[str], tmp_path: Path) -> None:
    outputs(run, some)
    other = sqlite3.connect(database(tmp_path))
    other.execute("BEGIN EXCLUSIVE")
    assert outputs(run, some) == expected
    other.close()


def test_a_folder_that_is_a_file(
    run: Run, some: Clone, expected: list[str], tmp_path: Path
) -> None:
    (tmp_path / "cache").write_text("in the way")
    assert outputs(run, some) == expected


@pytest.mark.parametrize("home", ["relative/path", ""])
def test_a_cache_folder_that_is_not_absolute_is_not_used(
    run: Run, clone: Clone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: str
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", home)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    run("check", at=clone)
    assert not (clone.root / "relative").exists()
    assert [each.name for each in (tmp_path / "home").rglob("rules")] == ["rules"]


def test_nobody_else_may_read_it(run: Run, some: Clone, tmp_path: Path) -> None:
    outputs(run, some)
    kept = [each for each in (tmp_path / "cache").rglob("*") if each.is_file()]
    assert len(kept) == 2
    if os.name != "nt":
        assert {each.stat().st_mode & 0o077 for each in kept} == {0}
        assert (tmp_path / "cache/casework").stat().st_mode & 0o077 == 0


def test_the_store_forgets_the_oldest(tmp_path: Path) -> None:
    for number in range(6):
        kept = Store(tmp_path, largest=100_000)
        for place in range(20):
            kept.put(b"%d %d" % (number, place), "x" * 1500)
        kept.close()
    last = Store(tmp_path)
    assert last.get(b"0 0") is None
    assert last.get(b"5 19") == "x" * 1500
    last.close()


def test_another_program_finds_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Store(tmp_path)
    kept.put(KEY, 1)
    kept.close()
    monkeypatch.setattr(store, "program", lambda: b"another")
    assert Store(tmp_path).get(KEY) is None


def test_the_shelf(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.put(KEY, {"a": [1, None, "é"]})
    assert shelf.get(KEY) == {"a": [1, None, "é"]}
    assert shelf.get(b"other") is None


def test_the_shelf_keeps_nothing_that_json_changes(tmp_path: Path) -> None:
    Shelf(tmp_path).put(KEY, {1: date(2026, 1, 1).isoformat()})
    assert Shelf(tmp_path).get(KEY) is None


def test_the_shelf_distrusts_what_was_changed(tmp_path: Path) -> None:
    Shelf(tmp_path).put(KEY, {"a": 1})
    (file,) = (tmp_path / "rules").iterdir()
    file.write_bytes(file.read_bytes().replace(b"1", b"2"))
    assert Shelf(tmp_path).get(KEY) is None


def test_the_shelf_stays_short(tmp_path: Path) -> None:
    for number in range(40):
        Shelf(tmp_path).put(b"%d" % number, number)
    assert len(list((tmp_path / "rules").iterdir())) == 16
    assert Shelf(tmp_path).get(b"39") == 39


def rows(file: Path) -> list[tuple[bytes]]:
    kept = sqlite3.connect(file)
    found = kept.execute("SELECT key FROM results").fetchall()
    kept.close()
    return found


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes there")
def test_a_pipe_among_the_rules_is_not_waited_for(tmp_path: Path) -> None:
    Shelf(tmp_path).put(KEY, {"a": 1})
    (kept,) = (tmp_path / "rules").iterdir()
    kept.unlink()
    os.mkfifo(kept)
    assert Shelf(tmp_path).get(KEY) is None


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="files have no owners there")
def test_what_somebody_else_left_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, shelf = Store(tmp_path), Shelf(tmp_path)
    kept.put(KEY, 1)
    kept.close()
    shelf.put(KEY, 1)
    me = os.geteuid()
    monkeypatch.setattr("os.geteuid", lambda: me + 1)
    assert (Store(tmp_path).get(KEY), shelf.get(KEY)) == (None, None)


def test_a_file_that_becomes_locked_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_PATIENCE", 0)
    kept = Store(tmp_path)
    with sqlite3.connect(tmp_path / "results.sqlite3", isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert kept.get(KEY) is None
        other.execute("ROLLBACK")
    other.close()
    kept.put(KEY, 1)
    kept.close()
    assert Store(tmp_path).get(KEY) is None
