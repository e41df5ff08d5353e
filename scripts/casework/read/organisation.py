"""The data files to what cases are judged against."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from casework.model.document import Document
from casework.model.organisation import Organisation
from casework.model.wording import Wording
from casework.read.documents import FRAMEWORK, PEOPLE, POLICY, WORDING, level_path
from casework.read.fields import Fields
from casework.read.framework import read_framework
from casework.read.people import read_people
from casework.read.policy import read_policy
from casework.read.wording import read_wording

if TYPE_CHECKING:
    from casework.model.audit import Unread


def read_organisation(documents: Mapping[str, Document]) -> Organisation | None:
    """The organisation that documents, by path, describe: as much of it as is right.

    None where the framework, one of its levels, or the people cannot be read at all, or where
    there is a policy that cannot. A policy that is absent is one of defaults.
    """
    framework = documents.get(FRAMEWORK)
    people = documents.get(PEOPLE)
    policy = documents.get(POLICY)
    if not (framework and framework.readable and people and people.readable):
        return None
    if policy and not policy.readable:
        return None
    if not isinstance(people.data.get("people"), dict):
        # Else everybody whom anything names would be unknown.
        return None
    ladder = read_framework(framework, documents)
    if ladder is None:
        return None
    wording = documents.get(WORDING)
    return Organisation(
        ladder,
        read_policy(policy),
        read_people(people),
        read_wording(wording) if wording and wording.readable else Wording({}),
    )


def unread(documents: Mapping[str, Document]) -> "Unread":
    """The file for which `read_organisation` finds nothing in the documents."""
    from casework.model.audit import Unread  # only an audit asks, and brings it along

    framework = documents.get(FRAMEWORK)
    fields = Fields(framework) if framework and framework.readable else None
    tracks = (fields, *fields.each("tracks")) if fields else ()
    levels = (level_path(each) for track in tracks for each in track.texts("levels"))
    for path in (FRAMEWORK, PEOPLE, *levels):
        found = documents.get(path)
        if found is None or not found.readable:
            return Unread(path, is_there=found is not None)
    policy = documents.get(POLICY)
    return Unread(POLICY if policy and not policy.readable else FRAMEWORK, is_there=True)
