"""What a display name says: its words, which organisation or person it names, and whether it fits the address. Pure, and hostile input is expected."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from app.lookalike.skeleton import skeleton
from app.model import Brand, Person

REMEMBERED = 65_536
"""Comparisons that are kept: judging the same mail again asks the same questions."""
MAX_WORDS = 24
"""Words of a display name that are looked at."""
ROLES = frozenset(
    """
    abuse account accounts accounting admin administrator affiliate agent alert alerts angebote app assistance atendimento auto automatic avis aviso avisos
    bank banking bestellung billing bot bounce bounces campaign care center centre client clients club compte conta contact contacto contato customer customers
    daemon de deal deals delivery department desk digest do donotreply email enquiries express family finance for from gmbh group gruppe hello help helpdesk hr
    inc info information infos international invoice invoices it kontakt kundenservice legal list llc login ltd mail mailer mailing maintenance manager
    marketing media member membership message messages mr mrs ms naoresponder network new news newsletter newsletters no noreply notice notices notification
    notifications notify of offer offers office official online order orders owner password pay payment payments payroll portal post postmaster premium prime
    promo promotion rabatt receipt refund registration registry reminder reply replyto report reports response reward rewards robot root sales secure security
    sender server service services servicio shipping shop smart store suporte support supports survey system systems tax team tech test the to update updates
    user users verification verify via web webmaster welcome www your
    الإدارة الدعم خدمة العملاء الحسابات المبيعات الأمن فريق قسم مكتب شركة مؤسسة بنك البنك البريد إشعار تنبيه
    """.split()
)
"""Words that say what somebody does, not who they are."""
PROGRAMS = frozenset("bot cron daemon robot script".split())
"""A name with one of these claims nobody's identity."""
LONGEST_ABBREVIATION = 6
SHORTEST_LOOK = 5
_ALPHABETIC = re.compile(r"[a-z]+")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
_SINGLE_LETTERS = 4
"""Letters standing alone in a row from which a name is taken as written with gaps."""
_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": None, "ک": "ك", "ی": "ي"})
# Letters of other scripts that look like Latin ones (Unicode Technical Standard #39, the everyday part of it).
_LOOKS_LATIN = str.maketrans("аеорсухіјѕԁһɡμνοαρτκιυєзвнмт", "aeopcyxijsdhguvoaptkiuezbhmt")
_SMALL_CAPITALS = str.maketrans("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz")


def words_of(name: str) -> tuple[str, ...]:
    """The words of a display name, folded for comparison: case, width, accents, Arabic spelling variants, characters nobody sees."""
    plain = name.lower() if name.isascii() else _folded(name)
    found = [_latin(word) for word in _WORD.findall(plain)[:MAX_WORDS]]
    return tuple(_joined(found)) if len(found) >= _SINGLE_LETTERS else tuple(found)


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).casefold().translate(_SMALL_CAPITALS).translate(_ARABIC)
    return "".join(c for c in plain if unicodedata.category(c) not in ("Mn", "Cf", "Cc", "Me"))


def _latin(word: str) -> str:
    """A word of mixed scripts that reads as a Latin one, as that; any other as it is."""
    return word if word.isascii() or not any("a" <= c <= "z" for c in word) else word.translate(_LOOKS_LATIN)


def _joined(words: list[str]) -> list[str]:
    """`p a y p a l` as one word."""
    result: list[str] = []
    run: list[str] = []
    for word in (*words, ""):
        if len(word) == 1:
            run.append(word)
            continue
        result += ["".join(run)] if len(run) >= _SINGLE_LETTERS else run
        run = []
        if word:
            result.append(word)
    return result


def person_key(words: tuple[str, ...]) -> tuple[str, ...]:
    """What stays the same when a person's name is written `Haddad, Sara` or `Sara Haddad`; empty for one word, a role, or what is no name."""
    if not 2 <= len(words) <= 5 or any(word in ROLES or any(c.isdigit() for c in word) for word in words):
        return ()
    return tuple(sorted(words)) if sum(len(word) > 1 for word in words) >= 2 else ()


@dataclass(frozen=True, slots=True)
class Organisation:
    """A name people know, and the domains that may bear it."""

    name: str
    words: tuple[str, ...]
    domains: frozenset[str]
    """Registrable domains."""
    kind: str
    """`own`, `familiar` or `brand`."""


