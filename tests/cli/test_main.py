import os
import subprocess
import sys
from pathlib import Path

import pytest

from casework import __version__
from casework.cli import main as entrance
from tests.cli.clones import CASE, ROOT, TODAY, Clone, Run, case

COMMANDS = ("check", "review", "explain", "ladder")


def process(clone: Clone, *words: str, **changes: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "casework", *words, "--today", TODAY],
        cwd=clone.root, env=environment(**changes), capture_output=True, check=False,
    )  # fmt: skip


def environment(**changes: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT / "scripts"), **changes}


def shell(clone: Clone, line: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["sh", "-c", line.replace("casework", f"{sys.executable} -m casework", 1)],
        cwd=clone.root, env=environment(), capture_output=True, check=False,
    )  # fmt: skip


def test_without_a_command_the_help_is_shown(run: Run) -> None:
    ran = run(today=None)
    assert (ran.code, ran.err) == (2, "")
    assert ran.out.startswith("usage: casework COMMAND")


def test_the_version(run: Run) -> None:
    assert run("--version", today=None) == (0, f"casework {__version__}\n", "")


def test_the_help_names_every_command(run: Run) -> None:
    ran = run("--help", today=None)
    assert ran.code == 0
    assert all(f"\n  {each} " in ran.out for each in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_every_command_has_help(run: Run, command: str, option: str) -> None:
    ran = run(command, option, today=None)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"usage: casework {command}")
    assert all(each in ran.out for each in ("--format", "--today", "-C DIR", "--no-cache"))
    assert max(map(len, ran.out.splitlines())) <= 100


@pytest.mark.parametrize("words", [["check"], ["review"], ["ladder"]])
def test_options_may_stand_before_the_command(run: Run, clone: Clone, words: list[str]) -> None:
    options = ["--format", "json", "-C", str(clone.root), "--no-cache"]
    assert run(*options, *words).out == run(*words, *options).out
    assert run(*options, *words).code == 0


@pytest.mark.parametrize(
    ("words", "message", "help"),
    [
        (["chekc"], "there is no command `chekc`", "Did you mean `check`?"),
        (["check", "--fromat", "json"], "`--fromat` is not an option", "Did you mean `--format`?"),
        (["--fromat=json", "check"], "`--fromat` is not an option", "Did you mean `--format`?"),
        (["check", "--format", "jsn"], "it is `jsn`", "Did you mean `json`?"),
        (["ladder", "--format", "sarif"], "one of text, json, markdown", ""),
        (["check", "--format"], "`--format` must be followed by a value", ""),
        (["review", "--base"], "`--base` must be followed by a value", ""),
        (["-C"], "`-C` must be followed by a value", ""),
        (["-C", "/does/not/exist", "check"], "there is no `/does/not/exist`", ""),
        (["explain", "hedge", "symlink"], "`symlink` is one word too many", "--help"),
        (["explain", "hegde"], "there is no rule `hegde`", "Did you mean `hedge`?"),
        (["check", "--today", "2026-02-30"], "it is `2026-02-30`", "2000-01-01"),
        (["check", "--today", "20260228"], "it is `20260228`", ""),
        (["check", "--today", "1999-12-31"], "it is `1999-12-31`", ""),
        (["check", "--today", "9999-12-31"], "it is `9999-12-31`", ""),
        (["check", "--no-cache=yes"], "", ""),
        (["\x1b[31m"], "there is no command `\\x1b[31m`", ""),
    ],
)
def test_what_was_mistyped(
    run: Run, clone: Clone, words: list[str], message: str, help: str
) -> None:
    ran = run(*words, at=clone, today=None)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("casework: ")
    assert message in ran.err
    assert help in ran.err


def test_a_level_is_guessed(run: Run, clone: Clone) -> None:
    ran = run("ladder", "IC33", at=clone)
    assert ran.code == 2
    assert "there is no level `IC33`" in ran.err
    assert "Did you mean `IC3`?" in ran.err


def test_the_ladder(run: Run, clone: Clone) -> None:
    ran = run("ladder", "ic3", "--category", "Teamwork", at=clone)
    assert ran.code == 0
    assert "IC3-T1" in ran.out
    assert "IC3-E1" not in ran.out


