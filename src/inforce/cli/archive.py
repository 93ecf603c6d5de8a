"""`inforce archive`: web archives of any size to a data set of claims."""

# ruff: noqa: PLC0415 - help and errors of usage answer at once

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from inforce.cli.options import Commands, add_command, add_json, add_record, day, today
from inforce.cli.output import complain, show_json
from inforce.errors import UsageError

if TYPE_CHECKING:
    from inforce.archiving.one_file import Outcome

EXIT_FINDINGS = 1

_MORE = """\
  inforce archive CC-NEWS-*.warc.gz -o claims/
  inforce archive 's3://bucket/crawl/*.warc.gz' -o claims/ --engine ray

Reads WARC, WET and JSON lines files to Parquet files, one for each, with notes
and a manifest beside them. Run again it does what is not done yet.
Exit status: 1 where a file was not read to its end."""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(commands, "archive", "read web archives to a data set of claims", _MORE)
    parser.add_argument("inputs", metavar="FILE", nargs="+", help="file, folder, pattern, or s3:// pattern")
    parser.add_argument("-o", "--output", metavar="FOLDER", type=Path, required=True, help="the data set")
    parser.add_argument("--processes", metavar="N", type=int, help="processes (default: one a core)")
    parser.add_argument("--engine", choices=("pool", "ray"), default="pool", help="what runs them")
    parser.add_argument("--today", metavar="DATE", help="as of which day undated pages are checked")
    add_json(parser)
    add_record(parser)
    parser.set_defaults(run=archive)


def archive(asked: argparse.Namespace) -> int:
    """Read all archives that are not done yet."""
    if asked.processes is not None and asked.processes < 1:
        raise UsageError(f"--processes {asked.processes}: give one or more")
    try:
        from inforce.archiving.run import Engine, Job, in_this_process, pool
        from inforce.archiving.run import archive as run
    except ModuleNotFoundError as error:
        if error.name != "pyarrow":
            raise
        raise UsageError("archive: pyarrow is missing; pip install 'inforce[parquet]'") from None
    from inforce.archiving.places import inputs

    found = inputs(asked.inputs)
    overlay = None if asked.record is None else str(asked.record.resolve())
    job = Job(str(asked.output.resolve()), overlay, day(asked.today, "--today") or today())
    count = asked.processes or len(os.sched_getaffinity(0))
    engine: Engine = in_this_process if count == 1 else pool(count)
    if asked.engine == "ray":
        from inforce.archiving.on_ray import on_ray

        engine = on_ray
    manifest, earlier = run(found, job, engine, _Progress(sum(given.size for given in found)))
    if asked.json:
        show_json(manifest)
    for name, reason in manifest.broken.items():
        complain(reason if name in reason else f"{name}: {reason}")
    complain(
        f"{manifest.inputs} files, {earlier} of them done before; {manifest.documents:,} documents, "
        f"{manifest.relevant:,} with {manifest.claims:,} claims"
        + (f"; days without documents: {', '.join(manifest.gaps[:3])}" if manifest.gaps else "")
    )
    return EXIT_FINDINGS if manifest.broken else 0


class _Progress:
    """A line on a terminal, or now and then elsewhere: files, speed, and how long it may still take."""

    def __init__(self, size: int) -> None:
        self._size, self._begun, self._read, self._claims = size, time.monotonic(), 0, 0
        self._told = self._begun
        self._live = sys.stderr.isatty()

    def __call__(self, outcome: Outcome, at: int, of: int) -> None:
        """Tell how far it is."""
        self._read += outcome.bytes
        self._claims += outcome.claims
        now = time.monotonic()
        if now - self._told < (0.2 if self._live else 30.0) and not (self._live and at == of):
            return
        self._told = now
        speed = self._read / max(now - self._begun, 1e-6)
        left = (self._size - self._read) / speed if speed else 0.0
        line = (
            f"{at}/{of} files, {speed / 1e6:.1f} MB/s, {self._claims:,} claims, about {_minutes(left)} left"
        )
        sys.stderr.write(
            f"\r\x1b[K{line}" + ("\n" if at == of else "") if self._live else f"inforce: {line}\n"
        )
        sys.stderr.flush()


def _minutes(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
