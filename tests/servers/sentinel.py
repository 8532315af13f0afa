"""What stands in every secret of the tests' servers, so that it can be looked for wherever no secret may be (`tests/conftest.py`)."""

from __future__ import annotations

import os
from base64 import b64encode
from pathlib import Path

MARK = os.environ.pop("NITAQ_TEST_MARK", "s3ntinel7Qx9")
"""Another one in a run that is started to find what was planted for it, so that the run around it does not find the same."""


may_hold_secrets: set[Path] = set()
"""Files that a server needs a secret in."""


def secret(name: str) -> str:
    """A secret that is found again."""
    return f"{name}-{MARK}"


def traces() -> tuple[bytes, ...]:
    """The mark as it is, and as base64 and UTF-16 would show it wherever it begins in what was encoded."""
    plain = MARK.encode()
    encoded = [b64encode(b"\0" * before + plain)[4 * bool(before) :][:12] for before in range(3)]
    return (plain, MARK.encode("utf-16-le"), *encoded)
