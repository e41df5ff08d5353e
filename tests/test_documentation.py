"""The pages: everything that exists is documented, and every made page is current."""

import importlib.util
import json
import re
from pathlib import Path

import pytest
import yaml

from casework.cli.grammar import ALONE, COMMANDS, COMMON

ROOT = Path(__file__).parent.parent
SCHEMAS = sorted((ROOT / "schemas").glob("*.schema.json"))
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PAGES = sorted(
    page
    for page in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "tests" / "README.md")
    if page.is_file()
)


def load_generator():
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


GENERATE = load_generator()


def test_made_pages_are_current():
    stale = [
        str(path.relative_to(ROOT))
        for path, text in GENERATE.pages()
        if path.read_text("utf-8") != text
    ]
    assert not stale, f"run `make docs`: {stale}"


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda path: path.name)
def test_every_field_is_described_in_its_schema(schema):
    undescribed = [
        path
        for path, node in properties(json.loads(schema.read_text("utf-8")))
        if not node.get("description")
    ]
    assert not undescribed


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda path: path.name)
def test_every_field_is_on_the_page_of_fields(schema):
    page = (ROOT / "docs" / "files.md").read_text("utf-8")
    names = {
        path.rpartition(".")[2] for path, _ in properties(json.loads(schema.read_text("utf-8")))
    }
    assert not [name for name in names if not re.search(rf"[`.]{re.escape(name)}`", page)]


def properties(schema):
    """Every property of a schema with its resolved description, by its dotted path."""
    found = {}

    def visit(node, path):
        if not isinstance(node, dict):
            return
        for name, child in node.get("properties", {}).items():
            # A condition names a property without describing it again.
            if isinstance(child, dict) and (
                "type" in child or "$ref" in child or "description" in child
            ):
                found[f"{path}.{name}"] = child
            visit(child, f"{path}.{name}")
        for key in ("items", "additionalProperties"):
            visit(node.get(key), path)
        for name, child in node.get("$defs", {}).items():
            visit(child, f"{path}.$defs.{name}")

    visit(schema, "")
    return found.items()


def test_every_command_and_option_is_on_the_page_of_commands():
    page = (ROOT / "docs" / "commands.md").read_text("utf-8")
    for name, command in COMMANDS.items():
        _, found, rest = page.partition(f"## casework {name}\n")
        section = rest.partition("\n## ")[0]
        assert found, name
        for option in (*command.options, *COMMON):
            assert all(f" {spelt} " in section.replace(",", " ") for spelt in option.names), option
        if command.operand:
            assert command.operand.name in section
    for spelt in (spelt for option in ALONE for spelt in option.names):
        assert f" {spelt} " in page


def test_every_workflow_is_on_the_set_up_page_with_all_that_its_token_may():
    page = (ROOT / "docs" / "setting-up.md").read_text("utf-8")
    section = page.partition("## Which workflow may do what\n")[2].partition("\n## ")[0]
    said = {row[1]: re.findall("`([^`]+)`", row[2]) for row in re.finditer(_ROW, section)}
    ours = [each for each in WORKFLOWS if each.name != "tests.yml"]
    assert said == dict(map(_permissions, ours))


_ROW = re.compile(r"^\| \*([A-Z][a-z]+)\* \| [^|]+ \| ([^|]+) \|", re.MULTILINE)


def _permissions(workflow):
    read = yaml.safe_load(workflow.read_text("utf-8"))
    (job,) = read["jobs"].values()
    return read["name"], [f"{name}: {what}" for name, what in job.get("permissions", {}).items()]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page):
    text = page.read_text("utf-8")
    for target in re.findall(
        r"\]\(([^)#\s]+)(?:#[^)]*)?\)", re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.DOTALL)
    ):
        if "://" not in target and not target.startswith("mailto:"):
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_shown_on_pages_exist(page):
    for command in re.findall(
        r"^(?:\$ )?casework ([a-z]+)", page.read_text("utf-8"), flags=re.MULTILINE
    ):
        assert command in COMMANDS, command
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE)
    for target in re.findall(r"`make ([a-z]+)", page.read_text("utf-8")):
        assert target in targets, target
