"""`casework review`: what a pull request would get."""

from casework.cli.cache import Cache
from casework.cli.comparison import compare
from casework.cli.failure import Exit
from casework.cli.options import Options
from casework.cli.output import for_programs, texts
from casework.cli.pipeline import review, rules_of
from casework.cli.settings import Settings
from casework.cli.terminal import write
from casework.model.organisation import Organisation
from casework.model.report import Review
from casework.read.git import Git
from casework.read.source import Source


def run(options: Options, settings: Settings) -> int:
    """Review the head and say how it stands. FAILS when the gate would not be passed."""
    git = Git.find(settings.directory)
    comparison = compare(git, options.base, options.head)
    with Cache(settings.cache_folder) as cache:
        rulebook = rules_of(comparison, settings)
        found = review(comparison, rulebook, settings, cache)
    if options.format in ("text", "markdown"):
        write(_for_people(found, rulebook.known_organisation, options, settings, comparison.after))
    else:
        write(for_programs(options.format, found.report))
    return Exit.HOLDS if found.passes else Exit.FAILS


def _for_people(
    found: Review,
    organisation: Organisation,
    options: Options,
    settings: Settings,
    source: Source,
) -> str:
    if options.format == "markdown":
        from casework.render.summary import summary

        return summary(found, organisation)
    from casework.render.review import review_text

    return review_text(
        found,
        organisation,
        colour=settings.colour,
        width=settings.width,
        source=texts(source),
    )
