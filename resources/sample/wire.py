"""How a message of the sample looks on the wire: encoded words, folding, the trace, the border's results and the signatures."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from hashlib import shake_256

from resources.sample.cast import OWNER
from resources.sample.dice import date_field

BORDER = "mx1.mailhost.example"
"""The host of the firm's provider that receives its mail; it writes the Authentication-Results to believe."""

Party = tuple[str, str]
"""(display name, address)"""
SELF: Party = (OWNER.english, OWNER.address)


@dataclass(frozen=True, slots=True)
class Route:
    """How a message reached the border, and what the border found out about it."""

    outcome: str
    """What this establishes: authenticated, failed or not_established."""
    host: str
    ip: str
    mail_from: str
    spf: str = "none"
    dkim: tuple[tuple[str, str, str], ...] = ()
    """(result, d=, s=) of each signature."""
    dmarc: str = ""
    """Result and comment of the dmarc clause; empty: none was reported."""
    login: str = ""
    """The account that was logged in when the message was handed to the border."""
    below: tuple[str, ...] = ()
    """Header fields under the border's own; `{date}` becomes the moment of sending."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message and the truth about it."""

    case: str
    when: int
    """Seconds since 1970 UTC."""
    author: Party
    subject: str
    body: str
    route: Route | None = None
    """None: a copy of what the owner sent."""
    to: tuple[Party, ...] = (SELF,)
    cc: tuple[Party, ...] = ()
    reply_to: Party | None = None
    answers: tuple[str, ...] = ()
    """Message-IDs of the conversation so far, oldest first."""
    folder: str = "INBOX"
    zone: str = "+0400"
    encoding: str = "B"
    """For text beyond ASCII: B or Q (UTF-8, RFC 2047), windows-1256, or raw octets."""
    fields: tuple[str, ...] = ()
    """More header fields, as they stand."""
    from_field: str | None = None
    """The From field as it stands, where it is not simply the author; empty: there is none."""
    status: str = "clear"
    relationship: str = "external"
    deserves_look: bool = False

    @property
    def message_id(self) -> str:
        host = self.author[1].rpartition("@")[2]
        return f"<{token(f'{self.when}{self.author[1]}{self.subject}', 15).replace('/', '_').replace('+', '-')}@{host}>"


def token(seed: str, octets: int) -> str:
    """Base64 that looks random and follows from the seed."""
    return b64encode(shake_256(seed.encode()).digest(octets)).decode()


def render(letter: Letter) -> bytes:
    """The whole message, lines ending in CRLF."""
    fields = [] if letter.route is None else trace(letter, letter.route)
    if letter.from_field is None:
        fields.append("From: " + mailbox(letter.author, letter.encoding))
    elif letter.from_field:
        fields.append("From: " + letter.from_field)
    fields.append("To: " + ",\r\n\t".join(mailbox(party, letter.encoding) for party in letter.to))
    if letter.cc:
        fields.append("Cc: " + ",\r\n\t".join(mailbox(party, letter.encoding) for party in letter.cc))
    if letter.reply_to:
        fields.append("Reply-To: " + mailbox(letter.reply_to, letter.encoding))
    fields.append(folded("Subject: " + text(letter.subject, letter.encoding)))
    fields.append("Date: " + date_field(letter.when, letter.zone))
    fields.append("Message-ID: " + letter.message_id)
    if letter.answers:
        fields.append("In-Reply-To: " + letter.answers[-1])
        fields.append("References: " + "\r\n ".join(letter.answers))
    fields += letter.fields
    body, charset = letter.body, "utf-8"
    if letter.encoding == "windows-1256" and _fits(body, "windows-1256"):
        charset = "windows-1256"
    fields.append(f"MIME-Version: 1.0\r\nContent-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: 8bit")
    return "\r\n".join(fields).encode() + b"\r\n\r\n" + body.replace("\n", "\r\n").encode(charset)


