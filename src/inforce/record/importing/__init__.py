"""Depositaries' status tables: read, understood, compared with the record, proposed as a patch.

One stage a file, in this order: `source` (bytes from a file), `untc_xml`, `untc_html`, `unoda_json`,
`table_csv` (what is printed), `rows` with `columns`, `cells` and `notes` (what it means), `compare`
(beside the record or another table), `patch` (a diff of `actions.csv`). Nothing here writes the record
or reaches the network; a file that is no whole table is refused with one line.
"""

from inforce.record.importing.rows import open_table

__all__ = ["open_table"]
