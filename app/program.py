"""This program, started once more beside itself."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def own_program() -> tuple[str, ...]:
    """The words that start this program headless, from ROOT."""
    return (sys.executable,) if getattr(sys, "frozen", False) else (sys.executable, "-m", "app")
