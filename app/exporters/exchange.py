"""Rejections for Exchange Online (Microsoft 365) as PowerShell: the tenant block list for whole senders, transport rules for unproven mail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.exporters.rules import about, rules_exporter
from app.i18n import Translation, mark
from app.model import Report
from app.refusals import Covers, Refusal, Refusals

_PURPOSE = (
    mark("Commands for Exchange Online (Microsoft 365). An administrator runs them after Connect-ExchangeOnline: whole senders go to the tenant's block list,"
         " and unproven mail of others goes to quarantine."),
    mark("To undo it, run the lines that begin with # UNDO, without these words."),
)  # fmt: skip


def _write(report: Report, refusals: Refusals, head: Sequence[str], say: Translation) -> str:
    lines = [*(f"# {line}" for line in head), ""]
    for rule in refusals.rules:
        lines += [f"# {about(rule, say)}", *_commands(rule), ""]
    return "\ufeff" + "\r\n".join(lines)  # Windows PowerShell reads UTF-8 only where it is marked


def _commands(rule: Refusal) -> Iterator[str]:
    subject = _quoted(rule.subject)
    if rule.covers is Covers.ALL:
        yield f"New-TenantAllowBlockListItems -ListType Sender -Block -Entries {subject} -NoExpiration -Notes 'Nitaq'"
        yield f"# UNDO Remove-TenantAllowBlockListItems -ListType Sender -Entries {subject}"
        return
    name = _quoted(f"Nitaq: unproven {rule.subject}")
    whose = f"-From {subject}" if rule.is_address else f"-SenderDomainIs {subject}"
    # Exchange writes its verdict itself and removes what a sender has put there
    yield (
        f"New-TransportRule -Name {name} {whose} -SenderAddressLocation Header"
        " -HeaderMatchesMessageHeader 'Authentication-Results' -HeaderMatchesPatterns 'dmarc=fail','dmarc=none' -Quarantine $true"
    )
    yield f"# UNDO Remove-TransportRule -Identity {name} -Confirm:$false"


def _quoted(text: str) -> str:
    """A string that PowerShell takes literally."""
    return "'" + text.replace("'", "''") + "'"


EXPORTER = rules_exporter(".ps1", mark("Rejections for Microsoft 365 (PowerShell)"), _PURPOSE, _write, tells_proof=True)
