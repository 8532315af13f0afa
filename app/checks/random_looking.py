"""The domain or the local part looks as if a machine had made it up."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from app.checks.base import Check, CheckText, Subject
from app.i18n import mark
from app.model import Confidence, DomainClass, Finding, Severity, Trait
from app.people import labels_of

CHECK = Check(
    "random_looking",
    Severity.MEDIUM,
    Confidence.LOW,
    CheckText(
        title=mark("An address that looks made up by a machine"),
        seen=mark("{part} looks like a random row of characters."),
        why=mark("Names that are thrown away after one mailing are made by programs, because nobody has to remember them."),
        innocent=mark("Booking and ticket systems give each message an address of its own, and some firms have short abbreviated names."),
        advice=mark("Be careful, unless you expect a message from such a system."),
    ),
    {
        "many_levels": (Severity.MEDIUM, Confidence.LOW),
        "reply_to": (Severity.MEDIUM, Confidence.LOW),
        "local_part": (Severity.LOW, Confidence.LOW),
    },
)
SHORT = 5
"""Letters below which a row of consonants is an abbreviation."""
LONG = 7
"""Letters from which a word without vowels is no abbreviation."""
MANY_LEVELS = 6
"""Labels from which a domain name is longer than people make them."""
_SERIAL = re.compile(r"\b(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{16,})\b")
"""Numbers by which ticket systems tell their messages apart (RFC 9562)."""
_LETTERS = re.compile(r"[a-z]+")
_ALTERNATION = re.compile(r"[a-z](?=[0-9])|[0-9](?=[a-z])")
_VOWELS = frozenset("aeiouy")
_PAIRS = frozenset(
    """
    bb bl br bs bt cc ch ck cl cr cs ct cz dd dg dh dj dl dm dn dr ds dt dv dw dz ff fl fr fs ft gg gh gl gn gr gs gt hl hm hn hr hs ht hw
    jd kh kk kl km kn kr ks kt kv kw lb lc ld lf lg lh lj lk ll lm ln lp lr ls lt lv lw lz mb mc md mf mk ml mm mn mp mr ms mt mw nb nc nd nf ng nh
    nj nk nl nm nn np nq nr ns nt nv nw nx nz pf ph pl pn pp pr ps pt qu rb rc rd rf rg rh rj rk rl rm rn rp rq rr rs rt rv rw rz sb sc sd sf sg sh sj
    sk sl sm sn sp sq sr ss st sv sw sz tb tc tf th tk tl tm tn tr ts tt tw tz vl vr wb wd wh wk wl wn wr ws wt xc xp xt zh zl zn zs zt zw zz
    """.split()
)
"""Neighbouring consonants that occur in pronounceable names of many languages."""


def check(subject: Subject) -> Finding | None:
    claim = subject.claim
    if not subject.clear or not subject.external or subject.domain_class is DomainClass.SHARED_PROVIDER or subject.familiar:
        return None
    if subject.organisation.startswith("xn--"):
        return None
    if found := _in_domain(claim.domain, subject.organisation):
        return found
    if claim.reply_to and any(map(looks_random, labels_of(claim.reply_to))):
        return CHECK.finding("reply_to", part=claim.reply_to)
    local = claim.address.rpartition("@")[0]
    if Trait.LIST not in claim.traits and looks_random(local):
        return CHECK.finding("local_part", part=claim.address)
    return None


@lru_cache(65_536)
def _in_domain(domain: str, organisation: str) -> Finding | None:
    """What holds for all who write from there."""
    if looks_random(organisation.partition(".")[0]):
        return CHECK.finding(part=organisation)
    labels = domain.split(".")
    if len(labels) >= MANY_LEVELS:
        return CHECK.finding("many_levels", part=domain)
    if len(domain) > len(organisation) and any(map(looks_random, labels[: -organisation.count(".") - 1])):
        return CHECK.finding("many_levels", part=domain)
    return None


@lru_cache(65_536)
def looks_random(text: str) -> bool:
    """A row of lower-case letters and digits that nobody could pronounce. Short ones are abbreviations, and digits alone are a number."""
    text = _SERIAL.sub("", text.lower())
    if not text.isascii() or len(text) < SHORT:
        return False
    if len(_ALTERNATION.findall(text)) >= 3 and sum(c.isdigit() for c in text) >= 2:
        return True
    return any(_unpronounceable(word) for word in _LETTERS.findall(text) if len(word) >= SHORT)


def _unpronounceable(word: str) -> bool:
    vowels = sum(c in _VOWELS for c in word)
    if len(word) >= LONG and vowels * 10 < len(word):
        return True
    hard = sum(a not in _VOWELS and b not in _VOWELS and a + b not in _PAIRS for a, b in pairwise(word))
    return hard >= 3 or (hard == 2 and LONG < len(word) <= 3 * hard + 1)
