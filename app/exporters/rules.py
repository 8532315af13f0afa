"""Recorded rejections as files that mail systems take. Each form is a file beside this one; what they share is the head that says what the file does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

from app import __version__
from app.contain import contained
from app.exporters.base import Exporter
from app.exporters.dates import day, instant
from app.exporters.excerpt_text import sentences
from app.exporters.json_report import fingerprint_of_report
from app.i18n import Translation, mark
from app.model import Report
from app.refusals import Covers, Left, Refusal, Refusals, refusals_of
from app.texts import without_isolates

Written = Callable[[Report, Refusals, Sequence[str], Translation], str]
"""(report, what becomes a rule, the lines of the head, language) -> the file."""
WHY_LEFT = {
    Left.OWN: mark("It is one of your own domains."),
    Left.AUTHORISED: mark("An exception allows it."),
    Left.SHARED: mark("Many people share it, or this audit has not seen it; reject single addresses there."),
    Left.ENDED: mark("The decision has ended."),
    Left.NO_NAME: mark("It is no name that a mail server could be given."),
    Left.UNPROVEN: mark("Only its unproven mail is rejected, and this form cannot tell that apart from genuine mail."),
    Left.REDACTED: mark("People are left out of this report, so the address is not in it; export the rules without hiding people."),
    Left.SYNTAX: mark("A sign in this address would mean something else in this form."),
    Left.NO_VERDICT: mark("Only its unproven mail is rejected, and your server gives no DMARC verdict that would tell its genuine mail apart."),
}


def rules_exporter(suffix: str, title: str, purpose: Sequence[str], write: Written, *, tells_proof: bool, address: str = ".*") -> Exporter:
    """A form of the rejections. `purpose`: what it does and how to undo it, marked for translation; `tells_proof`: it can refuse unproven mail alone;
    `address`: a pattern of the addresses that it takes literally."""
    literal = re.compile(address)

    def _write(report: Report, say: Translation, out: BinaryIO) -> None:
        refusals = refusals_of(report) if tells_proof else refusals_of(report).covering_all()
        refusals = refusals.without(Left.SYNTAX, lambda rule: rule.is_address and not literal.fullmatch(rule.subject))
        head = [_line(each) for each in _head(report, refusals, purpose, say)]
        out.write(write(report, refusals, head, say).encode("utf-8", "replace"))

    return Exporter(suffix, title, _write)


def _head(report: Report, refusals: Refusals, purpose: Sequence[str], say: Translation) -> Iterator[str]:
    yield f"Nitaq {__version__} · {instant(report.created)}"
    yield from (say.fill(sentence, {}) for sentence in purpose)
    yield say.plural("{n} rejection became a rule.", "{n} rejections became rules.", len(refusals.rules))
    yield from sentences(report.excerpt, say)
    for record, why in refusals.left_out:
        yield say("Left out: {subject}. {why}", subject=contained(record.subject), why=say(WHY_LEFT[why]))
    yield f"{say('Fingerprint of this audit')}: {fingerprint_of_report(report)}"


def about(rule: Refusal, say: Translation) -> str:
    """One line about a rule: what it covers, who decided it, when and why."""
    covers = say("everything") if rule.covers is Covers.ALL else say("only what is not proven")
    parts = [rule.subject, covers, rule.record.by, day(rule.record.at) or "", rule.record.reason]
    return _line(" · ".join(contained(part) for part in parts if part))


def _line(text: str) -> str:
    """One line, whatever stands in it, and no marks that a program could stumble over."""
    return without_isolates(text).replace("\n", " ").replace("\r", " ")
