"""What the believed server reported about a message: one short word for each method, with its shape."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from app.i18n import Translation, mark
from app.model import How, Proof, Verdict
from ui import tokens as t
from ui.controls import label, picture, row
from ui.theme import colours

SAID = {
    Verdict.PASS: mark("passed"),
    Verdict.FAIL: mark("failed"),
    Verdict.SOFTFAIL: mark("probably failed"),
    Verdict.NEUTRAL: mark("says nothing"),
    Verdict.NONE: mark("not there"),
    Verdict.POLICY: mark("not accepted"),
    Verdict.TEMPERROR: mark("could not be checked then"),
    Verdict.PERMERROR: mark("set up wrongly"),
    Verdict.BEST_GUESS_PASS: mark("fits, without a published rule"),
    Verdict.UNKNOWN: mark("not understood"),
}
HOW = {
    How.REPORTED: mark("As your mail server reported it."),
    How.COMPUTED: mark("Worked out from what your mail server reported."),
    How.INTERNAL: mark("The message never left your own servers."),
    How.NONE: mark("Your mail server reported nothing that can be believed."),
}
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
        layout.addWidget(label(say("{name}: {verdict}", name=name, verdict=say(SAID[verdict])), "caption"))
    layout.addStretch(1)
    return layout
