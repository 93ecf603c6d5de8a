"""DuckDB and SQLite: timelines by window functions, points by range and ASOF joins.

The acts of the synthetic world follow each other lawfully, so that windows over the acts before and after
are enough; a record of any acts would need a walk.
"""

from __future__ import annotations

import sqlite3
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from world_peers.tables import Given, Points

Array = npt.NDArray[Any]

_DUCK_DAYS = """
    CASE {rule}
      WHEN 'same_day' THEN day
      WHEN 'add_days' THEN day + {amount}
      WHEN 'add_months' THEN (day + to_months({amount}))::DATE
      WHEN 'add_years' THEN (day + to_months(12 * {amount}))::DATE
      WHEN 'first_day_of_nth_month_after' THEN (date_trunc('month', day) + to_months({amount}))::DATE
      WHEN 'first_day_of_month_after_nth_day'
        THEN (date_trunc('month', day + {amount}) + INTERVAL 1 MONTH)::DATE
    END"""

#: In SQLite days are texts; the last day of a month is that before the first of the next.
_SQLITE_MONTHS = """min(date(day, '+' || ({months}) || ' months'),
        date(day, 'start of month', '+' || ({months} + 1) || ' months', '-1 day'))"""
_SQLITE_DAYS = f"""
    CASE {{rule}}
      WHEN 'same_day' THEN day
      WHEN 'add_days' THEN date(day, '+' || {{amount}} || ' days')
      WHEN 'add_months' THEN {_SQLITE_MONTHS.format(months="{amount}")}
      WHEN 'add_years' THEN {_SQLITE_MONTHS.format(months="12 * {amount}")}
      WHEN 'first_day_of_nth_month_after' THEN date(day, 'start of month', '+' || {{amount}} || ' months')
      WHEN 'first_day_of_month_after_nth_day'
        THEN date(day, '+' || {{amount}} || ' days', 'start of month', '+1 months')
    END"""

_TIMELINES = """
WITH own AS MATERIALIZED (
  SELECT pair, participant, day, act, opening, entry, trigger_day, until_entry, carve_out,
    CASE WHEN act = 1 THEN {join} END AS own,
    CASE WHEN act = 2 THEN {leave} END AS expiry
  FROM acts JOIN treaties USING (treaty)
),
-- the latest end of a conflict that covers the end of a notice
deferred AS (
  SELECT pair, day, max(coalesce(until, {never})) AS until
  FROM own JOIN conflicts USING (participant)
  WHERE act = 2 AND carve_out AND since <= expiry AND (until IS NULL OR expiry < until)
  GROUP BY pair, day
),
effects AS (
  SELECT own.*,
    CASE WHEN act <> 1 THEN NULL
      WHEN entry IS NULL THEN {never}
      WHEN own < entry OR (until_entry AND day < entry) OR (NOT until_entry AND day <= trigger_day) THEN entry
      ELSE own END AS effect,
    deferred.until IS NOT NULL AS disputed,
    CASE WHEN deferred.until IS NULL OR deferred.until < expiry THEN expiry ELSE deferred.until END AS left_on
  FROM own LEFT JOIN deferred USING (pair, day)
),
placed AS MATERIALIZED (
  SELECT *,
    lead(day) OVER w AS next_day,
    lag(act) OVER w AS act_before,
    lag(effect) OVER w AS effect_before,
    row_number() OVER w AS number,
    max(CASE WHEN act = 0 THEN 1 ELSE 0 END) OVER w AS signed
  FROM effects WINDOW w AS (PARTITION BY pair ORDER BY day, act)
),
leaving AS (SELECT *, act_before IN (1, 3) AND (act_before = 3 OR effect_before <= day) AS bound
  FROM placed WHERE act = 2),
turns AS (
  SELECT pair, {first} AS start, 0 AS place FROM placed WHERE number = 1
  UNION ALL SELECT pair, opening, 1 FROM placed WHERE number = 1 AND opening < day
  UNION ALL SELECT pair, day, 2 FROM placed WHERE act = 0 AND (next_day IS NULL OR day < next_day)
  UNION ALL SELECT pair, day, 3 FROM placed
    WHERE act = 1 AND day < effect AND (next_day IS NULL OR day < next_day)
  UNION ALL SELECT pair, effect, 4 FROM placed
    WHERE act = 1 AND effect < {never} AND (next_day IS NULL OR effect < next_day)
  UNION ALL SELECT pair, day,
      CASE WHEN bound THEN 5 WHEN act_before = 0 THEN 8 WHEN signed = 1 THEN 2 ELSE 1 END
    FROM leaving
  UNION ALL SELECT pair, expiry, 21 FROM leaving
    WHERE bound AND disputed AND expiry < left_on AND (next_day IS NULL OR expiry < next_day)
  UNION ALL SELECT pair, left_on, 7 FROM leaving
    WHERE bound AND left_on < {never} AND (next_day IS NULL OR left_on < next_day)
  UNION ALL SELECT pair, day, 4 FROM placed WHERE act = 3
)
SELECT pair, start, coalesce(lead(start) OVER (PARTITION BY pair ORDER BY start), {never}) AS stop, place
FROM turns
"""

