"""The shape of the house: who may import whom, who runs git, who reads the clock."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "scripts" / "casework"
MODULES = sorted(PACKAGE.rglob("*.py"))
RUNS_GIT = PACKAGE / "read" / "git_command.py"

MAY_IMPORT = {
    "model": {"model"},
    "read": {"model", "read"},
    "check": {"model", "check"},
    "assess": {"model", "assess"},
    "edit": {"model", "edit"},
    "render": {"model", "render"},
    "github": {"model", "github"},
    "cli": {"model", "read", "check", "assess", "edit", "render", "github", "cli"},
}

ONLY_IN_CLI = {
    "time", "os.environ", "os.getenv", "sys.argv", "sys.stdin", "sys.stdout", "sys.stderr",
    "os.isatty", "shutil.get_terminal_size", "date.today", "datetime.now", "datetime.today",
    "datetime.utcnow",
}  # fmt: skip


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(path.read_text("utf-8"))))


def imports(path: Path) -> Iterator[str]:
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def attributes(path: Path) -> set[str]:
    return {ast.unparse(node) for node in nodes(path) if isinstance(node, ast.Attribute)}


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
class TestEachModule:
    def test_imports_only_what_its_room_may(self, path):
        ours = {name.split(".")[1] for name in imports(path) if name.startswith("casework.")}
        allowed = MAY_IMPORT.get(room(path), set(MAY_IMPORT) | {"__version__"})
        assert ours - {"__version__"} <= allowed

    def test_runs_git_only_in_its_one_module(self, path):
        runs = any(name.split(".")[0] == "subprocess" for name in imports(path))
        assert not runs or path == RUNS_GIT

    def test_uses_pygithub_only_behind_its_door(self, path):
        uses = any(name.split(".")[0] == "github" for name in imports(path))
        assert not uses or room(path) == "github"

    def test_leaves_clock_environment_and_terminal_to_the_command_line(self, path):
        if room(path) in ("cli", "__main__.py") or path == RUNS_GIT:
            return  # git is started with the environment that it was given, less its own settings
        named = (
            attributes(path) | {name.split(".")[0] for name in imports(path)} | set(imports(path))
        )
        assert not ONLY_IN_CLI & named

    def test_prints_only_on_the_command_line(self, path):
        if room(path) == "cli":
            return
        calls = [each for each in nodes(path) if isinstance(each, ast.Call)]
        assert not any(isinstance(n.func, ast.Name) and n.func.id == "print" for n in calls)

    def test_says_why_it_is_there(self, path):
        module = nodes(path)[0]
        assert isinstance(module, ast.Module)
        assert ast.get_docstring(module)


def test_every_room_is_named_by_the_house():
    rooms = {room(path) for path in MODULES} - {"__init__.py", "__main__.py"}
    assert rooms == set(MAY_IMPORT)


def test_modules_are_short_enough_to_read_in_one_go():
    long = [p for p in MODULES if len(p.read_text("utf-8").splitlines()) > 260]
    assert not long
