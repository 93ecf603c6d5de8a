"""Tables as files and frames: CSV that no spreadsheet runs, Parquet, Polars and pandas."""

# ruff: noqa: PLC0415 - pyarrow, Polars and pandas are extras, and only their own forms need them

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple, Protocol

from inforce.errors import UsageError

#: A spreadsheet takes text that begins with one of these signs for a formula, and runs it: also in their
#: wide forms, under East Asian settings, and behind the white space that is passed over.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class Described(Protocol):
    """A column: its name, its Frictionless type, and what it holds."""

    @property
    def name(self) -> str:
        """As the first row has it."""

    @property
    def type(self) -> str:
        """`string`, `integer`, `number`, `boolean`, `date` or `datetime`."""

    @property
    def description(self) -> str:
        """What the cells hold."""


class Column(NamedTuple):
    """A column and no more."""

    name: str
    type: str
    description: str


class Table(NamedTuple):
    """A table in memory; a cell is None where there is no value."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]


def cell(value: Any) -> Any:
    """A value as a cell of CSV: what would be a formula begins with an apostrophe."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value.isoformat() if isinstance(value, date) else value


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Rows as CSV, lines ended as Unix does."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cell(value) for value in row] for row in rows)
    return text.getvalue()


def csv_bytes(table: Table) -> bytes:
    """The table as CSV in UTF-8."""
    return csv_text([column.name for column in table.columns], table.rows).encode("utf-8", "replace")


def arrow_schema(columns: Iterable[Described]) -> Any:
    """The columns as Arrow has them, each with its description."""
    import pyarrow as pa

    types = {
        "integer": pa.int64(),
        "string": pa.string(),
        "date": pa.date32(),
        "datetime": pa.string(),
        "boolean": pa.bool_(),
        "number": pa.float64(),
    }
    return pa.schema(
        [pa.field(one.name, types[one.type], metadata={"description": one.description}) for one in columns]
    )


def parquet_bytes(table: Table) -> bytes:
    """The table as Parquet, packed with zstd. Raises `UsageError` without pyarrow."""
    needs("pyarrow", "Parquet", "parquet")
    import pyarrow as pa
    from pyarrow import parquet

    out = io.BytesIO()
    schema = arrow_schema(table.columns)
    parquet.write_table(pa.table(_by_column(table), schema=schema), out, compression="zstd")
    return out.getvalue()


def polars_frame(table: Table) -> Any:
    """The table as a Polars frame. Raises `UsageError` without Polars."""
    needs("polars", "a Polars frame")
    import polars as pl

    types = {
        "integer": pl.Int64,
        "string": pl.String,
        "date": pl.Date,
        "datetime": pl.String,
        "boolean": pl.Boolean,
        "number": pl.Float64,
    }
    return pl.DataFrame(_by_column(table), schema={one.name: types[one.type] for one in table.columns})


def pandas_frame(table: Table) -> Any:
    """The table as a pandas frame; days are Python's dates, since pandas' own end in 2262."""
    needs("pandas", "a pandas frame")
    import pandas as pd

    return pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in _by_column(table).items()})


def needs(package: str, form: str, extra: str | None = None) -> None:
    """Raises `UsageError` where a form's package is not installed."""
    import importlib.util

    if importlib.util.find_spec(package) is None:
        install = f"'inforce[{extra}]'" if extra else package
        raise UsageError(f"{form}: {package} is missing; pip install {install}")


def _by_column(table: Table) -> dict[str, list[Any]]:
    return {one.name: [row[at] for row in table.rows] for at, one in enumerate(table.columns)}