@pytest.mark.parametrize("format", ["text", "json", "markdown"])
def test_the_ladder_and_the_rules_in_every_format(run: Run, clone: Clone, format: str) -> None:
    assert "IC3" in run("ladder", "--format", format, at=clone).out
    assert "unknown-field" in run("explain", "--format", format, at=clone).out
    assert "field" in run("explain", "unknown_field", "--format", format, at=clone).out


def test_rules_are_explained_outside_any_repository(run: Run, tmp_path: Path) -> None:
    assert run("explain", "symlink", at=tmp_path).code == 0


@pytest.mark.parametrize("command", ["check", "review", "ladder"])
def test_not_a_git_repository(run: Run, tmp_path: Path, command: str) -> None:
    ran = run(command, at=tmp_path)
    assert (ran.code, ran.out) == (3, "")
    assert "must be started in a git repository" in ran.err
    assert "-C DIR" in ran.err


@pytest.mark.parametrize("command", ["check", "review", "ladder"])
def test_no_framework(run: Run, clone: Clone, command: str) -> None:
    clone.git("rm", "-rqf", "framework")
    clone.commit()
    ran = run(command, at=clone)
    assert (ran.code, ran.out) == (3, "")
    assert "no `framework/framework.yaml`" in ran.err


@pytest.mark.parametrize("text", [None, "{", "[]"])
def test_no_schemas(run: Run, clone: Clone, text: str | None) -> None:
    if text is None:
        (clone.root / "schemas/case.schema.json").unlink()
    else:
        clone.write("schemas/case.schema.json", text)
    ran = run("check", at=clone)
    assert (ran.code, ran.out) == (3, "")
    assert "`schemas/case.schema.json` must be a JSON Schema" in ran.err


@pytest.mark.parametrize("option", ["--base", "--head"])
def test_a_revision_that_does_not_exist(run: Run, clone: Clone, option: str) -> None:
    ran = run("review", option, "mian", at=clone)
    assert (ran.code, ran.out) == (2, "")
    assert "`mian` does not" in ran.err
    assert "Did you mean `main`?" in ran.err
    assert "git fetch" in ran.err


def test_a_repository_without_commits(run: Run, clone: Clone) -> None:
    clone.git("checkout", "-q", "--orphan", "new")
    clone.git("branch", "-D", "main")
    ran = run("review", at=clone)
    assert (ran.code, ran.out) == (3, "")
    assert "has none yet" in ran.err
    assert run("check", at=clone).code == 0


def test_no_main_branch(run: Run, clone: Clone) -> None:
    clone.git("branch", "-m", "main", "trunk")
    ran = run("review", at=clone)
    assert (ran.code, "--base BRANCH" in ran.err) == (3, True)
    assert run("review", "--base", "trunk", at=clone).code == 0


def test_histories_without_a_common_commit(run: Run, clone: Clone) -> None:
    clone.git("checkout", "-q", "--orphan", "stranger")
    clone.commit("Unrelated")
    ran = run("review", at=clone)
    assert (ran.code, "nothing in common" in ran.err) == (3, True)


def test_a_shallow_clone(run: Run, clone: Clone, tmp_path: Path) -> None:
    clone.git("checkout", "-q", "-b", "ada")
    clone.write(CASE, case())
    clone.commit()
    clone.git("checkout", "-q", "main")
    clone.commit("Meanwhile")
    source = f"file://{clone.root}"
    clone.git("clone", "-q", "--depth=1", "--no-single-branch", source, str(tmp_path / "shallow"))
    shallow = Clone(tmp_path / "shallow")
    ran = run("review", "--head", "origin/ada", at=shallow)
    assert (ran.code, ran.out) == (3, "")
    assert "git fetch --unshallow" in ran.err
    assert run("check", at=shallow).code == 0


