"""Calling the programs that make mailboxes and serve them."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path


def run(script: Path, *words: object) -> str:
    """What a tool printed last. Into a file, because a server that stays would hold a pipe open."""
    with tempfile.TemporaryFile("w+") as out:
        subprocess.run([sys.executable, str(script), *map(str, words)], check=True, stdin=subprocess.DEVNULL, stdout=out)
        out.seek(0)
        return (out.read().splitlines() or [""])[-1]
