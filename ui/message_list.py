"""Example messages: date, subject, a Message-ID to copy, and the header on demand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QSizePolicy, QVBoxLayout

from app.contain import contained
from app.i18n import Translation
from app.model import Example
from ui import tokens as t
from ui.controls import column, icon_button, label, line, row, tip
from ui.words import day, ltr


def message_list(examples: Sequence[Example], show_header: Callable[[Example], None], say: Translation) -> QVBoxLayout:
    layout = column(spacing=t.S, margins=(t.L, t.M, t.L, t.M))
    for position, example in enumerate(examples):
        if position:
            layout.addWidget(line())
        layout.addLayout(_message(example, show_header, say))
    return layout


def _message(example: Example, show_header: Callable[[Example], None], say: Translation) -> QVBoxLayout:
    subject = label(say.isolate(contained(example.subject)) if example.subject else say("(no subject)"), wrap=True)
    where = say("{a} · {b}", a=day(example.date, say), b=contained(example.folder)) if example.folder else day(example.date, say)
    header = icon_button(say("Show the header"), "header")
    header.clicked.connect(lambda: show_header(example))
    words = row(column(label(where, "caption"), subject, spacing=1), spacing=t.XS)
    words.setStretch(0, 1)
    words.addWidget(header, 0, Qt.AlignmentFlag.AlignVCenter)
    layout = column(words, spacing=1)
    if example.message_id:
        shown = label(ltr(contained(example.message_id)), "caption")
        shown.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        shown.setToolTip(tip(contained(example.message_id)))
        copy = icon_button(say("Copy the Message-ID"), "copy")
        copy.clicked.connect(lambda: QApplication.clipboard().setText(example.message_id))
        line_of_id = row(spacing=t.XS)
        line_of_id.addWidget(shown, 1)
        line_of_id.addWidget(copy, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(line_of_id)
    return layout
