"""The first screen: three doors, and below them the audits made before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ui import tokens as t
from ui.controls import button, centred, column, frame, icon_button, label, line, notice, picture, row, scrolling
from ui.theme import colours

if TYPE_CHECKING:
    from app.i18n import Translation
    from ui.kept import Entry, Kept


class Door(QPushButton):
    """A large button: a drawing, a title, a sentence."""

    def __init__(self, icon: str, title: str, sentence: str) -> None:
        super().__init__()
        self.setProperty("kind", "door")
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        heading, words = label(title, "heading", wrap=True), label(sentence, "muted", wrap=True)
        inner = column(picture(icon, colours().accent, 34), t.S, heading, words, -1, spacing=t.S, margins=(t.XL, t.XL, t.XL, t.L))
        for child in (heading, words):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setLayout(inner)


class StartScreen(QWidget):
    """Emits which door was chosen. The doors stand where they are when what is kept comes in below them."""

    account = Signal()
    file = Signal()
    folder = Signal()
    sample = Signal()
    recent = Signal(str)
    """The source of an audit to open again."""
    settings = Signal(str)
    """The source of an account to change, or to read for the first time."""
    forgotten = Signal(str)

    def __init__(self, say: Translation) -> None:
        super().__init__()
        self._say = say
        self.setMinimumSize(960, 420)  # three doors side by side
        on_server = say("Read a mailbox on its server. You need the server's name, the user name and the password.")
        on_disk = say("An mbox file, a Maildir, or a folder of saved messages on this computer.")
        invented = say("The mailbox of an invented trading firm. No account, no network: look around.")
        self.account_door = Door("mailbox", say("Add an account"), on_server)
        self.files_door = Door("files", say("Open mail files"), on_disk)
        self.sample_door = Door("sample", say("Try the sample"), invented)
        self.first = self.account_door
        self.account_door.clicked.connect(self.account)
        self.sample_door.clicked.connect(self.sample)
        self.files_door.clicked.connect(self._choose_kind)
        doors = row(self.account_door, self.files_door, self.sample_door, spacing=t.L)
        for position in range(3):
            doors.setStretch(position, 1)
        self._problem, self._kept = column(spacing=t.S), column(spacing=t.S)
        purpose = say("Nitaq reads who the senders say they are, and shows which of them are proven and which deserve a look.")
        words = say("Nitaq only reads. It cannot change or delete mail, and nothing leaves this computer.")
        promise = row(picture("lock", colours().muted, 18), label(words, "muted", wrap=True))
        promise.setStretch(1, 1)
        body = QWidget()
        body.setLayout(
            column(
                t.XL, label(say("Who really writes to this mailbox?"), "title", wrap=True), label(purpose, "lead", wrap=True), t.L,
                self._problem, doors, t.M, promise, self._kept, -1, spacing=t.S,
            )
        )  # fmt: skip
        self.setLayout(column(scrolling(centred(body, 940), say("Start"))))

    def show_problem(self, sentence: str) -> None:
        """What has just failed, above the doors."""
        self._problem.addWidget(notice(sentence, "bad", "bad"))

    def show_kept(self, kept: Kept) -> None:
        if kept.announcement:
            self._kept.addSpacing(t.M)
            self._kept.addWidget(notice(kept.announcement, "warn", "warn"))
        if kept.entries:
            layout = column(spacing=0, margins=(t.S, t.S, t.S, t.S))
            for position, entry in enumerate(kept.entries):
                if position:
                    layout.addWidget(line())
                layout.addLayout(self._entry(entry))
            self._kept.addSpacing(t.L)
            self._kept.addWidget(label(self._say("Recent audits"), "heading"))
            self._kept.addWidget(frame("card", layout))

    def _entry(self, kept: Entry) -> QHBoxLayout:
        """A line that opens, and a button beside it for what else can be done."""
        say = self._say
        entry = button("", "entry")
        entry.setAccessibleName(say("{a} · {b}", a=kept.name, b=kept.words))
        title, words = label(say.isolate(kept.name), "subheading"), label(kept.words, "caption")
        title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for child in (title, words):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        on_server = "://" in kept.source
        inner = row(spacing=t.M, margins=(t.M, t.XS, t.M, t.XS))
        inner.addWidget(picture("sample" if kept.source == "sample" else "mailbox" if on_server else "files", colours().muted, 22))
        words_column: QVBoxLayout = column(title, words, spacing=0)
        inner.addLayout(words_column, 1)
        inner.addWidget(picture("arrow", colours().muted, 18, mirrored=say.rtl))
        entry.setLayout(inner)
        entry.clicked.connect(lambda: (self.recent if kept.read else self.settings).emit(kept.source))
        more = icon_button(say("More for {name}", name=kept.name), "more")
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(more)
        if on_server:
            menu.addAction(say("Change the account …")).triggered.connect(lambda: self.settings.emit(kept.source))
        menu.addAction(say("Forget …")).triggered.connect(lambda: self.forgotten.emit(kept.source))
        more.setMenu(menu)
        beside = row(spacing=t.XS)
        beside.addWidget(entry, 1)
        beside.addWidget(more)
        return beside
    def _choose_kind(self) -> None:
        """A file dialog can choose a file or a folder, never either: ask first."""
        say, menu = self._say, QMenu(self)
        menu.setAccessibleName(say("Open mail files"))
        a_file = QAction(say("A file (mbox or .eml) …"), menu)
        a_folder = QAction(say("A folder (Maildir or saved messages) …"), menu)
        a_file.triggered.connect(self.file)
        a_folder.triggered.connect(self.folder)
        menu.addActions([a_file, a_folder])
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        door = self.files_door.rect()
        at = door.bottomRight() - QPoint(menu.sizeHint().width(), 0) if say.rtl else door.bottomLeft()
        menu.popup(self.files_door.mapToGlobal(at))
        if menu.actions():
            menu.setActiveAction(a_file)
