"""`casework review`: what a pull request would get."""

import os
from typing import TYPE_CHECKING

from casework.cli.cache import Cache
from casework.cli.comparison import Comparison, compare
from casework.cli.failure import Exit, UsageError
from casework.cli.options import Options
from casework.cli.output import for_programs, texts
from casework.cli.pipeline import review, rules_of
from casework.cli.rulebook import Rulebook
from casework.cli.settings import Settings
from casework.cli.terminal import write
from casework.model.organisation import Organisation
from casework.model.report import Review
from casework.read.git import Git
from casework.read.source import Source

if TYPE_CHECKING:
    from casework.cli.consultation import Consultation
    from casework.cli.retrospect import Retrospect


def run(options: Options, settings: Settings) -> int:
    """Review the head and say how it stands. FAILS when the gate would not be passed."""
    if options.post:
        return _post(options, settings)
    git = Git.find(settings.directory)
    comparison = _aside(compare(git, options.base, options.head), options, settings, git)
    with Cache(settings.cache_folder) as cache:
        rulebook = rules_of(comparison, settings)
        asked = _consultation(options, settings, git, comparison, rulebook)
        found = review(comparison, rulebook, settings, cache, asked, _retrospect(options, git))
    if options.format in ("text", "markdown"):
        write(_for_people(found, rulebook.known_organisation, options, settings, comparison.after))
    else:
        write(for_programs(options.format, found.report))
    return Exit.HOLDS if found.passes else Exit.FAILS


def _aside(comparison: Comparison, options: Options, settings: Settings, git: Git) -> Comparison:
    """The comparison without the file that the reviews are in: it is not proposed."""
    if options.reviews is None or comparison.head is not None:
        return comparison
    place = os.path.realpath(settings.directory / options.reviews)
    root = os.path.realpath(git.root)
    return comparison._replace(
        changes=tuple(
            each
            for each in comparison.changes
            if each.status != "A" or os.path.realpath(os.path.join(root, each.path)) != place  # noqa: PTH118
        )
    )


def _post(options: Options, settings: Settings) -> int:
    typed = {"--base": options.base, "--head": options.head, "--reviews": options.reviews}
    for name, value in typed.items():
        if value is not None:
            raise UsageError(
                f"`--post` must stand without `{name}`: GitHub says what to judge",
                f"Leave `{name}` out, or leave `--post` out to see the answer here.",
            )
    from casework.cli.post import run as post

    return post(options, settings)


def _consultation(
    options: Options, settings: Settings, git: Git, comparison: Comparison, rulebook: Rulebook
) -> "Consultation | None":
    """The reviews that were handed in; None without any."""
    if options.reviews is None:
        return None
    from casework.cli.consultation import AS_THEY_ARE, Consultation
    from casework.cli.reviews import read_reviews

    judged = comparison.head or AS_THEY_ARE
    given = read_reviews(options.reviews, settings.directory, git.commit, judged)
    organisation = rulebook.known_organisation
    return Consultation(
        git, comparison.after, comparison.head, organisation, given.author, given.reviews,
        settings.today, base=comparison.base, notes=given.notes,
    )  # fmt: skip


def _retrospect(options: Options, git: Git) -> "Retrospect | None":
    """What was before, which people are told and programs are not."""
    if options.format not in ("text", "markdown"):
        return None
    from casework.cli.retrospect import Retrospect

    return Retrospect(git)


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
