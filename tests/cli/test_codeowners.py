"""`casework codeowners`: the file that GitHub asks owners by."""

import stat
from pathlib import Path

import pytest

from tests.cli.clones import PEOPLE, POLICY

PLACE = ".github/CODEOWNERS"


def pattern_lines(text):
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def test_names_the_owners_of_everything_and_nobody_for_a_case(clone, run):
    ran = run("codeowners", at=clone)
    assert ran.code == 0
    text = (clone.root / PLACE).read_bytes().decode()
    assert pattern_lines(text) == ["* @mhamilton", "/cases/*/*.md"]
    assert PLACE in ran.out


def test_a_second_run_writes_nothing(clone, run):
    run("codeowners", at=clone)
    before = (clone.root / PLACE).stat().st_mtime_ns
    ran = run("codeowners", at=clone)
    assert (ran.code, ran.out) == (0, f"{PLACE} is current.\n")
    assert (clone.root / PLACE).stat().st_mtime_ns == before


def test_gives_the_same_bytes_each_time(clone, run):
    found = set()
    for _ in range(3):
        run("codeowners", at=clone)
        found.add((clone.root / PLACE).read_bytes())
        (clone.root / PLACE).unlink()
    assert len(found) == 1


def test_keeps_the_policys_order_and_names_an_account_once(clone, run):
    clone.write("framework/policy.yaml", POLICY.replace(
        "owners: [margaret-hamilton]", "owners: [grace-hopper, margaret-hamilton]"
    ))  # fmt: skip
    run("codeowners", at=clone)
    assert pattern_lines((clone.root / PLACE).read_text())[0] == "* @ghopper @mhamilton"


class TestCheck:
    def test_says_that_the_file_is_missing_and_writes_none(self, clone, run):
        ran = run("codeowners", "--check", at=clone)
        assert ran.code == 1
        assert "missing" in ran.out
        assert "casework codeowners" in ran.out
        assert not (clone.root / ".github").exists()

    def test_shows_what_differs(self, clone, run):
        run("codeowners", at=clone)
        text = (clone.root / PLACE).read_text()
        clone.write(PLACE, text.replace("@mhamilton", "@mallory"))
        ran = run("codeowners", "--check", at=clone)
        assert ran.code == 1
        assert "  -* @mallory\n  +* @mhamilton\n" in ran.out
        assert "@mallory" in (clone.root / PLACE).read_text()

    def test_holds_when_the_file_is_current(self, clone, run):
        run("codeowners", at=clone)
        ran = run("codeowners", "--check", at=clone)
        assert (ran.code, ran.out) == (0, f"{PLACE} is current.\n")

    def test_takes_the_line_ends_of_another_system(self, clone, run):
        run("codeowners", at=clone)
        place = clone.root / PLACE
        place.write_bytes(place.read_bytes().replace(b"\n", b"\r\n"))
        assert run("codeowners", "--check", at=clone).code == 0

    def test_shows_what_a_terminal_would_obey(self, clone, run):
        clone.write(PLACE, "* @mhamilton \x1b[2J\u202e\n::error::forged\n")
        ran = run("codeowners", "--check", at=clone)
        assert "\x1b" not in ran.out
        assert "\u202e" not in ran.out
        assert not [line for line in ran.out.splitlines() if line.lstrip().startswith("::")]

    def test_reads_a_file_that_is_not_utf8(self, clone, run):
        (clone.root / ".github").mkdir()
        (clone.root / PLACE).write_bytes(b"* @mhamilton \xff\n")
        assert run("codeowners", "--check", at=clone).code == 1


class TestOwners:
    def test_must_be_somebody(self, clone, run):
        clone.write("framework/policy.yaml", POLICY.replace("[margaret-hamilton]", "[]"))
        ran = run("codeowners", at=clone)
        assert ran.code == 3
        assert "`owners` in `framework/policy.yaml` must name somebody" in ran.err
        assert "owners: [" in ran.err

    def test_must_be_known(self, clone, run):
        clone.write(
            "framework/policy.yaml", POLICY.replace("[margaret-hamilton]", "[margaret-hamiltn]")
        )
        ran = run("codeowners", at=clone)
        assert ran.code == 3
        assert "`margaret-hamiltn` is not" in ran.err
        assert "Did you mean `margaret-hamilton`?" in ran.err

    def test_must_still_be_here(self, clone, run):
        clone.write(
            "cases/people.yaml", PEOPLE.replace("mhamilton}", "mhamilton, left: 2026-06-30}")
        )
        ran = run("codeowners", at=clone)
        assert ran.code == 3
        assert "left on 2026-06-30" in ran.err

    @pytest.mark.parametrize("login", ["'@mhamilton'", "'a b'", "'x\\n* @mallory'"])
    def test_must_have_an_account_of_the_right_form(self, clone, run, login):
        clone.write("cases/people.yaml", PEOPLE.replace("github: mhamilton}", f"github: {login}}}"))
        ran = run("codeowners", at=clone)
        assert ran.code == 3
        assert "must have a `github` account" in ran.err
        assert not (clone.root / PLACE).exists()

    def test_broken_data_are_named(self, clone, run):
        clone.write("cases/people.yaml", "people: [")
        ran = run("codeowners", at=clone)
        assert ran.code == 3
        assert "`casework check`" in ran.err


def test_follows_no_symbolic_link(clone, run, tmp_path):
    target = tmp_path / "elsewhere"
    target.write_text("mine\n")
    (clone.root / ".github").mkdir()
    (clone.root / PLACE).symlink_to(target)
    ran = run("codeowners", at=clone)
    assert ran.code == 3
    assert "symbolic link" in ran.err
    assert target.read_text() == "mine\n"


def test_follows_no_link_to_the_folder(clone, run, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (clone.root / ".github").symlink_to(tmp_path / "elsewhere")
    ran = run("codeowners", at=clone)
    assert (ran.code, "symbolic link" in ran.err) == (3, True)
    assert not list((tmp_path / "elsewhere").iterdir())


def test_a_folder_in_its_place_is_said(clone, run):
    (clone.root / PLACE).mkdir(parents=True)
    ran = run("codeowners", at=clone)
    assert (ran.code, "must be readable; it is not: it is a folder" in ran.err) == (3, True)


def test_the_file_is_whole_or_as_it_was(clone, run, monkeypatch):
    clone.write(PLACE, "* @mallory\n")

    def fails(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fails)
    ran = run("codeowners", at=clone)
    assert (ran.code, "must be writable; it is not: no space left" in ran.err) == (3, True)
    assert (clone.root / PLACE).read_text() == "* @mallory\n"
    assert [each.name for each in (clone.root / ".github").iterdir()] == ["CODEOWNERS"]


def test_the_files_mode_stays(clone, run):
    clone.write(PLACE, "* @mallory\n")
    (clone.root / PLACE).chmod(0o600)
    assert run("codeowners", at=clone).code == 0
    assert "@mhamilton" in (clone.root / PLACE).read_text()
    assert stat.S_IMODE((clone.root / PLACE).stat().st_mode) == 0o600


def test_needs_files(clone, run, tmp_path):
    bare = tmp_path / "bare.git"
    clone.git("clone", "-q", "--bare", ".", str(bare))
    ran = run("codeowners", at=bare)
    assert ran.code == 3
    assert "bare repository" in ran.err
