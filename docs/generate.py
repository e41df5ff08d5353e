"""Write the pages that are made from data and code: `make docs`. A test holds them current."""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
AS_OF = date(2026, 11, 22)
SHOWN_CASE = "cases/ada-lovelace/2027-02.md"
CAREER = ROOT / "tests" / "careers" / "read"

FILES = {
    "case": "`cases/<person>/<review>.md` and `cases/<person>/in-band-<yyyy-mm>.md`: front matter",
    "people": "`cases/people.yaml`",
    "framework": "`framework/framework.yaml`",
    "level": "`framework/levels/<level>.yaml`",
    "policy": "`framework/policy.yaml`",
    "wording": "`framework/wording.yaml`",
    "report": "what `check` and `review` print with `--format json`",
    "history": "what `history` prints with `--format json`",
    "audit": "what `audit` prints with `--format json`",
    "growth": "what `growth` prints with `--format json`",
    "status": "what `status` prints with `--format json`",
}


def pages() -> Iterator[tuple[Path, str]]:
    """Every made page with the text that it must have."""
    yield ROOT / "framework" / "README.md", _ladder()
    yield ROOT / "docs" / "rules.md", _rules()
    yield ROOT / "docs" / "files.md", _files()
    yield ROOT / "docs" / "commands.md", _commands()
    history = ROOT / "docs" / "history.md"
    yield history, with_readings(history.read_text("utf-8"))
    readme = ROOT / "README.md"
    if (ROOT / SHOWN_CASE).exists():
        yield readme, with_example(readme.read_text("utf-8"))


def _ladder() -> str:
    from casework.render.ladder import page

    organisation = _rulebook().known_organisation
    return page(organisation.framework, organisation.policy)


def _rules() -> str:
    from casework.check.registry import pages as rule_pages
    from casework.render.explain import page

    return page(rule_pages())


def _files() -> str:
    lines = [
        "# The files and their fields",
        "",
        "Made by `make docs` from [`schemas/`](../schemas/); editors read them too.",
    ]
    for name, where in FILES.items():
        schema = json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text("utf-8"))
        lines += ["", f"## {where}", "", schema["description"], ""]
        lines += ["| field | meaning |", "| --- | --- |"]
        lines += [f"| `{field}` | {_cell(text)} |" for field, text in fields(schema)]
    return "\n".join(lines) + "\n"


def fields(schema: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The fields of a schema, dotted, each once, with their descriptions."""
    found: dict[str, str] = {}
    for field, text in _fields(schema, schema, ""):
        found.setdefault(field, text)
    return list(found.items())


def _fields(
    schema: Mapping[str, Any], root: Mapping[str, Any], prefix: str
) -> Iterator[tuple[str, str]]:
    schema = _resolved(schema, root)
    for name, field in schema.get("properties", {}).items():
        resolved = _resolved(field, root)
        if "description" in field or "description" in resolved:
            yield prefix + name, field.get("description", resolved.get("description", ""))
        yield from _fields(field, root, f"{prefix}{name}.")
    if isinstance(schema.get("additionalProperties"), Mapping):
        yield from _fields(schema["additionalProperties"], root, f"{prefix}….")
    if isinstance(schema.get("items"), Mapping):
        yield from _fields(schema["items"], root, f"{prefix.rstrip('.')}[].")


def _resolved(schema: Mapping[str, Any], root: Mapping[str, Any]) -> Mapping[str, Any]:
    reference = schema.get("$ref")
    return root["$defs"][reference.rpartition("/")[2]] if reference else schema


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


def _commands() -> str:
    from casework.cli.options import FORMATS, help_text

    lines = ["# The commands", "", "Made by `make docs` from the program's own help."]
    for command in (None, *FORMATS):
        name = f"casework {command}" if command else "casework"
        lines += ["", f"## {name}", "", "```", help_text(command).rstrip(), "```"]
    return "\n".join(lines) + "\n"


def with_readings(page: str) -> str:
    """A page with what is read in the career that the tests tell, between its markers.

    `<!-- read: NAME -->` asks for a file of it, and one with `NAME 9` for its first nine lines. An
    organisation that has thrown these files away keeps what the page has.
    """
    return re.sub(
        r"(<!-- read: (\S+)(?: ([0-9]+))? -->\n)(.*?)(<!-- end -->)",
        lambda match: match[1] + _reading(match[2], match[3], match[4]) + match[5],
        page,
        flags=re.DOTALL,
    )


def _reading(name: str, lines: str | None, present: str) -> str:
    if not any(CAREER.glob("*")):
        return present
    text = (CAREER / name).read_text("utf-8").splitlines()[: int(lines) if lines else None]
    shown = "\n".join(each.rstrip() for each in text).rstrip()
    return f"```\n{shown}\n```\n"


def with_example(readme: str) -> str:
    """The README with the real summary of the example case between its markers."""
    return re.sub(
        r"(<!-- example: start -->\n).*?(\n<!-- example: end -->)",
        lambda match: match[1] + _example() + match[2],
        readme,
        flags=re.DOTALL,
    )


def _example() -> str:
    """The summary of one case as its pull request would show it, were it opened on that day."""
    from casework.assess.gate import passes
    from casework.cli.examination import judge
    from casework.model.report import Report, Review
    from casework.read.source import WorkingTree
    from casework.render.summary import summary

    rulebook = _rulebook()
    judged = judge(WorkingTree(ROOT).read_one(SHOWN_CASE), None, rulebook, AS_OF)
    report = Report(AS_OF, rulebook.version, (judged.report,), judged.findings)
    review = Review(None, None, (judged,), report, passes((judged,), judged.findings, None))
    return _quoted(summary(review, rulebook.known_organisation))


def _quoted(text: str) -> str:
    """A summary up to its quarters, as a quotation, without the marker in its first line."""
    beginning = text.partition("\n### Requirements")[0].strip().split("\n")[1:]
    return "\n".join(f"> {line}".rstrip() for line in beginning)


def _rulebook() -> Any:
    from casework.cli.cache import Cache
    from casework.cli.rulebook import read_rulebook
    from casework.read.source import WorkingTree

    return read_rulebook(WorkingTree(ROOT), Cache(None))


def main() -> int:
    """Write every page that is not current, and name it."""
    for path, text in pages():
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8", newline="\n")
            print(f"wrote {path.relative_to(ROOT)}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
