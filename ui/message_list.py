"""Example messages: date, subject, From as claimed, what was reported, a Message-ID to copy, and the header on demand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout

from app.contain import contained
from app.i18n import Translation
from app.model import AuthorStatus, Claim, Example
from app.terms import term
from ui import tokens as t
from ui.controls import column, icon_button, label, line, row
from ui.evidence import Exhibit
from ui.marked_text import claimed, claimed_address
from ui.verdicts import verdicts
from ui.words import UNREADABLE, day, ltr

BREAK = 8
"""Characters of a Message-ID after which a line may end."""


def message_list(exhibits: Sequence[Exhibit], show_header: Callable[[Example], None], say: Translation) -> QVBoxLayout:
    layout = column(spacing=t.S, margins=(t.L, t.M, t.L, t.M))
    for position, exhibit in enumerate(exhibits):
        if position:
            layout.addWidget(line())
        layout.addLayout(_message(exhibit, show_header, say))
    return layout


def _message(exhibit: Exhibit, show_header: Callable[[Example], None], say: Translation) -> QVBoxLayout:
    example, proof = exhibit.example, exhibit.claim.proof
    if example.folder:
        said = say.isolate(contained(example.subject)) if example.subject else say("(no subject)")
        where = say("{a} · {b}", a=day(example.date, say), b=contained(example.folder))
    else:
        said, where = say("A report keeps neither its subject nor its date."), ltr(contained(example.id))
    subject = label(said, wrap=True)
    about = say("{a} · {b}", a=where, b=said)
    header = icon_button(say("Show the header"), "header", about)
    header.clicked.connect(lambda: show_header(example))
    words = row(column(label(where, "caption"), subject, spacing=1), spacing=t.XS)
    words.setStretch(0, 1)
    words.addWidget(header, 0, Qt.AlignmentFlag.AlignVCenter)
    layout = column(words, label(say("From, as claimed"), "caption"), *author(exhibit.claim.record.claim, say), spacing=1)
    if (reported := verdicts(proof, say)) is not None:
        layout.addLayout(reported)
    layout.addWidget(label(say(term(proof.how).name), "caption", wrap=True))
    if example.message_id:
        text = contained(example.message_id)
        shown = label(ltr("\u200b".join(text[at : at + BREAK] for at in range(0, len(text), BREAK))), "caption", wrap=True)
        shown.setAccessibleName(text)
        copy = icon_button(say("Copy the Message-ID"), "copy", about)
        copy.clicked.connect(lambda: QApplication.clipboard().setText(example.message_id))
        line_of_id = row(spacing=t.XS)
        line_of_id.addWidget(shown, 1)
        line_of_id.addWidget(copy, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(line_of_id)
    return layout


def author(claim: Claim, say: Translation) -> list[QVBoxLayout]:
    """The name and the address, each on its own line so that neither can rearrange the other."""
    lines = [claimed(claim.name, say)] if claim.name else []
    if claim.status is AuthorStatus.CLEAR:
        lines.append(claimed_address(claim.address, say))
    return lines or [claimed(say(UNREADABLE), say)]
