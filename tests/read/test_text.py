import pytest

from casework.model.blob import Blob, Obstacle
from casework.model.position import Position
from casework.read.text import byte_limit, read_text


def read(content, path="cases/ada/x.md"):
    return read_text(Blob(path, content if isinstance(content, bytes) else content.encode()))


def rules(text):
    return [flaw.rule for flaw in text.flaws]


@pytest.mark.parametrize(
    "content", [b"a\nb\n", b"\xef\xbb\xbfa\nb\n", b"a\r\nb\r\n", b"a\rb\r", b"\xef\xbb\xbfa\r\nb\n"]
)
def test_byte_order_marks_and_line_ends_of_every_system_are_fine(content):
    assert read(content) == ("a\nb\n", (), True)


@pytest.mark.parametrize(
    "content",
    ["tab\there", "Zoë, 東京, naïve…", "👩‍💻 ❤️ 1️⃣", "क्‍ष", "葛󠄀城", "a\N{NO-BREAK SPACE}b"],
)  # fmt: skip
def test_letters_and_emoji_of_all_scripts_are_fine(content):
    assert read(content) == (content, (), True)


@pytest.mark.parametrize(
    "bad",
    [
        "\0", "\x07", "\x1b", "\x0b", "\x0c", "\x7f", "\x85", "\x9b", "\xad", "\u061c", "\u200b",
        "\u200e", "\u200f", "\u2028", "\u2029", "\u202a", "\u202e", "\u2060", "\u2066", "\u2069",
        "\ufeff", "\ufff9", "\ufffe", "\uffff", "\u3164", "\u115f", "\u034f", "\u180e", "\ufe0f",
        "\u200d", "\u200c", "\U000e0041", "\U000e0101", "\U000e0001",
    ],
)  # fmt: skip
def test_a_character_that_nobody_sees_is_found_and_replaced(bad):
    text = read(f"ok\nab{bad}c")
    assert rules(text) == ["control-character"]
    assert text.flaws[0].at == Position(2, 3)
    assert f"U+{ord(bad):04X}" in text.flaws[0].message
    assert text.content == "ok\nab\ufffdc"
    assert text.readable


def test_a_line_is_reported_once():
    text = read("\0a\0\nb\n\0\0")
    assert [flaw.at for flaw in text.flaws] == [(1, 1), (3, 1)]


def test_many_lines_are_summed_up():
    text = read("\0\n" * 25)
    assert len(text.flaws) == 20
    assert "5 more lines" in text.flaws[-1].message


@pytest.mark.parametrize(
    ("content", "at"),
    [
        (b"\xff", (1, 1)),
        (b"ab\xe9c", (1, 3)),
        (b"\xef\xbb\xbfa\r\nb\xc3\xa9\xff", (2, 3)),
        (b"a\r\xc3", (2, 1)),
        (b"\xed\xa0\x80", (1, 1)),
    ],
)
def test_a_byte_that_is_no_character_is_pointed_at(content, at):
    text = read(content)
    assert rules(text) == ["not-utf8"]
    assert text.flaws[0].at == at
    assert not text.readable


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_utf16_is_named(encoding):
    text = read("\ufeffa".encode("utf-16-be") if encoding == "utf-16-be" else "a".encode("utf-16"))
    assert rules(text) == ["not-utf8"]
    assert "UTF-16" in text.flaws[0].message


def test_a_file_may_be_as_large_as_its_limit():
    limit = byte_limit("cases/ada/x.md")
    assert limit == 256 * 1024
    assert read(b"a" * limit).readable
    assert rules(read(b"a" * (limit + 1))) == ["file-too-large"]
    assert read(b"a" * (limit + 1), "cases/people.yaml").readable
    assert byte_limit("cases/people.yaml") == 2 * 1024 * 1024


@pytest.mark.parametrize(
    ("obstacle", "rule"),
    [
        (Obstacle.ABSENT, "unreadable-file"),
        (Obstacle.DIRECTORY, "unreadable-file"),
        (Obstacle.SUBMODULE, "unreadable-file"),
        (Obstacle.UNREADABLE, "unreadable-file"),
        (Obstacle.SYMLINK, "symlink"),
        (Obstacle.TOO_LARGE, "file-too-large"),
    ],
)
def test_every_obstacle_has_its_words(obstacle, rule):
    text = read_text(Blob("cases/ada/x.md", obstacle=obstacle, detail="300000"))
    assert rules(text) == [rule]
    assert text.flaws[0].message
    assert text.flaws[0].help
    assert not text.readable
