"""The screens of connecting to a mailbox: the account form in each state, the browser's dialog, and a picture of every failure's sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from app.model import Certificate, MailServer, ScanStatus, Trial, TrialStep
from ui.account_draft import Draft
from ui.account_form import AccountForm
from ui.browser_dialog import BrowserDialog
from ui.engine import End
from ui.password import PasswordDialog

if TYPE_CHECKING:
    from tests.screens import Stage

Shown = tuple[str, Callable[[], QWidget]]
HOST, USER, PROXY = "mail.firm.example", "sara@firm.example", "proxy.firm.example:3128"
PAGE = "https://sign-in.firm.example/authorize?client_id=4b1d&response_type=code&redirect_uri=http%3A%2F%2F127.0.0.1%3A40213"
CERTIFICATE = Certificate(("mail.elsewhere.example", "*.elsewhere.example"), "mail.elsewhere.example", "Example CA, Example Ltd", "2026-01-01", "2026-04-01",
                          ":".join(f"{n:02X}" for n in range(32)))  # fmt: skip
REACH, ENCRYPT, SIGN_IN, READ = TrialStep
FAILURES: dict[str, tuple[TrialStep, dict[str, str | int]]] = {
    "connection": (REACH, {"reason": "there is no host of this name"}),
    "timeout": (REACH, {}),
    "protocol": (REACH, {"reason": "HTTP/1.1 400 Bad Request"}),
    "protocol.too_large": (REACH, {}),
    "proxy.connection": (REACH, {"proxy": PROXY, "reason": "nothing answers at this port"}),
    "proxy.timeout": (REACH, {"proxy": PROXY}),
    "proxy.auth": (REACH, {"proxy": PROXY}),
    "proxy.refused": (REACH, {"proxy": PROXY, "target": f"{HOST}:993", "reason": "403 Forbidden"}),
    "proxy.protocol": (REACH, {"proxy": PROXY}),
    "proxy.setting": (REACH, {"proxy": "proxy.firm.example:1080", "reason": "it is a SOCKS proxy, and Nitaq goes through HTTP proxies alone"}),
    "proxy.automatic": (REACH, {}),
    "server.bye": (REACH, {"reason": "Too many connections"}),
    "server.unavailable": (SIGN_IN, {"reason": "[UNAVAILABLE] The service is down"}),
    "server.limit": (SIGN_IN, {"reason": "[LIMIT] Too many connections of this user"}),
    "server.throttled": (READ, {"reason": "[THROTTLED] Slow down"}),
    "server.bug": (READ, {"reason": "[SERVERBUG] Internal error"}),
    "tls": (ENCRYPT, {"reason": "wrong version number"}),
    "tls.certificate": (ENCRYPT, {"reason": "self-signed certificate"}),
    "tls.downgrade": (ENCRYPT, {}),
    "tls.version": (ENCRYPT, {"reason": "unsupported protocol"}),
    "tls.injected": (ENCRYPT, {}),
    "auth.failed": (SIGN_IN, {"reason": "[AUTHENTICATIONFAILED] Invalid credentials"}),
    "auth.token": (SIGN_IN, {"reason": "[AUTHENTICATIONFAILED] Invalid credentials", "token": 1}),
    "auth.app_password": (SIGN_IN, {"reason": "[ALERT] Application-specific password required"}),
    "auth.imap_off": (SIGN_IN, {"reason": "[ALERT] Your account is not enabled for IMAP use"}),
    "auth.expired": (SIGN_IN, {"reason": "[EXPIRED] Your password has expired"}),
    "auth.privacy": (SIGN_IN, {}),
    "auth.mechanism": (SIGN_IN, {}),
    "auth.weblogin": (SIGN_IN, {"reason": "[WEBALERT] Web login required"}),
    "auth.admin": (SIGN_IN, {"reason": "[CONTACTADMIN] Ask your administrator"}),
    "auth.preauth": (REACH, {}),
    "oauth.refused": (SIGN_IN, {}),
    "oauth.expired": (SIGN_IN, {}),
    "oauth.client": (SIGN_IN, {"reason": "invalid_client"}),
    "oauth.failed": (SIGN_IN, {"reason": "server_error"}),
    "oauth.cancelled": (SIGN_IN, {}),
    "oauth.timeout": (SIGN_IN, {}),
    "oauth.listening": (SIGN_IN, {"reason": "Address already in use"}),
    "oauth.missing": (SIGN_IN, {"account": USER}),
}
"""Each code of connecting and signing in: the step that fails with it, and the values of its sentence."""


def connecting(stage: Stage) -> Iterator[Shown]:
    """Name, and what shows it and gives what is to be painted."""
    known = Draft(host=HOST, user=USER, secret="x")
    yield "form-proxy", lambda: _form(stage, known, proxy=PROXY, shown="proxy")
    yield "form-no-keyring", lambda: _without_keyring(stage, known)
    for way in ("google", "microsoft", "other"):
        yield f"form-browser-{way}", lambda way=way: _form(stage, Draft(host=HOST, user=USER, way=way), shown="sign_in")  # type: ignore[misc]
    yield "form-domain", lambda: _searched(stage, None)
    yield "form-domain-elsewhere", lambda: _searched(stage, MailServer("imap.elsewhere.example", 993, "imaps"))
    yield "trial-works", lambda: _tried(stage, Trial(folders=7))
    yield "browser", lambda: _browser(stage)
    yield "browser-expired", lambda: _browser(stage, why="oauth.expired")
    yield "browser-not-opened", lambda: _browser(stage, opened=False)
    yield "password-locked", lambda: stage.dialog(lambda: PasswordDialog(stage.window.say, USER, stage.window, kept=True))
    yield "scan-sign-in-again", lambda: _ended(stage)
    yield "scan-not-kept", lambda: stage.scan(((0, 0), (4, 12_400)), aside="secret.not_kept", params={"account": USER})


def failures(stage: Stage) -> Iterator[Shown]:
    """One for each code, as the trial of a connection says it."""
    for name in FAILURES:
        yield f"failure-{name}", lambda name=name: _tried(stage, failed(name))  # type: ignore[misc]


def failed(name: str) -> Trial:
    step, params = FAILURES[name]
    code = "auth.failed" if name == "auth.token" else name
    shown = CERTIFICATE if name == "tls.certificate" else None
    return Trial(step, code, tuple({"host": HOST, "user": USER, "service": "Google", **params}.items()), shown)


def _form(stage: Stage, draft: Draft, *, proxy: str = "", shown: str = "") -> QWidget:
    stage.window.show_form(draft)
    form = stage.window.screen_widget
    assert isinstance(form, AccountForm)
    if proxy:
        form.proxy._show(proxy)
    if shown:
        _scroll(form, getattr(form, shown))
    return stage.window


def _scroll(form: AccountForm, to: QWidget) -> None:
    for _ in range(3):
        QApplication.processEvents()
    area = form.area
    assert isinstance(area, QScrollArea)
    area.verticalScrollBar().setValue(to.mapTo(area.widget(), to.rect().topLeft()).y() - 40)


def _without_keyring(stage: Stage, draft: Draft) -> QWidget:
    _form(stage, draft)
    form = stage.window.screen_widget
    assert isinstance(form, AccountForm)
    form.without_keyring()
    _scroll(form, form.keep)
    return stage.window


def _searched(stage: Stage, server: MailServer | None) -> QWidget:
    _form(stage, Draft(user=USER))
    form = stage.window.screen_widget
    assert isinstance(form, AccountForm)
    if server:
        form.search.tell(USER, server)
    return stage.window


def _tried(stage: Stage, trial: Trial) -> QWidget:
    _form(stage, Draft(host=HOST, user=USER, secret="x"))
    form = stage.window.screen_widget
    assert isinstance(form, AccountForm)
    form.tell(trial)
    _scroll(form, form.trial)
    return stage.window


def _browser(stage: Stage, *, why: str = "", opened: bool = True) -> QWidget:
    from app.error_text import describe

    say = stage.window.say
    told = describe(why, {"service": "Google"}, say) if why else ""
    dialog = BrowserDialog(say, "Google", PAGE, told, stage.window)
    dialog.open()
    if not opened:
        dialog.not_opened()
    return dialog


def _ended(stage: Stage) -> QWidget:
    return stage.scan(((0, 0), (4, 900)), End(ScanStatus.ERROR, "oauth.expired", 900), {"service": "Google"}, by_browser=True)
