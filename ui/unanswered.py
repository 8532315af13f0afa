"""The window that is open does not answer a second start: the user decides, for two at once would write into the same data."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from app.contain import contained
from app.errors import NitaqError
from app.i18n import Translation
from ui import icons
from ui.call import Call
from ui.instance import Instance
from ui.language import Languages, system_language

PATIENCE = 6.0
"""Seconds that the first window may take to answer before this is spoken of."""
LOOK = 250
"""Milliseconds between two looks whether it has ended meanwhile."""


def replaces_first(app: QApplication, instance: Instance, call: Call) -> bool:
    """Whether this start has the data for itself now. It has not where the first window answered or the user left it alone.

    Raises `window.stuck` where the first could not be ended.
    """
    if call.wait(PATIENCE):
        return False
    say = Languages(app).speak(system_language())
    box, act = _question(say, instance.elsewhere())
    call.answered.connect(box.reject)
    look = QTimer(box, interval=LOOK)
    look.timeout.connect(lambda: box.accept() if instance.try_again() else None)
    look.start()
    box.exec()
    if box.clickedButton() is act and not instance.alone and not instance.replace_first():
        raise NitaqError("window.stuck")
    return instance.alone


def _question(say: Translation, host: str) -> tuple[QMessageBox, object]:
    """The box, and its button that goes on here. `host`: the other computer on which the window is, if it is not on this one."""
    if host:
        text = say("Nitaq seems to be open on another computer ({host}), with the same data.", host=contained(host))
        advice = say("Close it there, then start it here again. If no Nitaq runs there, open it here. With both open, decisions may be lost.")
        deed = say("Open it here")
    else:
        text = say("Nitaq is open already, but its window does not answer.")
        advice = say("It may be busy, and is asked again while this is shown. Or end it and begin anew: what was read and decided is kept.")
        deed = say("End it and begin anew")
    box = QMessageBox(QMessageBox.Icon.Warning, say("Nitaq"), text)
    box.setWindowIcon(icons.icon("nitaq", "#000000"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(advice)
    act = box.addButton(deed, QMessageBox.ButtonRole.DestructiveRole)
    leave = box.addButton(say("Cancel"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(leave)
    box.setEscapeButton(leave)
    return box, act
