"""Which files make up a record: those of the package, and a user's own folder laid over them.

The rule: a file of the user's folder takes the place of the packaged file of the same name; a folder
under `treaties/` that the package has not is a new treaty; and the rows of `actions.add.csv` are added
to those of the treaty's `actions.csv`.
"""

from __future__ import annotations

import re
from pathlib import Path

from inforce.errors import RecordError
from inforce.record.nearest import nearest

PACKAGED = Path(__file__).parent.parent

TREATY_FILES = ("treaty.yaml", "actions.csv", "actions.add.csv", "cases.yaml")
DATA_FILES = (
    "participants.yaml",
    "items.yaml",
    "contested.yaml",
    "conflicts.yaml",
    "custom.yaml",
    "domestic.csv",
    "extensions.csv",
    "other_treaties.yaml",
)


_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)


def packaged_files() -> dict[str, Path]:
    """The package's own files by name (`treaties/apmbc/treaty.yaml`, `data/items.yaml`)."""
    files = {f"data/{name}": PACKAGED / "data" / name for name in DATA_FILES}
    for folder in sorted((PACKAGED / "treaties").iterdir()):
        files |= {f"treaties/{folder.name}/{p.name}": p for p in _treaty_files(folder, PACKAGED)}
    return {name: path for name, path in files.items() if path.is_file()}


def record_files(overlay: Path | None = None) -> dict[str, Path]:
    """The files of the record by name, the overlay's in place of the package's.

    Raises `RecordError` where the overlay is no folder, holds no file of a record, or holds a file that
    no record has: nothing in it is passed over in silence, but names that begin with a dot, and `*.md`.
    """
    files = packaged_files()
    return files if overlay is None else files | overlay_files(overlay)


def overlay_files(root: Path) -> dict[str, Path]:
    """The overlay's files by name; treaty folders stand under `treaties/` or in the folder itself."""
    if not root.is_dir():
        raise RecordError(f"{root}: no such folder; give --record a folder with treaties/ or data/ in it")
    files: dict[str, Path] = {}
    for entry in _visible(root):
        if not entry.is_dir():
            raise RecordError(f"{entry}: no file of a record stands here; put it under treaties/ or data/")
        if entry.name == "data":
            for path in _visible(entry):
                _check_known(path, DATA_FILES)
                files[f"data/{path.name}"] = path
            continue
        for folder in _visible(entry) if entry.name == "treaties" else [entry]:
            for path in _treaty_files(folder, root):
                name = f"treaties/{folder.name}/{path.name}"
                if name in files:
                    raise RecordError(f"{path}: also given as {files[name]}; keep one of the two")
                files[name] = path
    if not files:
        raise RecordError(f"{root}: no file of a record in it; put treaties/<key>/treaty.yaml there")
    return files


def shown(path: Path) -> str:
    """The file as messages name it: the package's own by its place in the package."""
    return str(path.relative_to(PACKAGED)) if path.is_relative_to(PACKAGED) else str(path)


def _treaty_files(folder: Path, root: Path) -> list[Path]:
    if not folder.is_dir():
        raise RecordError(f"{folder}: a treaty is a folder with treaty.yaml and actions.csv; make it one")
    if not _KEY.fullmatch(folder.name):
        raise RecordError(
            f"{folder}: a treaty's key is of small letters, digits and hyphens; rename the folder"
        )
    paths = _visible(folder)
    for path in paths:
        _check_known(path, TREATY_FILES)
        if root == PACKAGED and path.name == "actions.add.csv":
            raise RecordError(f"{shown(path)}: only a folder laid over the record may add rows so")
    return paths


def _check_known(path: Path, known: tuple[str, ...]) -> None:
    if path.name not in known:
        raise RecordError(f"{shown(path)}: no file of a record; {nearest(path.name, known)}")


def _visible(folder: Path) -> list[Path]:
    return sorted(p for p in folder.iterdir() if not p.name.startswith((".", "__")) and p.suffix != ".md")
