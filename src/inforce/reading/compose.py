"""Small mentions put together: "Latvia's parliament", "the treaty banning cluster bombs", lists of states."""

from __future__ import annotations

from inforce.reading.lexicon import Lexicon
from inforce.reading.mentions import Mention
from inforce.reading.tokens import Sentence, Token

_DETERMINERS = frozenset(
    {"the", "this", "that", "these", "said", "both", "its", "either", "neither", "each", "our"}
)
_SEPARATORS = (
    (",",), ("and",), ("or",), ("&",), ("nor",), (",", "and"), (",", "or"), ("as", "well", "as"), (",", "as", "well", "as"),
    ("and", "the"), (",", "the"), ("and", "of"), (",", "of"), (",", "and", "of"), (",", "and", "the"), ("or", "the"), ("along", "with"),
    ("together", "with"), ("/",), ("and", "also"), (",", "then"), (";",),
)  # fmt: skip
_PLACE_PREPOSITIONS = frozenset({"in", "at", "near", "around", "outside", "via", "across"})
_ACTORS = "PGHFC"
_AFTER_TEXT = frozenset(
    "which that itself is has does bans forbids says regulates prohibits allows and in it binds as well will would was".split()
)
_BELONGING = frozenset(
    "party parties bound belong belongs belonged member members joined is are in signed ratified".split()
)


