"""Before an account is forgotten: all that would go, counted, and what would stay. Afterwards: what was found still."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QVBoxLayout, QWidget

from app.audit_key import is_several
from app.contain import contained
from app.i18n import Translation
from app.model import Looked, Remains, Traces
from ui import tokens as t
from ui.controls import button, column, frame, label, picture, row, scrolling
from ui.theme import colours

NAMED = 4
"""Subjects of decisions that are named."""
MEGABYTE = 1_000_000


class ForgetDialog(QDialog):
    """Emits `agreed`, with whether the decisions go too. Show it with `open()`."""

    agreed = Signal(bool)

    def __init__(self, say: Translation, name: str, traces: Traces, parent: QWidget) -> None:
        super().__init__(parent)
        self._say, self._traces = say, traces
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("Forget"))
        self.setAccessibleName(say("Forget"))
        self.setFixedWidth(560)
        self.gone, self.stays = what_goes(traces, say), what_stays(traces, say)
        self.decisions = QCheckBox(
            say.plural(
                "Also the {n} decision about a name that only this mailbox has seen",
                "Also the {n} decisions about names that only this mailbox has seen",
                len(traces.subjects),
            )
        )
        self.decisions.setAccessibleName(self.decisions.text())
        self.decisions.setChecked(True)
        self.decisions.setVisible(bool(traces.subjects))
        named = label(say(", ").join(say.isolate(contained(each)) for each in traces.subjects[:NAMED]), "caption", wrap=True)
        named.setVisible(bool(traces.subjects))
        inner = QWidget()
        inner.setLayout(column(
            label(say("This goes:"), "subheading"), frame("card", _list(self.gone, "close")), self.decisions, named, t.S,
            label(say("This stays:"), "subheading"), frame("card", _list(self.stays, "info")), -1, spacing=t.S,
        ))  # fmt: skip
        self.go, self.keep = button(say("Forget it")), button(say("Keep it"), "primary")
        self.go.clicked.connect(self._agree)
        self.go.setAutoDefault(False)
        self.keep.clicked.connect(self.reject)
        self.keep.setDefault(True)
        title = label(say("Forget {name} on this computer?", name=contained(name)), "title", wrap=True)
        layout = column(title, spacing=t.M, margins=(t.XL,) * 4)
        area = scrolling(inner, say("What goes and what stays"))
        area.setMinimumHeight(min(inner.sizeHint().height() + t.XXL, 400))
        layout.addWidget(area, 1)
        layout.addLayout(row(self.go, -1, self.keep, spacing=t.S))
        self.setLayout(layout)
        self.keep.setFocus()

    def _agree(self) -> None:
        self.accept()
        self.agreed.emit(bool(self._traces.subjects) and self.decisions.isChecked())


def _list(sentences: Sequence[str], drawing: str) -> QVBoxLayout:
    layout = column(spacing=t.XS, margins=(t.L, t.M, t.L, t.M))
    for sentence in sentences:
        line = row(spacing=t.M)
        line.addWidget(picture(drawing, colours().muted, 16), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(label(sentence, wrap=True), 1)
        layout.addLayout(line)
    return layout


def what_goes(traces: Traces, say: Translation) -> list[str]:
    """A line each, counted."""
    gone = []
    if traces.saved:
        gone.append(say("what was chosen for it: its place, folders, dates and own domains"))
    if traces.messages is not None:
        size = say("{n} MB", n=say.in_digits(f"{traces.octets / MEGABYTE:.1f}"))
        gone.append(
            say.plural(
                "what was read of {n} message: sender, date, subject ({size})",
                "what was read of {n} messages: senders, dates, subjects ({size})",
                traces.messages,
                size=size,
            )
        )
    if traces.audits:
        gone.append(say.plural("{n} audit", "{n} audits", traces.audits))
    if traces.audits_of_several:
        gone.append(say.plural("{n} audit of it together with other mailboxes", "{n} audits of it together with other mailboxes", traces.audits_of_several))
    if traces.servers:
        gone.append(say.plural("{n} server that was chosen to be believed", "{n} servers that were chosen to be believed", traces.servers))
    if traces.put_off:
        gone.append(say.plural("{n} name that its review put off", "{n} names that its review put off", traces.put_off))
    if traces.set_aside:
        gone.append(say("a damaged file of it that was set aside"))
    if traces.secret is Looked.THERE:
        gone.append(_secret(traces, say))
    gone = gone or [say("its line on the first screen; nothing else is kept of it")]
    if traces.secret is Looked.UNSEEN:
        gone.append(say("what the system's keyring may hold of it: Nitaq could not look, because the keyring is locked or none is open in this session"))
    return gone


def _secret(traces: Traces, say: Translation) -> str:
    if traces.service:
        return say("its sign-in in the system's keyring; {service} is asked to take the permission back, if it can be asked", service=contained(traces.service))
    return say("its password in the system's keyring")


def what_stays(traces: Traces, say: Translation) -> list[str]:
    if is_several(traces.source):
        return [say("the mailboxes themselves, each with its own audits"), say("reports that you have exported; they are your files")]
    stays = [
        _mail(traces.source, say),
        say("reports that you have exported; they are your files, and Nitaq does not know where they are"),
        say("decisions and exceptions about names that other mailboxes have seen too"),
        say("what other programs note, such as the desktop's list of recent files"),
    ]
    if traces.service:
        stays.append(say("the client id at {service}, which is registered there in your name", service=contained(traces.service)))
    return stays


def _mail(source: str, say: Translation) -> str:
    """Where it is a file, which one: somebody who forgets must not fear for it."""
    if not Path(source).is_absolute():
        return say("the mail itself, where it is")
    return say("the mail itself: {path} stays as it is", path=contained(source))


def what_was_found(name: str, remains: Remains, say: Translation) -> tuple[str, str]:
    """A sentence and its tone, after looking again."""
    if remains.files:
        files = say(", ").join(say.isolate(contained(path)) for path in remains.files)
        return say("{name} is forgotten, but something of it may be left in {files}. Do not delete these files before somebody who knows Nitaq has"
                   " looked: your other audits may be in them.", name=contained(name), files=files), "bad"  # fmt: skip
    if remains.secret is Looked.THERE:
        return say("{name} is forgotten, but the system's keyring still has its password. Delete it there.", name=contained(name)), "bad"
    if remains.secret is Looked.NOT_THERE:
        told = [say("{name} is forgotten. Nitaq has looked again: nothing of it is left in its files or in the keyring.", name=contained(name))]
    else:
        told = [say("{name} is forgotten. Nitaq has looked again: nothing of it is left in its files.", name=contained(name))]
    if remains.secret is Looked.UNSEEN:
        told.append(say("Into the system's keyring Nitaq could not look, because it is locked or none is open in this session. If you ever let it remember"
                        " the password, delete the entry “nitaq” there."))  # fmt: skip
    if remains.permission:
        service = contained(remains.permission)
        told.append(say("{service} could not be asked to take the permission back: remove Nitaq there from the list of connected apps.", service=service))
    return " ".join(told), "warn" if len(told) > 1 else "good"
