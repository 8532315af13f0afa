"""Rejections as filters that Gmail imports (Settings → Filters → Import): an Atom feed with Google's `apps` properties."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from app.exporters.rules import about, rules_exporter
from app.i18n import Translation, mark
from app.model import Report
from app.refusals import Refusal, Refusals

LABEL = "Rejected by Nitaq"
_LITERAL = r"[a-z0-9_][a-z0-9_.+'-]*@[a-z0-9_.-]+"
"""What Gmail searches for as it stands. It takes `-` in front for “not”, `|` for “or” and braces for a group: a filter could catch all mail but one."""
_PURPOSE = (
    mark("Filters for Gmail: Settings, Filters and blocked addresses, Import filters. They label mail of rejected senders and take it out of the inbox;"
         " they delete nothing."),
    mark("To undo it, delete the filters there. What they have labelled stands under “Rejected by Nitaq”."),
)  # fmt: skip


def _write(report: Report, refusals: Refusals, head: Sequence[str], say: Translation) -> str:
    when = datetime.fromtimestamp(report.created, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    comment = "\n".join(head).replace("--", "- -")
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<!--\n{escape(comment)}\n-->",
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:apps="http://schemas.google.com/apps/2006">',
        "<title>Mail Filters</title>",
        "<id>tag:mail.google.com,2008:filters:nitaq</id>",
        f"<updated>{when}</updated>",
        *(_entry(number, rule, when, say) for number, rule in enumerate(refusals.rules, start=1)),
        "</feed>",
    ]
    return "\n".join(lines) + "\n"


def _entry(number: int, rule: Refusal, when: str, say: Translation) -> str:
    properties = {"from": rule.subject, "label": LABEL, "shouldArchive": "true", "shouldNeverMarkAsImportant": "true"}
    inner = "".join(f"<apps:property name={quoteattr(name)} value={quoteattr(value)}/>" for name, value in properties.items())
    head = f'<category term="filter"/><title>{escape(about(rule, say))}</title><id>tag:mail.google.com,2008:filter:nitaq{number}</id>'
    return f"<entry>{head}<updated>{when}</updated><content/>{inner}</entry>"


EXPORTER = rules_exporter(".xml", mark("Rejections for Gmail (filters, XML)"), _PURPOSE, _write, tells_proof=False, address=_LITERAL)
