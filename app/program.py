"""This program, started once more beside itself."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def own_program() -> tuple[str, ...]:
    """The words that start this program headless, from ROOT. A built one has a second starter on Windows, with the streams that the first lacks."""
    if not getattr(sys, "frozen", False):
        return sys.executable, "-m", "app"
    if sys.platform == "win32":
        return (str(Path(sys.executable).with_name("nitaq-cli.exe")),)
    return (sys.executable,)
