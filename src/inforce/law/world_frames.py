"""Questions from numpy, lists, Polars, PyArrow and pandas, and answers in the same kind.

The three libraries are optional: each is imported only where one of its columns is asked about.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from inforce.errors import UsageError
from inforce.law.world_answers import BOUND_WORDS, STATUS_WORDS, Answers, days
from inforce.law.world_columns import Columns, Pairs
from inforce.law.world_days import FIRST, LAST, Days, number

if TYPE_CHECKING:
    import polars
    import pyarrow

Kind = Literal["numpy", "polars", "pyarrow", "pandas"]

_LIBRARIES: Final[tuple[Kind, ...]] = ("polars", "pyarrow", "pandas")
_SINGLE = (str, dt.date, int, np.integer, np.datetime64)


class Asked(NamedTuple):
    """Questions as numbers, all columns of one length, and the kind in which they came."""

    participant: Pairs
    treaty: Pairs
    day: Days
    kind: Kind


def asked(columns: tuple[Any, Any, Any], participants: Sequence[str], treaties: Sequence[str]) -> Asked:
    """The questions in three columns; see `World.ask`."""
    kinds = [_kind(one) for one in columns]
    kind: Kind = next((one for one in kinds if one != "numpy"), "numpy")
    found = (
        _places(columns[0], kinds[0], participants, "participant"),
        _places(columns[1], kinds[1], treaties, "treaty"),
        _days(columns[2], kinds[2]),
    )
    lengths = {
        len(one) for one, column in zip(found, columns, strict=True) if not isinstance(column, _SINGLE)
    }
    if len(lengths) > 1:
        raise UsageError(f"columns of {sorted(lengths)} values; give one value or as many in each")
    size = lengths.pop() if lengths else 1
    participant, treaty, day = (np.broadcast_to(one, size) for one in found)
    return Asked(participant, treaty, day, kind)


def _kind(column: Any) -> Kind:
    library = type(column).__module__.partition(".")[0]
    return next((one for one in _LIBRARIES if one == library), "numpy")


def _places(column: Any, kind: Kind, names: Sequence[str], what: str) -> Pairs:
    """The place of each key among the names; arrays of integers are places already."""
    if isinstance(column, str):
        column = [column]
    if kind == "numpy":
        array = np.atleast_1d(np.asarray(column))
        if array.dtype.kind in "iu":
            if array.size and not (array.min() >= 0 and array.max() < len(names)):
                raise UsageError(f"no {what} {array.max()}; places are 0 to {len(names) - 1}")
            return array.astype(np.int32, copy=False)
        place = {name: index for index, name in enumerate(names)}
        found = np.array([place.get(one, -1) for one in array.tolist()], np.int32)
    else:
        found = _FOREIGN_PLACES[kind](column, names)
    unknown = np.flatnonzero(found < 0)
    if len(unknown):
        raise UsageError(f"unknown {what} {_value(column, kind, int(unknown[0]))!r}; write its key")
    return found


def _polars_places(column: Any, names: Sequence[str]) -> Pairs:
    import polars  # noqa: PLC0415

    coded = column.cast(polars.String).cast(polars.Enum(list(names)), strict=False)
    places: Pairs = coded.to_physical().cast(polars.Int32).fill_null(-1).to_numpy()
    return places


def _pyarrow_places(column: Any, names: Sequence[str]) -> Pairs:
    import pyarrow  # noqa: PLC0415
    import pyarrow.compute  # noqa: PLC0415

    if pyarrow.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    found = pyarrow.compute.index_in(column, value_set=pyarrow.array(names, column.type))
    places: Pairs = pyarrow.compute.fill_null(found, -1).to_numpy()
    return places


def _pandas_places(column: Any, names: Sequence[str]) -> Pairs:
    import pandas  # noqa: PLC0415

    places: Pairs = pandas.Index(list(names)).get_indexer_for(column).astype(np.int32)
    return places


_FOREIGN_PLACES = {"polars": _polars_places, "pyarrow": _pyarrow_places, "pandas": _pandas_places}


def _days(column: Any, kind: Kind) -> Days:
    if isinstance(column, dt.date):
        return np.array([number(column)], np.int32)
    if kind == "polars":
        import polars  # noqa: PLC0415

        array = column.cast(polars.Date).to_numpy()
    elif kind == "pyarrow":
        import pyarrow  # noqa: PLC0415

        array = np.asarray(column.cast(pyarrow.date32())).astype("datetime64[D]")
    elif kind == "pandas":
        array = column.to_numpy()
    else:
        array = np.atleast_1d(np.asarray(column))
    if array.dtype.kind in "iu":
        found: npt.NDArray[np.integer[Any]] = array
    else:
        try:
            array = array.astype("datetime64[D]")
        except (ValueError, TypeError) as error:
            raise UsageError(f"no column of days: {error}; give dates") from None
        if np.isnat(array).any():
            raise UsageError("a day is missing; leave out questions without a day")
        found = array.astype(np.int64)
    if found.size and not (found.min() >= FIRST and found.max() <= LAST):
        raise UsageError("a day lies beyond the calendar; give days of the years 1 to 9999")
    return found.astype(np.int32, copy=False)


def _value(column: Any, kind: Kind, index: int) -> Any:
    if kind == "pandas":
        return column.iloc[index]
    value = column[index]
    return value.as_py() if kind == "pyarrow" else value


def answered(answers: Answers, kind: Kind) -> Any:
    """Answers in the kind of the questions."""
    if kind == "numpy":
        return answers
    if kind == "pandas":
        import pandas  # noqa: PLC0415

        columns = {
            "status": pandas.Categorical.from_codes(answers.status, categories=STATUS_WORDS.tolist()),
            "bound": pandas.Categorical.from_codes(answers.bound, categories=BOUND_WORDS.tolist()),
            "start": answers.start,
            "end": answers.end,
            "dispute": answers.disputes.astype(object),
        }
        return pandas.DataFrame(columns)
    if kind == "pyarrow":
        import pyarrow  # noqa: PLC0415

        return pyarrow.table(_arrow_columns(answers))
    import polars  # noqa: PLC0415

    return polars.DataFrame(_polars_columns(answers))


def _arrow_columns(answers: Answers) -> dict[str, Any]:
    import pyarrow  # noqa: PLC0415

    disputes = answers.disputes
    return {
        "status": _arrow_words(answers.status, STATUS_WORDS),
        "bound": _arrow_words(answers.bound, BOUND_WORDS),
        "start": pyarrow.array(answers.start, pyarrow.date32()),
        "end": pyarrow.array(answers.end, pyarrow.date32()),
        "dispute": pyarrow.array(disputes, pyarrow.string(), mask=disputes == ""),
    }


def _arrow_words(codes: Any, words: Any) -> Any:
    import pyarrow  # noqa: PLC0415

    return pyarrow.DictionaryArray.from_arrays(
        pyarrow.array(codes.astype(np.int32)), pyarrow.array(list(words), pyarrow.string())
    )


def _polars_columns(answers: Answers) -> dict[str, Any]:
    import polars  # noqa: PLC0415

    disputes = polars.Series(answers.disputes)
    return {
        "status": _polars_words(answers.status, STATUS_WORDS),
        "bound": _polars_words(answers.bound, BOUND_WORDS),
        "start": polars.Series(answers.start),
        "end": polars.Series(answers.end),
        "dispute": disputes.set(disputes == "", None),
    }


def _polars_words(codes: Any, words: Any) -> Any:
    import polars  # noqa: PLC0415

    named = [str(word) for word in words]
    return polars.Series(named, dtype=polars.Enum(named)).gather(codes)


def table(made: Columns, treaties: Sequence[str], participants: Sequence[str]) -> pyarrow.Table:
    """All stretches as an Arrow table."""
    answers, pair, known_from = _flat(made)
    import pyarrow  # noqa: PLC0415

    named = {
        "treaty": _arrow_words(pair // len(participants), treaties),
        "participant": _arrow_words(pair % len(participants), participants),
    }
    known = {"known_from": pyarrow.array(known_from, pyarrow.date32())}
    return pyarrow.table(named | _arrow_columns(answers) | known)


def frame(made: Columns, treaties: Sequence[str], participants: Sequence[str]) -> polars.DataFrame:
    """All stretches as a Polars frame."""
    answers, pair, known_from = _flat(made)
    import polars  # noqa: PLC0415

    named = {
        "treaty": _polars_words(pair // len(participants), treaties),
        "participant": _polars_words(pair % len(participants), participants),
    }
    known = {"known_from": polars.Series(known_from)}
    return polars.DataFrame(named | _polars_columns(answers) | known)


def _flat(made: Columns) -> tuple[Answers, Pairs, Any]:
    """All stretches as answers, with the pair and the day of knowledge of each."""
    line = np.repeat(np.arange(len(made.lines.pair)), made.lengths)
    rows = np.arange(len(made.start))
    return Answers(made, rows), made.lines.pair[line], days(made.lines.known_from[line])
