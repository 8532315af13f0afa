"""What the account form holds: text as typed, checked and turned into an `Account`. No widgets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from app.errors import NitaqError
from app.i18n import mark
from app.model import Account, OAuthClient, OAuthService
from app.sign_in.services import SERVICES
from app.sources.address import normalised

PORTS = {"imaps": 993, "imap": 143}
"""RFC 8314: TLS from the first byte; and the port on which STARTTLS is asked for."""

_HOST = re.compile(r"(?=.{1,253}$)[^\W_](?:[\w-]{0,61}\w)?(?:\.[^\W_](?:[\w-]{0,61}\w)?)*\.?")
_BETWEEN = re.compile(r"[\s,;،؛]+")

HOST_MISSING = mark("The name of the server is missing.")
HOST_WRONG = mark("This does not look like the name of a server. It is something like imap.firm.example.")
PORT_WRONG = mark("The port is a number from 1 to 65535.")
USER_MISSING = mark("The user name is missing. Usually it is your e-mail address.")
SECRET_MISSING = mark("The password is missing.")
CA_MISSING = mark("There is no such file.")
CLIENT_MISSING = mark("The client id is missing. The steps above say where to get it.")
ADDRESS_WRONG = mark("This is no address that begins with https://.")
SCOPE_MISSING = mark("The name of the permission is missing.")
DOMAIN_WRONG = mark("This is not a domain: {domain}. A domain is what stands after the @, like firm.example.")


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of the form."""

    scheme: str = "imaps"
    """`imaps`: TLS from the first byte; `imap`: STARTTLS, required."""
    host: str = ""
    port: int = 993
    user: str = ""
    secret: str = field(default="", repr=False)
    keep_secret: bool = False
    folders: str = ""
    since: date | None = None
    others: tuple[str, ...] = ()
    """Other people's and shared mailboxes that are read as well."""
    own_domains: str = ""
    ca_file: str = ""
    kept_for: str = ""
    """The source whose secret the keyring has already; another source needs its own."""
    way: str = ""
    """How to sign in: empty (a password), `google`, `microsoft`, or `other` with the addresses below."""
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    authorize: str = ""
    token: str = ""
    scope: str = ""
    revoke: str = ""
    direct: bool = False
    """Past the system's proxy."""
    kept_way: str = ""
    """How the kept secret signs in: what a browser gave is never sent as a password."""
    original: str = ""
    """The source of the saved account that is being changed."""

    @property
    def secret_known(self) -> bool:
        return self.keep_secret and self.kept_for == self.source and self.kept_way == self.way

    @property
    def source(self) -> str:
        host = self.host.strip().rstrip(".").lower()
        port = "" if self.port == PORTS[self.scheme] else f":{self.port}"
        typed = f"{self.scheme}://{quote(self.user.strip(), safe='')}@{host}{port}"
        try:
            return normalised(typed)  # the key under which the engine knows it
        except NitaqError:
            return typed

    def account(self, others: Iterable[Account] = ()) -> Account:
        """The account to be saved. One that is saved under the same source keeps its name; a new one has the user's, told apart from those of the `others`."""
        user, host, source = self.user.strip(), self.host.strip(), self.source
        known = {other.source: other.name for other in others}
        names = (user, f"{user} ({host})", f"{user} ({host}:{self.port})", source)
        name = known.get(source) or next((name for name in names if name not in known.values()), source)
        own = domains_in(self.own_domains)
        folders = tuple(part.strip() for part in self.folders.splitlines() if part.strip())
        return Account(name, source, own or None, folders, self.since, self.keep_secret, self.ca_file.strip(), self._client(), self.direct, self.others)

    def _client(self) -> OAuthClient | None:
        if not self.way:
            return None
        service = SERVICES.get(self.way)
        if service is None:
            name = urlsplit(self.authorize.strip()).hostname or ""
            service = OAuthService(name, self.authorize.strip(), self.token.strip(), tuple(self.scope.split()), self.revoke.strip())
        return OAuthClient(self.client_id.strip(), service)


