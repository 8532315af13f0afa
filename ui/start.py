"""The first screen: three doors, the mailboxes and audits that are kept, and mail of other programs that was found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import QPoint, Qt, Signal, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.contain import contained
from app.i18n import Translation
from app.model import Account, AuditEntry, MailProfile, ScanStatus
from app.several import is_several
from ui import tokens as t
from ui.controls import button, centred, column, frame, icon_button, label, line, notice, picture, row, scrolling
from ui.theme import colours
from ui.words import day, ltr

FILES_SHOWN = 6
"""Of mail in files, the latest; accounts are all shown."""
ADDRESSES_SHOWN = 3


def is_server(source: str) -> bool:
    return source.startswith(("imap://", "imaps://"))


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
    """Emits which door was chosen."""

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

    def __init__(self, say: Translation, audits: Sequence[AuditEntry], unread: Sequence[Account], names: dict[str, str],
                 told: tuple[str, str] | None = None, lapsing: str = "") -> None:  # fmt: skip
        """`unread`: accounts without an audit. `names`: what the user calls each source. `told`: a sentence about what has just happened, and its tone.
        `lapsing`: the announcement of exceptions that end."""
        super().__init__()
        self._say, self._known = say, names
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
        body = QWidget()
        layout = column(-1, spacing=t.S)
        layout.addWidget(label(say("Who really writes to this mailbox?"), "title", wrap=True))
        purpose = say("Nitaq reads who the senders say they are, and shows which of them are proven and which deserve a look.")
        layout.addWidget(label(purpose, "lead", wrap=True))
        layout.addSpacing(t.L)
        if told:
            layout.addWidget(notice(told[0], told[1], told[1]))
            layout.addSpacing(t.S)
        if lapsing:
            words = f"{lapsing} {say('Open an audit to look at the exceptions.')}" if audits else lapsing
            layout.addWidget(notice(words, "warn", "warn"))
            layout.addSpacing(t.S)
        layout.addLayout(doors)
        layout.addSpacing(t.M)
        words = say("Nitaq only reads. It cannot change or delete mail, and nothing leaves this computer.")
        promise = row(picture("lock", colours().muted, 18), label(words, "muted", wrap=True))
        promise.setStretch(1, 1)
        layout.addLayout(promise)
        self._found = QVBoxLayout()
        self._found.setSpacing(t.S)
        layout.addLayout(self._found)
        self.together_button = button(say("Audit several together …"), description=say("One audit of several mailboxes, judged as one"))
        self.together_button.clicked.connect(self.together)
        self._list(layout, audits, unread, names)
        layout.addStretch(2)
        body.setLayout(layout)
        self.setLayout(column(scrolling(centred(body, 940), say("Start"))))

    def _list(self, layout: QVBoxLayout, audits: Sequence[AuditEntry], unread: Sequence[Account], names: dict[str, str]) -> None:
        """Mailboxes first, each with its latest audit; then what was audited as one."""
        say = self._say
        single = [audit for audit in audits if not is_several(audit.source)]
        files = [audit for audit in single if not is_server(audit.source)][:FILES_SHOWN]
        shown = [self._audit(audit, names) for audit in single if is_server(audit.source) or audit in files]
        shown += [self._unread(account) for account in unread]
        several = [self._audit(audit, names) for audit in audits if is_several(audit.source)]
        if shown:
            layout.addSpacing(t.XL)
            layout.addLayout(row(label(say("Your mailboxes"), "heading"), -1, self.together_button))
            layout.addWidget(self._recent(shown))
        self.together_button.setVisible(sum(audit.source != "sample" for audit in single) + len(unread) > 1)
        if several:
            layout.addSpacing(t.L)
            layout.addWidget(label(say("Audits of several mailboxes"), "heading"))
            layout.addWidget(self._recent(several))

    def show_found(self, profiles: Sequence[MailProfile]) -> None:
        """Offer mail of other programs that is not in the list yet; none of it has been read."""
        profiles = [profile for profile in profiles if profile.path not in self._known]
        if not profiles:
            return
        say = self._say
        self._found.addSpacing(t.XL)
        self._found.addWidget(label(say("Found on this computer"), "heading"))
        words = say("Nothing of it has been read, and nothing will be unless you choose it.")
        self._found.addWidget(label(words, "muted", wrap=True))
        entries = [self._profile(profile) for profile in profiles]
        self._found.addWidget(self._recent([row(entry) for entry in entries]))
        for earlier, later in pairwise((self.sample_door, *entries)):
            self.setTabOrder(earlier, later)

    def _profile(self, profile: MailProfile) -> QPushButton:
        say = self._say
        name = say("Thunderbird: {name}", name=contained(profile.name))
        addresses = say(", ").join(ltr(contained(address)) for address in profile.addresses[:ADDRESSES_SHOWN])
        return self._line("files", name, addresses or ltr(contained(profile.path)), lambda: self.profile.emit(profile.path))

    def _recent(self, entries: Sequence[QHBoxLayout]) -> QWidget:
        layout = column(spacing=0, margins=(t.S, t.S, t.S, t.S))
        for position, entry in enumerate(entries):
            if position:
                layout.addWidget(line())
            layout.addLayout(entry)
        return frame("card", layout)

    def _audit(self, audit: AuditEntry, names: dict[str, str]) -> QHBoxLayout:
        say = self._say
        sentence = say("{a} · {b}", a=day(audit.created, say), b=say.plural("{n} message", "{n} messages", audit.messages))
        if audit.status != ScanStatus.COMPLETE:
            sentence = say("{a} · {b}", a=sentence, b=say("not complete"))
        return self._entry(audit.source, contained(names.get(audit.source, audit.source)), sentence, self.recent)

    def _unread(self, account: Account) -> QHBoxLayout:
        return self._entry(account.source, contained(account.name), self._say("Not read yet"), self.settings)

    def _entry(self, source: str, name: str, sentence: str, chosen: SignalInstance) -> QHBoxLayout:
        """A line that opens, and a button beside it for what else can be done."""
        say = self._say
        drawing = "sample" if source == "sample" else "mailbox" if is_server(source) or is_several(source) else "files"
        entry = self._line(drawing, name, sentence, lambda: chosen.emit(source))
        more = icon_button(say("More for {name}", name=name), "more")
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(more)
        if is_server(source):
            menu.addAction(say("Change the account …")).triggered.connect(lambda: self.settings.emit(source))
        menu.addAction(say("Forget …")).triggered.connect(lambda: self.forgotten.emit(source))
        more.setMenu(menu)
        line_of_entry = row(spacing=t.XS)
        line_of_entry.addWidget(entry, 1)
        line_of_entry.addWidget(more)
        return line_of_entry

    def _line(self, drawing: str, name: str, sentence: str, chosen: Callable[[], None]) -> QPushButton:
        """A drawing, a name, a sentence and an arrow."""
        say = self._say
        entry = button("", "entry")
        entry.setAccessibleName(say("{a} · {b}", a=name, b=sentence))
        title, words = label(say.isolate(name), "subheading"), label(sentence, "caption")
        title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for child in (title, words):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
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
