"""One finding in full: what was seen, why it matters, the innocent explanation, what to do."""

from __future__ import annotations

from app.contain import contained
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from app.checks import text_of
from app.i18n import Translation
from app.model import Finding
from ui import tokens as t
from ui.controls import column, frame, label, picture, pill, row
from ui.theme import colours
from ui.words import SEVERITIES


def finding_card(finding: Finding, say: Translation) -> QFrame:
    """The texts are the check's own; the values in them come from mail and are contained."""
    text, word = text_of(finding.id), SEVERITIES[finding.severity]
    values = {name: contained(value) if isinstance(value, str) else value for name, value in finding.params}
    title = label(say(text.title), "subheading", wrap=True)
    head = row(spacing=t.S)
    head.addWidget(picture(word.shape, getattr(colours(), word.tone).ink, 20), 0, Qt.AlignmentFlag.AlignTop)
    head.addWidget(title, 1)
    head.addWidget(pill(say(word.text), word.tone), 0, Qt.AlignmentFlag.AlignTop)
    body = column(head, label(say.fill(text.seen, values), wrap=True), spacing=t.S, margins=(t.L, t.M, t.L, t.L))
    for heading, sentence in (
        (say("Why it matters"), text.why),
        (say("The innocent explanation"), text.innocent),
        (say("What you can do"), text.advice),
    ):
        body.addSpacing(t.XS)
        body.addLayout(column(label(heading, "caption"), label(say.fill(sentence, values), wrap=True), spacing=1))
    return frame("card", body)
