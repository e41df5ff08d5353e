"""`casework growth`: who is below the expected level, manager by manager."""

from casework.assess.growth import growing, growth
from casework.cli.failure import Exit, FailureError, UsageError, did_you_mean
from casework.cli.options import Options
from casework.cli.overview import Overview
from casework.cli.settings import Settings
from casework.cli.terminal import write
from casework.model.growth import Growth
from casework.model.organisation import Organisation
from casework.model.people import Person
from casework.read.documents import PEOPLE, POLICY, is_case
from casework.read.git import Git


def run(options: Options, settings: Settings) -> int:
    """List them, or keep an issue for every manager where that was asked for."""
    overview = Overview.of(Git.find(settings.directory), settings)
    _require_known_level(overview.organisation)
    manager = _manager(options.manager, overview)
    if options.post:
        if manager is not None:
            raise UsageError("`--post` keeps the issues of all managers; leave `--manager` out")
        from casework.cli.growth_issues import keep_issues

        # Who may not keep any need not be looked for.
        is_wanted = overview.organisation.policy.growth_issues
        return keep_issues(_found(overview) if is_wanted else None)
    found = _found(overview)
    if manager is not None:
        found = found._replace(
            teams=tuple(each for each in found.teams if each.manager == manager),
            unplaced=tuple(each for each in found.unplaced if each.manager == manager.handle),
        )
    write(_said(found, manager, options, settings))
    return Exit.HOLDS


def _found(overview: Overview) -> Growth:
    organisation, today = overview.organisation, overview.settings.today
    folders = {each.handle for each in growing(organisation, today)}
    # Of ten thousand cases only those of the people who are listed are looked into.
    paths = tuple(
        each
        for each in (overview.source.paths("cases") if folders else ())
        if is_case(each) and each.split("/")[1] in folders
    )
    return growth(organisation, overview.cases(paths), today)


def _manager(wanted: str | None, overview: Overview) -> Person | None:
    """The person that was named. Raises UsageError for somebody unknown."""
    if wanted is None:
        return None
    people = overview.organisation.people
    found = people.get(wanted)
    if found is None:
        raise UsageError(
            f"`--manager` must be a handle in `{PEOPLE}`; there is no `{wanted}`",
            did_you_mean(wanted, tuple(people.by_handle))
            or f"The handles are the names on the left in `{PEOPLE}`.",
        )
    return found


def _require_known_level(organisation: Organisation) -> None:
    expected, framework = organisation.policy.expected_level, organisation.framework
    if expected is not None and framework.level(expected) is None:
        known = framework.level_ids()
        raise FailureError(
            f"`expected_level` in `{POLICY}` must be a level of the framework; `{expected}` is "
            "none",
            did_you_mean(expected, known) or f"The levels are {', '.join(known)}.",
        )


def _said(found: Growth, manager: Person | None, options: Options, settings: Settings) -> str:
    if options.format == "json":
        from casework.render.growth import growth_data
        from casework.render.wire import json_text

        return json_text(growth_data(found))
    if options.format == "markdown":
        from casework.render.growth_markup import growth_markdown

        return growth_markdown(found, manager)
    from casework.render.growth_text import growth_text

    return growth_text(found, colour=settings.colour, width=settings.width, manager=manager)
