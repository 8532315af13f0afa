"""What the believed server reported about a message: one short word for each method, with its shape."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from app.i18n import Translation
from app.model import Proof, Verdict
from app.terms import term
from ui import tokens as t
from ui.controls import label, picture, row
from ui.theme import colours

_TONES = {Verdict.PASS: ("good", "good"), Verdict.FAIL: ("bad", "bad"), Verdict.SOFTFAIL: ("warn", "warn")}


def verdicts(proof: Proof, say: Translation) -> QHBoxLayout | None:
    """None where nothing was reported."""
    reported = [(name, verdict) for name, verdict in (("DMARC", proof.dmarc), ("DKIM", proof.dkim), ("SPF", proof.spf)) if verdict is not None]
    if not reported:
        return None
    layout = row(spacing=t.S)
    for name, verdict in reported:
        tone, shape = _TONES.get(verdict, ("neutral", "info"))
        layout.addWidget(picture(shape, getattr(colours(), tone).ink, 14))
        words = label(say("{name}: {verdict}", name=name, verdict=say(term(verdict).name)), "caption", wrap=True)
        words.setToolTip(say(term(verdict).meaning) if term(verdict).meaning else "")
        layout.addWidget(words)
    layout.addStretch(1)
    return layout
