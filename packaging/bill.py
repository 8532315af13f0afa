"""The software bill of materials (CycloneDX 1.6, JSON) of what is inside, and the licence texts in a folder."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from contents import HERE, Component

from app.inside import TEXT_OF

NO_TEXT = "without-a-text.txt"


def bill(inside: Iterable[Component], version: str, texts: Mapping[str, str]) -> str:
    """`texts` as `write_licences` gives it. Without a serial number and a time, so that equal contents give equal bills."""
    whole = {"type": "application", "bom-ref": "nitaq", "name": "nitaq", "version": version, "licenses": [{"license": {"id": "Apache-2.0"}}]}
    listed = [entry(each, texts[each.purl]) for each in inside]
    parts = [{"ref": "nitaq", "dependsOn": [each["bom-ref"] for each in listed]}]
    told = {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "metadata": {"component": whole}, "components": listed, "dependencies": parts}
    return json.dumps(told, indent=1) + "\n"


def entry(each: Component, text: str) -> dict[str, object]:
    licence = {"expression": each.licence} if each.spdx else {"license": {"name": each.licence}}
    told: dict[str, object] = {"type": "library", "bom-ref": each.purl, "name": each.name, "purl": each.purl, "licenses": [licence],
                              "properties": [{"name": TEXT_OF, "value": text}]}  # fmt: skip
    return {**told, "version": each.version} if each.version else told


def write_licences(inside: Iterable[Component], folder: Path) -> dict[str, str]:
    """One file for each distinct text, named after the first of those it is for. Returns the file of each by its purl."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "nitaq.txt").write_text((HERE.parent / "LICENSE").read_text(encoding="utf-8"), encoding="utf-8")
    of_text: dict[str, list[Component]] = defaultdict(list)
    for each in inside:
        of_text["\n".join(text.read_text(encoding="utf-8", errors="replace") for text in each.texts)].append(each)
    files = {}
    for text, those in of_text.items():
        name = f"{those[0].name}.txt" if text else NO_TEXT
        head = "".join(f"{each.name} {each.version}: {each.licence}\n" for each in those)
        why = "" if text else "These parts of libraries bring no text of their own; this is what each says of its licence:\n\n"
        (folder / name).write_text(f"{why}{head}\n{text}", encoding="utf-8")
        files |= {each.purl: name for each in those}
    return files
