"""What everything is judged by: the schemas and the organisation's data of one state of files."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from casework.cli.digest import digest_of, digest_of_blobs, program
from casework.cli.failure import FailureError
from casework.cli.shelf import Shelf
from casework.model.blob import Blob, Obstacle
from casework.model.document import Document, DocumentKind
from casework.model.organisation import Organisation
from casework.read.documents import FRAMEWORK, PEOPLE, POLICY, WORDING, kind_of, read_document
from casework.read.organisation import read_organisation
from casework.read.schema import Schemas, read_schemas
from casework.read.source import Source

_LEVELS = "framework/levels"
_SCHEMAS = ("case", "people", "framework", "level", "policy", "wording")
_ENDING = ".schema.json"
SCHEMA_FILES = tuple(f"schemas/{each}{_ENDING}" for each in _SCHEMAS)
_REQUIRED = (FRAMEWORK, PEOPLE)  # all other data have defaults


class Rulebook(NamedTuple):
    """The rules of one state of files."""

    schemas: Schemas
    blobs: Mapping[str, Blob]
    """All files that it was read from."""
    documents: Mapping[str, Document]
    """The organisation's data, by path."""
    organisation: Organisation | None
    """None where the data cannot be read."""
    is_whole: bool
    """Whether the documents have their text, places and flaws, and not only their data."""

    @property
    def version(self) -> str | None:
        """The framework's version."""
        return self.organisation.framework.version if self.organisation else None

    @property
    def known_organisation(self) -> Organisation:
        """The organisation. LookupError where its data cannot be read."""
        if self.organisation is None:
            raise LookupError("the organisation's data cannot be read")
        return self.organisation

    def document(self, blob: Blob) -> Document:
        """A file that is no case, as it was read; read now unless it was already."""
        if self.is_whole and self.blobs.get(blob.path) == blob and blob.path in self.documents:
            return self.documents[blob.path]
        return read_document(blob, self.schemas)


def read_rulebook(source: Source, shelf: Shelf) -> Rulebook:
    """The rules that the files state. Raises FailureError where there are none."""
    blobs = {blob.path: blob for blob in source.read((*SCHEMA_FILES, *_data_files(source)))}
    _require_framework(blobs)
    read = _schemas(blobs)
    return _kept(blobs, read, shelf) or _composed(
        blobs, read, shelf, lambda blob: read_document(blob, read)
    )


def schemas_of(source: Source) -> Schemas:
    """The form of the files, without the rules that they state. Raises FailureError."""
    blobs = {blob.path: blob for blob in source.read((*SCHEMA_FILES, FRAMEWORK))}
    _require_framework(blobs)
    return _schemas(blobs)


def readable_rulebook(source: Source, shelf: Shelf) -> Rulebook:
    """The rules that the files state. Raises FailureError where nothing can be judged by them."""
    rulebook = read_rulebook(source, shelf)
    if rulebook.organisation is None:
        raise FailureError(
            "the framework, the policy and people.yaml must be readable; they are not",
            "Run `casework check` and fix what it finds first.",
        )
    return rulebook


def require_flawless(rulebook: Rulebook, path: str, then: str = "") -> None:
    """Raise FailureError where a file of the rules has flaws: what is flawed counts as absent.

    `then` is said after what to do about it.
    """
    document = rulebook.documents.get(path)
    if document is not None and document.flaws:
        first = min(document.flaws, key=lambda each: each.at)
        raise FailureError(
            f"`{path}` must be free of errors of form; line {first.at.line}: "
            f"{first.message.rstrip('.')}",
            f"{first.help} {then}".rstrip(),
        )


def read_proposal(source: Source, rulebook: Rulebook) -> Rulebook:
    """The data that a head would bring, in the form that the main branch's rules demand.

    A head may propose anything: what it left out is a finding, and its own schemas decide nothing.
    """
    blobs = {blob.path: blob for blob in source.read(_data_files(source))}
    of_rules = {path: e for path, e in rulebook.blobs.items() if not path.endswith(_ENDING)}
    if rulebook.is_whole and blobs == of_rules:
        return rulebook
    return _composed(blobs, rulebook.schemas, Shelf(None), rulebook.document)


def _data_files(source: Source) -> tuple[str, ...]:
    levels = (each for each in source.folder(_LEVELS) if kind_of(each) is DocumentKind.LEVEL)
    return (FRAMEWORK, POLICY, WORDING, PEOPLE, *levels)


def _kept(blobs: Mapping[str, Blob], schemas: Schemas, shelf: Shelf) -> Rulebook | None:
    data = shelf.get(_key(blobs)) if shelf.is_kept else None
    if not isinstance(data, dict) or not all(path in blobs for path in data):
        return None
    documents = {
        path: Document(
            path, kind_of(path) or DocumentKind.STRAY, data=each, readable=each is not None
        )
        for path, each in data.items()
    }
    return Rulebook(schemas, blobs, documents, read_organisation(documents), is_whole=False)


def _composed(
    blobs: Mapping[str, Blob],
    schemas: Schemas,
    shelf: Shelf,
    document_of: Callable[[Blob], Document],
) -> Rulebook:
    documents = {
        path: document_of(blob)
        for path, blob in blobs.items()
        if not path.endswith(_ENDING)
        and (blob.obstacle is not Obstacle.ABSENT or path in _REQUIRED)
    }
    organisation = read_organisation(documents)
    # What is flawed counts as absent, which data without their flaws would not tell.
    if shelf.is_kept and organisation and not any(each.flaws for each in documents.values()):
        data: dict[str, Any] = {path: each.data for path, each in documents.items()}
        shelf.put(_key(blobs), data)
    return Rulebook(schemas, blobs, documents, organisation, is_whole=True)


def _key(blobs: Mapping[str, Blob]) -> bytes:
    # What is kept is what `read` makes of the files, in the form that this module gives it; a look
    # at all code would cost as much again.
    return digest_of((program("model", "read", "cli"), digest_of_blobs(blobs.values())))


def _require_framework(blobs: Mapping[str, Blob]) -> None:
    if blobs[FRAMEWORK].obstacle is Obstacle.ABSENT:
        raise FailureError(
            f"there must be a framework to judge by; this repository has no `{FRAMEWORK}`",
            "Go to your clone of the cases' repository, or name it with `-C DIR`.",
        )


def _schemas(blobs: Mapping[str, Blob]) -> Schemas:
    schemas = read_schemas(each for path, each in blobs.items() if path.endswith(_ENDING))
    for each in _SCHEMAS:
        if schemas.get(each) is None:
            raise FailureError(
                f"`schemas/{each}{_ENDING}` must be a JSON Schema; it is absent or broken",
                "Restore it from the main branch, or from the template.",
            )
    return schemas
