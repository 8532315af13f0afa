"""Who writes from a domain, and what carries it, as short lists with counts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from app.contain import contained
from app.i18n import Translation
from app.model import AddressRow
from app.report import band_of
from ui import tokens as t
from ui.controls import column, frame, label, line, picture, row
from ui.evidence import Carrier
from ui.theme import colours
from ui.words import AUTHENTICATIONS, BANDS

SHOWN = 30


def sender_list(addresses: Sequence[AddressRow], say: Translation) -> QFrame:
    rows = []
    for address in addresses[:SHOWN]:
        names = say(", ").join(say.isolate(contained(name)) for name in address.names[:3])
        word = BANDS[band_of(address.score)] if address.score is not None else AUTHENTICATIONS[address.authentication]
        second = say("{a} · {b}", a=say(AUTHENTICATIONS[address.authentication].text), b=names) if names else say(AUTHENTICATIONS[address.authentication].text)
        rows.append((contained(address.address), second, say.plural("{n} message", "{n} messages", address.messages), word.shape, word.tone))
    return _list(rows, len(addresses), say("No readable sender address."), say)


def carrier_list(carriers: Sequence[Carrier], say: Translation) -> QFrame:
    rows = []
    for carrier in carriers[:SHOWN]:
        name = {"own": say("Sent by itself"), "unknown": say("Not known"), "": say("Not known")}.get(carrier.source) or contained(carrier.source)
        word = "good" if carrier.proven == carrier.messages else "neutral"
        second = say("{n} of {total} proven", n=carrier.proven, total=carrier.messages)
        rows.append((name, second, say.plural("{n} message", "{n} messages", carrier.messages), "good" if word == "good" else "info", word))
    return _list(rows, len(carriers), say("Not known"), say)


def _list(rows: list[tuple[str, str, str, str, str]], total: int, nothing: str, say: Translation) -> QFrame:
    layout = column(spacing=t.S, margins=(t.L, t.M, t.L, t.M))
    for position, (name, second, count, shape, tone) in enumerate(rows):
        if position:
            layout.addWidget(line())
        words = column(label(name, wrap=True, selectable=True), label(second, "caption", wrap=True), spacing=1)
        inner = row(spacing=t.M)
        inner.addWidget(picture(shape, getattr(colours(), tone).ink, 18), 0, Qt.AlignmentFlag.AlignTop)
        inner.addLayout(words, 1)
        inner.addWidget(label(count, "muted"), 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(inner)
    if not rows:
        layout.addWidget(label(nothing, "muted"))
    if total > len(rows):
        layout.addWidget(label(say.plural("and {n} more", "and {n} more", total - len(rows)), "caption"))
    return frame("card", layout)
