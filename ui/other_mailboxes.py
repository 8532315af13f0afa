"""Which mailboxes of other people, and shared ones, are read with an account: none, unless they are ticked."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.contain import contained
from app.i18n import Translation, mark
from app.model import OtherMailbox, Trial, Whose
from ui import tokens as t
from ui.controls import button, clear, column, label, row

HEADINGS = {Whose.OTHER: mark("Mailboxes of other people"), Whose.SHARED: mark("Shared mailboxes")}
ALL = "*"


class OtherMailboxes(QWidget):
    """Emits `asked` when the server is to be looked at; what came of it is handed to `tell`."""

    asked = Signal()

    def __init__(self, say: Translation, chosen: Sequence[str]) -> None:
        super().__init__()
        self._say = say
        self.boxes: dict[str, QCheckBox] = {}
        self.look = button(say("Look for mailboxes of other people"))
        self.look.clicked.connect(self.asked)
        self._list = QVBoxLayout()
        self._list.setSpacing(t.XS)
        why = say("Some servers let one account read other mailboxes too: of colleagues, or shared ones. They are read only if you tick them.")
        self.setLayout(column(label(why, "caption", wrap=True), row(self.look, -1), self._list, spacing=t.S))
        self._add(say("Chosen earlier"), [(name, say("all of them") if name == ALL else contained(name)) for name in chosen])
        for box in self.boxes.values():
            box.setChecked(True)

    def chosen(self) -> tuple[str, ...]:
        """What the mailboxes that are ticked are asked for by."""
        return tuple(name for name, box in self.boxes.items() if box.isChecked())

    def tell(self, trial: Trial) -> None:
        """What was ticked stays ticked; what is not there any more is still shown, to be taken away."""
        say, before = self._say, self.chosen()
        if trial.failed:
            return
        clear(self._list)
        self.boxes.clear()
        for whose, heading in HEADINGS.items():
            self._add(say(heading), [(each.name, self._words(each)) for each in trial.others if each.whose is whose])
        names = {each.name for each in trial.others}
        self._add(say("Chosen earlier"), [(name, say("all of them") if name == ALL else contained(name)) for name in before if name not in names])
        for name in before:
            self.boxes[name].setChecked(True)
        for earlier, later in pairwise((self.look, *self.boxes.values())):
            self.setTabOrder(earlier, later)
        if not self.boxes:
            self._list.addWidget(label(say("This account can read no mailbox but its own."), wrap=True))

    def _words(self, mailbox: OtherMailbox) -> str:
        say = self._say
        return say("{a} · {b}", a=contained(mailbox.owner), b=say.plural("{n} folder", "{n} folders", mailbox.folders))

    def _add(self, heading: str, entries: Sequence[tuple[str, str]]) -> None:
        if entries:
            self._list.addWidget(label(heading, "subheading"))
        for name, words in entries:
            box = QCheckBox(words)
            box.setAccessibleName(words)
            self.boxes[name] = box
            self._list.addWidget(box)
