"""`casework ladder`: what a level asks for, with all that it builds on."""

from casework.cli.failure import Exit, UsageError, did_you_mean
from casework.cli.options import Options
from casework.cli.rulebook import readable_rulebook
from casework.cli.settings import Settings
from casework.cli.shelf import Shelf
from casework.cli.terminal import write
from casework.model.framework import Framework
from casework.read.git import Git
from casework.read.source import Revision, Source, WorkingTree
from casework.render import ladder
from casework.render.wire import json_text


def run(options: Options, settings: Settings) -> int:
    """Show the ladder, or the part of it that was named."""
    framework = _framework(settings)
    _require(options, framework)
    write(_shown(framework, options, settings))
    return Exit.HOLDS


def _shown(framework: Framework, options: Options, settings: Settings) -> str:
    level, category = options.level, options.category
    if options.format == "json":
        return json_text(ladder.data(framework, level, category))
    if options.format == "markdown":
        return ladder.markdown(framework, level, category)
    return ladder.text(framework, level, category, settings.colour, settings.width)


def _framework(settings: Settings) -> Framework:
    git = Git.find(settings.directory)
    source: Source = (
        Revision(git, git.resolve("HEAD")) if git.is_bare else WorkingTree(git.root, git)
    )
    rulebook = readable_rulebook(source, Shelf(settings.cache_folder))
    return rulebook.known_organisation.framework


def _require(options: Options, framework: Framework) -> None:
    """Raise UsageError for a level or a category that there is not."""
    try:
        ladder.narrowed(framework, options.level, options.category)
    except LookupError as error:
        words = (*framework.level_ids(), *_categories(framework))
        typed = (options.level, options.category)
        guesses = (did_you_mean(each, words) for each in typed if each and each not in words)
        raise UsageError(str(error.args[0]).rstrip("."), next(filter(None, guesses), "")) from error


def _categories(framework: Framework) -> tuple[str, ...]:
    return tuple(dict.fromkeys(e.id for track in framework.tracks for e in track.categories))
