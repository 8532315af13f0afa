"""A plain form for a mailbox on a server; each field says in one sentence what it wants."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QDate, Qt, QTimer, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.contain import contained
from app.discovery.address import domain_of
from app.error_text import describe
from app.errors import NitaqError
from app.i18n import Translation
from app.model import MailServer, Trial
from app.providers import Provider, provider_at, provider_of
from ui import tokens as t
from ui.account_draft import PORTS, Draft, mistakes, other_security
from ui.connection_test import ConnectionTest
from ui.controls import button, centred, column, frame, label, notice, row, scrolling
from ui.day_field import DayField
from ui.files import file_dialog
from ui.other_mailboxes import OtherMailboxes
from ui.provider_hint import ProviderHint
from ui.proxy_choice import Named, ProxyChoice
from ui.settings_search import SettingsSearch
from ui.sign_in_fields import SignInFields


class AccountForm(QWidget):
    """Emits `submitted` or `tried` with a `Draft` without mistakes, or `left`."""

    submitted = Signal(object)
    tried = Signal(object)
    left = Signal()

    def __init__(self, say: Translation, draft: Draft, *, keyring: bool, proxy: Named = lambda host, port: "") -> None:
        """`keyring`: the system can keep a secret, as far as is known. `proxy`: which one leads to a server."""
        super().__init__()
        self._say, self._given, self._scheme = say, draft, draft.scheme
        self._errors: dict[str, QLabel] = {}
        self._fields: dict[str, QWidget] = {}
        self.host = QLineEdit(draft.host)
        self.host.setPlaceholderText("imap.firm.example")
        self.security = QComboBox()
        self.security.addItem(say("TLS (recommended)"), "imaps")
        self.security.addItem(say("STARTTLS"), "imap")
        self.security.setCurrentIndex(self.security.findData(draft.scheme))
        self.port = QLineEdit(str(draft.port))
        self.port.setValidator(QIntValidator(1, 65535, self.port))
        self.port.setMaxLength(5)
        self.user = QLineEdit(draft.user)
        self.user.setPlaceholderText("sara@firm.example")
        self.hint = ProviderHint(say)
        self.search = SettingsSearch(say, self._given_server)
        self.trial = ConnectionTest(say)
        self.others = OtherMailboxes(say, draft.others)
        self.sign_in = SignInFields(say, draft, self._field)
        self.proxy = ProxyChoice(say, proxy, direct=draft.direct)
        ours = not draft.original and draft.host in ("", guess_of(draft.user))
        self._filled = (draft.host, draft.scheme, draft.port) if ours else None
        """The server that we have put in, as long as the user has not; None: the user's own from the beginning."""
        self._way = ""
        """How to sign in, where a provider has decided it."""
        self.assumed = label("", "caption", wrap=True)
        self.secret = QLineEdit(draft.secret)
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        if draft.secret_known:
            self.secret.setPlaceholderText(say("kept in the system's keyring"))
        missing = say("This system has no keyring that Nitaq could keep a secret in, so you are asked once each time it is started.")
        self._no_keyring = label(missing, "caption", wrap=True)
        self._no_keyring.hide()
        self.show_secret = QCheckBox(say("Show the password"))
        self.keep = QCheckBox(say("Remember it in the system's keyring"))
        self.keep.setChecked(draft.keep_secret)
        self.folders = QPlainTextEdit(draft.folders)
        self.folders.setTabChangesFocus(True)
        self.folders.setFixedHeight(68)
        self.limit_date = QCheckBox(say("Only messages from this day on:"))
        self.limit_date.setChecked(draft.since is not None)
        since = draft.since
        self.since = DayField(say, QDate(since.year, since.month, since.day) if since else QDate.currentDate().addYears(-1))
        self.since.setEnabled(since is not None)
        self.own_domains = QLineEdit(draft.own_domains)
        self.own_domains.setPlaceholderText("firm.example")
        self.ca_file = QLineEdit(draft.ca_file)
        self.choose_ca = button(say("Choose …"))
        for control in (self.host, self.port, self.user, self.secret, self.own_domains, self.ca_file):
            control.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._name_controls()
        self.first = self.host if draft.user else self.user
        self.submit = button(say("Start the audit"), "primary")
        self.cancel = button(say("Cancel"))
        self.more = button("")
        self.more.setCheckable(True)
        self._folded = QWidget()
        self._title = say("Change the account") if draft.original else say("Add an account")
        self.area = scrolling(centred(self._page()), self._title)
        if not keyring:
            self.without_keyring()
        self.setLayout(column(self.area, self._actions(), spacing=0))
        self._connect()
        self._unfold(says_more(draft))

    def _name_controls(self) -> None:
        say = self._say
        for control, name in (
            (self.host, say("Server")), (self.security, say("Encryption")), (self.port, say("Port")), (self.user, say("E-mail address")),
            (self.secret, say("Password")), (self.show_secret, self.show_secret.text()), (self.keep, self.keep.text()),
            (self.folders, say("Folders")), (self.limit_date, self.limit_date.text()), (self.since, say("First day")),
            (self.own_domains, say("Your own domains")), (self.ca_file, say("Certificate authority")),
        ):  # fmt: skip
            control.setAccessibleName(name)

    def _page(self) -> QWidget:
        say = self._say
        kept = say("Asked once each time Nitaq is started, unless you tick the box below. It goes to your mail server alone.")
        server = QHBoxLayout()
        server.setSpacing(t.M)
        server.addLayout(self._field("security", say("Encryption"), self.security, say("TLS protects everything from the first byte.")), 3)
        server.addLayout(self._field("port", say("Port"), self.port, say("Usually {port}.", port=str(PORTS[self._scheme]))), 2)
        mailbox = column(
            label(say("The mailbox"), "heading"),
            self._field("user", say("E-mail address"), self.user, say("Or the user name, if your provider gave you another one.")),
            self.hint,
            self.search,
            column(
                self._field("host", say("Server"), self.host, say("Your provider calls it the IMAP server or the server for incoming mail.")),
                self.assumed, spacing=t.XS,
            ),
            self.proxy,
            self.sign_in,
            self._password(kept),
            self.keep,
            self._no_keyring,
            self.trial,
            spacing=t.L, margins=(t.XL,) * 4,
        )  # fmt: skip
        dates = row(self.limit_date, self.since, -1, spacing=t.S)
        scope = column(
            label(say("What to read"), "heading"),
            self._field("folders", say("Folders"), self.folders, say("One a line. Leave it empty to read them all; each message counts once.")),
            column(dates, label(say("Without a date, everything is read."), "caption", wrap=True), spacing=t.XS),
            column(label(say("Mailboxes besides your own"), "subheading"), self.others, spacing=t.XS),
            spacing=t.L, margins=(t.XL,) * 4,
        )  # fmt: skip
        sentence = say("What stands after the @ in your organisation's addresses. Leave it empty to take it from the user name.")
        organisation = column(
            label(say("Your organisation"), "heading"),
            self._field("own_domains", say("Your own domains"), self.own_domains, sentence),
            spacing=t.L, margins=(t.XL,) * 4,
        )  # fmt: skip
        authority = row(self.ca_file, self.choose_ca, spacing=t.S)
        authority.setStretch(0, 1)
        why = say("Only if your organisation runs its own mail server with its own certificate: the file (PEM) that your administrator gives you.")
        seldom = column(
            label(say("Seldom needed"), "heading"),
            server,
            self._field("ca_file", say("Certificate authority"), self.ca_file, why, authority),
            spacing=t.L, margins=(t.XL,) * 4,
        )  # fmt: skip
        self._folded.setLayout(column(frame("card", scope), frame("card", organisation), frame("card", seldom), spacing=t.L))
        body = QWidget()
        promise = notice(say("Nitaq only reads. It cannot change or delete mail."), "info", "lock")
        body.setLayout(
            column(
                label(self._title, "title"), promise, frame("card", mailbox), row(self.more, -1), self._folded, -1, spacing=t.L
            )
        )  # fmt: skip
        return body

    def _field(self, name: str, title: str, control: QWidget, sentence: str, line: QHBoxLayout | None = None) -> QVBoxLayout:
        """Title, control (in its line, where there is more in it), explanation, and room for a mistake."""
        error = label("", "error", wrap=True)
        error.hide()
        self._errors[name], self._fields[name] = error, control
        control.setAccessibleDescription(sentence)
        heading = label(title, "subheading")
        heading.setBuddy(control)
        return column(heading, line or control, error, label(sentence, "caption", wrap=True), spacing=t.XS)

    def _password(self, kept: str) -> QWidget:
        """What a sign-in with the browser does without."""
        self._by_password = QWidget()
        self._by_password.setLayout(column(self._field("secret", self._say("Password"), self.secret, kept), self.show_secret, spacing=t.S))
        return self._by_password

    def without_keyring(self) -> None:
        """The system keeps no secret."""
        self.keep.setChecked(False)
        self.keep.setEnabled(False)
        self._no_keyring.show()

    def _unfold(self, on: bool) -> None:
        """Show what has a usual value, or fold it away."""
        self._folded.setVisible(on)
        self.more.setChecked(on)
        self.more.setText(self._say("Less") if on else self._say("More: folders, dates, your own domains, encryption …"))
        self.more.setAccessibleName(self.more.text())

    def _server_changed(self) -> None:
        self.proxy.tell(self.host.text().strip(), int(self.port.text() or 0))
        self.hint.tell(self._provider())

    def _provider(self) -> Provider | None:
        """Of the address; else whose server it is, as with a firm's own domain."""
        return provider_of(self.user.text()) or provider_at(self.host.text().strip())

    def _actions(self) -> QWidget:
        inner = row(-1, self.cancel, self.submit, spacing=t.S)
        page = QWidget()
        page.setMaximumWidth(t.READING + 2 * t.XL)
        page.setLayout(inner)
        inner.setContentsMargins(t.XL, t.M, t.XL, t.M)
        layout = row(spacing=0)
        layout.addStretch(1)
        layout.addWidget(page, 100)
        layout.addStretch(1)
        return frame("foot", layout)

    def _connect(self) -> None:
        self.security.currentIndexChanged.connect(self._security_changed)
        self.sign_in.changed.connect(lambda browser: self._by_password.setVisible(not browser))
        self._by_password.setVisible(not self._given.way)
        self.host.textChanged.connect(self._server_changed)
        self.port.textChanged.connect(self._server_changed)
        self._server_changed()
        self.user.textChanged.connect(self._address_changed)
        self.search.found.connect(self._use)
        self.more.toggled.connect(self._unfold)
        self._address_changed()
        self.show_secret.toggled.connect(
            lambda shown: self.secret.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        )
        self.limit_date.toggled.connect(self.since.setEnabled)
        self.choose_ca.clicked.connect(self._choose_ca)
        self.submit.clicked.connect(self._submit)
        self.trial.asked.connect(self._try)
        self.others.asked.connect(self._try)
        self.cancel.clicked.connect(self.left)
        for edit in (self.host, self.port, self.user, self.secret, self.own_domains, self.ca_file):
            edit.returnPressed.connect(self._submit)

    def draft(self) -> Draft:
        """What has been typed so far."""
        since = self.since.chosen() if self.limit_date.isChecked() else None
        return replace(
            self.sign_in.into(self._given), scheme=self.security.currentData(), host=self.host.text(), port=int(self.port.text() or 0), user=self.user.text(),
            secret=self.secret.text(), keep_secret=self.keep.isChecked(), folders=self.folders.toPlainText(), since=since,
            own_domains=self.own_domains.text(), ca_file=self.ca_file.text(), others=self.others.chosen(), direct=self.proxy.direct,
        )  # fmt: skip

    def _choose_ca(self) -> None:
        dialog = file_dialog(self, self._say("Certificate authority"), self._say)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.ca_file.setText)
        dialog.open()

    def _address_changed(self) -> None:
        """The settings of a provider that is known, else what most have, unless the user gave a server already."""
        provider = provider_of(self.user.text())
        guess = guess_of(self.user.text())
        ours = self._filled is not None and self.host.text() == self._filled[0]
        if ours:
            if provider:
                self._fill(provider)
            else:
                self._put_in(guess, *self._kept_with(self._filled))
            self._decide_way(provider)
        self.hint.tell(self._provider())
        told = self._say("Many providers call it so; Nitaq has filled it in, with TLS on port 993. “Test the connection” says whether it is right.")
        self.assumed.setText(told)
        self.assumed.setVisible(ours and not provider and bool(guess))
        self.search.offer(self.user.text() if ours and not provider else "")

    def _kept_with(self, filled: tuple[str, str, int] | None) -> tuple[str, int]:
        """Encryption and port for a server that is only guessed: those that the user chose, never those of a provider before."""
        chosen = self.security.currentData(), int(self.port.text() or 0)
        return ("imaps", PORTS["imaps"]) if filled and chosen == filled[1:] else chosen

    def _given_server(self) -> str:
        """The server that the user has typed, or changed; empty where all of it is ours."""
        now = self.host.text(), self.security.currentData(), int(self.port.text() or 0)
        return "" if now == self._filled or not now[0] else now[0]

    def _fill(self, server: Provider | MailServer) -> None:
        self._put_in(server.host, server.scheme, server.port)

    def _put_in(self, host: str, scheme: str, port: int) -> None:
        self._filled = host, scheme, port
        self.host.setText(host)
        self.security.setCurrentIndex(self.security.findData(scheme))
        self.port.setText(str(port))

    def _use(self, server: MailServer) -> None:
        """What the domain has named, and the user name that belongs to it."""
        domain = domain_of(self.user.text())
        self._fill(server)
        self.assumed.hide()
        provider = self._provider()
        if server.user and domain:
            self.user.blockSignals(True)
            self.user.setText(server.user)
            self.user.blockSignals(False)
            self.own_domains.setText(self.own_domains.text() or domain)
        if server.browser:
            self._decide_way(provider)

    def _decide_way(self, provider: Provider | None) -> None:
        """Sign in with the browser where no password is taken, unless the user has chosen how."""
        wanted = provider.oauth if provider and "browser" in provider.asks else ""
        if self.sign_in.way.currentData() == self._way:
            self._way = wanted
            self.sign_in.way.setCurrentIndex(self.sign_in.way.findData(wanted))

    def _security_changed(self) -> None:
        changed = other_security(replace(self.draft(), scheme=self._scheme), self.security.currentData())
        self._scheme = changed.scheme
        self.port.setText(str(changed.port))

    def _submit(self) -> None:
        if draft := self._sound():
            self.submitted.emit(draft)

    def _try(self) -> None:
        if draft := self._sound():
            self.trial.wait()
            self.tried.emit(draft)

    def tell(self, trial: Trial) -> None:
        """What came of trying it out."""
        self.trial.tell(trial, self._provider())
        self.others.tell(trial)

    def fail(self, error: NitaqError) -> None:
        """Saving it did not come to a scan: why, where the button for trying is."""
        self.trial.fail(describe(error.code, error.params, self._say))
        QTimer.singleShot(0, self.trial, lambda: self.area.ensureWidgetVisible(self.trial, 0, 3 * t.CONTROL))

    def _sound(self) -> Draft | None:
        """The draft, unless there are mistakes in it, which are shown."""
        draft = self.draft()
        found = mistakes(draft)
        self.show_mistakes({name: self._say.fill(text, _shown(values)) for name, (text, values) in found.items()})
        return None if found else draft

    def show_mistakes(self, sentences: dict[str, str]) -> None:
        """Each under its field; the first of them gets the keyboard."""
        for name, control in self._fields.items():
            sentence = sentences.get(name, "")
            self._errors[name].setText(sentence)
            self._errors[name].setVisible(bool(sentence))
            control.setProperty("wrong", bool(sentence))
            control.style().unpolish(control)
            control.style().polish(control)
        if any(self._folded.isAncestorOf(self._fields[name]) for name in sentences if name in self._fields):
            self._unfold(True)
        first = next((self._fields[name] for name in self._fields if name in sentences), None)
        if first is not None:
            first.setFocus()
            QTimer.singleShot(0, first, lambda: self.area.ensureWidgetVisible(first, 0, 3 * t.CONTROL))  # when its place is known

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _shown(values: dict[str, object]) -> dict[str, object]:
    return {name: contained(str(value)) for name, value in values.items()}


def guess_of(address: str) -> str:
    """What most providers call their server, by an address; empty where it is none yet."""
    return f"imap.{address.strip().rpartition('@')[2].lower()}" if domain_of(address) else ""


def says_more(draft: Draft) -> bool:
    """Whether anything that is folded away has another value than usual."""
    usual = Draft()
    return any(getattr(draft, name) != getattr(usual, name) for name in ("scheme", "port", "folders", "since", "others", "own_domains", "ca_file"))
