"""Codes become sentences: what happened, what was kept, and what to do, in the reader's language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from app.contain import contained
from app.i18n import Translation, mark
from app.model import ScanStatus

_KEPT = mark("What was read so far is kept; run the audit again and it goes on from there.")
_CHECK_NETWORK = mark("Check your internet connection, the server's name and the port, then try again.")
_PROXY = mark("Check the system's proxy settings, ask your administrator, or switch the proxy off for this account.")

SENTENCES: Mapping[str, tuple[str, str]] = {
    "tls.certificate": (
        mark("The server {host} could not show a certificate that proves it is itself ({reason}). Nothing was sent to it, your password neither."),
        mark("Check the server's name. If your organisation uses a certificate authority of its own, name its file."),
    ),
    "tls.downgrade": (
        mark("The server {host} does not offer encryption here (STARTTLS). Nothing was sent to it, your password neither."),
        mark("Choose TLS with port 993, or ask your provider for the right settings."),
    ),
    "tls.version": (
        mark("The server {host} speaks only an outdated kind of encryption. Nothing was sent to it, your password neither."),
        mark("Ask your provider to offer TLS 1.2 or newer."),
    ),
    "tls.injected": (
        mark("Somebody put data into the connection to {host} before it was encrypted. It was closed and your password was not sent."),
        mark("Do not use this network for your mail, and tell your provider."),
    ),
    "tls": (
        mark("No encrypted connection to {host} could be made ({reason}). Your password was not sent."),
        mark("Check the port and the kind of encryption: TLS is usually on port 993, STARTTLS on port 143."),
    ),
    "auth.failed": (
        mark("The server did not accept the user name and password for {user}."),
        mark("Check both. Many providers want an app password here instead of your usual one."),
    ),
    "auth.token": (
        mark("The server {host} did not accept the sign-in of {user} with the browser."),
        mark("Sign in again with the browser, with the account of this address. If it stays, ask whether IMAP is switched on for it."),
    ),
    "auth.app_password": (
        mark("The server {host} wants an app password for {user}, not the usual password."),
        mark("Make one on your provider's web page, in the settings for security, and give it here."),
    ),
    "auth.imap_off": (
        mark("IMAP is switched off for {user}, so no mail program may read this mailbox."),
        mark("Switch IMAP on in the mail settings on your provider's web page, or ask your administrator, then try again."),
    ),
    "auth.expired": (
        mark("The password or the permission for {user} has expired."),
        mark("Renew it with your provider, then try again."),
    ),
    "auth.privacy": (
        mark("The server {host} refuses to take a password over this kind of connection."),
        mark("Choose TLS with port 993."),
    ),
    "auth.mechanism": (
        mark("The server {host} does not accept this way of signing in."),
        mark("Choose another way of signing in, or ask your provider whether IMAP is switched on."),
    ),
    "auth.weblogin": (
        mark("The provider wants you to sign in with a web browser first."),
        mark("Sign in on the provider's web page, confirm that it was you, then try again."),
    ),
    "auth.admin": (
        mark("The server says that only an administrator can open this mailbox to you."),
        mark("Ask the administrator of {host}."),
    ),
    "auth.preauth": (
        mark("The server {host} says that somebody is signed in already, although no password was sent. The connection was closed."),
        mark("Check the server's name and port."),
    ),
    "oauth.refused": (
        mark("{service} was not allowed to let Nitaq read this mailbox."),
        mark("Sign in again and agree on the page in the browser. Nitaq only reads, whatever else the page names."),
    ),
    "oauth.expired": (
        mark("The permission that {service} gave has ended or was taken back."),
        mark("Sign in again with the browser."),
    ),
    "oauth.client": (
        mark("{service} does not know this client id, or does not accept its secret ({reason})."),
        mark("Compare both with the page where the client was registered, or ask your administrator."),
    ),
    "oauth.failed": (mark("Signing in at {service} failed: {reason}"), mark("Try again; if it stays, ask your administrator.")),
    "oauth.cancelled": (mark("Signing in was cancelled, so nothing was read and nothing was kept."), mark("Start again when you are ready.")),
    "oauth.timeout": (mark("Nobody signed in within five minutes, so waiting has ended. Nothing was kept."), mark("Start again when you are ready.")),
    "server.bye": (mark("The server {host} closed the connection: {reason}"), _KEPT),
    "server.unavailable": (mark("The server {host} cannot answer at the moment: {reason}"), mark("Try again in a few minutes.")),
    "server.limit": (mark("The server {host} has reached a limit of its own: {reason}"), mark("Close other mail programs or try again later.")),
    "server.quota": (
        mark("The server {host} has given out as much mail as it allows in one day: {reason}"),
        mark("What was read so far is kept. Run the audit again in 24 hours and it goes on from there."),
    ),
    "server.throttled": (mark("The server {host} asks us to slow down: {reason}"), _KEPT),
    "server.bug": (mark("The server {host} reports a fault of its own: {reason}"), mark("Try again later, and tell your provider if it stays.")),
    "mailbox.denied": (mark("The folder {folder} could not be opened."), mark("Check its name, and whether this account may read it.")),
    "message.unreadable": (mark("Some messages could not be read. They are counted and shown apart."), ""),
    "message.too_large": (mark("The header of {message} is unusually large; only its beginning was read."), ""),
    "incomplete": (
        mark("Not everything in {folder} could be read. Messages missing: {missing}."),
        mark("Run the audit again to fetch the rest."),
    ),
    "protocol": (
        mark("The server {host} gave an answer that makes no sense: {reason}"),
        mark("Check the server's name and port. If both are right, tell your provider."),
    ),
    "protocol.too_large": (mark("The server {host} sent more than any honest answer needs, so the connection was closed."), _KEPT),
    "proxy.connection": (mark("No connection to the proxy {proxy} could be made ({reason})."), _PROXY),
    "proxy.timeout": (mark("The proxy {proxy} did not answer in time."), _PROXY),
    "proxy.auth": (
        mark("The proxy {proxy} wants a user name and password, or does not accept those in the system's settings."),
        mark("Put them into the system's proxy settings, or ask your administrator. Your mail password was not sent."),
    ),
    "proxy.refused": (
        mark("The proxy {proxy} does not let Nitaq through to {target} ({reason})."),
        mark("Ask your administrator to let mail programs through, or switch the proxy off for this account if it can be reached directly."),
    ),
    "proxy.protocol": (mark("The proxy {proxy} gave an answer that makes no sense."), _PROXY),
    "proxy.setting": (mark("The proxy {proxy} of the system's settings cannot be used: {reason}"), _PROXY),
    "proxy.automatic": (
        mark("The system's settings let a script choose the proxy (automatic configuration, PAC), and Nitaq reads no such scripts."),
        mark("Ask your administrator for the proxy's name and port and set them in the system's settings, or switch the proxy off for this account."),
    ),
    "timeout": (mark("The server {host} did not answer in time."), _CHECK_NETWORK),
    "connection": (mark("No connection to {host} could be made ({reason})."), _CHECK_NETWORK),
    "input": (
        mark("{path} could not be read ({reason})."),
        mark("Check that the name is right, that there is mail in it, and that you may open it."),
    ),
    "input.outlook": (
        mark("{path} is a file of Outlook, and Nitaq does not read these."),
        mark("If the mailbox is on a server, add it as an account instead. Else convert the file to mbox, with the free program readpst for example,"
             " and open the folder that comes out."),
    ),
    "input.msg": (
        mark("{path} is a message as Outlook saves it (.msg), and Nitaq does not read these."),
        mark("Save it as EML in the new Outlook or in Outlook on the web, or convert it with the free program msgconvert, and open the .eml file."),
    ),
    "input.dbx": (
        mark("{path} is a folder of Outlook Express, and Nitaq does not read these."),
        mark("Convert it to .eml files, with the free program undbx for example, and open the folder that comes out."),
    ),
    "input.emlx": (
        mark("{path} belongs to Apple Mail, and Nitaq does not read its own files."),
        mark("In Mail, choose the mailbox, then Mailbox > Export Mailbox, and open the folder that was exported."),
    ),
    "input.packed": (mark("{path} is packed, so Nitaq cannot look into it."), mark("Unpack it first, and open the folder that comes out.")),
    "input.foreign": (
        mark("{path} holds mail in a form that Nitaq does not read."),
        mark("Export the mail as mbox or .eml from the program that it belongs to, and open that."),
    ),
    "store.full": (mark("The disk is full, so nothing more could be kept in {path}."), mark("Free some space; the audit then goes on where it stopped.")),
    "store.locked": (mark("Another window of Nitaq is using {path}."), mark("Wait until it has finished, or close it.")),
    "store.readonly": (mark("Nitaq may not write in {path}."), mark("Choose another folder, or ask for permission to write there.")),
    "store.damaged": (
        mark("The file {path} is damaged. Your mailbox is not affected."),
        mark("Put back a copy of the file if you have one; else give it another name, and Nitaq begins a new one."),
    ),
    "store.rebuilt": (
        mark("What was kept of this mailbox was damaged. It was set aside as {path}, and the mailbox is read anew."),
        "",
    ),
    "store.newer": (mark("{path} was made by a newer version of Nitaq."), mark("Install the newest version and try again.")),
    "report.unwritable": (
        mark("The report could not be written to {path} ({reason}). Nothing half-written was left behind."),
        mark("Choose another folder or another name, and export again."),
    ),
    "secret.not_kept": (
        mark("The sign-in of {account} was renewed, but the system's keyring did not take it. The audit goes on."),
        mark("Unlock the keyring; the next time you may have to sign in again with the browser."),
    ),
    "oauth.missing": (
        mark("No sign-in of {account} is kept in the system's keyring."),
        mark("Open Nitaq, read this account and sign in with the browser; tick the box that remembers it to use it here."),
    ),
    "oauth.listening": (
        mark("Nitaq could not listen for the answer of your browser on this computer ({reason})."),
        mark("Check that no firewall forbids Nitaq to listen on this computer, close some programs, then sign in again."),
    ),
    "secret.unavailable": (
        mark("No password could be had from the system's keyring."),
        mark("Give the password again; it is then asked each time."),
    ),
    "secret.missing": (
        mark("No password was given for {account}, so it was not read."),
        mark("Start again when you have it at hand."),
    ),
    "secret.locked": (
        mark("The system's keyring is locked, or refused to delete the password that is in it. Nothing was forgotten."),
        mark("Unlock the keyring, then forget the account again."),
    ),
    "update.unknown": (
        mark("Whether there is a newer version could not be found out ({reason})."),
        mark("Nothing else depends on it. Try again later, or look at the project's page."),
    ),
    "display.missing": (
        mark("There is no screen here to open a window on."),
        mark("Start Nitaq from a desktop, or audit without a window: nitaq audit SOURCE --report FILE."),
    ),
    "window.stuck": (
        mark("The window of Nitaq that does not answer could not be ended."),
        mark("Sign out or restart the computer, then start Nitaq again. What was read and decided is kept."),
    ),
    "program.fault": (mark("Nitaq made a mistake of its own ({reason})."), mark("Please report it. Nothing was changed, and what was read is kept.")),
    "helper.lost": (
        mark("A part of Nitaq that helps with reading stopped unexpectedly."),
        mark("What it had in hand was read again, so nothing is missing. Reading may take longer."),
    ),
    "engine.crashed": (mark("The scan stopped unexpectedly."), _KEPT),
}

_UNKNOWN = mark("Something went wrong that Nitaq has no sentence for ({code}).")

_NOTHING_READ: Mapping[str, str] = {
    "server.bye": mark("Try again in a few minutes."),
    "server.throttled": mark("Try again in a few minutes."),
    "server.quota": mark("Try again in 24 hours."),
    "protocol.too_large": mark("Try again later, and tell your provider if it stays."),
}
"""What to do in place of what speaks of a scan that goes on."""
ENDINGS: Mapping[ScanStatus, str] = {
    ScanStatus.COMPLETE: mark("The audit is complete: every message was counted exactly once."),
    ScanStatus.PARTIAL: mark("The audit is not complete. The report says what is missing and why."),
    ScanStatus.ERROR: mark("The audit was stopped by an error."),
    ScanStatus.REFUSED: mark("Nitaq refused to go on, because it would not have been secure."),
    ScanStatus.CANCELLED: mark("Cancelled. What was read is kept; the next audit goes on from there."),
}


def describe(code: str, params: Mapping[str, object], say: Translation, *, read: bool = True) -> str:
    """One or two plain sentences for a code of the public interface; the values come from outside and are contained.

    `read`: it may have happened after something was read; a connection that was only tried has kept nothing.
    """
    special = _special(code, params)
    happened, advice = SENTENCES.get(special, (_UNKNOWN, ""))
    if not read:
        advice = _NOTHING_READ.get(special, advice)
    values: dict[str, object] = defaultdict(lambda: "?", code=code)
    for name, value in params.items():
        values[name] = value if isinstance(value, int) else contained(say.fill(str(value), {}))
    ended = "." if happened.endswith("{reason}") else ""
    if ended:
        values["reason"] = str(values["reason"]).rstrip(".")
    return " ".join(filter(None, (say.fill(happened, values) + ended, say.fill(advice, values) if advice else "")))


def _special(code: str, params: Mapping[str, object]) -> str:
    """Which sentence a code has where its values say more."""
    if params.get("quota"):
        return "server.quota"
    return "auth.token" if code in ("auth.failed", "auth.expired") and params.get("token") else code


def ending(status: ScanStatus, say: Translation) -> str:
    """How a scan ended, in one sentence."""
    return say(ENDINGS[status])
