"""Numbers as English prose writes them: digits with separators, words, scales, fractions.

Only the value is read here; whether a number is a date, a sum or a count is decided by others.
"""

from __future__ import annotations

from functools import lru_cache

_ONES = [
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINAL_ONES = [
    *("zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth"),
    *("seventeenth", "eighteenth", "nineteenth"),
]
_ORDINAL_TENS = [word.removesuffix("y") + "ieth" for word in _TENS]

#: Cardinal words below a hundred, and what they count.
CARDINALS: dict[str, int] = {word: n for n, word in enumerate(_ONES)} | {
    word: 10 * n for n, word in enumerate(_TENS, start=2)
}
#: Ordinal words that end a number, and their value.
ORDINALS: dict[str, int] = (
    {word: n for n, word in enumerate(_ORDINAL_ONES)}
    | {word: 10 * n for n, word in enumerate(_ORDINAL_TENS, start=2)}
    | {"hundredth": 100, "thousandth": 1000}
)
#: Scale words and abbreviations. "m" and "bn" follow digits only.
SCALES: dict[str, int] = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
    "k": 1_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "mln": 1_000_000,
    "bn": 1_000_000_000,
    "bln": 1_000_000_000,
    "tn": 1_000_000_000_000,
}
_DOZEN = 12
_SPACES = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\n": " ", "\t": " ", "-": " ", "‑": " "}
)

#: RE2 fragments, written without capture groups so that other patterns can hold them.
ONE_TO_NINE = "|".join(_ONES[1:10])
BELOW_HUNDRED = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{ONE_TO_NINE}))?|{'|'.join(reversed(_ONES))})"
BELOW_THOUSAND = rf"(?:(?:an?|{ONE_TO_NINE}) hundred(?:(?: and)? {BELOW_HUNDRED})?|{BELOW_HUNDRED})"


@lru_cache(maxsize=8192)
def read_number(text: str) -> float | None:
    """The value of one number: `30,000`, `1.5 million`, `twenty-one`, `half a million`.

    None where the text is no number. "a"/"an" count one before a scale ("a million"), "dozen" twelve.
    """
    words = _split(text)
    if not words:
        return None
    if words[0] in ("half", "quarter") or words[:2] in (["a", "quarter"], ["a", "half"]):
        return _fraction_of(words)
    if words[-3:] == ["and", "a", "half"]:
        whole = _sum(words[:-3])
        unit = SCALES.get(words[-4], 1) if len(words) > 3 else 1
        return None if whole is None else whole + unit / 2
    for index in range(1, len(words) - 3):
        if words[index : index + 3] == ["and", "a", "half"]:
            whole, scale = _sum(words[:index]), _sum(["one", *words[index + 3 :]])
            return None if whole is None or scale is None else (whole + 0.5) * scale
    return _sum(words)


def _split(text: str) -> list[str]:
    words = text.lower().translate(_SPACES).replace("'", "").replace("’", "").split()
    joined: list[str] = []
    for word in words:
        # 30 000: groups of three digits belong to the digits before them.
        if joined and len(word) == 3 and word.isdecimal() and joined[-1].replace(",", "").isdecimal():
            joined[-1] += word
        else:
            joined.extend(_detach_scale(word))
    return joined


def _detach_scale(word: str) -> list[str]:
    digits = word.rstrip("abcdefghijklmnopqrstuvwxyz")
    if digits and digits != word and digits[0].isdecimal() and word[len(digits) :] in SCALES:
        return [digits, word[len(digits) :]]
    return [word]


def _fraction_of(words: list[str]) -> float | None:
    share = 0.25 if "quarter" in words[:2] else 0.5
    rest = [w for w in words if w not in ("half", "quarter", "of", "a", "an")]
    scale = _sum(["one", *rest]) if rest else 1.0
    return None if scale is None else share * scale


def _digits(word: str) -> float | None:
    if not word.isascii() or not word[0].isdecimal():
        return None
    plain = word
    groups = word.split(",")
    if len(groups) > 1:
        if all(len(g) == 3 for g in groups[1:-1]) and len(groups[-1].partition(".")[0]) == 3:
            plain = "".join(groups)
        elif len(groups) == 2:
            plain = ".".join(groups)
        else:
            return None
    elif word.count(".") > 1:
        parts = word.split(".")
        if not all(len(p) == 3 for p in parts[1:]):
            return None
        plain = "".join(parts)
    try:
        return float(plain)
    except ValueError:
        return None


def _sum(words: list[str]) -> float | None:
    """Add up number words from left to right; None where a word is no number or the order is none."""
    total = 0.0
    current: float | None = None
    for word in words:
        value = CARDINALS.get(word)
        if word in ("and", "of"):
            continue
        if word in ("a", "an") and current is None:
            current = 1.0
        elif value is not None:
            if current is not None and not _may_follow(current, value):
                return None
            current = (current or 0.0) + value
        elif word in SCALES:
            if SCALES[word] == 100:
                current = (current if current is not None else 1.0) * 100
            else:
                total += (current if current is not None else 1.0) * SCALES[word]
                current = None
        elif word in ("dozen", "score"):
            current = (current if current is not None else 1.0) * (_DOZEN if word == "dozen" else 20)
        else:
            digits = _digits(word)
            if digits is None or current is not None:
                return None
            current = digits
    if current is None and total == 0.0 and not any(w in CARDINALS or w in SCALES for w in words):
        return None
    return total + (current or 0.0)


def _may_follow(current: float, value: int) -> bool:
    if value < 10:
        return current % 100 == 0 or (current % 10 == 0 and current % 100 >= 20)
    return current % 100 == 0


@lru_cache(maxsize=2048)
def read_ordinal(text: str) -> int | None:
    """The value of an ordinal: `112th`, `fifth`, `twenty-first`, `one hundred and twelfth`."""
    words = _split(text)
    if not words:
        return None
    last = words[-1]
    if last[:1].isdecimal() and last[-2:] in ("st", "nd", "rd", "th"):
        value = _digits(last[:-2])
        return int(value) if value is not None and len(words) == 1 else None
    if last not in ORDINALS:
        return None
    if last in ("hundredth", "thousandth"):
        before = _sum(words[:-1]) if words[:-1] else 1.0
        return None if before is None else int(before * ORDINALS[last])
    before = _sum(words[:-1]) if words[:-1] else 0.0
    return None if before is None else int(before) + ORDINALS[last]
