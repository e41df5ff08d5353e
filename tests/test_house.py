"""The shape of the house: who may import whom, who runs git, who reads the clock."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

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


def attributes(path: Path, wanted: frozenset[str]) -> set[str]:
    """Those of the wanted names, with what they are attributes of."""
    found = (each for each in nodes(path) if isinstance(each, ast.Attribute))
    return {ast.unparse(each) for each in found if each.attr in wanted}


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0]


def foreign(path: Path) -> set[str]:
    """The rooms that a module imports from and must not."""
    ours = {name.split(".")[1] for name in imports(path) if name.startswith("casework.")}
    return ours - MAY_IMPORT.get(room(path), set(MAY_IMPORT)) - {"__version__"}


def uses(path: Path, package: str) -> bool:
    return any(name.split(".")[0] == package for name in imports(path))


def reads_its_surroundings(path: Path) -> set[str]:
    """What a module takes from clock, environment or terminal."""
    last = frozenset(name.rpartition(".")[2] for name in ONLY_IN_CLI)
    named = (
        attributes(path, last) | {name.split(".")[0] for name in imports(path)} | set(imports(path))
    )
    return ONLY_IN_CLI & named


def prints(path: Path) -> bool:
    calls = [each for each in nodes(path) if isinstance(each, ast.Call)]
    return any(isinstance(n.func, ast.Name) and n.func.id == "print" for n in calls)


def docstring(path: Path) -> str | None:
    module = nodes(path)[0]
    assert isinstance(module, ast.Module)
    return ast.get_docstring(module)


class TestEachModule:
    """All modules in one go: a test for each would take longer than what it looks at."""

    def test_imports_only_what_its_room_may(self):
        assert not {path: foreign(path) for path in MODULES if foreign(path)}

    def test_runs_git_only_in_its_one_module(self):
        assert [path for path in MODULES if uses(path, "subprocess")] == [RUNS_GIT]

    def test_uses_pygithub_only_behind_its_door(self):
        assert {room(path) for path in MODULES if uses(path, "github")} == {"github"}

    def test_leaves_clock_environment_and_terminal_to_the_command_line(self):
        # Git is started with the environment that it was given, less its own settings.
        free = [p for p in MODULES if room(p) not in ("cli", "__main__.py") and p != RUNS_GIT]
        assert not {path: each for path in free if (each := reads_its_surroundings(path))}

    def test_prints_only_on_the_command_line(self):
        assert not [path for path in MODULES if room(path) != "cli" and prints(path)]

    def test_says_why_it_is_there(self):
        assert not [path for path in MODULES if not docstring(path)]


def test_every_room_is_named_by_the_house():
    rooms = {room(path) for path in MODULES} - {"__init__.py", "__main__.py"}
    assert rooms == set(MAY_IMPORT)


def test_modules_are_short_enough_to_read_in_one_go():
    long = [p for p in MODULES if len(p.read_text("utf-8").splitlines()) > 260]
    assert not long
