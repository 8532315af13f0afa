"""The forms of a report, one a file, in the order of the save dialog. To add one: write the file, add it to `ALL`, write its test."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from app.errors import UserError
from app.exporters import (
    block_list,
    csv_report,
    csv_tables,
    exchange,
    gmail_filters,
    html_report,
    json_report,
    pdf,
    postfix_access,
    sieve,
    xlsx_report,
)
from app.exporters.base import Exporter
from app.i18n import Translation, mark
from app.model import Report

ALL: tuple[Exporter, ...] = (
    html_report.EXPORTER,
    pdf.EXPORTER,
    xlsx_report.EXPORTER,
    csv_report.EXPORTER,
    csv_tables.EXPORTER,
    json_report.EXPORTER,
    sieve.EXPORTER,
    exchange.EXPORTER,
    gmail_filters.EXPORTER,
    postfix_access.EXPORTER,
    block_list.EXPORTER,
)
_REASONS: Mapping[int, str] = {
    errno.ENOENT: mark("there is no such folder"),
    errno.ENOTDIR: mark("there is no such folder"),
    errno.EACCES: mark("you may not write there"),
    errno.EPERM: mark("you may not write there"),
    errno.ENOSPC: mark("the disk is full"),
    errno.EDQUOT: mark("the disk is full"),
    errno.EFBIG: mark("it is too large for the disk"),
    errno.EROFS: mark("the disk can only be read"),
    errno.EISDIR: mark("a folder has this name"),
    errno.ENAMETOOLONG: mark("the name is too long"),
}
"""What the system says, in words that have a translation."""


def exporter_for(path: Path) -> Exporter:
    """The form that the suffix names; UserError report.unwritable where none does."""
    for exporter in ALL:
        if exporter.suffix == path.suffix.lower():
            return exporter
    raise UserError("report.unwritable", path=str(path), reason=mark("the ending of the name chooses the form, and there is no form for this one"))


def export(report: Report, path: Path, say: Translation) -> None:
    """Write the form that the suffix names, whole or not at all (`write_whole`)."""
    exporter = exporter_for(path)
    told = say if exporter.for_people else Translation(say.language)  # data has Latin digits
    write_whole(path, lambda out: exporter.write(report, told, out))


def write_whole(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Write beside `path` and rename it there: the old file stays until the new one is whole.

    A link is followed. UserError report.unwritable where it cannot be written; nothing half-written remains.
    """
    try:
        target = Path(os.path.realpath(path))
        part = target.with_name(f".nitaq-{secrets.token_hex(8)}.part")
        try:
            with part.open("xb") as out:
                write(out)
                _settle(out)
            part.replace(target)
        except BaseException:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise
    except OSError as error:
        reason = _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__
        raise UserError("report.unwritable", path=str(path), reason=reason) from error


def _settle(out: BinaryIO) -> None:
    """On the disk before the name: after a power cut there is the old file or the new one, never an empty one."""
    out.flush()
    os.fsync(out.fileno())
