"""Where a text says what somebody is paid: an amount right beside a word for pay."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from casework.check.phrases import vocabulary
from casework.model.wording import Pay, words_in

_ByKey = Mapping[str, tuple[str, ...]]

_CODES = (
    "usd eur gbp chf jpy cny inr cad aud nzd sek nok dkk isk pln czk huf ron brl mxn ars clp cop "
    "sgd hkd twd krw thb idr php zar ngn kes ils aed uah"
)
_NAMES = "dollars? euros? pounds francs? yen yuan rupees? kronor kroner crowns zloty pesos? reais"
_CURRENCY = rf"(?:(?:us|ca|au|nz|hk|sg)?[$€£¥₹₩₪₽₺₫฿]|\b(?:{'|'.join(_CODES.split())})\b)"
_NUMBER = r"(?<![\w.,])\d(?:[\d.,'\u2019 \u00a0\u202f]{0,14}\d)?"
_SCALE = r"(?:\s?(?:k|m|lpa|lakhs?|thousand|grand|million)\b)?"
_COUNT = (
    r"(?:\d{1,3}(?:[.,]\d{1,2})?(?:\s?(?:[-\u2013]|to|and|or)\s?\d{1,3}(?:[.,]\d{1,2})?)?"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|fifty))"
)
# A bare number is money only where no thing that is counted follows: `120k`, not `120k requests`.
_NOTHING_COUNTED = (
    r"(?![ \t]?(?!(?:a|per|p\.a|gross|net|base|and|to|plus|yearly|annually|in|from)\b)\w)"
)
_AMOUNT = (
    rf"(?:{_CURRENCY}\s?{_NUMBER}{_SCALE}"
    rf"|{_NUMBER}{_SCALE}\s?(?:{_CURRENCY}|(?:{'|'.join(_NAMES.split())})\b)"
    rf"|{_COUNT}\s?(?:%|percent\b|per cent\b)"
    rf"|(?<![\w.,])(?:\d{{1,3}}(?:[.,]\d)?\s?k\b|\d{{4,7}}\b|\d{{1,3}}[.,'\u2019]\d{{3}}\b)(?![.,]\d)"
    rf"{_NOTHING_COUNTED})"
)
# What may stand between the two: words that carry no meaning of their own, marks, emphasis, table
# cells. Anything else, `salary service`, `bonus feature`, makes the two have nothing to do with
# each other; and so does the end of a sentence.
_MARKS = r"(?:[ \t*_`\"'\u201c\u201d()\[\]:=~≈|\u2013\u2014,/+-]{1,6}|[ \t]{0,2}\n[ \t>|*-]{0,12})"
_LINKS = (
    "of to from is was be been being are were would will should could has have had at by up now "
    "currently already about around roughly approximately nearly almost over under above below "
    "just only a an the her his their this that new old current base basic annual yearly monthly "
    "gross net total per year month annum increase increased increases raise raised rise rises "
    "rose went goes go going grew grow adjusted adjustment adjust bump bumped moved move set sits "
    "stands worth and or range band between target somewhere package figure amount for offer "
    "offered proposed propose recommend recommended suggested plus in as with cash grant granted "
    "vested vesting refresh refresher awarded award level i e"
)
# `20,000 salary records` are records; `120k salary` is pay.
_THING = (
    r"\s(?!(?:a|after|adjustment|alongside|and|as|at|before|bump|but|by|cap|effective|for|from|in"
    r"|increase|is|next|now|offer|on|or|package|per|plus|raise|rise|since|starting|that|this|to"
    r"|together|was|when|which|while|with|would)\b)\w"
)
_BETWEEN = rf"(?:{_MARKS}(?:{'|'.join(_LINKS.split())})\b){{0,7}}{_MARKS}?"
_AFTER = rf"{_BETWEEN}(?P<amount>{_AMOUNT})"
_BEFORE = rf"(?P<amount>{_AMOUNT}){_BETWEEN}\Z"
_NEAR = 160


def pay_figures(text: str, pay: Pay) -> Iterator[int]:
    """The offsets of amounts that stand beside a word for pay, in order, each once."""
    lower, words = vocabulary(text)
    before = _said(words, pay.words)
    after = _said(words, pay.after_amount)
    found: dict[int, re.Match[str]] = {}
    for amount in _beside(lower, before, after):
        found.setdefault(amount.start("amount"), amount)
    for offset, amount in sorted(found.items(), key=lambda each: each[0]):
        if not _is_business(lower, *amount.span("amount"), pay.elsewhere):
            yield offset


def _said(words: frozenset[str], by_key: _ByKey) -> tuple[str, ...]:
    return tuple(entry for key in sorted(words & by_key.keys()) for entry in by_key[key])


def _beside(text: str, before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[re.Match[str]]:
    for word in _each(text, before):
        amount = _pattern(_AFTER).match(text, word.end(), word.end() + _NEAR)
        if amount:
            yield amount
    for word in _each(text, after):
        start = max(0, word.start() - _NEAR)
        amount = _pattern(_BEFORE).search(text, start, word.start())
        if amount and not _pattern(_THING).match(text, word.end()):
            yield amount


def _each(text: str, entries: tuple[str, ...]) -> Iterator[re.Match[str]]:
    """Where the entries stand as words of their own."""
    for entry in entries:
        for match in _spelled(entry).finditer(text):
            # Looked at by hand, since a search that begins with a letter is much faster.
            if not re.match(r"[\w-]", text[max(0, match.start() - 1) : match.start()]):
                yield match


@cache  # compiled only once a case needs it, which most do not
def _pattern(written: str) -> re.Pattern[str]:
    return re.compile(written)


@lru_cache(maxsize=256)
def _spelled(entry: str) -> re.Pattern[str]:
    words = re.escape(entry).replace(r"\ ", r"[\s-]{1,3}").replace(r"\*", r"\w*")
    return re.compile(words + r"(?![\w-])")


_SENTENCE = r"[.!?;](?=\s)|\n[ \t]*\n|\n[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]"


def _is_business(text: str, start: int, end: int, elsewhere: _ByKey) -> bool:
    """Whether the sentence around a place names others to whom money goes."""
    before, after = text[max(0, start - 250) : start], text[end : end + 250]
    begins = max((match.end() for match in _pattern(_SENTENCE).finditer(before)), default=0)
    ends = _pattern(_SENTENCE).search(after)
    sentence = before[begins:] + text[start:end] + after[: ends.start() if ends else len(after)]
    return any(_each(sentence, _said(words_in(sentence), elsewhere)))
