"""`python -m app`: the headless program, which is also what the window starts to scan."""

from __future__ import annotations

import sys

if __name__ == "__main__":
    if sys.argv[1:] == ["--version"]:  # nothing is loaded for it
        from app import __version__

        print(f"nitaq {__version__}")
        sys.exit(0)
    if sys.argv[1:] == ["--read-headers"]:  # a scan that has begun waits for it
        from app.read_beside import help_reading

        help_reading(sys.stdin.buffer, sys.stdout.buffer)
        sys.exit(0)
    from app.cli import run

    run()
