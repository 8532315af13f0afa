"""How the mail of large providers is reached, from an address alone: facts that Nitaq brings along, so that nobody has to be asked."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from app.domains import to_ascii
from app.i18n import Translation, mark

ASKS = {
    "password": mark("{name} takes the password that you also use on its web page."),
    "app-password": mark("{name} does not take your usual password here. Make an app password (a second one, for mail programs) on this page: {page}"),
    "switch-on": mark("{name} lets mail programs in only after you have switched IMAP on in its settings: {page}"),
    "browser": mark("{name} takes no password from mail programs any more. Sign in with the browser instead."),
    "bridge": mark(
        "{name} is read through its own program, the Bridge, which has to run on this computer: {page} "
        "Give the user name and password that the Bridge shows, and below as certificate authority the certificate that it exports."
    ),
    "no-imap": mark("{name} lets no other program read its mail (it has no IMAP), so Nitaq cannot read this mailbox."),
}
"""What a provider's users have to know, as the words of `asks` in resources/facts/imap.toml."""


@dataclass(frozen=True, slots=True)
class Provider:
    """One row of resources/facts/imap.toml."""

    name: str
    host: str
    """Empty where no program is let in."""
    port: int
    asks: tuple[str, ...]
    """Keys of `ASKS`."""
    page: str = ""
    """Where the user does what is asked."""
    oauth: str = ""
    """Who signs its users in with a browser; empty: nobody."""
    mx: tuple[str, ...] = ()
    """Domains of the computers that receive mail for the domains of its customers."""

    @property
    def scheme(self) -> str:
        """`imaps`, or `imap` (STARTTLS) where the port says so."""
        return "imaps" if self.port == 993 else "imap"

    def advice(self, say: Translation) -> tuple[str, ...]:
        """What has to be known, a sentence each."""
        return tuple(say(ASKS[ask], name=self.name, page=self.page) for ask in self.asks)


def provider_of(address: str) -> Provider | None:
    """The provider of an e-mail address, by the domain after its last @."""
    name, at, domain = address.strip().rpartition("@")
    return _by_domain().get(to_ascii(domain) or "") if name and at else None


def provider_behind(exchanger: str) -> Provider | None:
    """The one whose computer this is, by the name in an MX record."""
    name = exchanger.lower()
    return next((provider for provider in providers() for mx in provider.mx if name == mx or name.endswith(f".{mx}")), None)


def provider_at(host: str) -> Provider | None:
    """The one whose server this is, for an address of a domain that is not its own."""
    found = [provider for provider in providers() if provider.host and provider.host == host.lower().rstrip(".")]
    return max(found, key=lambda provider: bool(provider.mx), default=None)


@cache
def providers() -> dict[Provider, tuple[str, ...]]:
    """Each with its domains."""
    text = (resources.files("resources") / "facts" / "imap.toml").read_text(encoding="utf-8")
    return {
        Provider(
            name, row["host"], row.get("port", 993), tuple(row["asks"].split()), row.get("page", ""), row.get("oauth", ""), tuple(row.get("mx", "").split())
        ): tuple(row["domains"].split())
        for name, row in tomllib.loads(text).items()
    }


@cache
def _by_domain() -> dict[str, Provider]:
    return {domain: provider for provider, domains in providers().items() for domain in domains}
