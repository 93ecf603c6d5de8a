"""Persons and organisations: capitalised names that no gazetteer holds, with their roles."""

from __future__ import annotations

from inforce.reading.lexicon import Lexicon
from inforce.reading.mentions import Mention
from inforce.reading.tokens import Sentence, Token

_PARTICLES = frozenset(
    {
        "van",
        "de",
        "von",
        "der",
        "den",
        "ter",
        "al",
        "el",
        "bin",
        "ibn",
        "da",
        "di",
        "du",
        "la",
        "le",
        "af",
        "dos",
    }
)
_NO_NAME = frozenset(
    "the a an i he she it we they in on at as but and or if when while after before for from by no not his her its our their this that these"
    " those there here what who why how where which is are was were will would may article protocol convention treaty monday tuesday"
    " wednesday thursday friday saturday sunday january february march april may june july august september october november december"
    " q a none nobody everybody one two three four five six last next more most some all both yes so then also according under with"
    " european europe nordic baltic african asian western eastern soviet atlantic arctic pacific sahel nato eu un"
    " state states party parties member members signatory signatories"
    " mr mrs ms dr correction editor note notes update summary method press".split()
)


def find_people(
    tokens: list[Token], sentences: list[Sentence], mentions: list[Mention], lexicon: Lexicon
) -> list[Mention]:
    """The mentions with persons (X) and organisations (O) added, and offices joined to their holders."""
    taken = {i for m in mentions for i in range(m.first, m.last)}
    surnames: dict[str, Mention] = {}
    _known_surnames(mentions, tokens, surnames)
    added: list[Mention] = []
    for sentence in sentences:
        if _is_headline(tokens, sentence):
            continue
        at = sentence.first
        while at < sentence.last:
            last = _name_end(tokens, at, sentence, taken)
            if last == at:
                at += 1
                continue
            mention = _name(tokens, at, last, sentence, lexicon, surnames)
            if mention is not None:
                added.append(mention)
            at = last
    return _join_offices(sorted([*mentions, *added], key=lambda m: m.first), tokens)


def _known_surnames(mentions: list[Mention], tokens: list[Token], surnames: dict[str, Mention]) -> None:
    for mention in mentions:
        if mention.role and mention.role.startswith("person"):
            mention.name = _joined(tokens, mention.first, mention.last)
            surnames[tokens[mention.last - 1].norm] = mention


def _is_headline(tokens: list[Token], sentence: Sentence) -> bool:
    """A sentence in which nearly every longer word is capitalised has no names to be told by capitals."""
    if tokens[sentence.first].norm in "–—-":
        return False  # a name under a quotation
    if tokens[sentence.last - 1].norm == ".":
        return False  # headlines have no full stop
    longer = [t.text for t in tokens[sentence.first : sentence.last] if len(t.text) > 3 and t.text.isalpha()]
    return len(longer) > 3 and sum(w[0].isupper() for w in longer) > 0.8 * len(longer)


def _capital(token: Token) -> bool:
    text = token.text
    return text[:1].isupper() and token.norm not in _NO_NAME and not (len(text) > 3 and text.isupper())


def _name_end(tokens: list[Token], at: int, sentence: Sentence, taken: set[int]) -> int:
    if at in taken or not _capital(tokens[at]):
        return at
    end = at + 1
    while end < sentence.last and end not in taken:
        if _capital(tokens[end]):
            end += 1
        elif (
            (tokens[end].norm in _PARTICLES or tokens[end].norm == "-")
            and end + 1 < sentence.last
            and _capital(tokens[end + 1])
        ):
            end += 2
        else:
            break
    return end


def _name(
    tokens: list[Token],
    first: int,
    last: int,
    sentence: Sentence,
    lexicon: Lexicon,
    surnames: dict[str, Mention],
) -> Mention | None:
    roles = lexicon.terms["role_words"]
    begin = first
    while first < last and (tokens[first].norm in roles or (first > begin and tokens[first].norm == "-")):
        first += 1
    if first == last:
        return None
    role = " ".join(t.text for t in tokens[begin:first]) or None
    text = _joined(tokens, first, last)
    makers = lexicon.terms["maker_words"]
    beside = {
        tokens[i].norm for i in (first - 1, last, last + 1, last + 2) if sentence.first <= i < sentence.last
    }
    if (
        any(t.norm in makers for t in tokens[first:last])
        or _follows_maker(tokens, first, makers)
        or (last < len(tokens) and tokens[last].norm in makers)
    ):
        return Mention("O", first, last, name=text)
    if last - first == 1 and tokens[first].norm in surnames:
        known = surnames[tokens[first].norm]
        return Mention("X", first, last, states=known.states, role=known.role, name=known.name)
    if last - first == 1 and role is None:
        opening = all(not tokens[i].text[0].isalnum() for i in range(sentence.first, first))
        if opening and not beside & {"said", "says", "told", "added"}:
            return None
        return Mention("O", first, last, name=text)
    mention = Mention("X", first, last, role=role, name=text)
    surnames[tokens[last - 1].norm] = mention
    return mention


def _follows_maker(tokens: list[Token], first: int, makers: list[str]) -> bool:
    return first > 0 and tokens[first - 1].norm in makers


def _joined(tokens: list[Token], first: int, last: int) -> str:
    """The name as printed: tokens with the spaces between them as in the text."""
    parts = [tokens[first].text]
    for one, other in zip(tokens[first:last], tokens[first + 1 : last], strict=False):
        parts.append((" " if other.start > one.end else "") + other.text)
    return "".join(parts)


def _is_bearer(mention: Mention) -> bool:
    """Whether a mention is the bare surname of somebody in office."""
    return bool(mention.role and mention.role.startswith("person")) and mention.last - mention.first == 1


def _join_offices(mentions: list[Mention], tokens: list[Token]) -> list[Mention]:
    """ "President Volodymyr Zelensky", "deputy defence minister X": one mention, the person in the office."""
    joined: list[Mention] = []
    for mention in mentions:
        last = joined[-1] if joined else None
        if last is not None and last.kind == "X" and last.last == mention.first and _is_bearer(mention):
            last.name = f"{last.name} {mention.name}"  # another bearer of a known surname
            last.last = mention.last
        elif (
            last is not None
            and last.kind in "GHPF"
            and last.last == mention.first
            and mention.kind in "XGH"
            and mention.name
        ):
            last.name = mention.name
            last.role = " ".join(t.text for t in tokens[last.first : mention.first])
            last.states = last.states or mention.states
            last.last = mention.last
            mention.states = last.states
        else:
            joined.append(mention)
    return joined
