"""The sending sources of a domain: what was proven through each, how often, since when, and whether an exception names it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from PySide6.QtWidgets import QFrame, QLabel

from app.contain import contained
from app.decisions import covers, in_force
from app.i18n import Translation
from app.model import Direction, DomainRow, ExceptionRule, Report
from ui import tokens as t
from ui.controls import column, frame, label, line, picture, pill, row
from ui.evidence import Carrier, carriers_of
from ui.theme import colours
from ui.words import day, ltr

SHOWN = 30


def carrier_list(domain: DomainRow, report: Report | None, say: Translation) -> QFrame:
    carriers = carriers_of(domain)
    layout = column(spacing=t.S, margins=(t.L, t.M, t.L, t.M))
    for position, carrier in enumerate(carriers[:SHOWN]):
        if position:
            layout.addWidget(line())
        layout.addWidget(_carrier(carrier, exception_of(domain, carrier.source, report), report, say))
    if len(carriers) > SHOWN:
        layout.addWidget(label(say.plural("and {n} more", "and {n} more", len(carriers) - SHOWN), "caption"))
    return frame("card", layout)


def _carrier(carrier: Carrier, rule: ExceptionRule | None, report: Report | None, say: Translation) -> QFrame:
    fixed = {"own": say("Sent by itself"), "unknown": say("Not known"), "": say("Not known")}
    name = fixed.get(carrier.source) or ltr(contained(carrier.source))
    tone, shape = ("good", "good") if carrier.proven == carrier.messages else ("bad", "bad") if carrier.failed else ("neutral", "info")
    proof = [say("{n} of {total} proven", n=carrier.proven, total=carrier.messages)]
    if carrier.failed:
        proof.append(say.plural("{n} failed", "{n} failed", carrier.failed))
    when = say("{first} to {last}", first=day(carrier.first_seen, say), last=day(carrier.last_seen, say))
    words = column(label(name, wrap=True, selectable=True), label(" · ".join(proof), "caption", wrap=True), label(when, "caption", wrap=True), spacing=1)
    if rule is not None and report is not None:
        words.addLayout(row(_allowed(rule, report, say), -1))
    inner = row(spacing=t.M)
    inner.addWidget(picture(shape, getattr(colours(), tone).ink, 18))
    inner.addLayout(words, 1)
    inner.addWidget(label(say.plural("{n} message", "{n} messages", carrier.messages), "muted"))
    return frame("plain", inner)


def _allowed(rule: ExceptionRule, report: Report, say: Translation) -> QLabel:
    if not in_force([rule], today_of(report)):
        return pill(say("Exception lapsed"), "warn", say("It was allowed until a day that is over."))
    text = say("Allowed in your name") if rule.direction is Direction.AS_US else say("Expected from outside")
    return pill(text, "info", say("An exception names it. You find it under Exceptions."))


def exception_of(domain: DomainRow, source: str, report: Report | None) -> ExceptionRule | None:
    """The exception that names this domain and this source, one in force before a lapsed one, one that names the source before one for any."""
    if report is None or domain.domain is None:
        return None
    through = [claim for claim in domain.claims if claim.proof.source == source]
    rules = [rule for rule in report.exceptions if any(covers(rule, each.record.claim.domain, domain.domain_class, each.proof) for each in through)]
    in_time = in_force(rules, today_of(report))
    return min(rules, key=lambda rule: (rule not in in_time, rule.source == ""), default=None)


def today_of(report: Report) -> date:
    """The day of the audit: exceptions lapse by it."""
    return datetime.fromtimestamp(report.created, UTC).date()
