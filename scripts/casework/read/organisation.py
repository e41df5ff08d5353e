"""The data files to what cases are judged against."""

from collections.abc import Mapping

from casework.model.document import Document
from casework.model.organisation import Organisation
from casework.model.wording import Wording
from casework.read.documents import FRAMEWORK, PEOPLE, POLICY, WORDING
from casework.read.framework import read_framework
from casework.read.people import read_people
from casework.read.policy import read_policy
from casework.read.wording import read_wording


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
