"""What a form of the report is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from app.i18n import Translation
from app.model import Report


@dataclass(frozen=True, slots=True)
class Exporter:
    """One form of the report; its suffix chooses it."""

    suffix: str
    """With its dot: `.html`."""
    title: str
    """What a person calls the form; English, marked for translation."""
    write: Callable[[Report, Translation, BinaryIO], None]
    """Writes the whole report in one language; raises OSError where it cannot be written."""
    for_people: bool = False
    """It is read, so numbers and dates have the digits that the reader chose; data has Latin ones."""
