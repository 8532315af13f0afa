"""What would be refused if everything that fails DMARC were: counts that lead into the table, and the wanted domains that would be hit."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from app.contain import contained
from app.i18n import Translation
from app.model import Authentication, Relationship, Report
from app.what_if import refused_if_enforced
from ui import tokens as t
from ui.controls import button, column, label, row, scrolling
from ui.domain_filter import DomainFilter
from ui.link import Link
from ui.words import RELATIONSHIPS, ltr

SHOWN = 50
"""Domains that are listed; the links above them lead to all."""


class WhatIfDialog(QDialog):
    """Emits `wanted` with the `DomainFilter` that shows what a line speaks of. Show it with `open()`."""

    wanted = Signal(object)

    def __init__(self, say: Translation, report: Report, parent: QWidget) -> None:
        super().__init__(parent)
        self._say = say
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("What if …"))
        self.setAccessibleName(say("What if …"))
        self.setMinimumSize(560, 540)
        refused = refused_if_enforced(report)
        self.links: list[Link] = []
        inner = column(spacing=t.XS)
        for relationship in Relationship:
            n = refused.by_relationship[relationship]
            if n:
                tone = "neutral" if relationship is Relationship.EXTERNAL else "warn"
                inner.addWidget(
                    self._link(say(RELATIONSHIPS[relationship].text), n, tone, DomainFilter(relationship=relationship, holding=Authentication.FAILED))
                )
        if refused.wanted:
            inner.addSpacing(t.M)
            inner.addWidget(label(say("Your own and allowed domains that would lose mail"), "heading", wrap=True))
            why = say("Look at each: a forgery should be refused, but a service of yours should be given its proof first.")
            inner.addWidget(label(why, "muted", wrap=True))
        for domain, n in refused.wanted[:SHOWN]:
            inner.addWidget(self._link(ltr(contained(domain.unicode)), n, "warn", DomainFilter(text=domain.domain or "", holding=Authentication.FAILED)))
        inner.addStretch(1)
        page = QWidget()
        page.setLayout(inner)
        lead = say("If every server refused what fails the check of its sender (DMARC, p=reject):")
        total = (
            say.plural("{n} message would be refused.", "{n} messages would be refused.", refused.messages)
            if refused.messages
            else say("Nothing would be refused.")
        )
        self.total = label(total, "heading", wrap=True)
        words: list[QLabel] = [label(say("What if …"), "title"), label(lead, "muted", wrap=True), self.total]
        if refused.not_known:
            unsure = say.plural(
                "Of {n} more nobody knows, because it was not checked.", "Of {n} more nobody knows, because they were not checked.", refused.not_known
            )
            words.append(label(unsure, "caption", wrap=True))
        close = button(say("Close"), "primary")
        close.clicked.connect(self.reject)
        layout = column(*words, spacing=t.S, margins=(t.XL,) * 4)
        layout.addWidget(scrolling(page, say("What would be refused")), 1)
        layout.addWidget(label(say("This is only counted. Nitaq refuses nothing and changes nothing."), "caption", wrap=True))
        layout.addLayout(row(-1, close))
        self.setLayout(layout)
        (self.links[0] if self.links else close).setFocus()

    def _link(self, name: str, n: int, tone: str, leads_to: DomainFilter) -> Link:
        count = self._say.plural("{n} message", "{n} messages", n)
        link = Link("sentence", self._say("{name}: {text}", name=name, text=count), "warn" if tone == "warn" else "info", tone, self._say)
        link.add(label(name, "subheading", wrap=True))
        link.end(label(count, "muted"))
        link.clicked.connect(lambda: self._lead(leads_to))
        self.links.append(link)
        return link

    def _lead(self, leads_to: DomainFilter) -> None:
        self.accept()
        self.wanted.emit(leads_to)
