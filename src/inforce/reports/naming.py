"""Names and texts as a person's screen may show them."""

from __future__ import annotations

from inforce.record.model import Record

#: Control and text-direction characters: a text could redraw the reader's screen with them.
_UNPRINTABLE = {
    code: "\N{REPLACEMENT CHARACTER}"
    for code in (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
    if chr(code) not in "\t\n"
}


def printable(text: str) -> str:
    """`text` with each control or text-direction character replaced, length unchanged."""
    return text.translate(_UNPRINTABLE)


def one_line(text: str) -> str:
    """`text` printable and on one line."""
    return " ".join(printable(text).split())


def shortened(text: str, width: int) -> str:
    """`text` on one line, cut at a word with an ellipsis where it is longer than `width`."""
    line = one_line(text)
    if len(line) <= width:
        return line
    return line[: width - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def sentence(text: str) -> str:
    """The text with a capital letter, and a full stop where it has no end yet."""
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '?', '!')) else '.'}"


def treaty_name(key: str, record: Record) -> str:
    """The usual name of a treaty; its title, or its key, where the record has no more."""
    treaty = record.treaties.get(key) or record.other_treaties.get(key)
    return (treaty.names[0] if treaty.names else treaty.title) if treaty else key


#: A name longer than this stands in no head of a column.
_HEAD = 24


def short_treaty_name(key: str, record: Record) -> str:
    """A treaty's usual name where it is short, a shorter one that ends as it does, or its acronym."""
    treaty = record.treaties[key]
    usual = treaty_name(key, record)
    ends = (name for name in (usual, *treaty.names) if usual.endswith(name) and len(name) <= _HEAD)
    acronym = treaty.acronyms[0] if treaty.acronyms else usual
    return next(ends, acronym)


def participant_name(key: str, record: Record) -> str:
    """The usual short name of a state or organisation."""
    participant = record.participants.get(key)
    return participant.name if participant else key


def article_named(article: str) -> str:
    """An article as it is cited, "Art. 20(2)", "Art. XIV(1)"; what is no number stands as it is."""
    number = article[: next((at for at, letter in enumerate(article) if not letter.isalnum()), len(article))]
    return f"Art. {article}" if number[:1].isdigit() or (number and set(number) <= set("IVX")) else article
