"""A comparison in the reader's language, as a lead and tables of plain text: what the window shows and the report prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.compare import Caveat, Comparison, ProofChange, Seen
from app.contain import contained
from app.domains import to_unicode
from app.i18n import Translation, mark
from app.model import ExceptionRule
from app.patterns import in_words, is_wide
from app.terms import term

CAVEATS = {
    Caveat.OTHER_SOURCES: mark("The two audits are of different mailboxes."),
    Caveat.OTHER_RULES: mark("The two audits were judged by different versions of the rules, so a score may differ although nothing about the mail changed."),
    Caveat.OTHER_OWN_DOMAINS: mark("Your own domains were not the same in both, so a relationship may differ although the sender did nothing new."),
    Caveat.OTHER_FOLDERS: mark("Different folders were read, so a domain may be new or gone for that reason alone."),
    Caveat.OTHER_DATES: mark("Different periods were covered, so a domain may be new or gone for that reason alone."),
    Caveat.OTHER_SERVER: mark("Different servers were believed, so a proof may be lost or gained for that reason alone."),
    Caveat.INCOMPLETE: mark("At least one of the two audits is not complete. What is missing in it is not gone."),
    Caveat.EXCERPT: mark("A report holds only a part of its audit, so a domain may be new or gone for that reason alone."),
    Caveat.REDACTED: mark("A report has made-up names in the place of people and folders, so neither can be compared."),
    Caveat.LATER_FIRST: mark("The audit named first is the later one, so read everything the other way round."),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One value; a `code` (domain, address, identifier) runs from left to right in every language."""

    text: str
    code: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of change: what it means, and a row for each."""

    title: str
    meaning: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def summed_up(comparison: Comparison, say: Translation) -> str:
    """The whole in one sentence for each of the three questions that people ask first."""
    c = comparison
    if not any((c.new_domains, c.gone_domains, c.lost_proofs, c.gained_proofs, c.new_sources, c.relationships, c.decisions, c.exceptions, c.scores)):
        return say("Nothing changed but the number of messages.") if c.counts else say("Nothing changed.")
    parts = (
        say.plural("{n} new domain", "{n} new domains", len(c.new_domains)),
        say.plural("{n} lost proof", "{n} lost proofs", len(c.lost_proofs)),
        say.plural("{n} new sending source", "{n} new sending sources", len(c.new_sources)),
        say.plural("{n} changed decision", "{n} changed decisions", len(c.decisions)),
    )
    return " · ".join(parts)


def caveats(comparison: Comparison, say: Translation) -> tuple[str, ...]:
    return tuple(say(CAVEATS[each]) for each in comparison.caveats)


def sections(comparison: Comparison, say: Translation) -> tuple[Section, ...]:
    """Every kind of change in the order of importance; those without a row too."""
    return (*_by_weight(comparison, _Cells(say)), *_the_rest(comparison, _Cells(say)))


def as_they_were(seen: Iterable[Seen], say: Translation) -> Section:
    """The domains of one audit."""
    return _Cells(say).seen(say("Domains"), say("Its domains as they were"), seen)


class _Cells:
    """The values of a comparison in one language."""

    def __init__(self, say: Translation) -> None:
        self.say = say
        self.domain, self.before, self.after, self.source_head = say("Domain"), say("Before"), say("Now"), say("Sending source")
        self.changed = (self.domain, self.before, self.after)

    def name(self, domain: str | None) -> Cell:
        return Cell(contained(to_unicode(domain)), code=True) if domain else Cell(self.say("(no readable sender)"))

    def whose(self, rule: ExceptionRule) -> Cell:
        return Cell(in_words(rule, self.say)) if is_wide(rule) else self.name(rule.domain)

    def term(self, value: StrEnum) -> Cell:
        return Cell(self.say(term(value).name))

    def number(self, n: int) -> Cell:
        return Cell(self.say.number(n))

    def source(self, source: str) -> Cell:
        named = {"own": self.say("sent by itself"), "unknown": self.say("not known"), "": self.say("any")}
        return Cell(named[source]) if source in named else Cell(contained(source), code=True)

    def proofs(self, title: str, meaning: str, changes: Iterable[ProofChange]) -> Section:
        rows = tuple(
            (self.name(each.domain), self.term(each.before), self.term(each.after), Cell(contained(" ".join(each.identifiers)) or "–", code=True))
            for each in changes
        )
        return Section(title, meaning, (*self.changed, self.say("Identifiers")), rows)

    def seen(self, title: str, meaning: str, domains: Iterable[Seen]) -> Section:
        rows = tuple(
            (self.name(each.domain), self.term(each.relationship), self.term(each.authentication), self.number(each.worst), self.number(each.messages))
            for each in domains
        )
        say = self.say
        return Section(title, meaning, (self.domain, say("Relationship"), say("Proof"), say("Lowest score"), say("Messages")), rows)


def _by_weight(c: Comparison, cells: _Cells) -> Iterator[Section]:
    say = cells.say
    yield cells.proofs(say("Lost proofs"), say("These were proven before and now are less so, or a proof that they had is not seen any more."), c.lost_proofs)
    yield cells.seen(say("New domains"), say("They are in the later audit alone; the most doubtful come first."), c.new_domains)
    yield Section(
        say("New sending sources"),
        say("Known domains whose mail now also comes another way."),
        (cells.domain, cells.source_head, say("Proof"), say("Messages")),
        tuple((cells.name(each.domain), cells.source(each.source), cells.term(each.authentication), cells.number(each.messages)) for each in c.new_sources),
    )
    yield Section(
        say("Changed scores"),
        say("The lowest score of each; those that fell furthest come first."),
        cells.changed,
        tuple((cells.name(each.domain), cells.number(each.before), cells.number(each.after)) for each in c.scores),
    )
    yield Section(
        say("Changed decisions"),
        say("What reviewers recorded between the two audits."),
        (say("About"), cells.before, cells.after, say("By")),
        tuple((cells.name(each.subject), cells.term(each.before), cells.term(each.after), Cell(contained(each.by) or "–")) for each in c.decisions),
    )


def _the_rest(c: Comparison, cells: _Cells) -> Iterator[Section]:
    say = cells.say
    yield Section(
        say("Changed exceptions"),
        say("What was newly allowed, or is not allowed any more."),
        (cells.domain, say("What is allowed"), cells.source_head, say("Change")),
        tuple(
            (cells.whose(each.rule), cells.term(each.rule.direction), cells.source(each.rule.source), Cell(say("added") if each.added else say("removed")))
            for each in c.exceptions
        ),
    )
    yield Section(
        say("Changed relationships"),
        say("Own, authorised or external, and it was not so before."),
        cells.changed,
        tuple((cells.name(each.domain), cells.term(each.before), cells.term(each.after)) for each in c.relationships),
    )
    yield cells.proofs(say("Gained proofs"), say("These are better proven than before, or by something new."), c.gained_proofs)
    yield cells.seen(say("Domains that are gone"), say("They are in the earlier audit alone: deleted, moved, or outside what was read."), c.gone_domains)
    yield Section(
        say("Numbers of messages"),
        say("Domains in both audits whose number of messages differs; the greatest difference comes first."),
        cells.changed,
        tuple((cells.name(each.domain), cells.number(each.before), cells.number(each.after)) for each in c.counts),
    )
