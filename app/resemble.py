"""The verb `domain`: what kind of name is this, and what does it resemble? One line a name."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from app.checks import lookalike_brand
from app.checks.points import POINTS
from app.contain import contained
from app.domains import Organisations, to_ascii, to_unicode
from app.i18n import Translation, mark
from app.lookalike import Kind, Resemblance, Targets, Way, named_in_local_part, resemblances, targets_of
from app.model import Context, Facts
from app.terms import term

WAYS: Mapping[Way, str] = {
    Way.TYPO: mark("it is spelt almost the same"),
    Way.BITFLIP: mark("one letter is exchanged for one that differs in a single bit"),
    Way.CONFUSABLE: mark("it is written with letters that look alike"),
    Way.COMBINATION: mark("it contains that name together with other words"),
    Way.TLD: mark("it is the same name under another ending"),
    Way.SUBDOMAIN: mark("it puts that name in front of another domain"),
    Way.LOCAL_PART: mark("it puts that name before the @"),
}
_OWN = mark("It resembles your own domain {resembles}: {how}.")
_BRAND = mark("It resembles {resembles}, the name of a well-known organisation: {how}.")


def domain_lines(names: Iterable[str], own: Sequence[str], facts: Facts, as_json: bool, say: Translation) -> Iterator[str]:
    """One line for each name (a domain, or an address at one): a JSON object of the public interface, or sentences in the language of `say`."""
    organisations = Organisations(facts)
    targets = targets_of(Context(own_domains=tuple(own), facts=facts), organisations.organisation, organisations.class_of)
    shown: Callable[[Mapping[str, Any]], str] = _as_json if as_json else lambda row: _in_words(row, say)
    for name in names:
        yield shown(_row(name, organisations, targets))


def points(resemblance: Resemblance) -> int:
    """What an audit takes off for it in an unproven claim."""
    if resemblance.kind is Kind.OWN:
        return POINTS["lookalike_own"]
    if resemblance.kind is Kind.BRAND:
        return POINTS["lookalike_brand" if resemblance.how in lookalike_brand.SURE else "lookalike_brand.unsure"]
    return POINTS["lookalike_known"]


def _row(name: str, organisations: Organisations, targets: Targets) -> dict[str, Any]:
    local, _, host = name.rpartition("@")
    domain = to_ascii(host)
    if domain is None:
        return {"domain": name, "registrable": None, "unicode": None, "class": None, "resemblances": ()}
    registrable = targets.organisation(domain)
    found = resemblances(domain, targets)
    if local and registrable not in targets.honest:
        found += named_in_local_part(local, targets)
    return {
        "domain": domain,
        "registrable": registrable,
        "unicode": to_unicode(domain),
        "class": organisations.class_of(registrable),
        "resemblances": found,
    }


def _as_json(row: Mapping[str, Any]) -> str:
    found = [{"resembles": r.resembles, "kind": r.kind, "how": r.how, "points": points(r)} for r in row["resemblances"]]
    return json.dumps({**row, "resemblances": found})


def _in_words(row: Mapping[str, Any], say: Translation) -> str:
    if row["class"] is None:
        return say("{name}: this is not a domain.", name=contained(row["domain"]))
    domain, unicode = row["domain"], row["unicode"]
    name = domain if domain == unicode else f"{domain} ({contained(unicode)})"  # a name that looks like another shows what it is
    sentences = [say("{name}: {kind}.", name=name, kind=say(term(row["class"]).name))]
    sentences += [say(_OWN if r.kind is Kind.OWN else _BRAND, resembles=r.resembles, how=say(WAYS[r.how])) for r in row["resemblances"]]
    if not row["resemblances"]:
        sentences.append(say("It resembles no name that Nitaq knows."))
    return " ".join(sentences)