@dataclass(frozen=True, slots=True)
class NameIndex:
    """The names an audit knows, built once."""

    organisations: Mapping[str, tuple[Organisation, ...]] = field(default_factory=dict)
    """How the first word looks (UTS #39) -> the names that begin with it, longest first; their words are kept as they look."""
    people: Mapping[tuple[str, ...], Person] = field(default_factory=dict)
    domains: Mapping[str, str] = field(default_factory=dict)
    """Registrable domain -> the brand it belongs to."""

    def organisation_in(self, words: tuple[str, ...], organisation: str, local: str) -> Organisation | None:
        """An organisation that the name names and that `organisation` does not belong to; none where the right one is named too."""
        looks = _looks(words)
        if self.organisations.keys().isdisjoint(looks):
            return None
        foreign = None
        for position, first in enumerate(looks):
            for known in self.organisations.get(first, ()):
                length = len(known.words)
                if length > 1 and looks[position + 1 : position + length] != known.words[1:]:
                    continue
                if organisation in known.domains:
                    return None
                if foreign is None and not (length == 1 and _is_surname(words, position, local)):
                    foreign = known
                break
        return foreign


@lru_cache(REMEMBERED)
def _looks(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words as the eye takes them: `amaz0n`, `paypaI` and Cyrillic letters are no other names. Short ones are alike by chance (Kim, KLM)."""
    return tuple([skeleton(word) if len(word) >= SHORTEST_LOOK or not word.isascii() else word for word in words])


def _is_surname(words: tuple[str, ...], position: int, local: str) -> bool:
    """The word stands in a person's name, and the address says so with another part of that name (`Mark Chase <mark.chase@…>`)."""
    return any(len(word) > 2 and word not in ROLES and word in local for other, word in enumerate(words) if other != position)


def index_of(
    brands: Iterable[Brand],
    organisations: Iterable[Organisation],
    people: Mapping[tuple[str, ...], Person],
    organisation_of: Mapping[str, str],
) -> NameIndex:
    """The index over brands, and over organisations and people of this mailbox. `organisation_of` has each brand domain's registrable one."""
    by_first: dict[str, list[Organisation]] = {}
    domains: dict[str, str] = {}
    for brand in brands:
        own = frozenset(organisation_of[domain] for domain in brand.domains)
        domains.update(dict.fromkeys(own, brand.name))
        for name in brand.names:
            if words := _looks(words_of(name)):
                by_first.setdefault(words[0], []).append(Organisation(brand.name, words, own, "brand"))
    for known in organisations:
        looks = _looks(known.words)
        by_first.setdefault(looks[0], []).append(replace(known, words=looks))
    order = ("own", "familiar", "brand")
    return NameIndex({first: tuple(sorted(known, key=lambda o: (-len(o.words), order.index(o.kind)))) for first, known in by_first.items()}, people, domains)


@lru_cache(REMEMBERED)
def labels_of(domain: str) -> tuple[str, ...]:
    """What a domain is called, without its ending: one object for all who compare names with it."""
    return tuple(domain.split(".")[:-1])


@lru_cache(REMEMBERED)
def fits(words: tuple[str, ...], local: str, labels: tuple[str, ...]) -> bool:
    """Whether a display name and an address have anything in common; true where they cannot be compared (another script, a role, a program)."""
    telling = [word for word in words if word not in ROLES and word.isascii() and not word.isdigit()]
    if not telling or not all(word.isascii() for word in words) or not PROGRAMS.isdisjoint(words):
        return True
    squashed = "".join(words)
    places = [_letters(label) for label in labels]
    person = "" if is_impersonal(local) else _letters(local)
    address = " ".join((_letters(local), *places))
    if any(len(word) >= 3 and word[:4] in address for word in telling):
        return True
    if any(len(part) >= 3 and part in squashed for part in (person, *places)):
        return True
    initials = "".join(word[0] for word in words)
    if len(initials) >= 2 and (initials in address or initials[::-1] in person):
        return True
    if (person and any(word[:2] == person[:2] for word in telling)) or _abbreviates(person, squashed, initials):
        return True
    return any(len(word) >= 3 and _abbreviates(word, place, place[:1]) for word in telling for place in places)


def is_impersonal(local: str) -> bool:
    """The local part names a function, or nothing at all: nobody in particular writes from there."""
    parts = _ALPHABETIC.findall(local.lower())
    return not parts or any(part in ROLES for part in parts)


def _abbreviates(short: str, name: str, initials: str) -> bool:
    """`rppt` for Mike Rapoport: letters of the name in their order, the first of them one of the initials."""
    if not 2 <= len(short) <= LONGEST_ABBREVIATION or short[0] not in initials:
        return False
    rest = iter(name)
    return all(letter in rest for letter in short)


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text.lower()))
