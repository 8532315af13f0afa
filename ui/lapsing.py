"""The announcement of exceptions that end soon or have ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.decisions import ends_soon, has_ended
from app.i18n import Translation
from app.model import ExceptionRule


def lapsing(rules: Sequence[ExceptionRule], today: date, say: Translation) -> str:
    """One or two sentences; empty where there is nothing to announce."""
    ending = sum(ends_soon(rule, today) for rule in rules)
    ended = sum(has_ended(rule, today) for rule in rules)
    told = []
    if ending:
        told.append(say.plural("{n} exception ends within 30 days.", "{n} exceptions end within 30 days.", ending))
    if ended:
        told.append(say.plural("{n} exception has ended and no longer counts.", "{n} exceptions have ended and no longer count.", ended))
    return " ".join(told)
