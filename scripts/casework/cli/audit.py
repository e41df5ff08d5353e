"""`casework audit`: whether what must hold of every decided case does."""

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from casework.assess.tenure import undecided
from casework.assess.unread import unread_people
from casework.cli.archive import Archive
from casework.cli.decisions import Findings, Scope, audit_all
from casework.cli.failure import Exit, FailureError, UsageError, did_you_mean
from casework.cli.options import Options
from casework.cli.settings import Settings
from casework.cli.surroundings import Surroundings
from casework.cli.tenures import tenures
from casework.cli.terminal import write
from casework.cli.trunk import NOT_MERGED, Trunk, from_root
from casework.model.audit import Answer, Audit, AuditedLevel, UnreadCase
from casework.model.tenure import Promotion, Tenure
from casework.read.chronicle import Step, chronicle
from casework.read.documents import PEOPLE, is_case
from casework.read.git import Git
from casework.read.register import Register, register

_PATIENCE = 60


def run(options: Options, settings: Settings) -> int:
    """Audit what was named and say so. FAILS when something does not hold, or is contradicted."""
    trunk = Trunk.of(settings, options.base)
    git, schemas = trunk.git, trunk.schemas()
    steps = chronicle(git, trunk.commit, "cases", "framework")
    everybody = register(git, steps, schemas)
    wanted = _wanted(options.whose, steps, everybody, trunk, settings)
    archive = Archive.of(git, steps, everybody, schemas)
    careers = tuple(each for each in tenures(archive) if wanted.has_level_of(each))
    found = audit_all(git, steps, archive, wanted.scope(careers), settings)
    levels = wanted.levels(careers, found)
    unread = (*wanted.lost(archive), *found.unread)
    audit = Audit(
        trunk.name, trunk.commit, found.cases, unread, levels,
        whose=options.whose, has_notes=archive.has_notes,
    )  # fmt: skip
    audit = _asked(audit, git, everybody, is_offline=options.offline)
    write(_said(audit, options, settings))
    return Exit.FAILS if audit.answer is Answer.DOES_NOT_HOLD else Exit.HOLDS


class _Wanted(NamedTuple):
    """What is asked for: everything, or the cases of one folder, or one case."""

    is_path: Callable[[str], bool]
    folders: Collection[str] | None = None
    """Those of the people who are asked for; None for all."""
    case: str | None = None

    def has_level_of(self, tenure: Tenure) -> bool:
        """Whether somebody's level is asked for, or that of whom a case is about."""
        return self.folders is None or any(f"cases/{e}" in self.folders for e in tenure.handles)

    def lost(self, archive: Archive) -> Iterator[UnreadCase]:
        """People.yaml, where levels are asked for that it does not tell any more."""
        place = archive.register.is_lost_since()
        if place is not None and self.case is None:
            yield unread_people(archive.landings[place])

    def scope(self, careers: Sequence[Tenure]) -> Scope:
        """Which cases to look at for that."""
        if self.folders is None or self.case is not None:
            return Scope(self.is_path)
        people = (handle for each in careers for handle in each.handles)
        places = (step.landing.place for each in careers for step in each.steps)
        return Scope(self.is_path, frozenset(people), frozenset(places))

    def levels(self, careers: Sequence[Tenure], found: Findings) -> tuple[AuditedLevel, ...]:
        """The changes of a level that no case decided, oldest first."""
        unread = (*found.unread, *found.aside)
        by_person: dict[str, list[Promotion]] = {}
        for each in found.promotions:
            by_person.setdefault(each.person, []).append(each)
        levels: list[AuditedLevel] = []
        for career in careers:
            own = [one for handle in career.handles for one in by_person.get(handle, ())]
            levels += undecided(career, own, unread)
        if self.case is not None:
            levels = [each for each in levels if each.case and self.is_path(each.case)]
        return tuple(sorted(levels, key=lambda each: (each.landing.place, each.person)))


def _wanted(
    whose: str | None, steps: Sequence[Step], people: Register, trunk: Trunk, settings: Settings
) -> _Wanted:
    """What is asked for. Raises UsageError for what there never was."""
    if whose is None:
        return _Wanted(lambda path: True)
    paths = {path for step in steps for each in step.changes for path in each.paths}
    cases = {each for each in paths if is_case(each)}
    folders = {each.rpartition("/")[0] for each in cases}
    named = {f"cases/{whose}", *from_root(whose, trunk.git.root, settings.directory)}
    if named & cases:
        owners = {each.rpartition("/")[0] for each in named & cases}
        return _Wanted(lambda path: path in named, owners, whose)
    if named & folders or whose in people.handles():
        return _Wanted(lambda path: path.rpartition("/")[0] in named, named)
    here = next((each for each in sorted(named) if is_case(each)), None)
    if here and trunk.is_still_here_alone(here):
        raise UsageError(
            f"a case must have been on {trunk.name}; `{here}` is only in your files", NOT_MERGED
        )
    known = (*people.handles(), *sorted(cases))
    raise UsageError(
        f"a person must be a handle in `{PEOPLE}`, and a case must have been on {trunk.name}; "
        f"there has never been `{whose}`",
        did_you_mean(whose, known) or "Cases are named as cases/ada-lovelace/2027-02.md.",
    )


def _asked(audit: Audit, git: Git, people: Register, *, is_offline: bool) -> Audit:
    """The audit with what GitHub says of what notes claim, where it can be asked."""
    if not any(each.claim for each in audit.cases):
        return audit
    around = Surroundings.read()
    if is_offline or not (around.token or around.enterprise_token):
        return audit._replace(remark="GitHub was not asked." if is_offline else _how("GH_TOKEN"))
    from casework.cli.confirmation import Witness, confirmed
    from casework.cli.place import place_of
    from casework.github.connection import Access, connect
    from casework.github.fault import GitHubError

    try:
        place = place_of(around, git)
        token = place.token(around)
        if token is None:
            return audit._replace(remark=_how(place.variable))
        access = Access(place.api_url, place.repository, token)
        witness = Witness(connect(access, time.sleep, _PATIENCE), people.accounts())
    except (FailureError, GitHubError) as error:
        return audit._replace(remark=f"GitHub was not asked: {error.message}. {error.help}".strip())
    return audit._replace(asked=place.repository, cases=confirmed(audit.cases, witness))


def _how(variable: str) -> str:
    return f"With a token in `{variable}`, GitHub is asked to confirm it."


def _said(audit: Audit, options: Options, settings: Settings) -> str:
    if options.format == "json":
        from casework.render.audit_data import audit_data
        from casework.render.wire import json_text

        return json_text(audit_data(audit))
    if options.format == "markdown":
        from casework.render.audit_markup import audit_markdown

        return audit_markdown(audit)
    from casework.render.audit_text import audit_text

    return audit_text(audit, colour=settings.colour, width=settings.width)
