"""Throw mutated headers at the readers: `python -m tests.fuzz.fuzz_headers [seconds] [seed]`.

Every reader must return for any octets, and four times the octets must not take much more than four times as long. Prints the first
input that breaks this and exits with 1.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from dataclasses import astuple

from app.mail.author import parse_author, parse_mailboxes
from app.mail.authres import parse_authres, parse_dkim_signature, parse_received_spf
from app.mail.claim import claim_of
from app.mail.fold import folded_address
from app.mail.headers import raw_fields, split
from app.mail.layout import header_of, laid_out
from app.mail.parse import parse, parse_date
from app.mail.reader import HeaderReader
from app.mail.said import SaidReader, read_said
from app.mail.trace import parse_received
from app.mail.words import decode

SEEDS = [
    b'From: "Khalil, Sara" <sara@firm.example>\r\nTo: a@b.example, "c" <d@[192.0.2.1]>\r\nSubject: =?utf-8?B?2LPZhA==?=\r\n\r\n',
    b"From: Pete(A nice \\) chap) <pete(his account)@silly.example(host)>\nSubject: =?x?q?=41_?= =?gbk?Q?=C4=E3?=\n",
    b"From: <@a.example,@b.example:sara . k @ firm . example>\nTo: Team: a@b.example, =?utf-8?Q?c@d?= <e@f.example>;\n",
    b"Return-Path: <prvs=0123456789=list-bounces+sara=x.example@lists.example>\nFrom: SRS0=a=b=c.example=d@e.example\n",
    b"Received: from a.example (b.example. [192.0.2.7])\n\tby mx.firm.example (Postfix) with ESMTPS id 4 (TLS (256/256 bits)); Mon\n"
    b'Authentication-Results: mx.firm.example; dkim=pass header.d=a.example; spf=pass (a "b") smtp.mailfrom="x y"@a.example; dmarc=fail\n'
    b"Received: from c.example ([192.0.2.8] helo=d) by a.example with esmtpsa (Exim 4.97) id 1\nFrom: x@a.example\n",
    b"Received: by 2002:a05:1:: with SMTP id 1\nReceived: from unknown (HELO e.example) (192.0.2.9) by mx.google.com with SMTP; Mon\n"
    b"Received-SPF: pass (google.com: domain of x@a.example) client-ip=192.0.2.7; receiver=mx.google.com\nDate: Mon, 7 Sep 2026 10:00:00 +0200\n"
    b"DKIM-Signature: v=1; a=rsa-sha1; d=A.example; t=2; x=1; l=3; b=abc\nReferences: <a@b.example> <c@d.example>\nList-Id: x\n",
    "From: سارة <سارة@شركة.example>\nReply-To: ＠ \u202e <x@𝐛𝐚𝐧𝐤.example>\n".encode(),
]
PIECES = [bytes((octet,)) for octet in b'<>@(),;:."[]\\ \t\r\n\0\xff=?+-_'] + [
    *(b"=?", b"?=", b"=?utf-8?Q?", b"=?utf-8?B?", b"?=\r\n =?", b"\r\n ", b"\nFrom: ", b'\\"', b"\\(", b"a@b.example", b"<a@b>", b"<@a:"),
    *(b"\nReceived: ", b"from ", b" by ", b" with ", b" id ", b" for ", b"(a", b"helo=", b"[10.0.0.1]", b"2002:a05:", b"\nDKIM-Signature: "),
    *(b"\nAuthentication-Results: ", b"\nReceived-SPF: ", b"dmarc=pass", b"spf=", b" smtp.mailfrom=", b" header.d=", b"/", b"=", b'"a"', b"; "),
    *(b" header.i=x@b.example", b' smtp.mailfrom="', b" header.b=", b" (", b"helo=", b"\r\n\t", b".n--x"),
    *(b"=a.example", b"prvs=", b"srs0=a=b=", b"bounces-", "＠".encode(), "ﷺ".encode(), "م.".encode()),
]
SMALL, FACTOR = 8_000, 4
SLACK = 0.05
"""Seconds of the processor that a busy machine may add."""


def read(header: bytes) -> None:
    for name, value in (*split(header), (b"from", header)):
        parse_author([value, value[: len(value) // 2]])
        boxes = parse_mailboxes(value)
        decode(value)
        for reader in (parse_authres, parse_received_spf, parse_dkim_signature, parse_received, parse_date):
            reader(value)
        for fallback in (False, True):
            assert astuple(SAID.read(value, fallback)) == astuple(read_said(value, fallback, organisation))
        for box in boxes:
            folded_address(box.local, box.domain)
        assert name == name.lower()
    at, values = header_of(header)
    assert (astuple(at), values) == (astuple(laid_out(raw_fields(header))[0]), laid_out(raw_fields(header))[1])
    claim = READER.read([(at, values)])[0].claim()
    assert claim == claim_of(parse(header, organisation))
    assert hash(claim) == hash(claim_of(parse(header, organisation)))


def organisation(host: str) -> str:
    """Stands in for the registrable domain: the last two labels."""
    return ".".join(host.split(".")[-2:])


READER, SAID = HeaderReader(organisation), SaidReader(organisation)
"""One for all, so that what it remembers of others is tried too."""


def mutated(rng: random.Random) -> bytes:
    data = bytearray(rng.choice(SEEDS))
    for _ in range(rng.randint(1, 12)):
        at = rng.randrange(len(data) + 1)
        match rng.randrange(4):
            case 0:
                data[at:at] = rng.choice(PIECES) * rng.choice((1, 1, 1, 2, 50))
            case 1:
                del data[at : at + rng.randint(1, 10)]
            case 2:
                data[at : at + 1] = rng.randbytes(1)
            case _:
                other = rng.choice(SEEDS)
                start = rng.randrange(len(other))
                data[at:at] = other[start : start + rng.randint(1, 40)]
    return bytes(data)


def repeated(rng: random.Random) -> Callable[[int], bytes]:
    """A header that can be made as long as one likes."""
    start, piece, end = mutated(rng)[: rng.randint(0, 60)], b"".join(rng.choices(PIECES, k=rng.randint(1, 4))), rng.choice(PIECES)
    name = rng.choice((b"From", b"Received", b"Authentication-Results", b"Received-SPF", b"DKIM-Signature", b"Date"))
    return lambda size: name + b": " + start.replace(b"\n", b"") + piece * (size // len(piece)) + end


def seconds_for(header: bytes) -> float:
    start = time.process_time()  # others may use the machine
    read(header)
    return time.process_time() - start


def slower_than_linear(make: Callable[[int], bytes]) -> bool:
    """Three times out of three: chance does not come that often."""
    return all(seconds_for(make(SMALL * FACTOR)) > 2 * FACTOR * seconds_for(make(SMALL)) + SLACK for _ in range(3))


def main(seconds: float = 60, seed: int = 1) -> int:
    rng = random.Random(seed)
    count, until = 0, time.monotonic() + seconds
    while time.monotonic() < until:
        count += 1
        header = mutated(rng)
        try:
            read(header)
            make = repeated(rng)
            if count % 50 == 0 and slower_than_linear(make):
                print(f"slower than linear (seed {seed}, case {count}): {make(200)!r}")
                return 1
        except Exception as error:
            print(f"{error!r} (seed {seed}, case {count}): {header!r}")
            return 1
    print(f"{count} headers, seed {seed}: no exception, nothing slower than linear")
    return 0


if __name__ == "__main__":
    sys.exit(main(*(int(argument) for argument in sys.argv[1:3])))
