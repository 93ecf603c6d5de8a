"""The timelines of all regular pairs, from columns of acts: as all is known, or as known by every day."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inforce.law.world_columns import NONE, Columns, Indexes, Lines, Pairs, columns, ranges
from inforce.law.world_days import FIRST, LAST, NEVER, Days, delayed
from inforce.law.world_regular import Acts, Clauses, Conflicts, Regular
from inforce.law.world_walk import CONSENT, DISPUTED, WITHDRAW, Steps, Turns, walk

Names = tuple[tuple[str, ...], tuple[str, ...]]  # keys of treaties, and of participants


class _Walks(NamedTuple):
    """Which acts each walk takes, and the day of knowledge up to which it knows."""

    pair: Pairs
    known_by: Days
    first: Indexes
    number: Indexes


def lines_now(regular: Regular, names: Names) -> Columns:
    """One line for each regular pair with acts, from all that is recorded."""
    acts = _sorted(regular.acts)
    begins = np.flatnonzero(np.diff(acts.pair, prepend=-1))
    count = np.diff(begins, append=len(acts.pair))
    pair = acts.pair[begins]
    known_by = np.full(len(pair), NEVER, np.int32)
    own = _own_days(acts, regular.clauses, len(names[1]))
    return _walked(regular, names, acts, own, _Walks(pair, known_by, begins, count))


def lines_ever(regular: Regular, names: Names) -> Columns:
    """The lines of each regular pair with acts, one for each day from which they are known otherwise."""
    acts = _sorted(regular.acts)
    own = _own_days(acts, regular.clauses, len(names[1]))
    begins = np.flatnonzero(np.diff(acts.pair, prepend=-1))
    pair, known_by, group = _news(regular, acts, own, begins, len(names[1]))
    of_pair = np.diff(begins, append=len(acts.pair))
    first, count = begins[group], of_pair[group]
    index = ranges(first, count)
    known = acts.known[index] <= np.repeat(known_by, count)
    index = index[known]
    until = np.concatenate([[0], np.cumsum(known)])
    ends = np.cumsum(count)
    count = until[ends] - until[ends - count]
    taken = acts.take(index)
    walks = _Walks(pair, known_by, np.cumsum(count) - count, count)
    return _without_repetition(_walked(regular, names, taken, own[index], walks))


def _sorted(acts: Acts) -> Acts:
    """By pair, day, and the order in which acts of one day are taken."""
    size = len(acts.pair).bit_length()
    key = acts.pair.astype(np.int64) << 22 | (acts.day - np.int32(FIRST))
    key = (key << 2 | acts.act) << size | np.arange(len(acts.pair))
    key.sort()  # numbers sort faster than places do
    order = key & ((1 << size) - 1)
    return acts.take(order)


def _own_days(acts: Acts, clauses: Clauses, participants: int) -> Days:
    """Of a consent, the day to which the treaty's delay leads; of a withdrawal, the end of its notice."""
    treaty = acts.pair // participants
    own = np.full(len(treaty), NEVER, np.int32)
    for act, (rules, amounts) in ((CONSENT, clauses.joining), (WITHDRAW, clauses.leaving)):
        of_kind = np.flatnonzero(acts.act == act)
        rule = rules[treaty[of_kind]]
        for code in np.flatnonzero(np.bincount(rule)):
            index = of_kind[rule == code]
            own[index] = delayed(clauses.rules[code], amounts[treaty[index]], acts.day[index])
    return own


