"""Who writes from a domain: addresses with the names they write under, and counts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.i18n import Translation
from app.model import AddressRow
from app.report import band_of
from ui import tokens as t
from ui.controls import column, frame, label, line, picture, row
from ui.marked_text import claimed, claimed_address
from ui.theme import colours
from ui.words import AUTHENTICATIONS, BANDS

SHOWN, NAMES = 30, 3


def sender_list(addresses: Sequence[AddressRow], say: Translation) -> QFrame:
    layout = column(spacing=t.S, margins=(t.L, t.M, t.L, t.M))
    for position, address in enumerate(addresses[:SHOWN]):
        if position:
            layout.addWidget(line())
        layout.addLayout(_sender(address, say))
    if not addresses:
        layout.addWidget(label(say("No readable sender address."), "muted"))
    if len(addresses) > SHOWN:
        layout.addWidget(label(say.plural("and {n} more", "and {n} more", len(addresses) - SHOWN), "caption"))
    return frame("card", layout)


def _sender(address: AddressRow, say: Translation) -> QHBoxLayout:
    word = BANDS[band_of(address.score)] if address.score is not None else AUTHENTICATIONS[address.authentication]
    count = say.plural("{n} message", "{n} messages", address.messages)
    proof = say("{proof} · {count}", proof=say(AUTHENTICATIONS[address.authentication].text), count=count)
    words = column(claimed_address(address.address, say), label(proof, "caption"), spacing=1)
    for name in address.names[:NAMES]:
        words.addLayout(claimed(name, say))
    if len(address.names) > NAMES:
        words.addWidget(label(say.plural("and {n} more name", "and {n} more names", len(address.names) - NAMES), "caption"))
    inner = row(spacing=t.M)
    inner.addWidget(picture(word.shape, getattr(colours(), word.tone).ink, 18), 0, Qt.AlignmentFlag.AlignTop)
    inner.addLayout(words, 1)
    return inner
