"""An error or a warning as a sentence for the window."""

from __future__ import annotations

from app.contain import contained
from app.error_text import describe
from app.errors import NitaqError
from app.i18n import Translation


def in_words(error: NitaqError, say: Translation) -> str:
    """An error as a sentence; what a server or a file name had a hand in is contained."""
    values = {name: contained(value) if isinstance(value, str) else value for name, value in error.params.items()}
    return describe(error.code, values, say)
