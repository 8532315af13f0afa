"""Access tokens for accounts that are signed in with the browser: from what is kept, renewed, or by asking the user."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from app.errors import NitaqError
from app.i18n import Translation
from app.model import Account
from app.sign_in.grant import Grant, grant_of
from ui.browser_dialog import BrowserDialog
from ui.ports import Services
from ui.task import Task


class BrowserSignIn(QObject):
    """`failed` is told what went wrong; nothing goes on then."""

    def __init__(self, say: Translation, services: Services, window: QWidget, failed: Callable[[NitaqError], None]) -> None:
        super().__init__(window)
        self._say, self._services, self._window, self._failed = say, services, window, failed
        self.browse: Callable[[str], object] = lambda url: QDesktopServices.openUrl(QUrl(url))
        self.dialog: BrowserDialog | None = None

    def token(self, account: Account, then: Callable[[str], None]) -> None:
        """An access token that lasts: the kept one, renewed where it has ended; else the user signs in again."""
        secrets = self._services.secrets

        def work() -> Grant:
            kept = grant_of(secrets.get(account.source) if account.keep_secret else None)
            fresh = self._services.tokens(account).fresh(kept)
            if fresh != kept:
                secrets.set(account.source, fresh.to_secret())
            return fresh

        def ended(error: NitaqError) -> None:
            if error.code == "oauth.expired":
                self._again(account, then)
            else:
                self._failed(error)

        self._in_background(work, lambda grant: then(grant.access_token), ended)

    def _again(self, account: Account, then: Callable[[str], None]) -> None:
        secrets = self._services.secrets

        def known() -> str:
            return grant_of(secrets.get(account.source) if account.keep_secret else None).client_secret

        def keep(grant: Grant) -> None:
            def kept() -> None:
                if account.keep_secret:
                    secrets.set(account.source, grant.to_secret())

            self._in_background(kept, lambda _: then(grant.access_token), self._failed)

        self._in_background(known, lambda secret: self.ask(account, secret, keep), self._failed)

    def ask(self, account: Account, client_secret: str, then: Callable[[Grant], None]) -> None:
        """One round through the browser."""
        try:
            consent = self._services.consent(account, self._say)
        except NitaqError as error:
            self._failed(error)
            return
        assert account.oauth is not None
        given_up = threading.Event()
        dialog = BrowserDialog(self._say, account.oauth.service.name, self._window)
        dialog.again.connect(lambda: self.browse(consent.url))
        dialog.rejected.connect(given_up.set)

        def granted(grant: Grant) -> None:
            dialog.accept()
            then(grant)

        def failed(error: NitaqError) -> None:
            if not given_up.is_set():
                dialog.accept()
            self._failed(error)

        self._in_background(lambda: consent.wait(client_secret, given_up.is_set), granted, failed)
        self.dialog = dialog
        dialog.open()
        self.browse(consent.url)

    def _in_background(self, work: Callable[[], object], done: Callable[..., None], failed: Callable[[NitaqError], None]) -> None:
        task = Task(work, self)
        task.done.connect(done)
        task.failed.connect(failed)
        task.start()