class Composer:
    """Applies the composition rules in order to the mentions of one text."""

    def __init__(
        self, tokens: list[Token], sentences: list[Sentence], mentions: list[Mention], lexicon: Lexicon
    ):
        self.tokens = tokens
        self.sentences = sentences
        self.mentions = mentions
        self.lexicon = lexicon
        self.actor_words = {w: kind for kind, group in lexicon.terms["actors"].items() for w in group}

    def run(self) -> list[Mention]:
        self._datelines()
        self._peoples()
        self._no_states()
        self._items_and_treaties()
        self._treaty_anaphora()
        self._both_treaties()
        self._topics_and_places()
        self._merge_treaties()
        self._merge_states()
        self._state_anaphora()
        self._merge_states()
        self._places()
        self._actors()
        return sorted((m for m in self.mentions if m.kind), key=lambda m: m.first)

    # -- looking around ------------------------------------------------------------------

    def norm(self, at: int) -> str:
        return self.tokens[at].norm if 0 <= at < len(self.tokens) else ""

    def _sorted(self) -> list[Mention]:
        self.mentions = sorted((m for m in self.mentions if m.kind), key=lambda m: m.first)
        return self.mentions

    def _by_first(self) -> dict[int, Mention]:
        return {m.first: m for m in self.mentions if m.kind}

    def _by_last(self) -> dict[int, Mention]:
        return {m.last: m for m in self.mentions if m.kind}

    # -- rules -----------------------------------------------------------------------------

    def _datelines(self) -> None:
        """ "NEW YORK/RIGA, June 28 (Agency) -": places, not governments."""
        seen = set()
        for sentence in self.sentences:
            if sentence.block in seen:
                continue
            seen.add(sentence.block)
            window = range(sentence.first, min(sentence.first + 16, sentence.last))
            dash = next((i for i in window if self.tokens[i].norm in "–—-." and i > sentence.first), None)
            first = self.tokens[sentence.first].text
            if dash is not None and first.isupper() and len(first) > 2 and self.tokens[dash].norm != ".":
                for mention in self.mentions:
                    if sentence.first <= mention.first < dash and mention.kind in "SQL":
                        mention.kind = "L"

    def _peoples(self) -> None:
        """ "the Finns", "the Americans": the people for the state."""
        for mention in self.mentions:
            if (
                mention.kind == "A"
                and self.norm(mention.last - 1).endswith("s")
                and self.norm(mention.first - 1) == "the"
            ):
                mention.kind, mention.role = "S", "people"

    def _items_and_treaties(self) -> None:
        nouns, by_item = self.lexicon.treaty_nouns, self.lexicon.treaty_by_item
        for mention in self._sorted():
            if mention.kind == "W" and mention.item in by_item and self.norm(mention.last) in nouns:
                mention.kind, mention.treaty, mention.last = "T", by_item[mention.item], mention.last + 1
        by_first = self._by_first()
        for at, token in enumerate(self.tokens):
            if nouns.get(token.norm, "plural") != "plural" or token.norm == "one":
                self._noun_on_item(at, by_first)
        for mention in self._sorted():
            if mention.kind == "T":
                self._swallow_item(mention, self._by_first())
                self._swallow_year(mention)

    def _noun_on_item(self, at: int, by_first: dict[int, Mention]) -> None:
        """ "treaty [on|banning] [the use of] cluster munitions"."""
        if at in by_first or any(m.first <= at < m.last for m in self.mentions if m.kind == "T"):
            return
        weapon = self._weapon_after(at + 1, by_first)
        if weapon is not None and weapon.item in self.lexicon.treaty_by_item:
            first = at
            while self._joins_treaty(first - 1):
                first -= 1
            self.mentions.append(
                Mention(
                    "T",
                    first,
                    weapon.last,
                    treaty=self.lexicon.treaty_by_item[weapon.item],
                    item=weapon.item,
                    role="described",
                )
            )
            self._drop_inside(first, weapon.last)

    def _joins_treaty(self, at: int) -> bool:
        return self.norm(at) in self.lexicon.terms["treaty_adjectives"] and at >= 0

    def _drop_inside(self, first: int, last: int) -> None:
        for mention in self.mentions[:-1]:
            if mention.kind in "WQNDSA" and first <= mention.first and mention.last <= last:
                mention.kind = ""

    def _weapon_after(self, at: int, by_first: dict[int, Mention]) -> Mention | None:
        links = self.lexicon.terms["treaty_links"]
        for length in (2, 1):
            if " ".join(self.norm(at + i) for i in range(length)) in links:
                at += length
                break
        else:
            return None
        fillers = self.lexicon.terms["link_fillers"]
        for _ in range(6):
            mention = by_first.get(at)
            if mention is not None and mention.kind == "W" and not mention.anaphor:
                return mention
            if self.norm(at) not in fillers and self.norm(at) != ",":
                return None
            at += 1
        return None

    def _swallow_item(self, treaty: Mention, by_first: dict[int, Mention]) -> None:
        """ "Ottawa Convention on anti-personnel mines" is one name."""
        if self.norm(treaty.last) in ("on", "banning", "outlawing", "prohibiting", "against", "of"):
            weapon = self._weapon_after(treaty.last, by_first)
            if weapon is not None:
                treaty.last = weapon.last
                weapon.kind = ""

    def _swallow_year(self, treaty: Mention) -> None:
        before = self._by_last().get(treaty.first)
        if before is not None and before.kind in "DN" and before.last - before.first == 1:
            year = self.norm(before.first)
            if len(year) == 4 and year.isdigit():
                treaty.first = before.first
                before.kind = ""

    def _treaty_anaphora(self) -> None:
        nouns = self.lexicon.treaty_nouns
        taken = {i for m in self.mentions if m.kind in "TSPGW" for i in range(m.first, m.last)}
        for at, token in enumerate(self.tokens):
            if token.norm not in nouns or at in taken:
                continue
            first = at
            while first - 1 not in taken and self._joins_treaty(first - 1):
                first -= 1
            if (
                nouns[token.norm] == "text"
                and self.norm(at + 1).isalpha()
                and self.norm(at + 1) not in _AFTER_TEXT
            ):
                continue
            if self.norm(at + 1) == "of" and token.norm not in ("treaty", "convention", "pact"):
                continue
            if (
                self.norm(first - 1) in _DETERMINERS
                and self.norm(at + 1) not in self.lexicon.terms["no_treaty_before"]
            ):
                sort = nouns[token.norm]
                cardinal = (
                    2 if sort == "plural" and self.norm(first - 1) in ("both", "neither", "either") else None
                )
                if sort == "plural" and cardinal is None:
                    continue
                other = any(
                    self.norm(i) in ("other", "sister", "older", "elder", "younger") for i in range(first, at)
                )
                role = f"other {sort}" if other else sort
                if self.norm(first - 1) == "neither":
                    role = "neither"
                self.mentions.append(
                    Mention("T", first - 1, at + 1, role=role, anaphor=True, cardinal=cardinal)
                )
                self._drop_inside(first - 1, at + 1)

    def _both_treaties(self) -> None:
        """ "bound by both", "belongs to neither": two treaties, where no states are meant."""
        for at, token in enumerate(self.tokens):
            if token.norm not in ("both", "neither", "either") or self.norm(at - 1) not in (
                "to",
                "by",
                "in",
                "of",
                "joined",
            ):
                continue
            before = {self.norm(at - i) for i in range(1, 6)}
            if before & _BELONGING and (
                not self.norm(at + 1).isalpha()
                or self.norm(at + 1) in ("and", "but", "instrument", "treaty", "of", "text")
            ):
                last = at + 2 if self.norm(at + 1) in ("instrument", "treaty", "text") else at + 1
                role = "neither" if token.norm == "neither" else "both"
                self.mentions.append(Mention("T", at, last, role=role, anaphor=True, cardinal=2))

    def _topics_and_places(self) -> None:
        """ "ARMS TRADE: ..." names its treaty; so does "stayed out of Ottawa"."""
        starts = {s.first for s in self.sentences}
        places = self.lexicon.terms["treaty_places"]
        for mention in self.mentions:
            if mention.kind == "W" and mention.first in starts and self.norm(mention.last) == ":":
                treaty = self.lexicon.treaty_by_item.get(mention.item or "")
                mention.kind, mention.treaty = ("T", treaty) if treaty else (mention.kind, None)
            elif (
                mention.kind in "SL"
                and self.norm(mention.first) in places["names"]
                and mention.last - mention.first == 1
            ):
                if self.norm(mention.first - 1) in places["after"]:
                    mention.kind, mention.treaty, mention.states = (
                        "T",
                        places["names"][self.norm(mention.first)],
                        (),
                    )

    def _merge_treaties(self) -> None:
        """ "Amended Protocol II to the Convention on ...": the protocol, not its parent."""
        previous: Mention | None = None
        for mention in self._sorted():
            if mention.kind != "T":
                continue
            between = (
                [self.norm(i) for i in range(previous.last, mention.first)] if previous is not None else []
            )
            if previous is not None and between in (
                ["to", "the"],
                ["of", "the"],
                ["to"],
                ["of"],
                ["under", "the"],
            ):
                if previous.treaty and self.lexicon.parents.get(previous.treaty) == mention.treaty:
                    previous.last = mention.last
                    mention.kind = ""
                    continue
            if previous is not None and between == ["'s"] and mention.treaty:
                if self.lexicon.parents.get(mention.treaty) == previous.treaty:
                    mention.first = previous.first
                    previous.kind = ""
            previous = mention

    def _no_states(self) -> None:
        """ "the last EU countries", "a NATO member": the organisation is not who acts."""
        nouns = self.lexicon.terms["state_nouns"]
        for mention in self.mentions:
            if mention.kind == "S" and mention.states == ("EUE",) and self.norm(mention.last) in nouns:
                mention.kind = ""

    def _merge_states(self) -> None:
        merged: list[Mention] = []
        for mention in self._sorted():
            last = merged[-1] if merged else None
            if last is not None and last.kind == "S" and mention.kind == "S" and self._listed(last, mention):
                last.last = mention.last
                last.states = tuple(dict.fromkeys((*last.states, *mention.states)))
                last.anaphor = last.anaphor and mention.anaphor
                last.role = "list"
            else:
                merged.append(mention)
        self.mentions = merged

    def _listed(self, one: Mention, other: Mention) -> bool:
        if one.anaphor != other.anaphor:
            return False
        between = tuple(self.norm(i) for i in range(one.last, other.first))
        if between not in _SEPARATORS:
            return False
        possessive = self.norm(other.last) == "'s"
        return not (
            possessive and between in ((",",), ("and",), (";",)) and not self._possessive_list(other)
        ) and not (between == (";",) and self.norm(other.last) not in (";", "."))

    def _possessive_list(self, mention: Mention) -> bool:
        return self.norm(mention.last + 1) in (
            "exit",
            "exits",
            "departure",
            "departures",
            "withdrawal",
            "withdrawals",
        )

    def _state_anaphora(self) -> None:
        """ "the country", "both governments", "the three", "five NATO members"."""
        terms = self.lexicon.terms
        nouns, adjectives, cardinals = (
            set(terms["state_nouns"]),
            set(terms["state_adjectives"]),
            {w: int(n) for w, n in terms["cardinals"].items()},
        )
        taken = {i for m in self.mentions if m.kind in "STPGHFQLAX" for i in range(m.first, m.last)}
        at = 0
        while at < len(self.tokens):
            if at not in taken and self.norm(at) in ("neighbour", "neighbor"):
                self._neighbour(at)
            found = None if at in taken else self._anaphor_at(at, nouns, adjectives, cardinals, taken)
            if found is None:
                at += 1
                continue
            self.mentions = [
                m for m in self.mentions if not (m.kind in "ND" and found.first <= m.first < found.last)
            ]
            self.mentions.append(found)
            at = found.last
        self._sorted()

    def _neighbour(self, at: int) -> None:
        """ "its eastern neighbour": resolved in the story."""
        side = self.norm(at - 1).removesuffix("ern")
        first = at - 1 if side in ("east", "west", "north", "south") else at
        if self.norm(first - 1) in ("its", "their", "'s", "the", "whose"):
            role = f"neighbour:{side}" if first < at else "neighbour"
            self.mentions.append(Mention("S", first, at + 1, anaphor=True, cardinal=1, role=role))

    def _anaphor_at(
        self, at: int, nouns: set[str], adjectives: set[str], cardinals: dict[str, int], taken: set[int]
    ) -> Mention | None:
        first, cardinal, determined = at, None, False
        if self.norm(at) == "of":
            return None
        while self.norm(at) in (
            "the",
            "these",
            "those",
            "this",
            "that",
            "all",
            "both",
            "of",
            "each",
            "its",
            "every",
        ):
            determined = determined or self.norm(at) in (
                "the",
                "these",
                "those",
                "this",
                "that",
                "all",
                "both",
            )
            cardinal = cardinals.get(self.norm(at), cardinal)
            at += 1
            if at - first > 3:
                return None
        if self.norm(at) in cardinals and self.norm(at) != "both":
            cardinal = cardinals[self.norm(at)]
            at += 1
        start_adjectives = at
        while (self.norm(at) in adjectives or self.norm(at) == "-") and at - start_adjectives < 5:
            at += 1
        if self.norm(at) in nouns and at not in taken and (determined or cardinal):
            plural = self.norm(at).endswith("s")
            if (
                cardinal is None
                and plural
                and first + 1 == start_adjectives == at
                and self.norm(first) == "the"
            ):
                return None
            return Mention(
                "S",
                first,
                at + 1,
                anaphor=True,
                cardinal=cardinal or (None if plural else 1),
                role=self.norm(at),
            )
        if (
            cardinal
            and determined
            and at == start_adjectives
            and at not in taken
            and at > first + (self.norm(first) != "both")
        ):
            following = self.norm(at)
            if following in ("of", "-", "%") or (
                following.isalpha() and following.endswith("s") and following not in _VERB_S
            ):
                return None
            return Mention("S", first, at, anaphor=True, cardinal=cardinal, role="numeral")
        return None

    def _places(self) -> None:
        for mention in self.mentions:
            if (
                mention.kind == "S"
                and mention.role == "capital"
                and self.norm(mention.first - 1) in _PLACE_PREPOSITIONS
            ):
                mention.kind = "L"

    def _actors(self) -> None:
        """Words for parliaments, governments and so on, with the state that stands beside them."""
        for mention in self._sorted():
            if mention.kind in _ACTORS and not mention.states:
                self._find_state(mention)
        for mention in self._sorted():
            if mention.kind in _ACTORS:
                self._extend(mention)

    def _find_state(self, actor: Mention) -> None:
        by_last, by_first = self._by_last(), self._by_first()
        before = by_last.get(actor.first)
        at = actor.first
        hops = 0
        while (
            before is None
            and hops < 2
            and self.norm(at - 1).isalpha()
            and self.norm(at - 1) not in _DETERMINERS | {"and", "or", "to", "of", "with"}
        ):
            at -= 1
            hops += 1
            before = by_last.get(at)
        if before is None and self.norm(at - 1) == "'s":
            before = by_last.get(at - 1)
        if before is not None and before.kind in "AS" and before.states and not before.anaphor:
            actor.states, actor.first = before.states, before.first
            before.kind = ""
            return
        if self.norm(actor.last) in ("of", "in", "from"):
            after = by_first.get(actor.last + 1) or by_first.get(actor.last + 2)
            if after is not None and after.kind in "SL" and after.states and after.first - actor.last <= 2:
                actor.states, actor.last = after.states, after.last
                after.kind = ""

    def _extend(self, actor: Mention) -> None:
        """ "The Seimas in Vilnius", "President of Poland": the place repeats the state."""
        if self.norm(actor.last) in ("in", "of"):
            after = self._by_first().get(actor.last + 1)
            if after is not None and after.kind in "SL" and after.states == actor.states:
                actor.last = after.last
                after.kind = ""


_VERB_S = frozenset(
    {"is", "was", "has", "goes", "leaves", "stands", "remains", "needs", "plans", "joins", "says"}
)