#: Pairs that never acted are added, so that the tables for snapshots and points hold every pair.
_EVERYBODY = """
INSERT INTO everybody
SELECT treaty * {participants} + who.value, {first}, opening, 0 FROM treaties, who
  WHERE treaty * {participants} + who.value NOT IN (SELECT pair FROM acts)
UNION ALL SELECT treaty * {participants} + who.value, opening, {never}, 1 FROM treaties, who
  WHERE treaty * {participants} + who.value NOT IN (SELECT pair FROM acts)
"""


_DUCK_ENDS = {"first": "DATE '0001-01-01'", "never": "DATE '9999-12-31'"}
_SQLITE_ENDS = {"first": "'0001-01-01'", "never": "'9999-12-31'"}


class Duck:
    """DuckDB, in memory, with all threads of the machine."""

    def __init__(self, given: Given) -> None:
        self.connection = duckdb.connect()
        self._register(given)
        own = {
            "join": _DUCK_DAYS.format(rule="join_rule", amount="join_amount"),
            "leave": _DUCK_DAYS.format(rule="leave_rule", amount="leave_amount"),
        }
        self._timelines = _TIMELINES.format(**own, **_DUCK_ENDS)

    def _register(self, given: Given) -> None:
        for name in ("acts", "treaties", "conflicts"):
            self.connection.register("arriving", getattr(given, name))
            self.connection.execute(f"CREATE TABLE {name} AS SELECT * FROM arriving")  # noqa: S608
        who = pa.table({"value": np.arange(given.participants, dtype=np.int32)})
        self.connection.register("arriving", who)
        self.connection.execute("CREATE TABLE who AS SELECT * FROM arriving")
        self.participants = given.participants

    @property
    def threads(self) -> int:
        (count,) = self.connection.execute("SELECT current_setting('threads')").fetchone() or (0,)
        return int(count)

    def timelines(self) -> None:
        """All timelines of those that acted."""
        self.connection.execute(f"CREATE OR REPLACE TABLE lines AS {self._timelines}")

    def lines(self) -> dict[str, Array]:
        """The timelines as arrays, in order."""
        found = self.connection.execute(
            "SELECT pair, start - DATE '1970-01-01' AS start, stop - DATE '1970-01-01' AS stop, place "
            "FROM lines ORDER BY pair, start"
        )
        return dict(found.fetchnumpy())

    def prepare(self, points: Points) -> None:
        """A table of every pair's timeline, sorted, and one of questions."""
        self.connection.execute("CREATE OR REPLACE TABLE everybody AS SELECT * FROM lines")
        self.connection.execute(_EVERYBODY.format(participants=self.participants, **_DUCK_ENDS))
        self.connection.execute(
            "CREATE OR REPLACE TABLE everybody AS SELECT pair::INTEGER AS pair, start, stop, "
            "place::TINYINT AS place FROM everybody ORDER BY pair, start"
        )
        self.connection.register("arriving", points.table())
        self.connection.execute("CREATE OR REPLACE TABLE questions AS SELECT * FROM arriving")

    def snapshot(self, day: str) -> dict[str, Array]:
        """Every pair's place on a day."""
        query = f"SELECT pair, place FROM everybody WHERE {_ON}"  # noqa: S608
        return dict(self.connection.execute(query, [day, day]).fetchnumpy())

    def snapshot_acted(self, day: str) -> dict[str, Array]:
        """The same without the pairs that never acted: less than was asked."""
        query = f"SELECT pair, place FROM lines WHERE {_ON}"  # noqa: S608
        return dict(self.connection.execute(query, [day, day]).fetchnumpy())

    def range_join(self) -> dict[str, Array]:
        """Every question's place, by equal pair and a range of days."""
        return dict(self.connection.execute(f"SELECT id, place FROM {_RANGE}").fetchnumpy())  # noqa: S608

    def range_join_kept(self) -> None:
        """The same, left in a table."""
        query = f"CREATE OR REPLACE TEMP TABLE found AS SELECT id, place FROM {_RANGE}"  # noqa: S608
        self.connection.execute(query)

    def range_join_summed(self) -> None:
        """The same, of which only a sum is given out: less than was asked."""
        self.connection.execute(f"SELECT sum(place) FROM {_RANGE}").fetchone()  # noqa: S608

    def asof_join(self) -> dict[str, Array]:
        """Every question's place, by an ASOF join."""
        query = (
            "SELECT id, place FROM questions q ASOF JOIN everybody e ON q.pair = e.pair AND q.day >= e.start"
        )
        return dict(self.connection.execute(query).fetchnumpy())


