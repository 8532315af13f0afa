"""What every form says of an excerpt, so that nobody takes it for the whole audit."""

from __future__ import annotations

from collections.abc import Iterator

from app.i18n import Translation
from app.model import Excerpt


def sentences(excerpt: Excerpt, say: Translation) -> Iterator[str]:
    if excerpt.domains:
        rows = say.plural("{n} line of the table is left out of this report", "{n} lines of the table are left out of this report", excerpt.domains)
        messages = say.plural("with {n} message.", "with {n} messages.", excerpt.messages)
        yield f"{rows} {messages}"
    if excerpt.redacted:
        yield say("People, subjects and folders have been replaced by made-up names. The same person has the same name all through this report.")
