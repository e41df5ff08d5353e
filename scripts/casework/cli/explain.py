"""`casework explain`: what a rule wants, why, and how to fix what it finds."""

from casework.check.registry import pages
from casework.cli.failure import Exit, UsageError, did_you_mean
from casework.cli.options import Options
from casework.cli.settings import Settings
from casework.cli.terminal import write
from casework.model.rule import RulePage
from casework.render import explain
from casework.render.wire import json_text


def run(options: Options, settings: Settings) -> int:
    """Explain the rule that was named, or list all of them."""
    rules = pages()
    if options.rule is None:
        write(_all(rules, options.format))
    else:
        write(_one(_named(options.rule, rules), options.format, settings))
    return Exit.HOLDS


def _all(rules: tuple[RulePage, ...], format: str) -> str:
    if format == "json":
        return json_text({"rules": [explain.data(each) for each in rules]})
    return explain.page(rules) if format == "markdown" else explain.listing(rules)


def _one(rule: RulePage, format: str, settings: Settings) -> str:
    if format == "json":
        return json_text(explain.data(rule))
    if format == "markdown":
        return explain.markdown(rule)
    return explain.text(rule, settings.colour, settings.width)


def _named(word: str, rules: tuple[RulePage, ...]) -> RulePage:
    wanted = word.casefold().replace("_", "-")
    found = next((each for each in rules if each.id == wanted), None)
    if found is None:
        raise UsageError(
            f"there is no rule `{word}`",
            did_you_mean(word, tuple(each.id for each in rules))
            or "`casework explain` lists all of them.",
        )
    return found