def _news(
    regular: Regular, acts: Acts, own: Days, begins: Indexes, participants: int
) -> tuple[Pairs, Days, Indexes]:
    """Pairs with the days on which anything became known that bears on them; each has the first of all."""
    pairs = acts.pair[begins]
    trigger = regular.clauses.trigger[pairs // participants]
    after = trigger <= LAST
    if len(begins):
        after &= trigger > np.minimum.reduceat(acts.known, begins)
    candidates = [
        (pairs, np.full(len(pairs), FIRST, np.int32)),
        (acts.pair, acts.known),
        (pairs[after], trigger[after]),
    ]
    leaving = np.flatnonzero(acts.act == WITHDRAW)
    leaving = leaving[regular.clauses.carve_out[acts.pair[leaving] // participants] > 0]
    who = acts.pair[leaving] % participants
    for days in (*regular.conflicts.since, *regular.conflicts.until):
        there = days[who] <= LAST
        candidates.append((acts.pair[leaving[there]], days[who[there]]))
    key = np.concatenate([pair.astype(np.int64) << 22 | (day - np.int32(FIRST)) for pair, day in candidates])
    key.sort()
    key = key[np.diff(key, prepend=-1) != 0]
    pair = (key >> 22).astype(np.int32)
    group = np.cumsum(np.diff(pair, prepend=-1) != 0) - 1
    return pair, (key & ((1 << 22) - 1)).astype(np.int32) + np.int32(FIRST), group


def _walked(regular: Regular, names: Names, acts: Acts, own: Days, walks: _Walks) -> Columns:
    """The lines of walks over `acts`, which stand in the order of the walks."""
    participants = len(names[1])
    steps = _steps(regular, acts, own, np.repeat(walks.known_by, walks.number), participants)
    opening = regular.clauses.opening[walks.pair // participants]
    some = walks.number > 0
    opening[some] = np.minimum(opening[some], acts.day[walks.first[some]])
    turns = _merged(walk(steps, walks.first, walks.number, opening))
    return _columns(turns, walks, names)


def _steps(regular: Regular, acts: Acts, own: Days, known_by: Days, participants: int) -> Steps:
    """What follows from each act, as `inforce.law.clauses` has it."""
    clauses = regular.clauses
    effect = own.copy()
    joining = np.flatnonzero(acts.act == CONSENT)
    day, of_own = acts.day[joining], own[joining]
    treaty = acts.pair[joining] // participants
    entry, trigger = clauses.entry[treaty], clauses.trigger[treaty]
    with_treaty = np.where(clauses.until_entry[treaty], day < entry, day <= trigger)
    with_treaty |= of_own < entry
    with_treaty |= (unknown := trigger > known_by[joining])
    effect[joining] = np.where(with_treaty, np.where(unknown, NEVER, entry), of_own)
    disputed = np.full(len(effect), NEVER, np.int32)
    leaving = np.flatnonzero(acts.act == WITHDRAW)
    carve_out = clauses.carve_out[acts.pair[leaving] // participants]
    carved = leaving[carve_out > 0]
    if len(carved):
        at_expiry = carve_out[carve_out > 0] == 1
        moment = np.where(at_expiry, own[carved], acts.day[carved])
        last = _last_conflict(regular.conflicts, acts.pair[carved] % participants, moment, known_by[carved])
        deferred = last > FIRST
        index = carved[deferred]
        disputed[index] = own[index]
        effect[index] = np.maximum(own[index], last[deferred])
    return Steps(acts.day, acts.act, effect, disputed)


def _last_conflict(conflicts: Conflicts, who: Pairs, moment: Days, known_by: Days) -> Days:
    """The end of the last to end of the known conflicts that cover a moment; `FIRST` where none does.

    An end that came after the day of knowledge is none yet.
    """
    last = np.full(len(who), FIRST, np.int32)
    for begun, ended in zip(conflicts.since, conflicts.until, strict=True):
        since, until = begun[who], ended[who]
        until = np.where(until <= known_by, until, NEVER)
        covers = (since <= moment) & (since <= known_by) & (moment < until)
        np.copyto(last, np.maximum(last, until), where=covers)
    return last


def _merged(turns: Turns) -> Turns:
    """Turns to the place where a walk stands already are none."""
    same = turns.place[1:] == turns.place[:-1]
    same[turns.first[1:-1] - 1] = False
    if not same.any():
        return turns
    kept = np.concatenate([[True], ~same])
    first = np.concatenate([[0], np.cumsum(kept)])[turns.first]
    return Turns(first, turns.day[kept], turns.place[kept])


def _columns(turns: Turns, walks: _Walks, names: Names) -> Columns:
    possible = np.left_shift(np.uint16(1), turns.place & np.uint8(15), dtype=np.uint16)
    dispute = np.full(len(turns.day), NONE, np.int32)
    disputed = np.flatnonzero(turns.place == DISPUTED)
    line = np.searchsorted(turns.first, disputed, side="right") - 1
    pairs, dispute[disputed] = np.unique(walks.pair[line], return_inverse=True)
    treaties, participants = names
    ids = tuple(
        f"{treaties[pair // len(participants)]}-carve-out-{participants[pair % len(participants)].lower()}"
        for pair in pairs.tolist()
    )
    known_from = np.where(walks.known_by == NEVER, FIRST, walks.known_by).astype(np.int32)
    return columns(Lines(walks.pair, known_from, turns.first), turns.day, possible, dispute, ids)


def _without_repetition(made: Columns) -> Columns:
    """Without the lines that say what the pair's line before says."""
    lines, lengths = made.lines, made.lengths
    again = np.flatnonzero((np.diff(lines.pair, prepend=-1) == 0) & (np.diff(lengths, prepend=-1) == 0))
    index = ranges(lines.first[again], lengths[again])
    before = ranges(lines.first[again - 1], lengths[again])
    differs = np.zeros(len(index), np.bool_)
    for column in (made.start, made.possible, made.dispute):
        differs |= column[index] != column[before]
    ends = np.cumsum(lengths[again])
    counted = np.concatenate([[0], np.cumsum(differs)])
    repeats = again[counted[ends] == counted[ends - lengths[again]]]
    if not len(repeats):
        return made
    kept = np.ones(len(lines.pair), np.bool_)
    kept[repeats] = False
    stretches = np.repeat(kept, lengths)
    first = np.concatenate([[0], np.cumsum(lengths[kept])])
    return columns(
        Lines(lines.pair[kept], lines.known_from[kept], first),
        made.start[stretches],
        made.possible[stretches],
        made.dispute[stretches],
        made.disputes,
    )
