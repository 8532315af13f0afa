"""What one Authentication-Results or Received-SPF field says, wherever it stands."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.mail.authres import AuthRes, Clause, parse_authres, parse_received_spf
from app.mail.form import MAX_NAME, MAX_VALUE, Form, pattern_of, stand_ins, taken_apart, written
from app.mail.providers import SHARED, owner_of, pattern
from app.mail.remembered import Remembered, RememberedShort
from app.model import Verdict

MAX_FORMS, MAX_SAID, MAX_DOMAINS = 1_024, 4_096, 4_096
"""Forms of fields, what these say about some names, and names that are remembered."""
USUAL, MAX_USUAL = 500, 4
"""Fields of a form after which its pattern is tried first, and how many are tried: a server writes most of its fields in few forms."""
_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_CAUTIOUS = (
    Verdict.FAIL,
    Verdict.PERMERROR,
    Verdict.TEMPERROR,
    Verdict.POLICY,
    Verdict.SOFTFAIL,
    Verdict.NEUTRAL,
    Verdict.UNKNOWN,
    Verdict.NONE,
    Verdict.BEST_GUESS_PASS,
    Verdict.PASS,
)
"""Where a field answers one question twice, somebody may have written into it: the earlier of these counts."""

Organisation = Callable[[str], str]
"""A host name -> its registrable domain."""
Match = Callable[[bytes], re.Match[bytes] | None]


@dataclass(slots=True, eq=False)  # a frozen one takes three times as long to make
class Said:
    """What one Authentication-Results or Received-SPF field says, wherever it stands. Read once for all fields that say the same, so each is itself."""

    authserv_id: str
    owner: str
    """Whose server that is."""
    server: str
    """The same, or what all hosts of a large provider's pool are called."""
    dmarc: Verdict | None
    dmarc_domain: str
    spf: Verdict | None
    mail_from: str
    dkim: tuple[tuple[Verdict, str], ...]
    arc: Verdict | None
    submitted: bool
    fallback: bool
    passed: bool
    """Something in it did."""


@dataclass(slots=True, eq=False)
class _Model:
    """What fields of one form say about stand-ins; None where each has to be read as it stands."""

    said: Said | None
    met: int = 0


class SaidReader:
    """Reads field after field. `organisation` gives a host's registrable domain."""

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation
        self._models = Remembered(self._model, MAX_FORMS)
        self._about = Remembered(_about, MAX_SAID)
        self._odd = Remembered(self._read, MAX_FORMS)
        self._usual = {fallback: deque[tuple[Match, Said]](maxlen=MAX_USUAL) for fallback in (False, True)}

    def read(self, value: bytes, fallback: bool) -> Said:
        """What a field says; the most cautious of what it says twice. It may be folded still. `fallback`: it is a Received-SPF."""
        if len(value) > MAX_VALUE:
            return read_said(value, fallback, self._organisation)
        said, names = self._taken_apart(value, fallback)
        if said and names:
            said = self._about[said, names]
        return said or self._odd[value, fallback]

    def _taken_apart(self, value: bytes, fallback: bool) -> tuple[Said | None, tuple[bytes, ...]]:
        """What its form says, and the names that it is about."""
        usual = self._usual[fallback]
        for match, said in usual:
            if found := match(value):
                return said, found.groups()[1::2]
        if b"\0" in value:
            return None, ()
        form, names = taken_apart(value)
        model = self._models[form, fallback]
        model.met += 1
        if model.said and model.met % USUAL == 0:
            usual.appendleft((pattern_of(form).fullmatch, model.said))
        return model.said, names

    def _model(self, form_and_fallback: tuple[Form, bool]) -> _Model:
        form, fallback = form_and_fallback
        text = written(form)
        return _Model(None if text is None else read_said(text, fallback, self._organisation))

    def _read(self, value_and_fallback: tuple[bytes, bool]) -> Said:
        return read_said(*value_and_fallback, self._organisation)


