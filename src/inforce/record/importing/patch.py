"""What a table says otherwise than the record, as a unified diff of `actions.csv` for a person to review.

Rows are added in their place or changed in theirs, with the table as source; what stood there before is
said in the note. No row is taken away, and nothing is written: `git apply` or `patch -p1` does that.
"""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from inforce.errors import UsageError
from inforce.record.importing.compare import Pair, Pairing
from inforce.record.importing.model import Act
from inforce.record.layers import packaged_files, record_files, shown
from inforce.record.model import Record

_Row = dict[str, str]


def patch(record: Record, treaty: str, pairing: Pairing, source: str, overlay: Path | None) -> str:
    """The diff that would bring the differences into the record; empty where there is nothing to bring.

    `source` is what the new and changed rows give as theirs; `overlay` the folder laid over the packaged
    record when it was loaded. Pairs that lack a side there, or whose day there is unsure or less exact,
    change nothing.
    """
    if not source.strip() or "\n" in source:
        raise UsageError("--source: name the table in one line, such as 'UN Treaty Collection XXVI-5, ...'")
    files = record_files(overlay) if overlay else packaged_files()
    main = files[f"treaties/{treaty}/actions.csv"]
    changes: dict[Path, list[tuple[Pair, int]]] = {}
    where = {(a.participant, a.kind.value, a.date.text): (a.file, a.line) for a in record.actions[treaty]}
    paths = {shown(path): path for path in files.values()}
    for pair in pairing.pairs:
        if pair.there is None or pair.there.day_unsure or pair.how == "less-exact-there":
            continue
        if pair.here is None:
            changes.setdefault(main, []).append((pair, 0))
        else:
            key = (pair.here.participant, pair.here.kinds[0].value, pair.here.date.text)
            file, line = where[key]
            changes.setdefault(paths[file], []).append((pair, line))
    return "".join(_diff(path, pairs, source) for path, pairs in sorted(changes.items()))


def _diff(path: Path, pairs: list[tuple[Pair, int]], source: str) -> str:
    text = path.read_bytes().decode("utf-8-sig")
    old = text.splitlines(keepends=True)
    end = "\r\n" if old[0].endswith("\r\n") else "\n"
    rows = _Rows(old)
    for pair, line in pairs:
        if pair.there is None:
            continue
        if pair.here is None:
            rows.add(_new_row(pair.there, source), end)
        else:
            rows.change(line, _changed_row(rows.at(line), pair, pair.there, source), end)
    label = _label(path)
    return "".join(
        _whole(line) for line in difflib.unified_diff(old, rows.lines(), f"a/{label}", f"b/{label}")
    )


def _whole(line: str) -> str:
    """A line of a diff; the last line of a file may lack its end."""
    return line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


class _Rows:
    """The lines of a file as rows, each with the text it stands in; only what is changed is written anew."""

    def __init__(self, lines: list[str]) -> None:
        reader = csv.reader(io.StringIO("".join(lines), newline=""), strict=True)
        self.columns = [cell.strip() for cell in next(reader)]
        self.head = "".join(lines[: reader.line_num])
        self.rows: list[tuple[int, list[str], str]] = []  # line in the file (0: new), cells, text
        begin = reader.line_num
        for cells in reader:
            self.rows.append((begin + 1, cells, "".join(lines[begin : reader.line_num])))
            begin = reader.line_num

    def at(self, line: int) -> _Row:
        """The row that begins in a line of the file."""
        cells = next(cells for number, cells, _ in self.rows if number == line)
        return dict(zip(self.columns, (cell.strip() for cell in cells), strict=True))

    def change(self, line: int, row: _Row, end: str) -> None:
        """Put a row in the place of the one that begins in a line."""
        index = next(at for at, (number, _, _) in enumerate(self.rows) if number == line)
        self.rows[index] = (line, self._cells(row), self._text(row, end))

    def add(self, row: _Row, end: str) -> None:
        """Put a new row after its participant's earlier ones, or where the participant would stand."""
        who, when = self.columns.index("participant"), self.columns.index("date")
        before = [
            at
            for at, (_, cells, _) in enumerate(self.rows)
            if cells and (cells[who] < row["participant"] or self._is_earlier(cells[who], cells[when], row))
        ]
        own = [at for at, (_, cells, _) in enumerate(self.rows) if cells and cells[who] == row["participant"]]
        place = [at for at in before if at in own] or ([min(own) - 1] if own else before)
        self.rows.insert((max(place) + 1) if place else 0, (0, self._cells(row), self._text(row, end)))

    @staticmethod
    def _is_earlier(participant: str, date: str, row: _Row) -> bool:
        return participant == row["participant"] and date <= row["date"]

    def lines(self) -> list[str]:
        """All lines of the file as it would be."""
        text = self.head + "".join(
            text if text.endswith("\n") or at == len(self.rows) - 1 else text + "\n"
            for at, (_, _, text) in enumerate(self.rows)
        )
        return text.splitlines(keepends=True)

    def _cells(self, row: Mapping[str, str]) -> list[str]:
        return [row.get(column, "") for column in self.columns]

    def _text(self, row: Mapping[str, str], end: str) -> str:
        out = io.StringIO()
        csv.writer(out, lineterminator=end).writerow(self._cells(row))
        return out.getvalue()


def _new_row(there: Act, source: str) -> _Row:
    return {
        "participant": there.participant,
        "action": there.kinds[0].value,
        "date": there.date.text,
        "effect": there.effect.isoformat() if there.effect else "",
        "source": source,
        "note": "; ".join(filter(None, (there.note, _which(there)))),
    }


def _which(there: Act) -> str:
    """What the table leaves open of the kind of act."""
    if len(there.kinds) == 1:
        return ""
    return f"the source does not tell {', '.join(kind.value for kind in there.kinds)} apart"


def _changed_row(row: _Row, pair: Pair, there: Act, source: str) -> _Row:
    """The row with what the table says; what it said before is kept in the source or the note."""
    changed = dict(row)
    effect = there.effect.isoformat() if there.effect else ""
    if pair.how == "effect-only-there":
        changed["effect"] = effect
        changed["source"] = f"{row['source']}; effect: {source}"
        return changed
    if pair.how == "more-exact-there":
        changed["date"] = there.date.text
        changed["source"] = f"{row['source']}; day: {source}"
        changed["note"] = _joined(row["note"], f"formerly {row['date']}")
    else:
        before = f"{row['action']} {row['date']}" + (f", effect {row['effect']}" if row["effect"] else "")
        changed["action"] = row["action"] if _same_kind(row, there) else there.kinds[0].value
        changed["date"] = row["date"] if pair.how == "other-effect" else there.date.text
        changed["source"] = source
        changed["note"] = _joined(row["note"], f"formerly {before} ({row['source']})")
    if effect:
        changed["effect"] = effect
    return changed


def _same_kind(row: _Row, there: Act) -> bool:
    return row["action"] in {kind.value for kind in there.kinds}


def _joined(note: str, more: str) -> str:
    return f"{note}; {more}" if note else more


def _label(path: Path) -> str:
    """The file as a diff names it: from the folder that holds `.git`, else from the working folder."""
    path = path.resolve()
    roots: Iterator[Path] = (folder for folder in path.parents if (folder / ".git").exists())
    for root in (*list(roots)[:1], Path.cwd()):
        if path.is_relative_to(root):
            return path.relative_to(root).as_posix()
    return "/".join(path.parts[-3:])
