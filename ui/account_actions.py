"""What can be done with an account: save it, read its mailbox, try it out. The password comes from the form, the keyring, or is asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.audit_key import sources_of
from app.errors import NitaqError, UserError
from app.i18n import Translation
from app.model import Account, MailServer, Trial, TrialStep
from app.sign_in.grant import Grant
from app.sources.address import is_server
from ui.browser_sign_in import BrowserSignIn
from ui.given_secrets import GivenSecrets
from ui.ports import Services
from ui.task import in_background

if TYPE_CHECKING:
    from ui.account_draft import Draft
    from ui.engine import ScanOrder


GIVEN_UP = frozenset(["secret.missing", "oauth.cancelled"])
"""Codes of what the user wanted no longer."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One of several mailboxes that cannot be read this time."""

    source: str
    why: NitaqError
    auth: str
    """As in a `ScanOrder`."""


class AccountActions(QObject):
    """Emits `ready` with a `ScanOrder`, or `all_ready` with several or a `LeftOut` in their place, and a sentence to show beside the scan (or "");
    or `failed` with a `NitaqError`."""

    ready = Signal(object, str)
    all_ready = Signal(list, str)
    failed = Signal(object)

    def __init__(self, say: Translation, services: Services, given: GivenSecrets, window: QWidget) -> None:
        super().__init__(window)
        self._say, self._services, self._given, self._window = say, services, given, window
        self.browser = BrowserSignIn(say, services, given, window)
        self._tried: tuple[object, Grant] | None = None
        """What the browser gave for a trial, and for which settings: it need not be asked for again where they are saved."""

    # Save and read -----------------------------------------------------------------------------------------------

    def submit(self, draft: Draft) -> None:
        """Keep what the form says, the secret where the user wants it, and read the mailbox."""
        account = draft.account(each for each in self._services.audits.accounts() if not self._gives_way(each.source, draft))
        if account.oauth:
            self._submit_with_browser(draft, account)
            return
        order, secrets, useless = order_for(account, draft.secret or None), self._services.secrets, self._useless(draft)

        def keep() -> None:
            if draft.secret and draft.keep_secret:
                secrets.set(account.source, draft.secret)
            if useless:
                secrets.forget(draft.kept_for)

        def save(account: Account, aside: str) -> None:
            self._given.forget(account.source)
            if draft.secret and not account.keep_secret:
                self._given.keep(account.source, draft.secret)
            self._save(account, draft, order, aside)

        refused = self._say("The system's keyring did not take the password, so it will be asked for the next time.")
        in_background(self, keep, lambda _: save(account, ""), lambda _: save(replace(account, keep_secret=False), refused))

    def _useless(self, draft: Draft) -> bool:
        """Whether what the keyring has is nobody's any more: not wanted there, or of the account that goes."""
        return bool(draft.kept_for) and (not draft.keep_secret if draft.kept_for == draft.source else self._gives_way(draft.kept_for, draft))

    def _submit_with_browser(self, draft: Draft, account: Account) -> None:
        useless = self._useless(draft)

        def granted(grant: Grant) -> None:
            def kept(aside: str) -> None:
                saved = replace(account, keep_secret=False) if aside else account
                self._save(saved, draft, order_for(saved, grant.to_secret()), aside)

            def keep() -> str:
                if useless:
                    self._services.secrets.forget(draft.kept_for)
                return self.browser.keep(account, grant)

            in_background(self, keep, kept, self.failed.emit)

        self._granted(draft, account, granted, self.failed.emit)

    def _granted(self, draft: Draft, account: Account, then: Callable[[Grant], None], failed: Callable[[NitaqError], None]) -> None:
        """What the browser gives for these settings: given for a trial already, kept of earlier, or asked for now."""
        saved = self._services.audits.account(account.source)
        if self._tried and self._tried[0] == _settings(draft, account):
            then(self._tried[1])
        elif draft.secret_known and saved.oauth == account.oauth and not draft.client_secret:
            self.browser.grant(account, lambda grant, _: then(grant), failed)
        else:
            self.browser.ask(account, draft.client_secret, then, failed)

    def _gives_way(self, source: str, draft: Draft) -> bool:
        """Whether this is the account that is changed and that has another place now; where it has an audit of its own, it stays beside."""
        if source != draft.original or source in ("", draft.source):
            return False
        audits = self._services.audits
        return not audits.history(source) and all(source not in sources_of(entry.source) for entry in audits.recent())

    def _save(self, account: Account, draft: Draft, order: ScanOrder, aside: str) -> None:
        audits = self._services.audits
        try:
            if self._gives_way(draft.original, draft):
                audits.forget(draft.original)
            audits.save_account(account)
        except NitaqError as error:
            self.failed.emit(error)
        else:
            self.ready.emit(order, aside)

    def read(self, source: str, aside: str = "", anew: Collection[str] = ()) -> None:
        """Read a source, or several as one audit, each with the account's own wishes, and a sentence beside the scan.

        `anew`: the sources for which the browser is asked though something is kept.
        """
        audits = self._services.audits
        self._read([audits.account(each) for each in sources_of(source)], [], aside, anew)

    def _read(self, accounts: Sequence[Account], orders: Sequence[ScanOrder | LeftOut], aside: str, anew: Collection[str]) -> None:
        """One secret after another; the reading begins with the last. Of several, one that fails holds up no other."""
        if len(orders) == len(accounts):
            self._go(orders, aside)
            return
        account, several = accounts[len(orders)], len(accounts) > 1

        def then(secret: str | None, told: str) -> None:
            self._read(accounts, [*orders, order_for(account, secret)], " ".join(filter(None, (aside, told))), anew)

        def failed(error: NitaqError) -> None:
            if several:
                self._read(accounts, [*orders, LeftOut(account.source, error, auth_of(account))], aside, anew)
            else:
                self.failed.emit(error)

        if account.source in anew:
            self.browser.again(account, lambda grant, told: then(grant.to_secret(), told), failed)
        else:
            self.with_secret(account, then, failed, one_of_several=several)

    def _go(self, orders: Sequence[ScanOrder | LeftOut], aside: str) -> None:
        given_up = [order.why for order in orders if isinstance(order, LeftOut) and order.why.code in GIVEN_UP]
        missing = [str(why.params["account"]) for why in given_up if why.code == "secret.missing"]
        if len(missing) == len(orders):
            self.failed.emit(UserError("secret.missing", account=self._say(", ").join(missing)))
        elif len(given_up) == len(orders):
            self.failed.emit(given_up[0])
        elif len(orders) == 1:
            self.ready.emit(orders[0], aside)
        else:
            self.all_ready.emit(list(orders), aside)

    def with_secret(
        self,
        account: Account,
        then: Callable[[str | None, str], None],
        failed: Callable[[NitaqError], None] | None = None,
        *,
        one_of_several: bool = False,
    ) -> None:
        """Go on with the account's secret, or with None where its source needs none, and a sentence or ""; where the user gives none, it has failed."""
        or_else = failed or self.failed.emit

        def ask() -> None:
            self._ask(account, then, or_else, one_of_several)

        if not is_server(account.source):
            then(None, "")
        elif account.oauth:
            self.browser.grant(account, lambda grant, told: then(grant.to_secret(), told), or_else)
        elif account.keep_secret:
            secrets = self._services.secrets
            in_background(self, lambda: secrets.get(account.source), lambda known: then(known, "") if known else ask(), lambda _: ask())
        else:
            ask()

    def _ask(self, account: Account, then: Callable[[str | None, str], None], failed: Callable[[NitaqError], None], one_of_several: bool) -> None:
        """Once while the window is open."""
        if known := self._given.get(account.source):
            then(known, "")
            return
        from ui.password import PasswordDialog

        def given(secret: str) -> None:
            self._given.keep(account.source, secret)
            then(secret, "")

        dialog = PasswordDialog(self._say, account.name, self._window, kept=account.keep_secret, one_of_several=one_of_several)
        dialog.given.connect(given)
        dialog.rejected.connect(lambda: failed(UserError("secret.missing", account=account.name)))
        dialog.open()

    # Try -------------------------------------------------------------------------------------------------------

    def try_out(self, draft: Draft, told: Callable[[Trial], None]) -> None:
        """Connect with what the form says, and tell how far it came. Nothing is kept but in memory."""
        account, services = draft.account(), self._services

        def secret() -> str | None:
            return draft.secret or (services.secrets.get(account.source) if draft.secret_known else None) or ""

        if account.oauth:
            self._try(account, lambda: None, lambda trial: told(trial) if trial.failed else self._try_with_browser(draft, account, told))
        else:
            self._try(account, secret, told)

    def _try_with_browser(self, draft: Draft, account: Account, told: Callable[[Trial], None]) -> None:
        """The server is there and proven, so the user may be asked to sign in."""
        self._tried = None

        def granted(grant: Grant) -> None:
            self._try(account, grant.to_secret, lambda trial: tried(trial, grant))

        def tried(trial: Trial, grant: Grant) -> None:
            if trial.failed is not TrialStep.SIGN_IN:
                self._tried = _settings(draft, account), grant
            told(trial)

        self._granted(draft, account, granted, lambda error: told(_failed_at(TrialStep.SIGN_IN, error)))

    def _try(self, account: Account, secret: Callable[[], str | None], told: Callable[[Trial], None]) -> None:
        in_background(self, lambda: self._services.try_account(account, secret()), told, lambda error: told(_failed_at(TrialStep.REACH, error)))

    def discover(self, address: str, told: Callable[[MailServer | None], None], failed: Callable[[NitaqError], None]) -> None:
        """Ask the domain of an address for its settings, as the user has agreed to."""
        in_background(self, lambda: self._services.discover(address), told, failed)


def _settings(draft: Draft, account: Account) -> object:
    """What a sign-in with the browser depends on."""
    return account.source, account.oauth, draft.client_secret


def _failed_at(step: TrialStep, error: NitaqError) -> Trial:
    return Trial(step, error.code, tuple(error.params.items()))


def order_for(account: Account, secret: str | None = None) -> ScanOrder:
    from ui.engine import ScanOrder

    source, auth = account.source, auth_of(account)
    return ScanOrder(source, account.folders, account.since, account.own_domains, secret, account.ca_file, auth, others=account.others)


def auth_of(account: Account) -> str:
    return "oauth" if account.oauth else "password"
