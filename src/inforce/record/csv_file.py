"""CSV as the record's files use it: a fixed header, UTF-8, every row with its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from inforce.errors import RecordError
from inforce.record.nearest import nearest


def read_rows(
    name: str, content: bytes, columns: Sequence[str], optional: Sequence[str] = ()
) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with its line number (of its first line), as column to text, blanks stripped.

    Columns of `optional` may follow the others; one that does not is empty in every row. Raises
    `RecordError` where the header is not `columns` and then some of `optional`, in this order, or a row has
    another number of cells.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RecordError(f"{name}: not UTF-8 at byte {error.start}; save the file as UTF-8") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = _checked_header(name, next(reader, None), columns, optional)
        absent = dict.fromkeys(optional, "")
        line = reader.line_num + 1
        for cells in reader:
            if cells:
                if len(cells) != len(header):
                    raise RecordError(
                        f"{name}:{line}: {len(cells)} cells where the header has {len(header)}; "
                        "quote a cell that holds a comma"
                    )
                yield (
                    line,
                    absent | {column: cell.strip() for column, cell in zip(header, cells, strict=True)},
                )
            line = reader.line_num + 1
    except csv.Error as error:
        raise RecordError(f"{name}:{reader.line_num}: no CSV: {error}; mend the quotes") from None


def _checked_header(
    name: str, header: list[str] | None, columns: Sequence[str], optional: Sequence[str]
) -> list[str]:
    wanted = ",".join(columns)
    if header is None:
        raise RecordError(f"{name}:1: header missing; begin the file with {wanted}")
    found = [cell.strip() for cell in header]
    for column in found:
        if column not in (*columns, *optional):
            known = nearest(column, (*columns, *optional))
            raise RecordError(f'{name}:1: unknown column "{column}"; {known} the header is {wanted}')
    more = [column for column in optional if column in found]
    if found != [*columns, *more]:
        wanted = ",".join([*columns, *more])
        raise RecordError(f'{name}:1: the header is "{",".join(found)}"; write {wanted}')
    return found


def write_rows(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The CSV text of rows under a header, as `read_rows` reads it back.

    A row is one line: line breaks within a cell become blanks.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([" ".join(cell.splitlines()) for cell in row] for row in rows)
    return out.getvalue()
