"""Case files for the tests of reading, and the schemas that are shipped."""

from functools import cache
from pathlib import Path

from casework.model.blob import Blob
from casework.model.case import Case
from casework.model.document import Document
from casework.model.finding import Flaw
from casework.model.position import Position
from casework.read.case import read_case
from casework.read.documents import read_document
from casework.read.schema import Schemas, read_schemas

ROOT = Path(__file__).parent.parent.parent
CASE = "cases/ada-lovelace/2027-02.md"

FRONT_MATTER = """\
person: ada-lovelace
kind: promotion
from: IC2
to: IC3
level_since: 2025-02-01
manager: grace-hopper
review: 2027-02
status: submitted
quarters:
  FY27-Q2: {proficiency: meets, execution: exceeds, teamwork: exceeds}
"""


@cache
def schemas() -> Schemas:
    files = sorted((ROOT / "schemas").glob("*.schema.json"))
    return read_schemas(Blob(f"schemas/{each.name}", each.read_bytes()) for each in files)


def a_document(content: str | bytes, path: str = CASE) -> Document:
    raw = content.encode() if isinstance(content, str) else content
    return read_document(Blob(path, raw), schemas())


def a_case(body: str = "", front_matter: str = FRONT_MATTER) -> Case:
    return read_case(Blob(CASE, f"---\n{front_matter}---\n{body}".encode()), schemas())


def front_matter_flaws(front_matter: str) -> tuple[Flaw, ...]:
    return a_document(f"---\n{front_matter}---\n").flaws


def is_inside(at: Position, text: str) -> bool:
    """Whether a position lies in a text; an empty text still has a first line."""
    lines = text.split("\n")
    if len(lines) > 1 and not lines[-1]:
        lines.pop()
    return 1 <= at.line <= len(lines) and 1 <= at.column <= len(lines[at.line - 1]) + 1
