"""Damage a valid case at random, reproducibly: bytes, lines, YAML structure, Markdown structure."""

import random
from collections.abc import Callable, Iterator

SCRAPS = (
    b"---\n", b"...\n", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\r\n", b"\r", b"\t",
    b"&a ", b"*a", b"<<: *a\n", b"!!python/object:os.system ", b"!x ", b"? ", b"| \n", b">-\n",
    b"{", b"}", b"[", b"]", b"'", b'"', b"#", b": ", b", ", b"- ",
    b"0o17", b"1e999", b".nan", b"-0", b"1" * 5000, b"null", b"~", b"yes",
    b"2027-02-30", b"FY27-Q5", b"FY99-Q4",
    b"```\n", b"~~~\n", b"`", b"<!--", b"-->", b"<details>", b"</details>", b"> ",
    b"## ", b"### ", b"======\n", b"------\n", b"](", b"![", b"[x]: http://a\n",
    b"(shows: ", b"; witness: ", b")", b"http://", b"https://e.x/", b"&#0;", b"\\", b"|",
    *(each.encode() for each in (
        "\u00e9", "\u202e", "\u2028", "\u0085", "\U0001f469\u200d\U0001f4bb", "\U000e0041",
        "\u0130", "\u00df", "\u0301", "\u2460", "\u0663",
    )),
)  # fmt: skip


def flip_bytes(case: bytes, dice: random.Random) -> bytes:
    damaged = bytearray(case)
    for _ in range(dice.randint(1, 8)):
        damaged[dice.randrange(len(damaged))] = dice.randrange(256)
    return bytes(damaged)


def cut_or_repeat_bytes(case: bytes, dice: random.Random) -> bytes:
    start, end = sorted((dice.randrange(len(case)), dice.randrange(len(case))))
    return case[:start] + case[start:end] * dice.choice((0, 0, 2, 3)) + case[end:]


def insert_scraps(case: bytes, dice: random.Random) -> bytes:
    for _ in range(dice.randint(1, 4)):
        place = dice.randrange(len(case) + 1)
        case = case[:place] + dice.choice(SCRAPS) * dice.choice((1, 1, 1, 40)) + case[place:]
    return case


def shuffle_lines(case: bytes, dice: random.Random) -> bytes:
    lines = case.splitlines(keepends=True)
    for _ in range(dice.randint(1, 6)):
        source, target = dice.randrange(len(lines)), dice.randrange(len(lines))
        match dice.randrange(4):
            case 0:
                lines[source], lines[target] = lines[target], lines[source]
            case 1:
                lines.insert(target, lines[source])
            case 2:
                lines[source] = b""
            case _:
                lines[source] = b" " * dice.randint(1, 9) + lines[source].lstrip()
    return b"".join(lines)


def front_matter(case: bytes) -> tuple[list[bytes], bytes]:
    head, _, body = case.removeprefix(b"---\n").partition(b"\n---\n")
    return head.split(b"\n"), body


YAML_VALUES = (
    b"", b"null", b"true", b"7", b"-1.5", b"[]", b"{}", b"[a, [b]]", b"{a: {b: c}}", b"'x'",
    b'"\\u0000"', b"|\n  x", b"&x y", b"*x", b"!t z", b"2027-01-01", b"2027-13-01", b"FY27-Q1",
    b"next", b"nxt", b"draft", b"promoted", b"IC9", b"\n  - a",
)  # fmt: skip


def change_yaml(case: bytes, dice: random.Random) -> bytes:
    lines, body = front_matter(case)
    for _ in range(dice.randint(1, 3)):
        place = dice.randrange(len(lines))
        key, colon, value = lines[place].partition(b":")
        match dice.randrange(5):
            case 0:
                lines[place] = key + b": " + dice.choice(YAML_VALUES)
            case 1:
                lines[place] = (
                    dice.choice((b"x", b"1", b"null", b"? [a]", b"kind", b"'")) + colon + value
                )
            case 2:
                lines.append(lines[place])
            case 3:
                lines[place] = b"  " + lines[place]
            case _:
                del lines[place]
                lines.append(b"")
    return b"---\n" + b"\n".join(lines) + b"\n---\n" + body


MARKDOWN_PREFIXES = (
    b"- ", b"1. ", b"> ", b"## ", b"### ", b"#### ", b"    ", b"\t", b"```\n", b"<div>",
    b"| a | b |\n", b"* * *\n", b"",
)  # fmt: skip


def change_markdown(case: bytes, dice: random.Random) -> bytes:
    lines, body = front_matter(case)
    blocks = body.split(b"\n")
    for _ in range(dice.randint(1, 6)):
        place = dice.randrange(len(blocks))
        prefix = dice.choice(MARKDOWN_PREFIXES) * dice.choice((1, 1, 2, 60))
        blocks[place] = prefix + blocks[place].lstrip(b"-#> ")
    return b"---\n" + b"\n".join(lines) + b"\n---\n" + b"\n".join(blocks)


WAYS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    flip_bytes, cut_or_repeat_bytes, insert_scraps, shuffle_lines, change_yaml, change_markdown,
)  # fmt: skip


def mutants(cases: list[bytes], seed: int, count: int) -> Iterator[bytes]:
    """So many damaged cases, each by one or two of the ways, the same ones for the same seed."""
    dice = random.Random(seed)
    for number in range(count):
        damaged = dice.choice(cases)
        for way in (WAYS[number % len(WAYS)], *dice.choices(WAYS, k=dice.randrange(2))):
            damaged = way(damaged, dice) or b"\n"
        yield damaged
