"""What a built program carries: its bill of materials and licence texts, which lie beside it."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

BILL, LICENCES = "nitaq.cdx.json", "licences"
TEXT_OF = "nitaq:licence-text"
"""The property of a component that names its file in the folder of licences."""


@dataclass(frozen=True, slots=True)
class Part:
    """One library inside. `version` may be empty; `text` is its licence in full, read when it is asked for."""

    name: str
    version: str
    licence: str
    file: Path

    def text(self) -> str:
        """Empty where the file is gone."""
        try:
            return self.file.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""


def built_folder() -> Path | None:
    """Where a built program keeps its bill; None where the program runs from its source."""
    if not getattr(sys, "frozen", False):
        return None
    beside = Path(sys.executable).parent
    return beside.parent / "Resources" if sys.platform == "darwin" else beside


def parts(folder: Path | None) -> tuple[Part, ...]:
    """Sorted as in the bill; nothing where there is none, or it cannot be read."""
    if folder is None:
        return ()
    try:
        listed = json.loads((folder / BILL).read_text(encoding="utf-8"))["components"]
        return tuple(_part(each, folder / LICENCES) for each in listed)
    except (OSError, ValueError, LookupError, TypeError):
        return ()


def _part(told: dict[str, object], licences: Path) -> Part:
    licence = told["licenses"][0]  # type: ignore[index]
    named = {each["name"]: each["value"] for each in told["properties"]}  # type: ignore[attr-defined]
    return Part(str(told["name"]), str(told.get("version", "")), licence.get("expression") or licence["license"]["name"], licences / named[TEXT_OF])
