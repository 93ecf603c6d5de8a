"""How a comparison of several articles is put in words: what each tells, and what changes.

Articles are named by letters, A the first published; statements in the ledger by their numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from string import ascii_uppercase

from inforce.checking.compare_model import (
    Change,
    ChangeField,
    ChangeSort,
    FirstSource,
    Ground,
    Matter,
    Row,
    SourceReason,
    Stage,
    StoryComparison,
    Telling,
)
from inforce.checking.rules_of_treaty import things
from inforce.checking.times import spoken
from inforce.checking.wording import duration_words, listed
from inforce.dates import in_words, parse_edtf
from inforce.errors import InforceError
from inforce.record.model import Record
from inforce.reports import wording
from inforce.reports.naming import one_line, participant_name, treaty_name
from inforce.vocabulary import ClaimKind, Modality

#: What a claim's predicate tells of, as a noun with its article.
_NOUNS = {
    "intention-announced": "an announced intention",
    "government-proposed": "a proposal of the government",
    "parliament-approved": "a vote in parliament",
    "president-signed": "a signature by the head of state",
    "court-ruled": "a court's ruling",
    "notified-withdrawal": "a notice of withdrawal",
    "left": "an exit",
    "suspended": "a suspension",
    "unsigned": "a signature taken back",
    "signed": "a signature",
    "ratified": "a ratification",
    "acceded": "an accession",
    "joined": "a joining",
    "rejoined": "a return",
    "party": "a membership",
    "signatory": "a standing as signatory",
    "adopted": "the adoption",
    "opened-for-signature": "the opening for signature",
    "entered-into-force": "the entry into force",
    "parties": "the number of parties",
    "signatories": "the number of signatories",
    "withdrawal": "the period of notice",
    "prohibits": "a prohibition",
    "requires": "a duty",
    "allows": "a permission",
    "holds": "a stockpile held",
    "destroyed": "a stockpile destroyed",
    "produce": "production",
    "procure": "procurement",
    "transfer": "transfer",
    "deploy": "deployment",
    "fund": "funding",
}

#: Who has no membership is no party.
_DENIED = {"party": "party", "signatory": "signatory", "holds": "stockpile"}

_COMPARED = {">": "over ", "<": "under ", "~": "about "}

_FIELDS = {
    ChangeField.WHEN: "date",
    ChangeField.COUNT: "number",
    ChangeField.MONEY: "sum",
    ChangeField.RANK: "rank",
    ChangeField.ITEM: "kind of weapon",
    ChangeField.ACTIVITIES: "activities",
    ChangeField.RECIPIENT: "recipient",
    ChangeField.SUPPLIER: "supplier",
    ChangeField.DURATION: "length of notice",
    ChangeField.COUNTED_FROM: "start of the notice",
    ChangeField.PLACE: "place",
}

#: Units of a length of notice as ISO 8601 writes it: `P6M`.
_UNITS = {"D": "day", "W": "week", "M": "month", "Y": "year"}

#: The most articles that letters name.
MOST = len(ascii_uppercase)


def letter(article: int) -> str:
    """The letter that stands for an article: A for the first."""
    return ascii_uppercase[article]


def letters(articles: Iterable[int]) -> str:
    """ "A", "A and B", "A, B and C"."""
    return listed([letter(article) for article in articles])


def article_line(story: StoryComparison, article: int) -> str:
    """Where and when an article appeared, and its claims counted."""
    report = story.reports[article]
    published = f"published {in_words(report.document.published)}" if report.document.published else "undated"
    return f"{one_line(report.document.source)}, {published}; {wording.counts_in_words(report)}"


def headline(story: StoryComparison, article: int) -> str:
    """An article's title, or its source where it has none."""
    document = story.reports[article].document
    return one_line(document.title or document.source)


def row_label(row: Row, record: Record, *, treaties: bool) -> str:
    """What a row is about: "Lithuania: notice of withdrawal". `treaties` names the treaty as well."""
    first = next(one for one in row.tellings if one is not None)
    about = ", ".join(participant_name(key, record) for key in row.subject)
    denied = all(one is None or one.negated for one in row.tellings)
    what = _told(first.predicate, negated=denied)
    if row.matter is Matter.JOINING and first.kind is ClaimKind.DOMESTIC_STEP:
        what += " to join"
    if first.kind in (ClaimKind.PROGRAMME, ClaimKind.STOCKPILE) and first.object.item:
        what += f", {_value(ChangeField.ITEM, ', '.join(first.object.item), record)}"
    if treaties and row.treaty is not None:
        what += f" ({treaty_name(row.treaty, record)})"
    return f"{about}: {what}" if about else what


