"""Decided cases of people whom people.yaml lacks: no rule over a decided case would say so."""

from collections.abc import Iterator

from casework.check.run import check_entries
from casework.cli.examination import Examined
from casework.cli.rulebook import Rulebook
from casework.model.blob import Blob
from casework.model.document import PEOPLE, DocumentKind
from casework.read.case import read_case
from casework.read.documents import is_case, kind_of
from casework.read.source import Source


def missing_entries(source: Source, rulebook: Rulebook) -> Examined:
    """What people.yaml lacks, since there are decided cases. Of open ones their own rules tell."""
    people = rulebook.known_organisation.people.by_handle
    folders = [each for each in source.folder("cases") if kind_of(each) is DocumentKind.STRAY]
    strange = [each for each in folders if each.partition("/")[2] not in people]
    handles: dict[str, bool] = {}
    for blob in _cases(source, strange):
        status = read_case(blob, rulebook.schemas).status
        handle = blob.path.split("/")[1]
        handles[handle] = handles.get(handle, True) and status is not None and status.is_decided
    document = rulebook.document(source.read_one(PEOPLE))
    settled = [handle for handle, is_settled in handles.items() if is_settled]
    return Examined(PEOPLE, None, check_entries(document, settled))


def _cases(source: Source, folders: list[str]) -> Iterator[Blob]:
    if not folders:
        return iter(())
    paths = source.paths(*folders)
    return source.read(each for each in paths if is_case(each))
