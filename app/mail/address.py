"""One element of an address list (RFC 5322 section 3.4) and the addr-specs in it, from the tokens of a field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.mail.tokens import Kind, Token, comments_of, text_of, unquoted
from app.mail.words import raw
from app.model import Mailbox

MAX_LOCAL = 512
"""Octets of a local part; RFC 5321 allows 64, mailing lists write up to some 200."""
MAX_DOMAIN = 1024
"""Octets of a domain before it becomes A-labels, of which there may be 253."""

MAX_HOST_NAME = 253
"""Octets of a host name in A-labels."""

AT, OPEN, CLOSE, COMMA, SEMICOLON, COLON = (Token(Kind.SPECIAL, octet) for octet in (b"@", b"<", b">", b",", b";", b":"))
SILENT = frozenset((Kind.SPACE, Kind.COMMENT))
_SPECIAL = Kind.SPECIAL  # looking a member up takes longer than comparing it
_WORDS = frozenset((Kind.WORD, Kind.QUOTED, Kind.ENCODED, Kind.LITERAL))
_LOCAL_KINDS = frozenset((Kind.WORD, Kind.QUOTED))
_DOMAIN_KINDS = frozenset((Kind.WORD, Kind.LITERAL))
_SEPARATING = re.compile(rb"[(),:;@\\]")
_ROUTE_KINDS = frozenset((Kind.WORD, Kind.LITERAL, Kind.SPECIAL))
_ROUTE = re.compile(rb",*@[^@,<>;]+(?:,(?:@[^@,<>;]+)?)*")
_HOST_NAME = re.compile(rf"(?=.{{1,{MAX_HOST_NAME}}}\Z)[a-z0-9_-]{{1,63}}(?:\.[a-z0-9_-]{{1,63}})*")
_DOT_ATOM = re.compile(rb"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\x80-\xff-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~\x80-\xff-]+)*")


@dataclass(slots=True)
class AddrSpec:
    """What stands around one `@`: `run[start:end]` are its tokens. Without a local part or a domain it is none."""

    local: bytes
    domain: bytes
    start: int
    end: int
    odd: bool = False
    """A local part or domain that RFC 5322 does not allow, such as one with two dots in a row."""

    @property
    def mailbox(self) -> Mailbox | None:
        """Without a display name; None where there is no local part or the domain is none."""
        if not 0 < len(self.local) <= MAX_LOCAL:
            return None
        domain = _domain_name(self.domain)
        return Mailbox(raw(self.local), domain) if domain else None


@dataclass(slots=True)
class Element:
    """What stands between two commas: a name-addr, an addr-spec or anything else."""

    text: list[Token] = field(default_factory=list)
    """In front of the angle brackets, or everything where there are none."""
    angle: list[Token] | None = None
    after: list[Token] = field(default_factory=list)
    malformed: bool = False
    addresses: list[AddrSpec] = field(default_factory=list)
    doubtful: bool = False
    """Real receivers read it differently."""

    @property
    def spare(self) -> list[Token]:
        """The tokens that are no address: the phrase, and what else a mail program would show."""
        if self.angle is not None:
            return [*self.text, *self.after]
        kept, end = [], 0
        for address in self.addresses:
            kept += self.text[end : address.start]
            end = address.end
        return kept + self.text[end:]

    @property
    def name(self) -> str:
        """The display name; without one the comment (obsolete `addr (Name)`)."""
        spare = self.spare
        return text_of(spare) or comments_of([*spare, *(self.angle or ())])


def elements(tokens: list[Token]) -> Iterator[Element]:
    """The elements of an address list in order, each read on its own. Groups (RFC 6854) only add separators."""
    element = Element()
    into = element.text
    for token in tokens:
        if token.kind is not _SPECIAL or token in (AT, COLON):
            into.append(token)
        elif into is element.angle:
            if token == CLOSE:
                into = element.after
            else:
                into.append(token)
        elif token == OPEN:
            if element.angle is not None and AT in element.angle:
                yield _read(element)
                element = Element(malformed=True)
            elif element.angle is not None:  # `Name <nothing> <a@b.example>`
                element.text += [OPEN, *element.angle, CLOSE, *element.after]
                element.after, element.malformed = [], True
            element.angle = into = []
        elif token == CLOSE:
            element.malformed = True
        else:
            yield _read(element)
            element = Element()
            into = element.text
    element.malformed |= into is element.angle
    yield _read(element)


def _read(element: Element) -> Element:
    if element.angle is None:
        element.addresses = _addr_specs(element.text)
        if element.addresses:
            _judge_bare(element)
    else:
        inner = _without_route(element.angle)
        element.addresses = _addr_specs(inner)
        if element.addresses:
            _judge_angle(element, inner)
            element.addresses += _addr_specs(element.after)
        elif AT in element.text or AT in element.after:
            element.addresses = _addr_specs(element.text) + _addr_specs(element.after)
            element.doubtful = True
    element.malformed |= len(element.addresses) > 1 or any(address.odd for address in element.addresses)
    return element


def _judge_bare(element: Element) -> None:
    first, last = element.addresses[0], element.addresses[-1]
    before, behind = element.text[: first.start], element.text[last.end :]
    group = max((i for i, token in enumerate(before) if token == COLON), default=-1)
    element.malformed |= not (_silent(before[group + 1 :]) and _silent(behind))
    # `a@b.example(c)d`: who drops the comment without a trace reads another domain
    joined = next((token.kind for token in behind if token.kind is not Kind.COMMENT), None) in _WORDS
    element.doubtful |= (joined and bool(last.domain)) or _treacherous(element.text)


def _judge_angle(element: Element, inner: list[Token]) -> None:
    first, last = element.addresses[0], element.addresses[-1]
    behind = inner[last.end :]
    element.malformed |= not (_silent(inner[: first.start]) and _silent(behind) and _silent(element.after))
    joined = not _WORDS.isdisjoint([kind for kind, _ in behind])
    element.doubtful |= (joined and bool(last.domain)) or _treacherous(inner)
    if AT in element.text:
        element.malformed = True
        element.doubtful |= _treacherous(element.text)


def _treacherous(text: list[Token]) -> bool:
    """Whether some receivers end the text early (a NUL) or find a separator in an encoded word, and so may read another address."""
    kinds = {kind for kind, _ in text}
    if Kind.CONTROL in kinds:
        return True
    return Kind.ENCODED in kinds and any(kind is Kind.ENCODED and _SEPARATING.search(octets) for kind, octets in text)


def _silent(tokens: list[Token]) -> bool:
    return SILENT.issuperset([kind for kind, _ in tokens])


def _without_route(angle: list[Token]) -> list[Token]:
    """What follows an obsolete route `@a,@b:` (section 4.4); what only resembles a route stays, and its `@` count."""
    if COLON not in angle:
        return angle
    colon = angle.index(COLON)
    route = [token for token in angle[:colon] if token.kind not in SILENT]
    if all(token.kind in _ROUTE_KINDS for token in route) and _ROUTE.fullmatch(b"".join(token.text for token in route)):
        return angle[colon + 1 :]
    return angle


def _addr_specs(run: list[Token]) -> list[AddrSpec]:
    """One for every `@` outside quoted strings, comments and encoded words, with what a local part or domain may consist of."""
    return [_addr_spec(run, i) for i, token in enumerate(run) if token == AT]


def _addr_spec(run: list[Token], at: int) -> AddrSpec:
    local, start = _dotted(run, at, -1, _LOCAL_KINDS)
    domain, end = _dotted(run, at, 1, _DOMAIN_KINDS)
    quoted = Kind.QUOTED in [kind for kind, _ in local]
    plain = b"".join([unquoted(text) if kind is Kind.QUOTED else text for kind, text in local])
    regular = _DOT_ATOM.fullmatch(plain) is not None
    if quoted and not regular:
        plain = b'"' + plain.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'
    host = b"".join([text for _, text in domain])
    odd = not (regular or quoted) or host.endswith(b".") or not _is_u_label(host)
    return AddrSpec(plain, host, start, end + 1, odd)


def _dotted(run: list[Token], at: int, step: int, kinds: frozenset[Kind]) -> tuple[list[Token], int]:
    """The words beside `run[at]` that dots connect, white space and comments between them allowed; and the index of the farthest."""
    words: list[Token] = []
    edge, i = at, at + step
    while 0 <= i < len(run):
        token = run[i]
        if token.kind not in SILENT:
            if token.kind not in kinds or (words and not _connected(words[-1], token, step)):
                break
            words.append(token)
            edge = i
        i += step
    return words[::step], edge


def _connected(near: Token, far: Token, step: int) -> bool:
    first, second = (near, far) if step > 0 else (far, near)
    return (first.kind is Kind.WORD and first.text.endswith(b".")) or (second.kind is Kind.WORD and second.text.startswith(b"."))


def _is_u_label(host: bytes) -> bool:
    """Whether a raw domain is written as RFC 5890 wants it; `𝐛𝐚𝐧𝐤.example` is mapped to letters by some programs only."""
    if host.isascii() or len(host) > MAX_DOMAIN:
        return True
    from app.domains import to_ascii, to_unicode  # their library is slow to load and seldom needed here

    text = host.decode("utf-8", "replace")
    name = to_ascii(text)
    return name is not None and to_unicode(name) == text.lower()


def _domain_name(octets: bytes) -> str | None:
    """Lower-case A-labels without a trailing dot, or a domain literal; None for what is neither."""
    if len(octets) > MAX_DOMAIN:
        return None
    if octets.startswith(b"["):
        return octets.decode("latin-1").lower() if octets.endswith(b"]") else None
    if octets.isascii():
        name: str | None = octets.decode("ascii").lower().removesuffix(".")
    else:
        from app.domains import to_ascii

        try:
            name = to_ascii(octets.decode("utf-8"))
        except UnicodeDecodeError:
            return None
    return name if name and _HOST_NAME.fullmatch(name) else None