def noun(predicate: str | None) -> str:
    """What a predicate tells of, with its article: "a notice of withdrawal"."""
    return "a statement" if predicate is None else _NOUNS.get(predicate, predicate)


def _told(predicate: str | None, *, negated: bool) -> str:
    """What a predicate tells of, or that it denies it: "membership", "no party"."""
    if not negated:
        return _bare(noun(predicate))
    return f"no {_DENIED.get(predicate or '') or _bare(noun(predicate))}"


def _bare(phrase: str) -> str:
    first, _, rest = phrase.partition(" ")
    return rest if first in ("a", "an", "the") else phrase


def telling_words(one: Telling, record: Record) -> str:
    """What a telling gives, field by field: "planned; 2026; anti-personnel mine; says Karolis Aleksa"."""
    return "; ".join(one_line(part) for part in _given(one, record))


def _given(one: Telling, record: Record) -> Iterator[str]:
    yield _told(one.predicate, negated=one.negated)
    if one.modality not in (Modality.DONE, Modality.DENIED):
        yield str(one.modality)
    given = one.object
    if one.when:
        yield _value(ChangeField.WHEN, one.when, record)
    if given.count is not None:
        yield f"{_COMPARED.get(given.comparator or '', '')}{given.count:,}"
    if given.money is not None:
        compared = _COMPARED.get(given.money.comparator or "", "")
        yield f"{compared}{given.money.amount:,.0f} {given.money.currency or ''}".strip()
    if given.rank is not None:
        yield f"rank {given.rank}"
    for field, keys in (
        (ChangeField.ITEM, given.item),
        (ChangeField.ACTIVITIES, given.activities),
        (ChangeField.RECIPIENT, given.recipient),
        (ChangeField.SUPPLIER, given.supplier),
    ):
        if keys:
            yield f"{'to ' if field is ChangeField.RECIPIENT else ''}{_value(field, ', '.join(keys), record)}"
    if given.duration:
        yield _value(ChangeField.DURATION, given.duration, record)
    if given.counted_from:
        yield f"counted from {given.counted_from}"
    if given.place:
        yield given.place
    if (said := wording.speaker(one.attribution)) is not None:
        yield f"says {said}"


def claim_words(story: StoryComparison, one: Telling) -> str:
    """The words of the article in which a telling is first told."""
    report = story.reports[one.article]
    return next(finding.claim.span.text for finding in report.findings if finding.claim.id == one.claims[0])


def change_words(
    change: Change, base: Telling | None, record: Record, named: Callable[[int], str] = letter
) -> str:
    """One sentence on what a telling changes from `base`; `named` says what `change` counts by."""
    one, other = named(change.base), named(change.other)
    before = None if change.before is None else _value(change.field, change.before, record)
    after = None if change.after is None else _value(change.field, change.after, record)
    match change.field:
        case ChangeField.ACT:
            said = f"tells of {noun(change.after)} where {one} tells of {noun(change.before)}"
        case ChangeField.MODALITY:
            said = f"tells as {after} what {one} tells as {before}"
        case ChangeField.NEGATED:
            verbs = ("denies", "affirms") if change.after == "no" else ("affirms", "denies")
            said = f"{verbs[0]} what {one} {verbs[1]}"
        case ChangeField.ATTRIBUTION:
            said = _attribution(change, one)
        case ChangeField.ITEM if change.sort in (ChangeSort.NARROWED, ChangeSort.WIDENED, ChangeSort.CHANGED):
            what = _amount_noun(base)
            verb = "tells" if what.startswith("what") else "gives"
            said = f"{verb} for {after} {what} {one} {verb} for {before}"
        case _ if after is None:
            said = f"drops the {_FIELDS[change.field]}: {before}"
        case _ if before is None:
            said = f"adds the {_FIELDS[change.field]}: {after}"
        case _:
            said = _otherwise(change, one, before, after, record)
    return f"{other} {said}."


def _amount_noun(telling: Telling | None) -> str:
    if telling is not None and telling.object.money is not None:
        return "the sum that"
    return "the number that" if telling is not None and telling.object.count is not None else "what"


def _attribution(change: Change, one: str) -> str:
    before, after = one_line(change.before or ""), one_line(change.after or "")
    if change.sort is ChangeSort.LOST:
        return f"no longer says whose word it is; in {one} it is that of {before}"
    if change.sort is ChangeSort.GAINED:
        return f"gives it as the word of {after}; {one} names nobody"
    return f"gives it as the word of {after}, {one} as that of {before}"


