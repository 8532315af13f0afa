"""The report as one self-contained HTML file: no script, no link out of it, a content security policy that forbids both, and prints well."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, BinaryIO

from markupsafe import Markup, escape

from app import __version__, terms
from app.charts import ChartData, Palette, charts_of, draw, meter, stacked_bar, swatch
from app.contain import contained
from app.error_text import describe
from app.exporters.base import Exporter
from app.exporters.dates import day, instant
from app.exporters.excerpt_text import sentences
from app.exporters.json_report import fingerprint_of_report
from app.exporters.tones import TONES
from app.exporters.web_page import head, templates
from app.i18n import FIRST_STRONG_ISOLATE, POP_ISOLATE, RIGHT_TO_LEFT_ISOLATE, Translation, mark
from app.letterhead import media_type
from app.model import DomainRow, ExceptionRule, Finding, JudgedClaim, Relationship, Report, Severity
from app.patterns import in_words, is_wide
from app.report import Band, band_of, totals_of
from app.review import needing_a_look
from app.texts import FindingText, finding_text, title_in_words

if TYPE_CHECKING:
    from jinja2 import Template

SHOWN_DOMAINS, SHOWN_CLAIMS, SHOWN_EXAMPLES, SHOWN_NOTICES = 30, 3, 3, 50
"""How much is told in full; the tables count the rest."""
CHART = 480
"""Pixels that a chart is drawn for; the page scales it."""
_GLOSSARY = (terms.RELATIONSHIPS, terms.AUTHENTICATIONS, terms.DECISIONS, terms.BANDS, terms.CLASSES, terms.CONFIDENCES)


class Page:
    """What the template speaks with: every sentence in the reader's language, every value contained and isolated in `<bdi>`."""

    def __init__(self, report: Report, say: Translation) -> None:
        presentation = report.presentation
        self._say = say
        self.language = say.language
        self.direction = "rtl" if say.rtl else "ltr"
        self.own_title = presentation.title
        self.full = not presentation.short
        self.logo = f"data:{media_type(presentation.logo)};base64,{b64encode(presentation.logo).decode()}" if presentation.logo else ""
        self.excerpt = [self._marked(sentence) for sentence in sentences(report.excerpt, say)]
        self._rtl = say.rtl
        self.report = report
        self.totals = totals_of(report)
        self.looks = needing_a_look(report)
        self.own = [row for row in report.domains if row.relationship is Relationship.OWN]
        self.charts = charts_of(report, say)
        self.notices = self._summed_up()
        self.term = lru_cache(maxsize=None, typed=True)(self._term)  # values of two vocabularies may be equal ("none")

    @property
    def title(self) -> str:
        """For the reader's tab, which knows no elements."""
        return contained(self.own_title) or self._say("Who really writes to this mailbox")

    def say(self, text: str, **values: object) -> Markup:
        return self._marked(self._say(text, **{name: _contained(value) for name, value in values.items()}))

    def plural(self, one: str, other: str, n: int) -> Markup:
        return self._marked(self._say.plural(one, other, n))

    def number(self, n: int) -> str:
        return self._say.number(n)

    def value(self, text: object) -> Markup:
        """A name, a subject: its own direction."""
        return Markup("<bdi>{}</bdi>").format(contained(str(text)))

    def code(self, text: object) -> Markup:
        """A domain, an address, an id, a date: always left to right."""
        return Markup('<bdi dir="ltr">{}</bdi>').format(contained(str(text)))

    def day(self, seconds: int | None) -> Markup:
        shown = day(seconds)
        return Markup('<time dir="ltr" datetime="{}">{}</time>').format(shown, self._say.in_digits(shown)) if shown else Markup("–")

    def last_day(self, until: date | None) -> Markup:
        return self.code(self._say.in_digits(until.isoformat())) if until else Markup("–")

    def instant(self, seconds: int) -> Markup:
        shown = instant(seconds)
        if shown is None:
            return Markup("–")
        return Markup('<time dir="ltr" datetime="{}">{}</time>').format(shown, self._say.in_digits(shown.replace("T", " ").replace("Z", " UTC")))

    def points(self, n: int) -> Markup:
        return Markup('<bdi dir="ltr">{}{}</bdi>').format("+" if n > 0 else "\u2212" if n < 0 else "±", self._say.number(abs(n)))

    def whose(self, rule: ExceptionRule) -> Markup:
        """Whose mail an exception is about."""
        return self._marked(in_words(rule, self._say)) if is_wide(rule) else self.code(rule.domain)

    def _term(self, value: StrEnum) -> Markup:
        return self.word(terms.term(value).name)

    def meaning(self, value: StrEnum) -> Markup:
        return self.word(terms.term(value).meaning)

    def word(self, text: str) -> Markup:
        """A text that is marked elsewhere."""
        return self._marked(self._say.fill(text, {}))

    def tone(self, value: StrEnum) -> str:
        return TONES[value]

    def band(self, score: int) -> Band:
        return band_of(score)

    def found(self, finding: Finding) -> FindingText:
        text = finding_text(finding, self._say)
        return FindingText(*map(self._marked, (text.title, text.seen, text.why, text.innocent, text.advice)))

    def title_of(self, finding: Finding) -> Markup:
        return self._marked(title_in_words(finding, self._say))

    def notable(self, row: DomainRow) -> list[Finding]:
        """What counts against the sender, worst first."""
        return [finding for finding in row.findings if finding.points < 0 or finding.severity is not Severity.INFO]

    def doubtful(self, row: DomainRow) -> list[JudgedClaim]:
        return [claim for claim in row.claims if band_of(claim.score) is not Band.USUAL]

    def _summed_up(self) -> list[tuple[Markup, int]]:
        """Each warning in words, equal ones counted, by code."""
        sentences = Counter(self._notice(notice.code, dict(notice.params)) for notice in sorted(self.report.scan.notices, key=lambda notice: notice.code))
        return list(sentences.items())

    def why_it_ended(self) -> Markup | None:
        """The sentence of the scan's own code, unless a warning has said it with its values."""
        code = self.report.scan.code
        return None if code is None or any(notice.code == code for notice in self.report.scan.notices) else self._notice(code, {})

    def _notice(self, code: str, params: dict[str, str | int]) -> Markup:
        return self._marked(describe(code, params, self._say))

    def bar(self, counts: dict[Any, int], label: str) -> Markup:
        return Markup(stacked_bar([(TONES[value], n) for value, n in counts.items()], str(label), self._rtl))

    def drawn(self, chart: ChartData) -> Markup:
        return Markup(draw(chart, Palette(), CHART, self._rtl, self._say.number).svg)

    def swatch(self, tone: str) -> Markup:
        return Markup(swatch(tone, Palette()))

    def told(self, text: str) -> Markup:
        """A text that is in the reader's language already, and contained."""
        return self._marked(text)

    def meter(self, score: int) -> Markup:
        return Markup(meter(score, TONES[band_of(score)], self._say("{score} of 100", score=score), self._rtl))

    def glossary(self) -> Iterator[terms.Term]:
        yield from terms.CONCEPTS
        for table in _GLOSSARY:
            yield from table.values()

    def _marked(self, sentence: str) -> Markup:
        """Isolates become elements; the values inside hold none of their own, they are contained."""
        marked = str(escape(sentence)).replace(RIGHT_TO_LEFT_ISOLATE, '<bdi dir="rtl">').replace(FIRST_STRONG_ISOLATE, "<bdi>")
        return Markup(marked.replace(POP_ISOLATE, "</bdi>"))


