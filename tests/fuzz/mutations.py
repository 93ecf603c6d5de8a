"""Hostile texts from a seed: annotated articles cut, spliced, repeated and dressed up; words at random."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from random import Random

GOLD = Path(__file__).parents[1] / "gold"

#: No text of one document is longer before it is put in a format.
LONGEST = 60_000

BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u180e"
MARKS = "\u0300\u0301\u0308\u0323\u0334\u20dd\u0489\u0e47\u05b0\ufe0f"
BLANKS = "\u00a0\u2003\u2028\u2029\u3000\u0085\u000b\u000c\u001c\t\r"
QUOTES = "\"'“”‘’„‟«»‹›`´‚‛〝〞＂「」"
ODD = "\0\ufffd\ufffe\uffff\U0010ffff\U000e0001\x7f\x9b\u0600\ufdfdǆßŉİıſﬁ№½Ⅷ①"
SURROGATES = "\ud800\udbff\udc00\udfff"
#: Letters of other scripts that look the same.
LOOKALIKES = str.maketrans("acehiopsxyABCEHIKMNOPTXZ", "асеһіорѕхуАВСЕНІКМΝОРТХΖ")
DIGITS = ["٠١٢٣٤٥٦٧٨٩", "０１２３４５６７８９", "०१२३४५६७८९", "⁰¹²³⁴⁵⁶⁷⁸⁹", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗"]
NUMBERS = """
0 00 -1 1e309 9e99 1,000,000,000,000,000,000,000 .5 1.2.3.4 1,2,3 1/0 ½ 3½ ² IV twenty-twelve zero|dozen
no fewer than minus six|half of half a dozen|between 7 and 5|one hundred hundred thousand million billion
EUR -5 million|€€5bn|$0|5 million billion trillion euros|100%|1000 percent|tens of thousands of millions
0th|1000th"""
DATES = """31 February 2025|29 February 2023|0 January 0000|10 January 9999|32 May|1 January 10000
2025-13-45|99/99/9999|the year 0|in 99999|in 0000|AD 1|3000 BC|next February 30|9999 years ago
999999999 months after|in the 1890s|the 99th century|mid-0000|spring 0001|Q5 2025
the fifth quarter of 2025|last Monday of last century|in -5 days|a fortnight before 1 January 0001
centuries ago|tomorrow tomorrow|2025/2024|between 2030 and 1990|from 10 January 9999 for 12 months
six months after 31 December 9999|since 0001|until 9999|noon on 24:60"""
WORDS = """Finland Helsinki|Lithuania's Seimas|the Baltic states|Türkiye Côte d'Ivoire Niue
both countries|it they who|the Ottawa Convention|the mine ban treaty|the Convention on Cluster Munitions
Amended Protocol II|the treaty|the pact|left will leave|has not signed|ratified acceded joined
voted to quit|notified the UN of its withdrawal|is a party to|suspended|takes effect|entered into force
prohibits the use of|six months' notice|166 parties|anti-personnel mines|cluster bombs
destroyed its stockpile of|will buy from|landmines|said President Ana Rey|he added|according to|not never
neither nor|either or|both and|all but|except|unless if|which whose that|respectively|former latter
the same day|only|plans to|may might could|was to have|would have|on in at by|since until before after
and or but|, ; : . ! ? ( ) [ ] –"""


def _listed(text: str) -> list[str]:
    return [each for each in text.replace("\n", "|").split("|") if each]


ALL_WORDS = [*_listed(WORDS), *_listed(DATES), *_listed(NUMBERS), *NUMBERS.replace("|", " ").split()]
ARTICLES = [file.read_text(encoding="utf-8") for file in sorted(GOLD.glob("own-*.txt"))]
Mutation = Callable[[Random, str], str]


def place(random: Random, text: str) -> int:
    return random.randrange(len(text) + 1)


def part(random: Random, text: str, longest: int = 400) -> str:
    start = place(random, text)
    return text[start : start + random.randrange(1, longest)]


def inserted(random: Random, text: str, what: str) -> str:
    at = place(random, text)
    return text[:at] + what + text[at:]


def sprinkled(random: Random, text: str, letters: str) -> str:
    """Letters of the kind at up to 200 places."""
    cuts = sorted(place(random, text) for _ in range(random.randrange(1, 200)))
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    return "".join(piece + random.choice(letters) for piece in pieces)


# What is done to a text


def splice(random: Random, text: str) -> str:
    return inserted(random, text, part(random, random.choice(ARTICLES)))


def delete(random: Random, text: str) -> str:
    start = place(random, text)
    return text[:start] + text[start + random.randrange(1, 300) :]


def repeat(random: Random, text: str) -> str:
    clause = part(random, text, 120)
    return inserted(random, text, clause * random.randrange(2, 60))


def swap(random: Random, text: str) -> str:
    """Words in another order."""
    words = re.split(r"( +)", text)
    for _ in range(random.randrange(1, 30)):
        one, other = random.randrange(len(words)), random.randrange(len(words))
        words[one], words[other] = words[other], words[one]
    return "".join(words)


def case(random: Random, text: str) -> str:
    change = random.choice([str.upper, str.lower, str.title, str.swapcase, str.casefold])
    at = random.choice([0, place(random, text)])
    return text[:at] + change(text[at:])


def quotes(random: Random, text: str) -> str:
    return sprinkled(random, text, QUOTES)


def nested_quotes(random: Random, text: str) -> str:
    depth = random.choice([3, 50, 1000])
    opening, closing = tuple(random.choice(["“”", "‘’", '""', "«»", "()", "[]", "“’"]))
    inner = part(random, text)
    return inserted(
        random, text, f"{opening}he said " * depth + inner + closing * random.choice([depth, 0, 1])
    )


def terms(random: Random, text: str) -> str:
    """Dates, numbers and words of the subject where they do not belong."""
    for _ in range(random.randrange(1, 12)):
        text = inserted(random, text, f" {random.choice(ALL_WORDS)} ")
    return text


def other_dates(random: Random, text: str) -> str:
    return re.sub(r"\b\d{1,4}\b", lambda found: random.choice(["0", "9999", "31", "99999", found[0]]), text)


def other_digits(random: Random, text: str) -> str:
    return text.translate(str.maketrans("0123456789", random.choice(DIGITS)))


def long_number(random: Random, text: str) -> str:
    return inserted(random, text, f" {random.choice('0179') * random.choice([20, 400, 5000])} ")


def no_blanks(random: Random, text: str) -> str:
    return text.replace(" ", random.choice(["", "\u200b", "-", "\n", "\n\n", "  \t "]))


def lookalikes(random: Random, text: str) -> str:
    start = place(random, text)
    end = start + random.randrange(1, 2000)
    return text[:start] + text[start:end].translate(LOOKALIKES) + text[end:]


def normalised(random: Random, text: str) -> str:
    return unicodedata.normalize(random.choice(["NFD", "NFKC", "NFKD"]), text)


def marks(random: Random, text: str) -> str:
    return inserted(random, text, random.choice(MARKS) * random.choice([1, 30, 3000]))


def line_ends(random: Random, text: str) -> str:
    return text.replace("\n", random.choice(["\r\n", "\r", "\n\n\n", "\u2028", "\v"]))


def header(random: Random, text: str) -> str:
    lines = ["Title: " + part(random, text), "Published: " + random.choice([*_listed(DATES), "2025-07-10"])]
    lines += random.choice([[], ["Source: x"], ["Published: 2025-07-10"], ["Other: y"]])
    return "\n".join(lines) + random.choice(["\n\n", "\n"]) + text


MUTATIONS: list[Mutation] = [
    *(splice, delete, repeat, swap, case, quotes, nested_quotes, terms, terms, other_dates, other_digits),
    *(long_number, no_blanks, lookalikes, normalised, marks, line_ends, header),
    lambda random, text: sprinkled(random, text, BIDI),
    lambda random, text: sprinkled(random, text, ZERO_WIDTH),
    lambda random, text: sprinkled(random, text, MARKS),
    lambda random, text: sprinkled(random, text, BLANKS),
    lambda random, text: sprinkled(random, text, ODD),
    lambda random, text: sprinkled(random, text, SURROGATES),
]


# Whole texts


def article(random: Random) -> str:
    return random.choice(ARTICLES)


def words(random: Random) -> str:
    """Words of the subject in any order, which take the reader down every path."""
    joined = random.choice([" ", " ", "\n", ", "])
    return "The Ottawa Convention. " + joined.join(random.choices(ALL_WORDS, k=random.randrange(1, 400)))


def noise(random: Random) -> str:
    top = random.choice([0x7F, 0x3FF, 0xFFFF, 0x10FFFF])
    letters = "".join(chr(random.randrange(top + 1)) for _ in range(random.randrange(1, 1500)))
    return random.choice(["", "The Ottawa Convention. "]) + letters


def hostile_text(random: Random) -> str:
    """One text: a base, and up to four things done to it."""
    text = random.choices([article, words, noise], [6, 3, 1])[0](random)
    for _ in range(random.randrange(5)):
        text = random.choice(MUTATIONS)(random, text)[:LONGEST]
    return text
