"""Rejections as an access table for Postfix (access(5)), asked with check_sender_access. It sees the envelope's sender, which its head says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.exporters.rules import about, rules_exporter
from app.i18n import Translation, mark
from app.model import Report
from app.refusals import Refusal, Refusals

_PURPOSE = (
    mark("An access table for Postfix. Copy it to /etc/postfix/nitaq.access, run postmap on it, and add"
         " check_sender_access hash:/etc/postfix/nitaq.access to smtpd_recipient_restrictions."),
    mark("It looks at the sender of the envelope, which can differ from the name that people see. Refused mail goes back to its sender."),
    mark("To undo it, take that entry out again and reload Postfix."),
)  # fmt: skip


def _write(report: Report, refusals: Refusals, head: Sequence[str], say: Translation) -> str:
    lines = [*(f"# {line}" for line in head), ""]
    for rule in refusals.rules:
        lines += [f"# {about(rule, say)}", *_entries(rule)]
    return "\n".join(lines) + "\n"


def _entries(rule: Refusal) -> Iterator[str]:
    yield f"{rule.subject} REJECT Refused by the recipient's organisation"
    if not rule.is_address:
        yield f".{rule.subject} REJECT Refused by the recipient's organisation"


EXPORTER = rules_exporter(".access", mark("Rejections for Postfix (access table)"), _PURPOSE, _write, tells_proof=False, address=r"[^#].*")
