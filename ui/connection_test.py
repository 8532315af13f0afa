"""Trying an account out from its form: what works, the step that failed, and what to do about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.contain import contained
from app.error_text import describe
from app.i18n import Translation, mark
from app.model import Certificate, Trial, TrialStep
from app.providers import Provider
from ui import tokens as t
from ui.controls import button, clear, column, label, picture, row
from ui.theme import colours

STEPS = {
    TrialStep.REACH: (mark("The server answers."), mark("The server could not be reached.")),
    TrialStep.ENCRYPT: (mark("The connection is encrypted, and the server has proven itself."), mark("There is no connection that could be trusted.")),
    TrialStep.SIGN_IN: (mark("Signing in works."), mark("Signing in did not work.")),
    TrialStep.READ: (mark("The folders can be read."), mark("The folders could not be read.")),
}
"""What is said of a step that works, and of one that failed."""


class ConnectionTest(QWidget):
    """Emits `asked`; what came of it is handed to `tell`."""

    asked = Signal()

    def __init__(self, say: Translation) -> None:
        super().__init__()
        self._say = say
        self.start = button(say("Test the connection"))
        self.start.clicked.connect(self.asked)
        self._result = QVBoxLayout()
        self._result.setSpacing(t.XS)
        self.setLayout(column(row(self.start, -1), self._result, spacing=t.S))

    def wait(self) -> None:
        """It is on its way."""
        clear(self._result)
        self.start.setEnabled(False)
        self._result.addWidget(label(self._say("Connecting. This takes half a minute at most."), "caption", wrap=True))

    def fail(self, sentence: str) -> None:
        """Something else came to nothing here."""
        clear(self._result)
        self.start.setEnabled(True)
        self._line(self._say("Signing in did not work."), good=False)
        self._say_more(sentence)

    def tell(self, trial: Trial, provider: Provider | None = None) -> None:
        """`provider`: the one whose users have something to know."""
        say = self._say
        clear(self._result)
        self.start.setEnabled(True)
        for step, (works, failed) in STEPS.items():
            self._line(say(failed if step is trial.failed else works), good=step is not trial.failed)
            if step is trial.failed:
                break
        else:
            found = say.plural("{n} folder was found. Nothing was read or changed.", "{n} folders were found. Nothing was read or changed.", trial.folders)
            self._say_more(found)
        if trial.failed:
            self._why(trial, provider)

    def _why(self, trial: Trial, provider: Provider | None) -> None:
        say, params = self._say, dict(trial.params)
        self._say_more(describe(trial.code, params, say, read=False))
        if trial.failed is TrialStep.SIGN_IN:
            if (words := params.get("reason")) and trial.code.startswith("auth."):  # the others have it in their sentence
                self._say_more(say("The server's own words: {words}", words=contained(say(str(words)))))
            for sentence in provider.advice(say) if provider else ():
                self._say_more(sentence)
        if trial.certificate:
            for sentence in certificate_lines(trial.certificate, say):
                self._say_more(sentence)

    def _line(self, text: str, *, good: bool) -> None:
        name, ink = ("good", colours().good.ink) if good else ("bad", colours().bad.ink)
        words = label(text, "subheading", wrap=True)
        line = row(picture(name, ink), words)
        line.setStretch(1, 1)
        self._result.addLayout(line)

    def _say_more(self, text: str) -> None:
        self._result.addWidget(label(text, wrap=True, selectable=True))


def certificate_lines(shown: Certificate, say: Translation) -> tuple[str, ...]:
    """What the refused certificate says of itself, for the user's administrator to compare."""
    return (
        say("The certificate that it showed stands for: {names}", names=contained(", ".join(shown.names) or shown.subject)),
        say("Issued by: {issuer}", issuer=contained(shown.issuer)),
        say("Valid from {begins} to {ends}", begins=shown.begins, ends=shown.ends),
        say("Fingerprint (SHA-256): {fingerprint}", fingerprint=shown.fingerprint.replace(":", " ")),
        say("Nitaq does not go on without a proven server. Show these lines to your administrator; they can give you the file of their certificate authority."),
    )
