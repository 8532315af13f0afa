"""What the start screen lists: mailboxes with the audits made before, accounts that were never read, audits of several, and exceptions that end. No widgets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.audit_key import is_several, sources_of
from app.contain import contained
from app.i18n import Translation
from app.model import AuditEntry, ScanStatus
from app.sources.address import is_server
from ui.lapsing import lapsing
from ui.ports import Audits
from ui.words import day

SAMPLE = "sample"
FILES_SHOWN = 6
"""Of mail in files, the latest; accounts are all shown."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One mailbox, or several as one: what the user calls it, and a sentence about it."""

    source: str
    name: str
    words: str
    read: bool
    """It has an audit that can be opened."""

    @property
    def on_server(self) -> bool:
        return is_server(self.source)

    @property
    def drawing(self) -> str:
        return "sample" if self.source == SAMPLE else "mailbox" if self.on_server or is_several(self.source) else "files"


@dataclass(frozen=True, slots=True)
class Kept:
    entries: Sequence[Entry]
    several: Sequence[Entry]
    names: Mapping[str, str]
    """Every single mailbox but the sample, also those that are not shown: what the user calls it, by its source."""
    announcement: str
    """Of exceptions that end; empty where there is nothing to say."""


def kept(audits: Audits, today: date, say: Translation) -> Kept:
    """Raises `NitaqError`."""
    recent = audits.recent()
    read = {audit.source for audit in recent}
    unread = [account for account in audits.accounts() if account.source not in read and is_server(account.source)]
    single = [audit for audit in recent if not is_several(audit.source)]
    names = {audit.source: name_of(audit.source, audits, say) for audit in single if audit.source != SAMPLE}
    names |= {account.source: account.name for account in unread}
    files = [audit for audit in single if not is_server(audit.source)][:FILES_SHOWN]
    entries = [_audit(audit, audits, say) for audit in single if is_server(audit.source) or audit in files]
    entries += [Entry(account.source, contained(account.name), say("Not read yet"), read=False) for account in unread]
    several = [_audit(audit, audits, say) for audit in recent if is_several(audit.source)]
    told = lapsing(audits.exceptions(), today, say)
    return Kept(entries, several, names, f"{told} {say('Open an audit to look at the exceptions.')}" if told and recent else told)


def name_of(key: str, audits: Audits, say: Translation) -> str:
    """What the user calls a mailbox, or several."""
    if key == SAMPLE:
        return say("Sample mailbox")
    return name_of_several([audits.account(source).name for source in sources_of(key)])


def name_of_several(names: Sequence[str]) -> str:
    """What an audit of several mailboxes is called, in any language: both of them, or the first and how many more."""
    return " + ".join(names) if len(names) <= 2 else f"{names[0]} + {len(names) - 1}"


def _audit(audit: AuditEntry, audits: Audits, say: Translation) -> Entry:
    sentence = say("{a} · {b}", a=day(audit.created, say), b=say.plural("{n} message", "{n} messages", audit.messages))
    if audit.status != ScanStatus.COMPLETE:
        sentence = say("{a} · {b}", a=sentence, b=say("not complete"))
    if len(sources := sources_of(audit.source)) > 2:  # their name has the first alone
        which = say(", ").join(say.isolate(contained(audits.account(source).name)) for source in sources)
        sentence = say("{a} · {b}", a=sentence, b=which)
    return Entry(audit.source, contained(name_of(audit.source, audits, say)), sentence, read=True)