def _otherwise(change: Change, one: str, before: str, after: str, record: Record) -> str:
    """What a telling gives where another gives something else."""
    field = _FIELDS[change.field]
    match change.sort:
        case ChangeSort.NARROWED:
            gone = _value(change.field, _missing(change.before, change.after), record)
            return f"leaves out of the {field}: {gone}"
        case ChangeSort.WIDENED:
            more = _value(change.field, _missing(change.after, change.before), record)
            return f"adds to the {field}: {more}"
        case ChangeSort.REFINED:
            return f"is more exact in the {field}: {after}, where {one} has {before}"
        case ChangeSort.BLURRED:
            return f"is less exact in the {field}: {after}, where {one} has {before}"
    return f"has another {field}: {after}, where {one} has {before}{_by_how_much(change)}"


def _by_how_much(change: Change) -> str:
    """The difference of two exact numbers or of two exact sums in one currency: "; 200,000,000 EUR less"."""
    if change.field not in (ChangeField.COUNT, ChangeField.MONEY):
        return ""
    before, _, currency = (change.before or "").partition(" ")
    after, _, other = (change.after or "").partition(" ")
    if not (before.isdigit() and after.isdigit()) or currency != other:
        return ""
    by = int(after) - int(before)
    return f"; {_number(f'{abs(by)} {currency}')} {'more' if by > 0 else 'less'}"


def _missing(whole: str | None, part: str | None) -> str:
    kept = (part or "").split(", ")
    return ", ".join(one for one in (whole or "").split(", ") if one not in kept)


def _value(field: ChangeField, value: str, record: Record) -> str:
    """A field's value as a person reads it."""
    match field:
        case ChangeField.WHEN:
            try:
                return spoken(parse_edtf(value))
            except InforceError:
                return one_line(value)
        case ChangeField.ITEM:
            return things(record, value.split(", "))
        case ChangeField.RECIPIENT:
            return listed([participant_name(key, record) for key in value.split(", ")])
        case ChangeField.COUNT | ChangeField.MONEY:
            return _number(value)
        case ChangeField.DURATION if value[1:-1].isdigit() and value[-1] in _UNITS:
            return duration_words(int(value[1:-1]), _UNITS[value[-1]])
    return one_line(value)


def _number(value: str) -> str:
    compared = _COMPARED.get(value[:1], "")
    amount, _, currency = (value[1:] if compared else value).partition(" ")
    return f"{compared}{int(amount):,} {currency}".strip()


def stage_label(stage: Stage, record: Record) -> str:
    """Whose course towards which treaty: "Finland, Anti-Personnel Mine Ban Convention"."""
    about = ", ".join(participant_name(key, record) for key in stage.subject)
    return f"{about}, {treaty_name(stage.treaty, record)}" if stage.treaty else about


def stage_words(act: str | None) -> str:
    """The furthest act that an article tells as done."""
    return "nothing done" if act is None else _bare(noun(act))


def source_words(source: FirstSource) -> str:
    """The likely first source, with its reasons; or that it is not known."""
    if source.article is None:
        return "Likely first source: not known. Neither names, days nor attributions single one out."
    grounds = listed([_ground(ground) for ground in source.grounds])
    return f"Likely first source: {letter(source.article)}. {grounds[:1].upper()}{grounds[1:]}."


def _ground(ground: Ground) -> str:
    who = letters(ground.articles)
    match ground.reason:
        case SourceReason.NAMED:
            return f"{who} {'names' if len(ground.articles) == 1 else 'name'} its outlet"
        case SourceReason.DATE:
            return f"it was published before {who}"
        case SourceReason.ATTRIBUTION:
            times = {1: "once", 2: "twice"}.get(ground.claims, f"{ground.claims} times")
            verb = "does" if len(ground.articles) == 1 else "do"
            return f"it says whose word a thing is where {who} {verb} not ({times})"


def same_text_words(articles: tuple[int, ...]) -> str:
    """That several articles are one witness."""
    return f"{letters(articles)} are one and the same text: one witness."


def agreement_words(row: Row) -> str | None:
    """Which tellings of a row the record supports, where it does not support all."""
    if not row.agreeing:
        return None
    return f"The record agrees with {letters(row.agreeing)}."


def several_treaties(story: StoryComparison) -> bool:
    """Whether rows are about more than one treaty, so that each must be named."""
    return len({row.treaty for row in story.rows if row.treaty}) > 1


def counted(story: StoryComparison) -> str:
    """How much is told and how much of it otherwise: "2 tellings, 12 rows, 4 told otherwise"."""
    otherwise = sum(any(change.weighty for change in row.changes) for row in story.rows)
    rows = "1 row" if len(story.rows) == 1 else f"{len(story.rows)} rows"
    return f"{len(story.reports)} tellings, {rows}, {otherwise} told otherwise"
