"""Small messages for tests: what is not named is plain and honest."""

from __future__ import annotations

from email.utils import formatdate

BORDER = "mx.host.example"


def header(
    n: int = 1,
    author: str | None = "Sara <sara@partner.example>",
    *,
    proof: str = "dkim=pass header.d=partner.example; spf=pass smtp.mailfrom=partner.example; dmarc=pass header.from=partner.example",
    extra: str = "",
    to: str = "omar@firm.example",
) -> bytes:
    """A header as the border mx.host.example delivers it; `proof` empty: the border said nothing."""
    when = 1_780_000_000 + 3600 * n
    lines = [
        f"Authentication-Results: {BORDER}; {proof}" if proof else "",
        f"Received: from out.partner.example (out.partner.example [192.0.2.7]) by {BORDER} with ESMTPS id q{n}; {formatdate(when)}",
        extra,
        f"From: {author}" if author is not None else "",
        f"To: {to}",
        f"Subject: message {n}",
        f"Date: {formatdate(when)}",
        f"Message-ID: <{n}@partner.example>",
    ]
    return "".join(line + "\r\n" for line in lines if line).encode()


def message(n: int = 1, author: str | None = "Sara <sara@partner.example>", **values: str) -> bytes:
    """The same with a body."""
    return header(n, author, **values) + b"\r\nGood day.\r\n"
