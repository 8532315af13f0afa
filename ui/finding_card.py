"""One finding in full: what was seen, why it matters, the innocent explanation, what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from app.i18n import Translation
from app.model import Finding
from app.texts import finding_text
from ui import tokens as t
from ui.controls import column, frame, label, picture, pill, row
from ui.theme import colours
from ui.words import SEVERITIES


def finding_card(finding: Finding, say: Translation) -> QFrame:
    """The texts are the check's own; `finding_text` contains the values in them, which come from mail."""
    text, word = finding_text(finding, say), SEVERITIES[finding.severity]
    title = label(text.title, "subheading", wrap=True)
    head = row(spacing=t.S)
    head.addWidget(picture(word.shape, getattr(colours(), word.tone).ink, 20), 0, Qt.AlignmentFlag.AlignTop)
    head.addWidget(title, 1)
    head.addWidget(pill(say(word.text), word.tone, say(word.help)), 0, Qt.AlignmentFlag.AlignTop)
    body = column(head, label(text.seen, wrap=True), spacing=t.S, margins=(t.L, t.M, t.L, t.L))
    for heading, sentence in (
        (say("Why it matters"), text.why),
        (say("The innocent explanation"), text.innocent),
        (say("What you can do"), text.advice),
    ):
        body.addSpacing(t.XS)
        body.addLayout(column(label(heading, "caption"), label(sentence, wrap=True), spacing=1))
    return frame("card", body)
