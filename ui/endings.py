"""How a scan ended, in words."""

from __future__ import annotations

from collections.abc import Sequence

from app.contain import contained
from app.error_text import describe, ending
from app.i18n import Translation
from app.model import Notice, ScanStatus
from ui.engine import End


def headline_of(end: End, say: Translation) -> str:
    if end.status is ScanStatus.COMPLETE and not end.messages:
        return say("This mailbox is empty")
    return {
        ScanStatus.COMPLETE: say("The audit is finished"),
        ScanStatus.PARTIAL: say("Finished, but not everything could be read"),
        ScanStatus.ERROR: say("The audit could not go on"),
        ScanStatus.REFUSED: say("Stopped for your protection"),
        ScanStatus.CANCELLED: say("Cancelled"),
    }[end.status]


def sentence_of(end: End, notices: Sequence[Notice], say: Translation) -> str:
    """The reason, with the values that its warning named; else how the scan ended."""
    if end.code is None:
        return ending(end.status, say)
    code = "engine.crashed" if end.code == "program.fault" else end.code  # where it was stands in its report
    reason = next((each for each in reversed(notices) if each.code == code), Notice(code))
    return in_words(reason, say)


def in_words(warning: Notice, say: Translation) -> str:
    """A server may have had a hand in the values, so they are contained."""
    return describe(warning.code, {name: contained(value) if isinstance(value, str) else value for name, value in warning.params}, say)
