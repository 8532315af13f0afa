"""The first screen: three doors, and below them the mailboxes and audits that are kept, and mail of other programs that was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ui import tokens as t
from ui.controls import button, centred, column, frame, icon_button, label, line, notice, picture, row, scrolling
from ui.first_picture import let_mouse_through, show_hand
from ui.theme import colours

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.i18n import Translation
    from app.model import MailProfile
    from ui.kept import Entry, Kept

ADDRESSES_SHOWN = 3


class Door(QPushButton):
    """A large button: a drawing, a title, a sentence."""

    def __init__(self, icon: str, title: str, sentence: str) -> None:
        super().__init__()
        self.setProperty("kind", "door")
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        show_hand(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        heading, words = label(title, "heading", wrap=True), label(sentence, "muted", wrap=True)
        inner = column(picture(icon, colours().accent, 34), t.S, heading, words, -1, spacing=t.S, margins=(t.XL, t.XL, t.XL, t.L))
        for child in (heading, words):
            let_mouse_through(child)
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
    together = Signal()
    """One audit of several mailboxes is wanted."""
    profile = Signal(str)
    """The path of another program's mail, which the user wants read."""

    def __init__(self, say: Translation) -> None:
        super().__init__()
        self._say = say
        self.setMinimumSize(960, 420)  # three doors side by side
        on_server = say("Read a mailbox on its server. Your e-mail address is enough to begin.")
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
        self._told, self._kept, self._found = column(spacing=t.S), column(spacing=t.S), column(spacing=t.S)
        self._known: frozenset[str] = frozenset()
        self.together_button = button(say("Audit several together …"), description=say("One audit of several mailboxes, judged as one"))
        self.together_button.clicked.connect(self.together)
        self.together_button.hide()
        purpose = say("Nitaq reads who the senders say they are, and shows which of them are proven and which deserve a look.")
        words = say("Nitaq only reads. It cannot change or delete mail, and nothing leaves this computer.")
        promise = row(picture("lock", colours().muted, 18), label(words, "muted", wrap=True))
        promise.setStretch(1, 1)
        body = QWidget()
        body.setLayout(
            column(
                t.XL, label(say("Who really writes to this mailbox?"), "title", wrap=True), label(purpose, "lead", wrap=True), t.L,
                self._told, doors, t.M, promise, self._kept, self._found, -1, spacing=t.S,
            )
        )  # fmt: skip
        self.setLayout(column(scrolling(centred(body, 940), say("Start"))))

    def tell(self, sentence: str, tone: str = "bad") -> None:
        """What has just been done or has failed, above the doors."""
        self._told.addWidget(notice(sentence, tone, tone))

    def show_kept(self, kept: Kept) -> None:
        """Mailboxes first, each with its latest audit; then what was audited as one."""
        say, self._known = self._say, frozenset(kept.names)
        if kept.announcement:
            self._kept.addSpacing(t.M)
            self._kept.addWidget(notice(kept.announcement, "warn", "warn"))
        if kept.entries:
            self._kept.addSpacing(t.L)
            self._kept.addLayout(row(label(say("Your mailboxes"), "heading"), -1, self.together_button))
            self._kept.addWidget(_list([self._entry(entry) for entry in kept.entries]))
        self.together_button.setVisible(len(kept.names) > 1)
        if kept.several:
            self._kept.addSpacing(t.L)
            self._kept.addWidget(label(say("Audits of several mailboxes"), "heading"))
            self._kept.addWidget(_list([self._entry(entry) for entry in kept.several]))

    def show_found(self, profiles: Sequence[MailProfile]) -> None:
        """Offer mail of other programs that is not in the list yet; none of it has been read."""
        profiles = [profile for profile in profiles if profile.path not in self._known]
        if profiles:
            self._found.addSpacing(t.L)
            self._found.addWidget(label(self._say("Found on this computer"), "heading"))
            words = self._say("Nothing of it has been read, and nothing will be unless you choose it.")
            self._found.addWidget(label(words, "muted", wrap=True))
            self._found.addWidget(_list([row(self._profile(profile)) for profile in profiles]))

    def _profile(self, profile: MailProfile) -> QPushButton:
        from app.contain import contained
        from ui.words import ltr

        say = self._say
        name = say("Thunderbird: {name}", name=contained(profile.name))
        addresses = say(", ").join(ltr(contained(address)) for address in profile.addresses[:ADDRESSES_SHOWN])
        return self._line("files", name, addresses or ltr(contained(profile.path)), lambda: self.profile.emit(profile.path))

    def _entry(self, kept: Entry) -> QHBoxLayout:
        """A line that opens, and a button beside it for what else can be done."""
        say = self._say
        entry = self._line(kept.drawing, kept.name, kept.words, lambda: (self.recent if kept.read else self.settings).emit(kept.source))
        more = icon_button(say("More for {name}", name=kept.name), "more")
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(more)
        if kept.on_server:
            menu.addAction(say("Change the account …")).triggered.connect(lambda: self.settings.emit(kept.source))
        menu.addAction(say("Forget …")).triggered.connect(lambda: self.forgotten.emit(kept.source))
        more.setMenu(menu)
        beside = row(spacing=t.XS)
        beside.addWidget(entry, 1)
        beside.addWidget(more)
        return beside

    def _line(self, drawing: str, name: str, sentence: str, chosen: Callable[[], None]) -> QPushButton:
        """A drawing, a name, a sentence and an arrow."""
        say = self._say
        entry = button("", "entry")
        entry.setAccessibleName(say("{a} · {b}", a=name, b=sentence))
        title, words = label(say.isolate(name), "subheading"), label(sentence, "caption")
        for child in (title, words):
            child.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            let_mouse_through(child)
        inner = row(spacing=t.M, margins=(t.M, t.XS, t.M, t.XS))
        inner.addWidget(picture(drawing, colours().muted, 22))
        words_column: QVBoxLayout = column(title, words, spacing=0)
        inner.addLayout(words_column, 1)
        inner.addWidget(picture("arrow", colours().muted, 18, mirrored=say.rtl))
        entry.setLayout(inner)
        entry.clicked.connect(chosen)
        return entry

    def _choose_kind(self) -> None:
        """A file dialog can choose a file or a folder, never either: ask first."""
        from PySide6.QtCore import Qt

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


def _list(lines: Sequence[QHBoxLayout]) -> QFrame:
    """A card with a line between each two."""
    layout = column(spacing=0, margins=(t.S, t.S, t.S, t.S))
    for position, each in enumerate(lines):
        if position:
            layout.addWidget(line())
        layout.addLayout(each)
    return frame("card", layout)
