"""`python -m app`: the headless program, which is also what the window starts to scan."""

from __future__ import annotations

import sys

from app.cli import main

if __name__ == "__main__":
    sys.exit(main())
