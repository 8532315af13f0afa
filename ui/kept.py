"""What the start screen lists: the audits made before, accounts that were never read, and exceptions that end. No widgets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.contain import contained
from app.i18n import Translation
from app.model import AuditEntry, ScanStatus
from ui.lapsing import lapsing
from ui.ports import Audits
from ui.words import day

RECENT_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """One mailbox: what the user calls it, and a sentence about it."""

    source: str
    name: str
    words: str
    read: bool
    """It has an audit that can be opened."""


@dataclass(frozen=True, slots=True)
class Kept:
    entries: Sequence[Entry]
    announcement: str
    """Of exceptions that end; empty where there is nothing to say."""


def kept(audits: Audits, today: date, say: Translation) -> Kept:
    """Raises `NitaqError`."""
    recent = audits.recent()
    entries = [Entry(audit.source, _name(audit.source, audits, say), _sentence(audit, say), read=True) for audit in recent[:RECENT_SHOWN]]
    read = {audit.source for audit in recent}
    for account in audits.accounts():
        if account.source not in read and "://" in account.source:
            entries.append(Entry(account.source, contained(account.name), say("Not read yet"), read=False))
    told = lapsing(audits.exceptions(), today, say)
    return Kept(entries, f"{told} {say('Open an audit to look at the exceptions.')}" if told and recent else told)


def _name(source: str, audits: Audits, say: Translation) -> str:
    return say("Sample mailbox") if source == "sample" else contained(audits.account(source).name)


def _sentence(audit: AuditEntry, say: Translation) -> str:
    sentence = say("{a} · {b}", a=day(audit.created, say), b=say.plural("{n} message", "{n} messages", audit.messages))
    return sentence if audit.status == ScanStatus.COMPLETE else say("{a} · {b}", a=sentence, b=say("not complete"))