def test_git_is_missing(
    run: Run, clone: Clone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone.write(CASE, case())
    monkeypatch.setenv("PATH", str(tmp_path))
    ran = run("review", at=clone)
    assert (ran.code, "git must be installed" in ran.err) == (3, True)
    assert run("check", CASE, at=clone).code == 0


def test_an_interruption(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(words: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(entrance, "_run", interrupted)
    assert run() == (130, "", "")


def test_a_fault_of_the_program(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(words: list[str]) -> int:
        raise ZeroDivisionError("first line\nsecond line")

    monkeypatch.setattr(entrance, "_run", broken)
    ran = run()
    assert (ran.code, ran.out) == (3, "")
    assert "ZeroDivisionError: first line\n" in ran.err
    assert "Traceback" not in ran.err
    monkeypatch.setenv("CASEWORK_DEBUG", "1")
    assert "Traceback" in run().err


def test_output_is_utf8_whatever_the_locale(clone: Clone) -> None:
    clone.write(CASE, case(manager="gräce"))
    done = process(clone, "check", LANG="C", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 1
    assert "gräce" in done.stdout.decode("utf-8")
    assert done.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no such device there")
@pytest.mark.parametrize("words", ["check", "--help", "--version", "explain --format json"])
def test_an_output_that_takes_nothing(clone: Clone, words: str) -> None:
    done = shell(clone, f"casework {words} > /dev/full")
    assert done.returncode == 3
    assert b"standard output must take what is written; it does not: no space" in done.stderr
    assert b"Exception" not in done.stderr


def test_an_output_that_is_closed(clone: Clone) -> None:
    done = shell(clone, "casework check >&-")
    assert (done.returncode, done.stdout) == (3, b"")
    assert b"standard output must be open" in done.stderr


def test_a_reader_that_goes_away_is_no_failure(clone: Clone) -> None:
    done = shell(clone, "{ casework explain --format json; echo $? >&2; } | true")
    assert done.stderr == b"0\n"


def test_errors_that_nobody_can_be_told(clone: Clone) -> None:
    assert shell(clone, "casework chekc 2>&-").returncode == 2


def test_colour_is_for_terminals_and_for_those_who_ask(clone: Clone) -> None:
    clone.write(CASE, case(manager="nobody"))
    plain = process(clone, "check").stdout
    assert b"\x1b" not in plain
    assert b"\x1b[" in process(clone, "check", FORCE_COLOR="1").stdout
    assert process(clone, "check", FORCE_COLOR="0").stdout == plain
    assert process(clone, "check", FORCE_COLOR="1", NO_COLOR="1").stdout == plain


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals there")
@pytest.mark.parametrize(("term", "coloured"), [("xterm", True), ("dumb", False)])
def test_colour_in_a_terminal(clone: Clone, term: str, coloured: bool) -> None:
    import pty

    clone.write(CASE, case(manager="nobody"))
    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "casework", "check"],
        cwd=clone.root, env=environment(TERM=term), stdout=theirs, stderr=theirs,
    )  # fmt: skip
    os.close(theirs)
    shown = b""
    try:
        while part := os.read(ours, 4096):
            shown += part
    except OSError:
        pass  # the terminal is gone with its last program
    os.close(ours)
    assert child.wait() == 1
    assert (b"\x1b[" in shown) == coloured


IN_EVERY_FORM = f"""
from casework.cli.main import main
for command in ("check", "review"):
    for form in ("text", "json", "sarif"):
        print(command, form, int(main([command, "--format", form, "--today", "{TODAY}"])))
"""


def test_the_same_input_gives_the_same_bytes(clone: Clone) -> None:
    clone.write(CASE, case(status="sumbitted", manager="nobody"))
    clone.write("cases/ada-lovelace/2026-08.md", "broken")
    seeds = ("random", "0", "1", "2")  # of the order in which sets are gone through
    zones = ("UTC", "UTC", "Pacific/Kiritimati", "America/Los_Angeles")
    (told,) = {
        subprocess.run(
            [sys.executable, "-c", IN_EVERY_FORM], cwd=clone.root,
            env=environment(PYTHONHASHSEED=seed, TZ=zone), capture_output=True, check=True,
        ).stdout
        for seed, zone in zip(seeds, zones, strict=True)
    }  # fmt: skip
    ends = [
        f"{each} {form} 1\n" for each in ("check", "review") for form in ("text", "json", "sarif")
    ]
    assert all(each in told.decode() for each in ends)


def test_ten_times_the_same(run: Run, clone: Clone) -> None:
    clone.write(CASE, case(status="sumbitted", manager="nobody"))
    assert len({run("check", "--format", "json", at=clone) for _ in range(10)}) == 1
    assert len({run("review", at=clone) for _ in range(10)}) == 1
