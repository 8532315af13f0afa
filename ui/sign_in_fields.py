"""How an account is signed in: with a password, or with the browser under a client id of the user's own, explained step by step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLayout, QLineEdit, QVBoxLayout, QWidget

from app.i18n import Translation, mark
from ui import tokens as t
from ui.account_draft import Draft
from ui.controls import column, label

Field = Callable[[str, str, QWidget, str, QHBoxLayout | None], QVBoxLayout]

STEPS = {
    "google": mark(
        "Google lets programs sign in only under a client id. Once, and free of charge:\n"
        "1. Open console.cloud.google.com and make a project.\n"
        "2. Under “APIs & Services”, switch on the Gmail API.\n"
        "3. Under “OAuth consent screen”, add your own address as a test user.\n"
        "4. Under “Credentials”, make an OAuth client id of the kind “Desktop app”.\n"
        "5. Copy its client id and its client secret into the two fields below."
    ),
    "microsoft": mark(
        "Microsoft lets programs sign in only under a client id. You or your administrator do this once:\n"
        "1. Open entra.microsoft.com, “App registrations”, “New registration”.\n"
        "2. Choose who may use it: your organisation, or personal accounts too.\n"
        "3. As redirect URI choose “Mobile and desktop applications” and write http://localhost.\n"
        "4. Under “API permissions”, add IMAP.AccessAsUser.All.\n"
        "5. Copy the “Application (client) ID” into the field below. The secret stays empty."
    ),
    "other": mark("Your administrator has these: a client id, perhaps a secret, two addresses and the name of the permission (scope)."),
}


class SignInFields(QWidget):
    """`field` makes a titled field of the form. Emits `changed` with whether the browser is chosen."""

    changed = Signal(bool)

    def __init__(self, say: Translation, draft: Draft, field: Field) -> None:
        super().__init__()
        self._say = say
        self.way = QComboBox()
        for text, data in (
            (say("With a password"), ""), (say("With the browser: Google"), "google"), (say("With the browser: Microsoft"), "microsoft"),
            (say("With the browser: another service"), "other"),
        ):  # fmt: skip
            self.way.addItem(text, data)
        self.way.setAccessibleName(say("How to sign in"))
        self.steps = label("", wrap=True, selectable=True)
        self.client_id, self.client_secret = QLineEdit(draft.client_id), QLineEdit(draft.client_secret)
        self.client_secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.authorize, self.token, self.scope = QLineEdit(draft.authorize), QLineEdit(draft.token), QLineEdit(draft.scope)
        self.revoke = QLineEdit(draft.revoke)
        for control, name in (
            (self.client_id, say("Client id")), (self.client_secret, say("Client secret")), (self.authorize, say("Authorisation address")),
            (self.token, say("Token address")), (self.scope, say("Permission (scope)")), (self.revoke, say("Revocation address")),
        ):  # fmt: skip
            control.setAccessibleName(name)
            control.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._own = _within(
            self.steps,
            field("client_id", say("Client id"), self.client_id, say("It names the program to the service. It is no secret."), None),
            field("client_secret", say("Client secret"), self.client_secret, say("Only if the service gave you one. It is kept with the sign-in."), None),
        )
        https = say("It begins with https://.")
        self._other = _within(
            field("authorize", say("Authorisation address"), self.authorize, https, None),
            field("token", say("Token address"), self.token, https, None),
            field("scope", say("Permission (scope)"), self.scope, say("What the service calls reading mail over IMAP."), None),
            field(
                "revoke", say("Revocation address"), self.revoke,
                say("Only if the service has one: there Nitaq takes the permission back when you forget the account."), None,
            ),
        )
        heading = label(say("How to sign in"), "subheading")
        heading.setBuddy(self.way)
        self.setLayout(column(column(heading, self.way, spacing=t.XS), self._own, self._other, spacing=t.L))
        self.way.currentIndexChanged.connect(self._chosen)
        self.way.setCurrentIndex(self.way.findData(draft.way))
        self._chosen()

    def into(self, draft: Draft) -> Draft:
        """The draft with what stands here."""
        return replace(
            draft, way=self.way.currentData(), client_id=self.client_id.text(), client_secret=self.client_secret.text(), authorize=self.authorize.text(),
            token=self.token.text(), scope=self.scope.text(), revoke=self.revoke.text(),
        )  # fmt: skip

    def _chosen(self) -> None:
        way = self.way.currentData()
        self.steps.setText(self._say(STEPS[way]) if way else "")
        self._own.setVisible(bool(way))
        self._other.setVisible(way == "other")
        self.changed.emit(bool(way))


def _within(*items: QWidget | QLayout) -> QWidget:
    widget = QWidget()
    widget.setLayout(column(*items, spacing=t.L))
    return widget
