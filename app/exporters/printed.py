"""Which fingerprint a written report carries, whatever its form. The files may come from anybody, so they are read within bounds."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from app.errors import UserError
from app.exporters.fingerprint import fingerprint_of
from app.exporters.json_report import FORMAT, VERSION
from app.i18n import mark

MOST = 1 << 30
"""Octets of a file, and of a part of an archive, that are read."""
_PRINTED = re.compile(r"sha256:[0-9a-f]{64}")
_HEADED = (".sieve", ".ps1", ".xml", ".access", ".txt")
"""Forms whose fingerprint stands at the end of a head; reasons and names of reviewers stand below it."""
_HEAD_END = re.compile(r"\r?\n\r?\n|-->")
_NO_REPORT = mark("it is no report of Nitaq's, or it was damaged")


def report_in(path: Path) -> dict[str, Any]:
    """A JSON report (version 1). Raises UserError `input` where the file is none."""
    try:
        document = json.loads(_octets(path), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise _unusable(path) from None
    if not isinstance(document, dict) or document.get("format") != FORMAT or document.get("version") != VERSION:
        raise _unusable(path)
    return document


def computed(path: Path) -> str:
    """The fingerprint that follows from the content of a JSON report. Raises UserError `input`."""
    document = report_in(path)
    try:
        return fingerprint_of(document)
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
        raise _unusable(path) from None


def printed(path: Path) -> str:
    """The fingerprint that stands in a form; the last one, since it stands behind everything that senders wrote. Raises UserError `input`."""
    octets = _octets(path)
    try:
        found = _PRINTED.findall(_text(octets, path.suffix.lower()))
    except (BadZipFile, UnicodeDecodeError, NotImplementedError, csv.Error, KeyError, ValueError):
        raise _unusable(path) from None
    if not found:
        raise _unusable(path)
    return str(found[-1])


def _text(octets: bytes, suffix: str) -> str:
    if suffix == ".pdf":
        return _of_pdf(octets)
    if suffix in (".xlsx", ".zip"):
        return _of_archive(octets, "xl/sharedStrings.xml" if suffix == ".xlsx" else "scope.csv")
    text = octets.decode("utf-8-sig")
    if suffix == ".csv":
        return " ".join(str(row.get("fingerprint")) for row in csv.DictReader(io.StringIO(text, newline="")))
    return _HEAD_END.split(text, maxsplit=1)[0] if suffix in _HEADED else text


def _of_archive(octets: bytes, part: str) -> str:
    with ZipFile(io.BytesIO(octets)) as archive, archive.open(part) as file:
        text = file.read(MOST + 1)
    if len(text) > MOST:
        raise ValueError
    return text.decode("utf-8-sig")


def _of_pdf(octets: bytes) -> str:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        pages = PdfReader(io.BytesIO(octets)).pages
        text = "".join(re.sub(r"\s", "", page.extract_text()) for page in pages[-3:])
    except (PyPdfError, RecursionError, IndexError, TypeError, AttributeError) as error:
        raise ValueError from error
    return unicodedata.normalize("NFKC", text)  # a font may have drawn “ff” as one sign


def _octets(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            octets = file.read(MOST + 1)
    except OSError as error:
        raise UserError("input", path=str(path), reason=error.strerror or type(error).__name__) from None
    if len(octets) > MOST:
        raise _unusable(path)
    return octets


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _unusable(path: Path) -> UserError:
    return UserError("input", path=str(path), reason=_NO_REPORT)
