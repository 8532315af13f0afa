"""Where Nitaq keeps things, and which language it speaks when nobody has chosen."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from app.i18n import LANGUAGES


def data_folder() -> Path:
    """The user's own folder for the workspace and the caches."""
    return Path(platformdirs.user_data_dir("nitaq", appauthor=False))


def system_language() -> str:
    """The system's language where Nitaq speaks it, else English."""
    import locale

    name = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or locale.getlocale()[0] or ""
    return name[:2].lower() if name[:2].lower() in LANGUAGES else "en"