def _contained(value: object) -> object:
    return value if isinstance(value, int) else contained(str(value))


PART = Markup("\x1e")
"""Between the parts of a page; no value holds it, for a contained one shows control characters as signs."""


@dataclass(frozen=True, slots=True)
class Column:
    """The parts of the report in one language."""

    language: str
    direction: str
    parts: Sequence[Markup]


def _write(report: Report, say: Translation, out: BinaryIO) -> None:
    environment = templates()
    body = environment.get_template("report_body.html")
    page = Page(report, say)
    pages = [page]
    if beside := report.presentation.beside:
        pages = sorted([page, Page(report, Translation(beside, say.digits))], key=lambda each: each.direction)  # who is read from the left stands there
    fingerprint = fingerprint_of_report(report)
    columns = [_column(body, each, "" if each is page else f"-{each.language}", fingerprint) for each in pages]
    pieces = environment.get_template("report.html").generate(
        **head(),
        title=page.title,
        images=bool(page.logo),
        page=page,
        columns=columns,
        language=page.language,
        direction=page.direction,
    )
    out.writelines(piece.encode("utf-8") for piece in pieces)


def _column(body: Template, page: Page, tag: str, fingerprint: str) -> Column:
    """`tag` keeps the ids of two languages apart."""
    text = body.render(
        page=page,
        say=page.say,
        plural=page.plural,
        report=page.report,
        totals=page.totals,
        part=PART,
        tag=tag,
        fingerprint=fingerprint,
        version=__version__,
        shown_domains=SHOWN_DOMAINS,
        shown_claims=SHOWN_CLAIMS,
        shown_examples=SHOWN_EXAMPLES,
        shown_notices=SHOWN_NOTICES,
    )
    return Column(page.language, page.direction, [Markup(each) for each in text.split(PART)])


EXPORTER = Exporter(".html", mark("Report to read, print and sign (HTML)"), _write, for_people=True)