def draft_of(account: Account) -> Draft:
    """An account's fields, to be changed."""
    parts = urlsplit(account.source)
    scheme = parts.scheme if parts.scheme in PORTS else "imaps"
    sign_in = _sign_in_of(account.oauth)
    return Draft(
        scheme=scheme,
        host=parts.hostname or "",
        port=parts.port or PORTS[scheme],
        user=unquote(parts.username or ""),
        keep_secret=account.keep_secret,
        folders="\n".join(account.folders),
        since=account.since,
        others=account.others,
        own_domains=" ".join(account.own_domains or ()),
        ca_file=account.ca_file,
        direct=account.direct,
        kept_for=account.source if account.keep_secret else "",
        kept_way=sign_in.get("way", ""),
        original=account.source,
        **sign_in,
    )


def _sign_in_of(client: OAuthClient | None) -> dict[str, str]:
    if client is None:
        return {}
    service = client.service
    way = next((way for way, known in SERVICES.items() if known == service), "other")
    typed = {"authorize": service.authorize, "token": service.token, "scope": " ".join(service.scopes), "revoke": service.revoke}
    typed = typed if way == "other" else {}
    return {"way": way, "client_id": client.id, **typed}


def other_security(draft: Draft, scheme: str) -> Draft:
    """The port follows the kind of encryption unless the user chose one."""
    return replace(draft, scheme=scheme, port=PORTS[scheme] if draft.port == PORTS[draft.scheme] else draft.port)


def field_to_mend(code: str | None) -> str:
    """The field that a failed audit most likely asks to be changed; empty where no field would help."""
    if code == "tls.certificate":
        return "ca_file"
    if code in ("auth.failed", "auth.expired", "auth.app_password"):
        return "secret"
    return "host" if code in ("connection", "timeout", "tls", "tls.downgrade", "protocol") else ""


def domains_in(text: str) -> tuple[str, ...]:
    """Domains separated by spaces, commas or lines; an address counts as its domain. A-labels, each once."""
    from app.domains import to_ascii

    return tuple(dict.fromkeys(to_ascii(part) or part for part in _parts(text)))


def wrong_domain(text: str) -> str | None:
    """The first that is no domain."""
    from app.domains import to_ascii

    return next((part for part in _parts(text) if "." not in (to_ascii(part) or "")), None)


def _parts(text: str) -> list[str]:
    return [domain for part in _BETWEEN.split(text) if (domain := part.rpartition("@")[2].strip("."))]


def mistakes(draft: Draft) -> dict[str, tuple[str, dict[str, object]]]:
    """Field -> sentence and its values; empty where the form can be used."""
    found: dict[str, tuple[str, dict[str, object]]] = {}
    host = draft.host.strip()
    if not host:
        found["host"] = HOST_MISSING, {}
    elif not _HOST.fullmatch(host):
        found["host"] = HOST_WRONG, {}
    if not 0 < draft.port < 65536:
        found["port"] = PORT_WRONG, {}
    if not draft.user.strip():
        found["user"] = USER_MISSING, {}
    if draft.way:
        found.update(_wrong_sign_in(draft))
    elif not draft.secret and ("host" in found or not draft.secret_known):
        found["secret"] = SECRET_MISSING, {}
    if draft.ca_file.strip() and not Path(draft.ca_file.strip()).is_file():
        found["ca_file"] = CA_MISSING, {}
    if (wrong := wrong_domain(draft.own_domains)) is not None:
        found["own_domains"] = DOMAIN_WRONG, {"domain": wrong}
    return found


def _wrong_sign_in(draft: Draft) -> dict[str, tuple[str, dict[str, object]]]:
    found: dict[str, tuple[str, dict[str, object]]] = {}
    if not draft.client_id.strip():
        found["client_id"] = CLIENT_MISSING, {}
    if draft.way == "other":
        for name, text in (("authorize", draft.authorize), ("token", draft.token), ("revoke", draft.revoke)):
            if not _is_https(text.strip()) and (text.strip() or name != "revoke"):
                found[name] = ADDRESS_WRONG, {}
        if not draft.scope.strip():
            found["scope"] = SCOPE_MISSING, {}
    return found


def _is_https(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname)
