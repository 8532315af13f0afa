"""The number that shows that two forms say the same: SHA-256 of the JSON report's canonical form (RFC 8785)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

_LEFT_OUT = ("created", "program", "fingerprint")


def fingerprint_of(document: Mapping[str, Any]) -> str:
    """`sha256:` and 64 hexadecimal digits, independent of language, time of writing and program version."""
    content = {name: value for name, value in document.items() if name not in _LEFT_OUT}
    content["domains"] = [{**row, "findings": [_without_text(each) for each in row["findings"]]} for row in content["domains"]]
    return f"sha256:{sha256(canonical(content)).hexdigest()}"


def _without_text(finding: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in finding.items() if name != "text"}


def canonical(value: object) -> bytes:
    """RFC 8785 for what a report holds: ASCII names, integers below 2**53, numbers of at most three decimals.

    Within these bounds the standard library's encoder agrees with ECMAScript's; a test compares it with a general implementation.
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("utf-8", "replace")