def trace(letter: Letter, route: Route) -> list[str]:
    """What the servers wrote, newest first: delivery, the border's results above its Received line, then what came with the message."""
    stamp = letter.when + 4
    id = token(letter.message_id, 6).upper().replace("/", "X").replace("+", "Z")
    fields = [f"Return-Path: <{route.mail_from}>", f"Delivered-To: {OWNER.address}", results(letter, route)]
    with_ = "ESMTPSA" if route.login else "ESMTPS"
    who = f"(authenticated as {route.login}) " if route.login else ""
    fields.append(
        f"Received: from {route.host} ({route.host} [{route.ip}])\r\n\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))\r\n"
        f"\t{who}by {BORDER} (Postfix) with {with_} id {id}\r\n\tfor <{OWNER.address}>; {date_field(stamp)}"
    )
    fields += [field.replace("{date}", date_field(letter.when)) for field in route.below]
    fields += [signature(letter, domain, selector) for result, domain, selector in route.dkim if result != "none"]
    return fields


def results(letter: Letter, route: Route) -> str:
    """The border's Authentication-Results (RFC 8601)."""
    clauses = [f"auth=pass smtp.auth={route.login} smtp.mailfrom={route.mail_from}"] if route.login else []
    for result, domain, selector in route.dkim:
        start = token(letter.message_id + domain, 6)
        why = ' reason="body hash did not verify"' if result == "fail" else ""
        clauses.append(f"dkim={result}{why} header.d={domain} header.i=@{domain}\r\n\t header.s={selector} header.b={start}")
    if not route.login:
        said = {"pass": "designates", "fail": "does not designate", "softfail": "does not designate"}.get(route.spf)
        domain = route.mail_from.rpartition("@")[2]
        comment = f" (domain of {domain} {said} {route.ip.removeprefix('IPv6:')} as permitted sender)" if said else ""
        clauses += ["dkim=none"] if not route.dkim else []
        clauses.append(f"spf={route.spf}{comment}\r\n\t smtp.mailfrom={route.mail_from or domain}" if route.mail_from else "spf=none")
    if route.dmarc and letter.status == "clear":
        clauses.append(f"dmarc={route.dmarc} header.from={letter.author[1].rpartition('@')[2]}")
    return f"Authentication-Results: {BORDER};\r\n\t" + ";\r\n\t".join(clauses)


def signature(letter: Letter, domain: str, selector: str) -> str:
    """A DKIM-Signature in form (RFC 6376); the border has checked it, nobody can check it again."""
    b = token(letter.message_id + domain, 6) + token(letter.message_id + domain + "b", 250)
    lines = [b[at : at + 70] for at in range(0, len(b), 70)]
    return (
        f"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d={domain}; s={selector};\r\n\tt={letter.when}; h=From:To:Subject:Date:Message-ID;"
        f"\r\n\tbh={token(letter.body, 32)};\r\n\tb=" + "\r\n\t ".join(lines)
    )


def mailbox(party: Party, encoding: str) -> str:
    """A name-addr; the name quoted or encoded where it must be."""
    name, address = party
    if not name:
        return address
    if not name.isascii():
        return f"{text(name, encoding)}\r\n\t<{address}>"
    if name.replace(" ", "").isalnum():
        return f"{name} <{address}>"
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}" <{address}>'


def text(value: str, encoding: str) -> str:
    """Unstructured text, as RFC 2047 words of at most 75 characters where it is more than ASCII."""
    if value.isascii() and value.isprintable():
        return value
    if encoding == "raw":
        return value
    charset = "windows-1256" if encoding == "windows-1256" and _fits(value, "windows-1256") else "utf-8"
    to_word, room = (_q_word, 17) if encoding == "Q" else (_b_word, 42)
    words, piece = [], b""
    for character in value:
        octets = character.encode(charset)
        if len(piece) + len(octets) > room:
            words.append(to_word(piece, charset))
            piece = b""
        piece += octets
    return "\r\n ".join([*words, to_word(piece, charset)])


def _b_word(octets: bytes, charset: str) -> str:
    return f"=?{charset}?B?{b64encode(octets).decode()}?="


def _q_word(octets: bytes, charset: str) -> str:
    coded = "".join(chr(o) if chr(o).isalnum() and o < 128 else "_" if o == 32 else f"={o:02X}" for o in octets)
    return f"=?{charset.upper()}?Q?{coded}?="


def folded(field: str) -> str:
    """A long line of ASCII, folded at white space before column 78."""
    if len(field) <= 78 or "\r\n" in field or not field.isascii():
        return field
    cut = field.rfind(" ", 20, 77)
    return field if cut < 0 else field[:cut] + "\r\n" + folded(field[cut:])


def _fits(value: str, charset: str) -> bool:
    try:
        value.encode(charset)
    except UnicodeEncodeError:
        return False
    return True
