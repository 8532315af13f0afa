"""What stands in the PDF, chapter by chapter: the same words, counts and order as in the other forms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from itertools import zip_longest

from app import __version__, terms
from app.charts import ChartData, charts_of, draw
from app.contain import contained
from app.error_text import describe
from app.exporters.dates import day, instant
from app.exporters.excerpt_text import sentences
from app.exporters.json_report import fingerprint_of_report
from app.exporters.pdf.blocks import Beside, Block, Column, Lines, Logo, Paragraph, Picture, Row, Span, Tiles
from app.exporters.pdf.pages import Section
from app.exporters.pdf.press import Press, Style
from app.exporters.tones import TONES
from app.i18n import Translation
from app.model import DomainRow, Finding, JudgedClaim, Relationship, Report, ScanStatus
from app.patterns import in_words, is_wide
from app.report import Band, band_of, totals_of
from app.review import needing_a_look
from app.texts import finding_text, title_in_words

SHOWN_LOOKS, SHOWN_CLAIMS, SHOWN_EXAMPLES, SHOWN_NOTICES = 30, 3, 3, 50
"""How much is told in full; the tables count the rest."""
SHOWN_DOMAINS = 5_000
"""Rows of the table of domains: some 170 pages. The workbook has them all."""
CHART_WIDTH = 640
PLAIN, SOFT, BOLD = Style(), Style(tone="soft"), Style(bold=True)
SMALL, SMALL_SOFT, HEAD = Style(8), Style(8, tone="soft"), Style(7, bold=True, tone="soft")
CHAPTER, TITLE, NAME = Style(15, bold=True), Style(22, bold=True), Style(11.5, bold=True)


def sections_of(report: Report, say: Translation, press: Press) -> list[Section]:
    """The chapters in order; the first is the cover."""
    return [section for section in Content(report, say, press, fingerprint_of_report(report)).all() if section.blocks]


def sections_beside(report: Report, say: Translation, other: Translation, press: Press) -> list[Section]:
    """The same chapters in two languages side by side: both are made in the same order, block by block."""
    fingerprint = fingerprint_of_report(report)
    both = (Content(report, each, press.half(each.rtl), fingerprint).all() for each in (say, other))
    return [_beside(first, second, press) for first, second in zip(*both, strict=True) if first.blocks]


def _beside(first: Section, second: Section, press: Press) -> Section:
    blocks = [Beside(*pair, press) for pair in zip_longest(first.blocks, second.blocks)]
    title = f"\u2068{first.title}\u2069 · \u2068{second.title}\u2069" if first.title else ""
    return Section(title, blocks, first.own_page, first.bookmarks)


class Content:
    """Blocks made of one report in one language."""

    def __init__(self, report: Report, say: Translation, press: Press, fingerprint: str) -> None:
        self._report, self._say, self._press = report, say, press
        self._full = not report.presentation.short
        self._narrow = bool(report.presentation.beside)
        self._totals, self._looks = totals_of(report), needing_a_look(report)
        self._fingerprint = fingerprint

    def all(self) -> Iterator[Section]:
        say = self._say
        yield Section("", list(self._cover()))
        yield self._chapter(say("In pictures"), self._charts(), own_page=True)
        yield self._look()
        yield self._chapter(say("Mail in your own name"), self._own() if self._full else ())
        yield self._chapter(say("All domains"), self._domains() if self._full else (), own_page=True)
        yield self._chapter(say("Decisions and exceptions"), self._decisions())
        yield self._chapter(say("What was read"), self._scope())
        yield self._chapter(say("Which server was believed"), self._believed())
        yield self._chapter(say("How it was judged"), self._method())
        yield self._chapter(say("Words"), self._glossary(), own_page=True)
        yield self._chapter(say("Signature"), self._signature())

    # Small things ------------------------------------------------------------------------------------------------

    def _chapter(self, title: str, blocks: Iterable[Block], *, own_page: bool = False) -> Section:
        made = list(blocks)
        return Section(title, [self._heading(title), *made] if made else [], own_page)

    def _heading(self, title: str, style: Style = CHAPTER, before: float = 18) -> Paragraph:
        return self._text((title, style), before=before, keep=True)

    def _text(self, *spans: Span, before: float = 4, keep: bool = False, box: str = "", indent: float = 0) -> Paragraph:
        return Paragraph(spans, self._press, before=before, keep=keep, box=box, indent=indent)

    def _code(self, text: object) -> str:
        """A domain, an address, an id, a date: always left to right among other words."""
        shown = contained(str(text))
        return f"\u2066{shown}\u2069" if self._say.rtl else shown

    def _value(self, text: str) -> str:
        return f"\u2068{contained(text)}\u2069"

    def _term(self, value: StrEnum) -> str:
        return self._say(terms.term(value).name)

    def _meaning(self, value: StrEnum) -> str:
        return self._say.fill(terms.term(value).meaning, {})

    def _last_day(self, until: date | None) -> str:
        return self._code(self._say.in_digits(until.isoformat())) if until else "–"

    def _day(self, seconds: int | None) -> str:
        shown = day(seconds)
        return self._code(self._say.in_digits(shown)) if shown else "–"

    def _name(self, row: DomainRow) -> str:
        return self._code(row.unicode or row.domain) if row.domain else self._say("(no readable sender)")

    def _score(self, score: int) -> Span:
        return self._say.number(score), Style(9, bold=True, tone=TONES[band_of(score)])

    def _badge(self, value: StrEnum) -> Span:
        return self._term(value), Style(9, bold=True, tone=TONES[value])

    def _table(self, columns: Sequence[Column], head: Sequence[str], rows: Iterable[Sequence[Sequence[Span]]]) -> Iterator[Row]:
        top = Row([[(word, HEAD)] for word in head], columns, self._press, is_head=True)
        body = [Row(cells, columns, self._press, top) for cells in rows]
        if body:
            yield top
            yield from body

    # Chapters ----------------------------------------------------------------------------------------------------

    def _cover(self) -> Iterator[Block]:
        say, report, totals = self._say, self._report, self._totals
        if logo := report.presentation.logo:
            yield Logo(logo, self._press)
        yield self._text(("Nitaq · نطاق", Style(11, tone="soft")), before=8)
        if own_title := report.presentation.title:
            yield self._text((self._value(own_title), TITLE), before=14)
            yield self._text((say("Who really writes to this mailbox"), NAME), before=4)
        else:
            yield self._text((say("Who really writes to this mailbox"), TITLE), before=14)
        for source in report.scope.sources[:20]:
            yield self._text((self._code(source), Style(11)), before=6)
        when = say.in_digits((instant(report.created) or "").replace("T", " ").replace("Z", " UTC"))
        yield self._text((f"{say('Audit of')} {self._code(when)} · ", SOFT), (self._term(report.scan.status), BOLD), before=6)
        for sentence in sentences(report.excerpt, say):
            yield self._text((sentence, PLAIN), before=8, box="info")
        yield self._heading(say("Summary"), before=22)
        if totals.messages:
            parts = [
                say.plural("{n} message", "{n} messages", totals.messages),
                say.plural("from {n} domain.", "from {n} domains.", totals.domains),
                say.plural("{n} message has no readable sender.", "{n} messages have no readable sender.", totals.without_domain)
                if totals.without_domain else "",
                say.plural("{n} needs a look.", "{n} need a look.", len(self._looks)) if self._looks else say("None needs a look."),
            ]  # fmt: skip
            yield self._text((" ".join(filter(None, parts)), Style(12)))
        else:
            yield self._text((say("No messages were found to judge."), Style(12)))
        if report.scan.status is not ScanStatus.COMPLETE:
            sentence = say("This audit is not complete. What is missing and why stands under “What was read”.")
            yield self._text((sentence, PLAIN), before=8, box="warn")
        yield Tiles([(say.number(n), self._term(band), TONES[band]) for band, n in totals.by_band.items()], self._press)
        for title, counts in ((say("Messages by proof"), totals.by_authentication), (say("Messages by relationship"), totals.by_relationship)):
            yield self._heading(title, NAME, before=14)
            rows = ([[self._badge(value)], [(say.number(n), PLAIN)]] for value, n in counts.items())
            yield from self._table((Column(4), Column(1, number=True)), ("", say("Messages")), rows)
        note = say("Nitaq judges names, not people. A good score is no guarantee, and a bad one is a reason to look, not a verdict.")
        yield self._text((note, SOFT), before=12)
        yield self._text((f"{say('Fingerprint of this audit')}: {self._code(self._fingerprint)}", SMALL_SOFT), before=8)

    def _charts(self) -> Iterator[Block]:
        for chart in charts_of(self._report, self._say):
            yield self._heading(chart.title, NAME, before=16)
            yield self._text((chart.meaning, SMALL_SOFT), keep=True)
            yield self._text(*self._legend(chart), keep=True)
            yield Picture(draw(chart, self._press.palette, CHART_WIDTH, self._say.rtl, self._say.number), self._press)

    def _legend(self, chart: ChartData) -> Iterator[Span]:
        for place, series in enumerate(chart.series):
            if place:
                yield "   ", SMALL
            yield "■ ", Style(8, tone=series.tone)
            yield f"{series.name} ", SMALL
            yield self._say.number(chart.sum_of(place)), Style(8, bold=True)

    def _look(self) -> Section:
        say, title = self._say, self._say("What needs a look")
        blocks: list[Block] = [self._heading(title)]
        bookmarks: list[tuple[int, str]] = []
        if not self._looks:
            blocks.append(self._text((say("Nothing unusual was noticed. That is not a guarantee."), PLAIN)))
        for row in self._looks[:SHOWN_LOOKS]:
            bookmarks.append((len(blocks), self._name(row)))
            blocks += self._card(row)
        if more := len(self._looks) - SHOWN_LOOKS if len(self._looks) > SHOWN_LOOKS else 0:
            blocks.append(self._text((say.plural("{n} more is in the table of all domains.", "{n} more are in the table of all domains.", more), SOFT)))
        return Section(title, blocks, own_page=True, bookmarks=tuple(bookmarks))

    def _card(self, row: DomainRow) -> Iterator[Block]:
        say = self._say
        band = band_of(row.worst)
        yield self._text(self._score(row.worst), ("   ", NAME), (self._name(row), NAME), before=16, keep=True, box=TONES[band])
        facts = [self._badge(band), self._badge(row.relationship), self._badge(row.authentication)]
        counted = say.plural("{n} message", "{n} messages", row.messages)
        line = [part for fact in facts for part in (fact, (" · ", SOFT))] + [(counted, PLAIN)]
        if row.domain and row.unicode != row.domain:
            line.append((" · " + say("As computers write it: {domain}", domain=contained(row.domain)), SMALL_SOFT))
        yield self._text(*line, keep=True)
        for finding in row.findings:
            if finding.points < 0 or finding.severity.value != "info":
                yield from self._finding(finding)
        doubtful = [claim for claim in row.claims if band_of(claim.score) is not Band.USUAL]
        if not doubtful or not self._full:
            return
        yield self._heading(say("The most doubtful messages in this name"), BOLD, before=8)
        yield from self._claims(doubtful[:SHOWN_CLAIMS])
        if more := max(0, len(doubtful) - SHOWN_CLAIMS):
            told = say.plural("{n} more kind of message is not shown here.", "{n} more kinds of message are not shown here.", more)
            yield self._text((told, SMALL_SOFT))
        sum_of = " · ".join(f"{title_in_words(part, say)} {self._points(part.points)}" for part in doubtful[0].findings)
        yield self._text((f"{say('How the score adds up')}: {sum_of} = ", SMALL), (say.number(doubtful[0].score), Style(8, bold=True)), before=6)
        for example in doubtful[0].record.examples[:SHOWN_EXAMPLES]:
            subject = self._value(example.subject) if example.subject else say("(no subject)")
            yield self._text((f"{self._day(example.date)} · {subject} · ", SMALL), (self._code(example.id), SMALL_SOFT), before=2, indent=10)

    def _finding(self, finding: Finding) -> Iterator[Block]:
        say, text = self._say, finding_text(finding, self._say)
        weight = self._badge(finding.severity)
        yield self._text(weight, (" · ", SOFT), (text.title, BOLD), (f"  {self._points(finding.points)}", BOLD), before=8, keep=True)
        counted = say.plural("{n} message", "{n} messages", finding.messages)
        yield self._text((text.seen, PLAIN), (f" ({counted})", SMALL_SOFT), before=2, indent=10)
        parts = (say("Why it matters"), text.why), (say("The innocent explanation"), text.innocent), (say("What you can do"), text.advice)
        for title, sentence in parts:
            yield self._text((f"{title}: ", HEAD), (sentence, SMALL), before=1, indent=10)

    def _points(self, n: int) -> str:
        sign = "+" if n > 0 else "\u2212" if n < 0 else "±"
        return f"\u2066{sign}{self._say.number(abs(n))}\u2069"

    def _claims(self, claims: Sequence[JudgedClaim]) -> Iterator[Row]:
        say = self._say
        day, number = Column(13, least=58), Column(12, number=True, least=47)
        columns = (Column(29), Column(18), Column(19), number, day, day, Column(8, number=True, least=35))
        head = say("Sender"), say("Proof"), say("Sending source"), say("Messages"), say("First seen"), say("Last seen"), say("Score")
        yield from self._table(columns, head, map(self._claim, claims))

    def _claim(self, judged: JudgedClaim) -> Sequence[Sequence[Span]]:
        say, claim, proof = self._say, judged.record.claim, judged.proof
        who = self._code(claim.address) if claim.address else self._term(claim.status)
        named: list[Span] = [(self._value(claim.name) + "\u2028", SMALL)] if claim.name else []
        verdicts = [(method, verdict) for method, verdict in (("SPF", proof.spf), ("DKIM", proof.dkim), ("DMARC", proof.dmarc)) if verdict is not None]
        told = "".join(f"\u2028{self._code(method)} {self._term(verdict)}" for method, verdict in verdicts)
        source = say("sent by itself") if proof.source == "own" else say("not known") if proof.source in ("", "unknown") else self._code(proof.source)
        return (
            [*named, (who, SMALL_SOFT)], [self._badge(proof.authentication), (told, SMALL_SOFT)], [(source, SMALL)],
            [(say.number(judged.record.messages), SMALL)], [(self._day(judged.record.first_seen), SMALL)], [(self._day(judged.record.last_seen), SMALL)],
            [self._score(judged.score)],
        )  # fmt: skip

    def _own(self) -> Iterator[Block]:
        say = self._say
        own = [row for row in self._report.domains if row.relationship is Relationship.OWN]
        if not own:
            return
        sentence = say("Everything that says it comes from your organisation, by who sent it. Proven and unproven mail stand on lines of their own.")
        yield self._text((sentence, PLAIN))
        for row in own:
            yield self._heading(self._name(row), NAME, before=12)
            yield from self._claims(row.claims[:SHOWN_LOOKS])
            if more := max(0, len(row.claims) - SHOWN_LOOKS):
                told = say.plural("{n} more kind of message is not shown here.", "{n} more kinds of message are not shown here.", more)
                yield self._text((told, SMALL_SOFT))

    def _domains(self) -> Iterator[Block]:
        say = self._say
        axes = say("Proof"), say("Relationship"), say("Decision")
        stated = (Column(22, least=62),) if self._narrow else (Column(13), Column(14), Column(14))
        columns = (Column(34), Column(11, number=True, least=36), Column(10, number=True, least=42), *stated,
                   Column(14, number=True, least=47), Column(16, least=58), Column(26))  # fmt: skip
        head = (say("Domain"), say("Lowest score"), say("Score"), *(("\u2028".join(axes),) if self._narrow else axes), say("Messages"), say("Last seen"),
                say("What stands out"))  # fmt: skip
        yield from self._table(columns, head, (self._domain(row) for row in self._report.domains[:SHOWN_DOMAINS]))
        if more := max(0, len(self._report.domains) - SHOWN_DOMAINS):
            told = say.plural("{n} more is in the workbook (XLSX).", "{n} more are in the workbook (XLSX).", more)
            yield self._text((told, SOFT))

    def _domain(self, row: DomainRow) -> Sequence[Sequence[Span]]:
        say = self._say
        name: list[Span] = [(self._name(row), Style(8, bold=True))]
        if row.domain_class.value != "ordinary":
            name.append(("\u2028" + self._term(row.domain_class), Style(7, tone="soft")))
        score = (say("by address"), SMALL_SOFT) if row.score is None else self._score(row.score)
        found = title_in_words(row.findings[0], say) if row.findings else "–"
        tone = Style(8, bold=True, tone=TONES[row.authentication])
        axes: list[list[Span]] = [[(self._term(row.authentication), tone)], [(self._term(row.relationship), SMALL)], [(self._term(row.decision), SMALL)]]
        if self._narrow:
            axes = [[*axes[0], *((f"\u2028{word}", style) for [(word, style)] in axes[1:])]]
        return (
            name, [self._score(row.worst)], [score], *axes, [(say.number(row.messages), SMALL)], [(self._day(row.last_seen), SMALL)], [(found, SMALL)],
        )  # fmt: skip

    def _decisions(self) -> Iterator[Block]:
        say, report = self._say, self._report
        columns = (Column(24), Column(18), Column(14), Column(26), Column(12), Column(12))
        if report.decisions:
            head = say("About"), say("Decision"), say("By"), say("Why"), say("On"), say("Until")
            yield from self._table(columns, head, (
                [[(self._code(each.subject), SMALL)], [(self._term(each.decision), SMALL)], [(self._value(each.by), SMALL)],
                 [(self._value(each.reason), SMALL)], [(self._day(each.at), SMALL)], [(self._last_day(each.until), SMALL)]]
                for each in report.decisions))  # fmt: skip
        else:
            yield self._text((say("No decisions were recorded."), PLAIN))
        if report.exceptions:
            head = say("Domain"), say("Exception"), say("Sending source"), say("By"), say("Why"), say("Until")
            yield from self._table((Column(22), Column(22), Column(18), Column(14), Column(20), Column(12)), head, (
                [[(in_words(each, say) if is_wide(each) else self._code(each.domain), SMALL)],
                 [(self._term(each.direction), SMALL)], [(self._code(each.source) if each.source else say("any"), SMALL)],
                 [(self._value(each.approved_by), SMALL)], [(self._value(each.reason), SMALL)], [(self._last_day(each.until), SMALL)]]
                for each in report.exceptions))  # fmt: skip
        else:
            yield self._text((say("No exceptions were recorded."), PLAIN))
        yield self._text((say("Decisions are Nitaq's records. Nothing is blocked or deleted by them."), SOFT), before=8)

    def _scope(self) -> Iterator[Block]:
        say, report = self._say, self._report
        since = self._code(report.scope.since) if report.scope.since else say("the beginning")
        own = " · ".join(map(self._code, report.scope.own_domains)) or say("none were named")
        mine = report.scan.messages - self._totals.messages
        facts = [
            (say("State"), f"{self._term(report.scan.status)}. {self._meaning(report.scan.status)}"),
            (say("Own domains"), own),
            (say("Messages since"), since),
            (say("Counted"), say.number(report.scan.messages)),
            *([(say("Of these your own (sent, drafts), not judged"), say.number(mine))] if mine > 0 else []),
            (say("Copies in other folders, counted once"), say.number(report.scan.duplicates)),
            (say("Could not be read"), say.number(report.scan.unreadable)),
            (say("Missing"), say.number(report.scan.missing)),
        ]
        yield from self._facts(facts)
        code = report.scan.code
        if code is not None and all(notice.code != code for notice in report.scan.notices):
            yield self._text((describe(code, {}, say), PLAIN), before=8, box="warn")
        yield from self._notices()
        if report.scope.folders:
            rows = ([[(self._value(each.name), SMALL)], [(say.number(each.messages), SMALL)], [(self._code(each.source), SMALL_SOFT)]]
                    for each in report.scope.folders)  # fmt: skip
            yield from self._table((Column(4), Column(2, number=True), Column(5)), (say("Folder"), say("Messages"), say("Mailbox")), rows)

    def _notices(self) -> Iterator[Block]:
        say = self._say
        notices = sorted(self._report.scan.notices, key=lambda notice: notice.code)
        counted = Counter(describe(notice.code, dict(notice.params), say) for notice in notices)
        if counted:
            yield self._heading(say("What did not go as it should"), NAME, before=12)
        for sentence, n in list(counted.items())[:SHOWN_NOTICES]:
            yield self._text((f"•  {sentence}" + (f" (× {say.number(n)})" if n > 1 else ""), PLAIN), indent=6)
        if more := max(0, len(counted) - SHOWN_NOTICES):
            yield self._text((say.plural("{n} more is not shown here.", "{n} more are not shown here.", more), SMALL_SOFT))

    def _facts(self, facts: Iterable[tuple[str, str]]) -> Iterator[Row]:
        columns = (Column(2), Column(5))
        for name, value in facts:
            yield Row([[(name, SOFT)], [(value, PLAIN)]], columns, self._press)

    def _believed(self) -> Iterator[Block]:
        say, servers = self._say, self._report.scope.border.servers
        sentence = say(
            "Anybody can write into a message that it was checked. Only the server that received the mail for you is believed;"
            " everything else that messages say about themselves is ignored."
        )
        yield self._text((sentence, PLAIN))
        if not servers:
            nothing = say("No server was found to be believed, so nothing is proven in this report. That says nothing against the senders.")
            yield self._text((nothing, PLAIN), before=8, box="warn")
        rows = ([[(self._code(each.id or "–"), PLAIN)], [(self._term(each.how), PLAIN)],
                 [(say("{n} of {total}", n=each.messages, total=each.of) if each.of else "–", PLAIN)]] for each in servers)  # fmt: skip
        head = say("Server"), say("On what grounds"), say("Messages that carry its statement")
        yield from self._table((Column(3), Column(3), Column(2)), head, rows)

    def _method(self) -> Iterator[Block]:
        say = self._say
        steps = (
            say("Only the headers of messages were read, and the mailbox was not changed. Nothing was looked up outside."),
            say("Each message makes a claim: a name, an address, a place to answer to. Equal claims are counted together."),
            say("For each claim, what the believed server reported decides whether the domain is proven, failed, or not known."),
            say("Every check that finds something adds points to a starting score or takes points away. The sum is the score, and every part of it is shown."),
            say("A domain shows the score of most of its best proven mail, and beside it the lowest score among its messages."),
        )
        for number, step in enumerate(steps, start=1):
            yield self._text((f"{say.number(number)}.  {step}", PLAIN), indent=6)
        yield self._heading(say("Limits"), NAME, before=12)
        limits = (
            say("The content and the attachments of messages were not read. A genuine sender can write something false, and a stolen mailbox proves itself"
                " correctly."),
            say("Messages that were deleted, or filtered out before they reached the mailbox, are not here."),
            say("What is not known counts neither for nor against anybody."),
            say("Dates are those that the messages and the server give; they may be wrong."),
            say("Characters that cannot be seen, or that would rearrange the text around them, are shown as signs such as {sign}.", sign="[U+202E]"),
        )  # fmt: skip
        for limit in limits:
            yield self._text((f"•  {limit}", PLAIN), indent=6)

    def _glossary(self) -> Iterator[Block]:
        say = self._say
        tables = (terms.RELATIONSHIPS, terms.AUTHENTICATIONS, terms.DECISIONS, terms.BANDS, terms.CLASSES, terms.CONFIDENCES)
        for term in (*terms.CONCEPTS, *(term for table in tables for term in table.values())):
            yield Row([[(say(term.name), BOLD)], [(say.fill(term.meaning, {}), PLAIN)]], (Column(2), Column(5)), self._press)

    def _signature(self) -> Iterator[Block]:
        say = self._say
        yield self._text((f"{say('Fingerprint of this audit')}:", PLAIN), keep=True)
        yield self._text((self._code(self._fingerprint), Style(9, bold=True)), keep=True)
        sentence = say("The same fingerprint stands on every form of this audit in every language. It shows that they say the same, not who made them.")
        yield self._text((f"{sentence} Nitaq {self._code(__version__)}", SMALL_SOFT), keep=True)
        yield Lines((say("Name"), say("Date"), say("Signature")), self._press)