def _about(model_and_names: tuple[Said, tuple[bytes, ...]]) -> Said | None:
    """What a field of a form says about these; None where it has to be read as it stands."""
    model, names = model_and_names
    if max(map(len, names)) > MAX_NAME:
        return None
    of = stand_ins(names)
    return Said(
        authserv_id=model.authserv_id,
        owner=model.owner,
        server=model.server,
        dmarc=model.dmarc,
        dmarc_domain=of.get(model.dmarc_domain, model.dmarc_domain),
        spf=model.spf,
        mail_from=of.get(model.mail_from, model.mail_from),
        dkim=tuple(dict.fromkeys([(verdict, of.get(signer, signer)) for verdict, signer in model.dkim])),
        arc=model.arc,
        submitted=model.submitted,
        fallback=model.fallback,
        passed=model.passed,
    )


def read_said(value: bytes, fallback: bool, organisation: Organisation) -> Said:
    if fallback:
        clause = parse_received_spf(value)
        field = AuthRes(domain_in(clause.get("receiver")), (clause,))
    else:
        field = parse_authres(value)
    authserv_id = field.authserv_id[:255]
    owner = owner_of(authserv_id, organisation)
    of: dict[str, list[Clause]] = {}
    for clause in field.clauses:
        of.setdefault(clause.method, []).append(clause)
    dmarc, arc = _most_cautious(of.get("dmarc", ())), _most_cautious(of.get("arc", ()))
    asked = of.get("spf", ())
    spf = _most_cautious([clause for clause in asked if len(asked) > 1 and _mail_from(clause)] or asked)
    dkim = tuple(dict.fromkeys([(clause.result, _signer(clause)) for clause in of.get("dkim", ())]))
    return Said(
        authserv_id=authserv_id,
        owner=owner,
        server=pattern(authserv_id) if owner in SHARED else authserv_id,
        dmarc=dmarc.result if dmarc else None,
        dmarc_domain=_header_from(dmarc) if dmarc else "",
        spf=spf.result if spf else None,
        mail_from=(_mail_from(spf) or domain_in(_after_at(spf.get("smtp.helo") or spf.get("helo")))) if spf else "",
        dkim=dkim,
        arc=arc.result if arc else None,
        submitted=any(clause.result is Verdict.PASS for clause in of.get("auth", ())),
        fallback=fallback,
        passed=Verdict.PASS in (dmarc.result if dmarc else None, spf.result if spf else None, *[verdict for verdict, _ in dkim]),
    )


def _most_cautious(clauses: Sequence[Clause]) -> Clause | None:
    if len(clauses) < 2:
        return clauses[0] if clauses else None
    return min(clauses, key=lambda clause: _CAUTIOUS.index(clause.result))


def _header_from(dmarc: Clause) -> str:
    """The author domain that was checked; something unreadable must not pass for "not said"."""
    said = dmarc.get("header.from")
    return domain_in(_after_at(said)) or said.lower()[:255]


def _mail_from(spf: Clause) -> str:
    """The domain of the reverse-path under the names that servers give it; empty for a null reverse-path."""
    names = ("smtp.mailfrom", "smtp.mail", "smtp.mfrom", "envelope-from")
    return domain_in(_after_at(next(filter(None, map(spf.get, names)), "")))


def _signer(dkim: Clause) -> str:
    signer = domain_in(dkim.get("header.d")) or domain_in(_after_at(dkim.get("header.i")))
    return "" if signer == "none" else signer  # Microsoft's "message not signed"


def _after_at(address: str) -> str:
    return address.strip("<>").rpartition("@")[2]


def _read_domain(text: str) -> str:
    if not text.isascii():
        from app.domains import to_ascii

        text = to_ascii(text[:255]) or ""
    name = text.strip().lower().removesuffix(".")
    return name if _HOST.fullmatch(name) else ""


domain_in = RememberedShort(_read_domain, MAX_DOMAINS, MAX_NAME).__getitem__
"""Lower-case A-labels, or nothing where it is no host name."""
