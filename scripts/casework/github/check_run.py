"""The latest check run of ours on a commit, with as many annotations as there are."""

import hashlib
import json
from typing import TYPE_CHECKING, Any

from casework.github.answers import as_described
from casework.github.fault import FaultKind, GitHubError
from casework.github.setback import RUN_AGAIN
from casework.model.check_run import NAME, Annotation, CheckRun

if TYPE_CHECKING:
    import github.CheckRun
    from github.Repository import Repository

BATCH = 50
"""GitHub takes no more annotations at once."""
_LONGEST_TITLE = 255
_LONGEST_MESSAGE = 16_000
"""GitHub takes 64 KB; no character has more than four bytes."""


class CheckKeeper:
    """Sees to it that the latest check run of ours is the given one.

    It bears a digest of all that it says. Annotations can only be added, so something new is
    a new check run; and one with many of them is completed with the last: whatever
    breaks off on the way, no check is ever passed by half.
    """

    def __init__(
        self, repository: "Repository", slug: str, check: CheckRun, details_url: str | None
    ) -> None:
        self.has_written = False
        self._repository = repository
        self._slug = slug
        self._check = check
        self._details_url = details_url
        self._id = f"casework-{_digest(check)}"
        self._conclusion = "success" if check.passes else "failure"

    def keep(self) -> None:
        """Look, and write what is missing."""
        try:
            with as_described():
                ours = self._ours()
        except GitHubError:
            # What stands there is older, and may be green: a new one takes its place unseen.
            ours = []
        if ours and self._is_told(ours[-1]):
            return
        self.has_written = True
        unfinished = [each for each in ours if each.status != "completed"]
        for each in unfinished:
            if each.external_id != self._id:
                _give_up(each)
        begun = next((each for each in unfinished if each.external_id == self._id), None)
        if begun:
            self._continue(begun, begun.output.annotations_count)
        else:
            self._create()

    def _ours(self) -> list["github.CheckRun.CheckRun"]:
        """Oldest first. A workflow's job of that name is none: it bears no digest."""
        listed = self._repository.get_commit(self._check.head).get_check_runs(
            check_name=NAME, filter="latest"
        )
        return sorted((each for each in listed if self._is_ours(each)), key=lambda each: each.id)

    def _is_ours(self, run: "github.CheckRun.CheckRun") -> bool:
        slug = run.app.slug if run.app else None
        return (
            run.name == NAME
            and slug == self._slug
            and (run.external_id or "").startswith("casework-")
        )

    def _is_told(self, run: "github.CheckRun.CheckRun") -> bool:
        """Whether a check run says all of it already, and nobody changed what it says."""
        told = (run.external_id, run.status, run.conclusion, run.output.annotations_count)
        check, output = self._check, run.output
        return told == (self._id, "completed", self._conclusion, len(check.annotations)) and all(
            _stored(one) == _stored(other)
            for one, other in (
                (output.title, _title(check.title)),
                (output.summary, check.summary),
                (output.text, check.text),
            )
        )

    def _create(self) -> None:
        from github.GithubObject import NotSet

        is_whole = len(self._check.annotations) <= BATCH
        run = self._repository.create_check_run(
            NAME,
            self._check.head,
            details_url=self._details_url or NotSet,
            external_id=self._id,
            status="completed" if is_whole else "in_progress",
            conclusion=self._conclusion if is_whole else NotSet,
            output=self._output(0),
        )
        if run.external_id != self._id:
            raise GitHubError(
                "GitHub must keep the check run that it is given; it answers with another",
                RUN_AGAIN,
                FaultKind.REFUSED,
            )
        if not is_whole:
            self._continue(run, BATCH)

    def _continue(self, run: "github.CheckRun.CheckRun", start: int) -> None:
        """Add the annotations from there on, and complete it with the last of them."""
        while start + BATCH < len(self._check.annotations):
            run.edit(output=self._output(start))
            start += BATCH
        run.edit(status="completed", conclusion=self._conclusion, output=self._output(start))

    def _output(self, start: int) -> dict[str, Any]:
        check = self._check
        output: dict[str, Any] = {"title": _title(check.title), "summary": check.summary}
        if check.text:
            output["text"] = check.text
        annotations = check.annotations[start : start + BATCH]
        if annotations:
            output["annotations"] = [_annotation(each) for each in annotations]
        return output


def _give_up(run: "github.CheckRun.CheckRun") -> None:
    """Close what an earlier run began and did not finish, so that it does not seem to go on."""
    run.edit(status="completed", conclusion="cancelled")


def _annotation(annotation: Annotation) -> dict[str, str | int]:
    return {
        "path": annotation.path,
        "start_line": annotation.line,
        "end_line": annotation.line,
        "start_column": annotation.column,
        "end_column": annotation.column,
        "annotation_level": annotation.level,
        "title": annotation.title[:_LONGEST_TITLE],
        "message": annotation.message[:_LONGEST_MESSAGE],
    }


def _digest(check: CheckRun) -> str:
    said = json.dumps([check.passes, check.title, check.summary, check.text, check.annotations])
    return hashlib.sha256(said.encode()).hexdigest()[:40]


def _title(title: str) -> str:
    return title[:_LONGEST_TITLE]


def _stored(text: str | None) -> str:
    """A text as it compares, whatever was done to its line ends on the way."""
    return (text or "").replace("\r\n", "\n").strip()
