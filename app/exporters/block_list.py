"""Rejections as plain text, one name a line: for whatever takes a list, and for people."""

from __future__ import annotations

from collections.abc import Sequence

from app.exporters.rules import about, rules_exporter
from app.i18n import Translation, mark
from app.model import Report
from app.refusals import Refusals

_PURPOSE = (
    mark("Senders whose mail is not wanted, one name a line: a domain stands for all below it. Lines that begin with # explain."),
    mark("To undo it, take the names out again where you have put them in."),
)


def _write(report: Report, refusals: Refusals, head: Sequence[str], say: Translation) -> str:
    lines = [*(f"# {line}" for line in head), ""]
    for rule in refusals.rules:
        lines += [f"# {about(rule, say)}", rule.subject]
    return "\n".join(lines) + "\n"


EXPORTER = rules_exporter(".txt", mark("Rejections as a list (plain text)"), _PURPOSE, _write, tells_proof=False)
