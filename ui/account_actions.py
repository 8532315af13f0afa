"""What can be done with an account: save it, read its mailbox, try it out. The password comes from the form, the keyring, or is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.errors import NitaqError
from app.i18n import Translation
from app.model import Account, MailServer, Trial, TrialStep
from app.several import sources_of
from app.sign_in.grant import Grant
from ui.browser_sign_in import BrowserSignIn
from ui.ports import Services
from ui.task import Task

if TYPE_CHECKING:
    from ui.account_draft import Draft
    from ui.engine import ScanOrder


class AccountActions(QObject):
    """Emits `ready` with a `ScanOrder`, or `all_ready` with several, and a sentence to show beside the scan (or ""); or `failed` with a `NitaqError`."""

    ready = Signal(object, str)
    all_ready = Signal(list, str)
    failed = Signal(object)

    def __init__(self, say: Translation, services: Services, window: QWidget) -> None:
        super().__init__(window)
        self._say, self._services, self._window = say, services, window
        self.browser = BrowserSignIn(say, services, window, self.failed.emit)

    # Save and read -----------------------------------------------------------------------------------------------

    def submit(self, draft: Draft) -> None:
        """Keep what the form says, the secret where the user wants it, and read the mailbox."""
        account = draft.account(self._services.audits.accounts())
        if account.oauth:
            self._submit_with_browser(draft, account)
            return
        order, secrets = order_for(account, draft.secret or None), self._services.secrets

        def keep() -> None:
            if draft.secret and draft.keep_secret:
                secrets.set(account.source, draft.secret)
            elif draft.kept_for and not (draft.keep_secret and draft.kept_for == account.source):
                secrets.forget(draft.kept_for)

        def save(account: Account, aside: str) -> None:
            self._save(account, draft.original, order, aside)

        refused = self._say("The system's keyring did not take the password, so it will be asked for the next time.")
        self._in_background(keep, lambda _: save(account, ""), lambda _: save(replace(account, keep_secret=False), refused))

    def _submit_with_browser(self, draft: Draft, account: Account) -> None:
        def granted(grant: Grant) -> None:
            order, secrets = order_for(account, grant.access_token), self._services.secrets

            def keep() -> None:
                if account.keep_secret:
                    secrets.set(account.source, grant.to_secret())

            refused = self._say("The system's keyring did not take the sign-in, so you will be asked to sign in the next time.")
            self._in_background(
                keep, lambda _: self._save(account, draft.original, order, ""),
                lambda _: self._save(replace(account, keep_secret=False), draft.original, order, refused),
            )  # fmt: skip

        self.browser.ask(account, draft.client_secret, granted)

    def _save(self, account: Account, original: str, order: ScanOrder, aside: str) -> None:
        """In place of the account that was changed, unless that has an audit of its own under its old name."""
        audits = self._services.audits
        try:
            if original not in ("", account.source) and all(entry.source != original for entry in audits.recent()):
                audits.forget(original)
            audits.save_account(account)
        except NitaqError as error:
            self.failed.emit(error)
        else:
            self.ready.emit(order, aside)

    def read(self, source: str, aside: str = "") -> None:
        """Read a source, or several as one audit, each with the account's own wishes, and a sentence beside the scan."""
        audits = self._services.audits
        self._read([audits.account(each) for each in sources_of(source)], [], aside)

    def _read(self, accounts: Sequence[Account], orders: Sequence[ScanOrder], aside: str) -> None:
        """One secret after another; the reading begins with the last."""
        if len(orders) < len(accounts):
            account = accounts[len(orders)]
            self.with_secret(account, lambda secret: self._read(accounts, [*orders, order_for(account, secret)], aside))
        elif len(orders) == 1:
            self.ready.emit(orders[0], aside)
        else:
            self.all_ready.emit(list(orders), aside)

    def with_secret(self, account: Account, then: Callable[[str | None], None]) -> None:
        """Go on with the account's secret, or with None where its source needs none; not at all where the user gives none."""
        if not account.source.startswith(("imap://", "imaps://")):
            then(None)
        elif account.oauth:
            self.browser.token(account, then)
        elif account.keep_secret:
            secrets = self._services.secrets
            self._in_background(
                lambda: secrets.get(account.source), lambda known: then(known) if known else self._ask(account, then), lambda _: self._ask(account, then)
            )
        else:
            self._ask(account, then)

    def _ask(self, account: Account, then: Callable[[str | None], None]) -> None:
        from ui.password import PasswordDialog

        dialog = PasswordDialog(self._say, account.name, self._window)
        dialog.given.connect(then)
        dialog.open()

    # Try -------------------------------------------------------------------------------------------------------

    def try_out(self, draft: Draft, told: Callable[[Trial], None]) -> None:
        """Connect with what the form says, and tell how far it came. Nothing is kept."""
        account, services = draft.account(), self._services

        def work() -> Trial:
            secret = draft.secret or (services.secrets.get(account.source) if draft.secret_known else None)
            return services.try_account(account, secret or "")

        self._in_background(work, told, lambda error: told(Trial(TrialStep.REACH, error.code, tuple(error.params.items()))))

    def discover(self, address: str, told: Callable[[MailServer | None], None]) -> None:
        """Ask the domain of an address for its settings, as the user has agreed to."""
        self._in_background(lambda: self._services.discover(address), told, lambda _: told(None))

    def _in_background(self, work: Callable[[], object], done: Callable[..., None], failed: Callable[[NitaqError], None]) -> None:
        task = Task(work, self)
        task.done.connect(done)
        task.failed.connect(failed)
        task.start()


def order_for(account: Account, secret: str | None = None) -> ScanOrder:
    from ui.engine import ScanOrder

    auth = "oauth" if account.oauth else "password"
    return ScanOrder(account.source, account.folders, account.since, account.own_domains, secret, account.ca_file, auth, account.others)
