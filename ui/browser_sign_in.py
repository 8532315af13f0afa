"""What the browser gave for an account: from what is kept, renewed, or by asking the user."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from app.error_text import describe
from app.errors import NitaqError
from app.i18n import Translation
from app.model import Account
from app.sign_in.grant import Grant, grant_of
from ui.browser_dialog import BrowserDialog
from ui.given_secrets import GivenSecrets
from ui.ports import Services
from ui.task import in_background

Failed = Callable[[NitaqError], None]
Then = Callable[[Grant, str], None]
"""Goes on with a grant, and with a sentence to be shown beside what follows, or an empty one."""


class BrowserSignIn(QObject):
    """Where something goes wrong the one who asked is told, and nothing goes on then."""

    def __init__(self, say: Translation, services: Services, given: GivenSecrets, window: QWidget) -> None:
        super().__init__(window)
        self._say, self._services, self._given, self._window = say, services, given, window
        self.browse: Callable[[str], object] = lambda url: QDesktopServices.openUrl(QUrl(url))
        """Gives False where no browser could be opened."""
        self.dialog: BrowserDialog | None = None

    def grant(self, account: Account, then: Then, failed: Failed) -> None:
        """The kept one, renewed where it has ended; else the user signs in again."""
        kept = Grant()

        def work() -> tuple[Grant, str]:
            nonlocal kept
            kept = self._kept(account)
            fresh = self._services.tokens(account).fresh(kept)
            return fresh, self.keep(account, fresh) if fresh != kept else ""

        def ended(error: NitaqError) -> None:
            if error.code == "oauth.expired":
                self._again(account, kept, then, failed, error)
            else:
                failed(error)

        in_background(self, work, lambda found: then(*found), ended)

    def again(self, account: Account, then: Then, failed: Failed) -> None:
        """The user signs in anew, whatever is kept."""
        in_background(self, lambda: self._kept(account), lambda kept: self._again(account, kept, then, failed), failed)

    def _kept(self, account: Account) -> Grant:
        """In the keyring, or since the window was opened. May block."""
        known = self._services.secrets.get(account.source) if account.keep_secret else None
        return grant_of(known or self._given.get(account.source))

    def keep(self, account: Account, grant: Grant) -> str:
        """In the keyring where the user wants that, else while the window is open; a sentence where the keyring did not take it. May block."""
        self._given.keep(account.source, grant.to_secret())
        try:
            if account.keep_secret:
                self._services.secrets.set(account.source, grant.to_secret())
                self._given.forget(account.source)
        except NitaqError:
            return self._say("The system's keyring did not take the sign-in, so you will be asked to sign in the next time.")
        return ""

    def _again(self, account: Account, kept: Grant, then: Then, failed: Failed, ended: NitaqError | None = None) -> None:
        why = ""
        if ended and kept == Grant() and account.keep_secret:
            why = self._say("The system's keyring did not give the sign-in that was kept in it: it is locked, or it has lost it.")
        elif ended and kept != Grant():
            why = describe(ended.code, ended.params, self._say)

        def granted(grant: Grant) -> None:
            in_background(self, lambda: self.keep(account, grant), lambda aside: then(grant, aside), failed)

        self.ask(account, kept.client_secret, granted, failed, why)

    def ask(self, account: Account, client_secret: str, then: Callable[[Grant], None], failed: Failed, why: str = "") -> None:
        """One round through the browser."""
        try:
            consent = self._services.consent(account, self._say)
        except NitaqError as error:
            failed(error)
            return
        assert account.oauth is not None
        given_up = threading.Event()
        dialog = BrowserDialog(self._say, account.oauth.service.name, consent.url, why, self._window)
        dialog.again.connect(lambda: self._open(consent.url, dialog))
        dialog.rejected.connect(given_up.set)

        def granted(grant: Grant) -> None:
            dialog.accept()
            then(grant)

        def ended(error: NitaqError) -> None:
            if not given_up.is_set():
                dialog.accept()
            failed(error)

        in_background(self, lambda: consent.wait(client_secret, given_up.is_set), granted, ended)
        self.dialog = dialog
        dialog.open()
        self._open(consent.url, dialog)

    def _open(self, url: str, dialog: BrowserDialog) -> None:
        if self.browse(url) is False:
            dialog.not_opened()
