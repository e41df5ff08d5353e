"""Every governed file to a document, by what its path says it is for."""

import json
import re
from typing import Any

from casework.model.blob import Blob
from casework.model.document import PEOPLE as PEOPLE
from casework.model.document import Document, DocumentKind
from casework.model.finding import Flaw
from casework.model.position import START, Position
from casework.read.front_matter import split
from casework.read.schema import Schemas, conforms
from casework.read.text import Text, has_too_many_lines, read_text, too_many_lines
from casework.read.yaml_text import YamlText, read_yaml

FRAMEWORK = "framework/framework.yaml"
POLICY = "framework/policy.yaml"
WORDING = "framework/wording.yaml"
LEVELS = "framework/levels/"

_FOLDERS = ("framework/", "cases/", "schemas/")
_FILES = {
    FRAMEWORK: DocumentKind.FRAMEWORK,
    POLICY: DocumentKind.POLICY,
    WORDING: DocumentKind.WORDING,
    PEOPLE: DocumentKind.PEOPLE,
}
_PATTERNS = (
    (re.compile(r"cases/[^/]+/[^/]+\.md"), DocumentKind.CASE),
    (re.compile(r"framework/levels/[^/]+\.yaml"), DocumentKind.LEVEL),
    (re.compile(r"schemas/[^/]+\.schema\.json"), DocumentKind.SCHEMA),
)
_LET_BE = frozenset({"framework/README.md", "cases/README.md", "schemas/README.md"})


def kind_of(path: str) -> DocumentKind | None:
    """What the file at a path is for; None for one that nobody governs, such as a README."""
    if path in _FILES:
        return _FILES[path]
    is_hidden = path.rpartition("/")[2].startswith(".")
    if not path.startswith(_FOLDERS) or path in _LET_BE or is_hidden:
        return None
    kinds = (kind for pattern, kind in _PATTERNS if pattern.fullmatch(path))
    return next(kinds, DocumentKind.STRAY)


def is_case(path: str) -> bool:
    """Whether the file at a path is a case."""
    return kind_of(path) is DocumentKind.CASE


def level_path(level: str) -> str:
    """Where the file of a level is."""
    return f"{LEVELS}{level.lower()}.yaml"


def read_document(blob: Blob, schemas: Schemas) -> Document:
    """What a governed file says, and what is wrong with its form. For a case: its front matter."""
    kind = kind_of(blob.path) or DocumentKind.STRAY
    if kind is DocumentKind.STRAY:
        return Document(blob.path, kind, readable=False)
    text = read_text(blob)
    if not text.readable:
        return Document(blob.path, kind, flaws=text.flaws, readable=False)
    if kind is DocumentKind.SCHEMA:
        return _schema_document(blob.path, text)
    if kind is DocumentKind.CASE:
        if has_too_many_lines(text.content):
            flaws = (*text.flaws, too_many_lines())
            return Document(blob.path, kind, flaws=flaws, readable=False)
        front = split(text.content)
        if front.flaw:
            flaws = (*text.flaws, front.flaw)
            return Document(blob.path, kind, text.content, flaws=flaws, readable=False)
        yaml = read_yaml(front.yaml, first_line=2)
    else:
        yaml = read_yaml(text.content)
    return _fields_document(blob.path, kind, text, yaml, schemas)


_ALL_MAY_BE_LEFT_OUT = (DocumentKind.POLICY, DocumentKind.WORDING)
"""Where everything has a default, a file of comments alone says that all of them hold."""


def _fields_document(
    path: str, kind: DocumentKind, text: Text, yaml: YamlText, schemas: Schemas
) -> Document:
    flaws = (*text.flaws, *yaml.flaws)
    if kind in _ALL_MAY_BE_LEFT_OUT and not yaml.readable and not yaml.flaws:
        return Document(path, kind, text.content, {}, flaws=flaws)
    if not yaml.readable:
        if not yaml.flaws:
            flaws = (*flaws, _empty(kind))
        return Document(path, kind, text.content, flaws=flaws, readable=False)
    flaws = (*flaws, *_schema_flaws(yaml, kind.value, schemas))
    is_fields = isinstance(yaml.data, dict)
    return Document(
        path, kind, text.content, yaml.data if is_fields else None, yaml.places, flaws, is_fields
    )


def _schema_flaws(yaml: YamlText, name: str, schemas: Schemas) -> tuple[Flaw, ...]:
    schema = schemas.get(name)
    if schema is not None and conforms(yaml.data, schema):
        return ()
    from casework.read.explanation import explain, missing_schema

    return explain(yaml, schema, name) if schema is not None else (missing_schema(name),)


def _empty(kind: DocumentKind) -> Flaw:
    if kind is DocumentKind.CASE:
        return Flaw(
            "missing-front-matter",
            START,
            "The front matter must have fields such as `person: ada-lovelace`; it is empty.",
            "Write the case's fields between the two lines `---`.",
        )
    return Flaw(
        "wrong-type",
        START,
        "The file must have fields, each as `name: value`; it is empty.",
        "Write its fields, or bring the file back from the repository's history.",
    )


def _schema_document(path: str, text: Text) -> Document:
    try:
        data: Any = json.loads(text.content)
    except json.JSONDecodeError as error:
        at = Position(error.lineno, error.colno)
        return _broken_schema_document(path, text, at, "this place cannot be read")
    except RecursionError:
        return _broken_schema_document(path, text, START, "it is nested too deep")
    if not isinstance(data, dict):
        return _broken_schema_document(path, text, START, "it is not an object")
    return Document(path, DocumentKind.SCHEMA, text.content, data, flaws=text.flaws)


def _broken_schema_document(path: str, text: Text, at: Position, found: str) -> Document:
    lines = text.content.split("\n")
    if at.line > 1 and at.line == len(lines) and not lines[-1]:
        at = Position(at.line - 1, len(lines[-2]) + 1)
    flaw = Flaw(
        "yaml-syntax",
        at,
        f"A schema must be written as JSON; {found}.",
        "Undo the last change, or look for a missing comma, bracket or quotation mark.",
    )
    flaws = (*text.flaws, flaw)
    return Document(path, DocumentKind.SCHEMA, text.content, flaws=flaws, readable=False)
