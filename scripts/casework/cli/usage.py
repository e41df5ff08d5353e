"""The help texts, made from the grammar."""

from collections.abc import Iterable
from textwrap import wrap

from casework.cli.grammar import ALONE, COMMANDS, COMMON, Command, Option

_WIDTH = 96
_COLUMN = 23


def page(command: str | None) -> str:
    """What `--help` shows, for the program or for one of its commands."""
    return _of_command(command, COMMANDS[command]) if command else _overview()


def _overview() -> str:
    commands = "".join(f"  {name:<11}{each.purpose}\n" for name, each in COMMANDS.items())
    options = _listed((_spelled(each), each.help) for each in (*COMMON, *ALONE))
    return (
        "usage: casework COMMAND [options]\n\n"
        "Promotion cases as pull requests: what is wrong in a case and where, which quarters count "
        "and\nwhy, what is still missing, and when it can be ready at the earliest.\n\n"
        f"commands:\n{commands}\n"
        f"options, before or after the command:\n{options}\n"
        "exit codes: 0 it holds, 1 it does not, 2 something was mistyped, "
        "3 the program could not run\n"
    )


def _of_command(name: str, command: Command) -> str:
    operands = [each for each in (command.operand, command.second) if each]
    usage = f"usage: casework {name}"
    for each in operands:
        usage += f" [{each.name}{' ...' if each.repeats else ''}]"
    purpose = command.purpose[0].upper() + command.purpose[1:] + "."
    page = f"{usage} [options]\n\n{purpose}\n\n"
    if operands:
        page += _listed((each.name, each.help) for each in operands) + "\n"
    options = _listed(
        (_spelled(each), _help(each, command)) for each in (*command.options, *COMMON)
    )
    return f"{page}options:\n{options}"


def _help(option: Option, command: Command) -> str:
    if option.field == "format":
        *first, last = command.formats
        return f"the output: {' or '.join(filter(None, (', '.join(first), last)))}"
    return "show this help" if option.field == "help" else option.help


def _spelled(option: Option) -> str:
    names = ", ".join(option.names)
    return f"{names} {option.value}" if option.value else names


def _listed(entries: Iterable[tuple[str, str]]) -> str:
    lines = []
    for word, text in entries:
        first, *rest = wrap(text, _WIDTH - _COLUMN)
        lines.append(f"  {word:<{_COLUMN - 2}} {first}")
        lines += [f"  {'':<{_COLUMN - 2}} {each}" for each in rest]
    return "".join(f"{each}\n" for each in lines)
