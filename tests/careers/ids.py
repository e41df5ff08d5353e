"""Ids that stay the same when a word of the framework changes, and with it every id of git's."""

import re
from hashlib import sha1

from tests.careers.repository import Repository

_ID = re.compile(r"\b[0-9a-f]{7,40}\b")


def stable(read: dict[str, str], repository: Repository) -> dict[str, str]:
    """What was read, with the story's own ids in place of git's, and just as long.

    A commit's is made of its day and subject, any other object's of when it is read first.
    """
    objects = dict(
        each.split()[:2]
        for each in repository.git(
            "cat-file", "--batch-all-objects", "--batch-check=%(objectname) %(objecttype)"
        ).splitlines()
    )
    commits = [each for each, kind in objects.items() if kind == "commit"]
    said = repository.git(
        "log", "--no-walk", "--stdin", "--format=%H %ct %s", given="\n".join(commits)
    )
    by_commit = dict(line.split(" ", 1) for line in said.splitlines())
    own: dict[str, str] = {}

    def story_id(found: re.Match[str]) -> str:
        known = [each for each in objects if each.startswith(found[0])]
        if len(known) != 1:
            return found[0]
        (whole,) = known
        if whole not in own:
            what = by_commit.get(whole, f"object {len(own)}")
            own[whole] = sha1(what.encode(), usedforsecurity=False).hexdigest()
        return own[whole][: len(found[0])]

    return {name: _ID.sub(story_id, text) for name, text in read.items()}