_ON = "start <= ?::DATE AND ?::DATE < stop"
_RANGE = "questions q JOIN everybody e ON q.pair = e.pair AND q.day >= e.start AND q.day < e.stop"


class Sqlite:
    """SQLite, in memory, one thread; days are texts, as it has no type for them."""

    def __init__(self, given: Given) -> None:
        self.connection = sqlite3.connect(":memory:")
        for name in ("acts", "treaties", "conflicts"):
            self._insert(name, getattr(given, name))
        self._insert("who", pa.table({"value": np.arange(given.participants, dtype=np.int32)}))
        self.participants = given.participants
        own = {
            "join": _SQLITE_DAYS.format(rule="join_rule", amount="join_amount"),
            "leave": _SQLITE_DAYS.format(rule="leave_rule", amount="leave_amount"),
        }
        self._timelines = _TIMELINES.format(**own, **_SQLITE_ENDS)

    def _insert(self, name: str, table: pa.Table) -> None:
        columns = [
            column.cast(pa.string()) if pa.types.is_date(column.type) else column for column in table.columns
        ]
        marks = ", ".join("?" * len(columns))
        self.connection.execute(f"CREATE TABLE {name} ({', '.join(table.column_names)})")
        rows = zip(*(column.to_pylist() for column in columns), strict=True)
        self.connection.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)  # noqa: S608

    def timelines(self) -> None:
        """All timelines of those that acted."""
        self.connection.execute("DROP TABLE IF EXISTS lines")
        self.connection.execute(f"CREATE TABLE lines AS {self._timelines}")

    def lines(self) -> dict[str, Array]:
        """The timelines as arrays, in order."""
        rows = self.connection.execute("SELECT pair, start, stop, place FROM lines ORDER BY pair, start")
        pair, start, stop, place = zip(*rows.fetchall(), strict=True)
        days = [np.array(one, "datetime64[D]").astype(np.int64) for one in (start, stop)]
        return {"pair": np.array(pair), "start": days[0], "stop": days[1], "place": np.array(place)}

    def prepare(self, points: Points) -> None:
        """A table of every pair's timeline, indexed, and one of questions."""
        self.connection.execute("CREATE TABLE everybody AS SELECT * FROM lines")
        self.connection.execute(_EVERYBODY.format(participants=self.participants, **_SQLITE_ENDS))
        self.connection.execute("CREATE INDEX by_pair ON everybody (pair, start, stop, place)")
        self._insert("questions", points.table())

    def snapshot(self, day: str) -> dict[str, Array]:
        """Every pair's place on a day."""
        rows = self.connection.execute(
            "SELECT pair, place FROM everybody WHERE start <= ? AND ? < stop", (day, day)
        ).fetchall()
        found = np.array(rows, np.int32)
        return {"pair": found[:, 0], "place": found[:, 1]}

    def join(self) -> dict[str, Array]:
        """Every question's place, by the last start before it."""
        rows = self.connection.execute(
            "SELECT id, (SELECT place FROM everybody e WHERE e.pair = q.pair AND e.start <= q.day "
            "ORDER BY e.start DESC LIMIT 1) FROM questions q"
        ).fetchall()
        found = np.array(rows, np.int32)
        return {"id": found[:, 0], "place": found[:, 1]}
