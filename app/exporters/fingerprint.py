"""The number that shows that two forms say the same: SHA-256 of the JSON report's canonical form (RFC 8785)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from app.exporters.json_form import CANONICAL

_LEFT_OUT = ("created", "program", "fingerprint")


def fingerprint_of(document: Mapping[str, Any]) -> str:
    """`sha256:` and 64 hexadecimal digits, independent of language, time of writing and program version."""
    content = printed_part(document)
    content["domains"] = [{**row, "findings": [_without_text(each) for each in row["findings"]]} for row in content["domains"]]
    return fingerprint_in([CANONICAL.text(content)])


def fingerprint_in(pieces: Iterable[str]) -> str:
    """The same of the canonical form, which may come in pieces."""
    digest = sha256()
    for piece in pieces:
        digest.update(piece.encode("utf-8", "replace"))
    return f"sha256:{digest.hexdigest()}"


def printed_part(document: Mapping[str, Any]) -> dict[str, Any]:
    """What the fingerprint depends on; of the findings, their text is left out too."""
    return {name: value for name, value in document.items() if name not in _LEFT_OUT}


def _without_text(finding: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in finding.items() if name != "text"}
