"""HTML read back by a parser: nothing in it runs, fetches or leads out; hostile text is inert and visible; both languages are whole."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass, field, replace
from hashlib import sha256
from html.parser import HTMLParser
from io import BytesIO

import pytest

from app.exporters.html_report import EXPORTER, SHOWN_DOMAINS
from app.i18n import LANGUAGES, Translation
from app.model import Decision, DecisionRecord, Report
from app.review import subjects_of
from tests.exporters.reports import ARABIC, FORMULA, MARKUP, document, empty_report, long_report, rich_report

VOID = {"meta", "br", "img", "link", "input", "hr", "rect"}
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]")
NAMES = re.compile(r"(?<![A-Za-z])(Nitaq|SPF|DKIM|ARC|DMARC|From|Reply-To|SHA-256|RFC|authserv-id)(?![A-Za-z])")
"""What is called the same in every language."""


@dataclass
class Page(HTMLParser):
    """Elements with their attributes, and each text with the elements around it."""

    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    texts: list[tuple[str, tuple[tuple[str, dict[str, str]], ...]]] = field(default_factory=list)
    unbalanced: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = (tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop()[0] != tag:
            self.unbalanced.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append((data, tuple(self._open)))

    def within(self, tag: str) -> list[str]:
        """The texts inside elements of a name, joined for each."""
        return [text for text, around in self.texts if any(name == tag for name, _ in around)]

    def prose(self) -> list[str]:
        """What the program itself says: text outside of values, dates, codes and style."""
        values = {"bdi", "time", "code", "style", "title"}
        return [text for text, around in self.texts if not any(name in values for name, _ in around) and text.strip()]


def source(report: Report, language: str) -> str:
    out = BytesIO()
    EXPORTER.write(report, Translation(language), out)
    return out.getvalue().decode("utf-8")


def read(report: Report, language: str = "en") -> Page:
    page = Page()
    page.feed(source(report, language))
    page.close()
    assert page.unbalanced == []
    return page


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_runs_and_nothing_is_fetched(language: str) -> None:
    page = read(rich_report(), language)
    assert not {tag for tag, _ in page.elements} & {"script", "img", "link", "iframe", "object", "embed", "form", "input", "base", "audio", "video"}
    for tag, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on") or name in ("style", "src", "srcset", "action", "background")]
        assert attributes.get("href", "#").startswith("#"), (tag, attributes)
    style = "".join(page.within("style"))
    assert not re.search(r"url\(|@import|expression|//", style)


def test_the_policy_allows_this_style_and_nothing_else() -> None:
    page = read(rich_report())
    [policy] = [attributes["content"] for tag, attributes in page.elements if attributes.get("http-equiv") == "Content-Security-Policy"]
    digest = b64encode(sha256("".join(page.within("style")).encode()).digest()).decode()
    assert [part.strip() for part in policy.split(";")] == ["default-src 'none'", f"style-src 'sha256-{digest}'", "base-uri 'none'", "form-action 'none'"]


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_language_and_direction_are_said_once_for_the_page(language: str, direction: str) -> None:
    assert read(rich_report(), language).elements[0] == ("html", {"lang": language, "dir": direction})


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_names_are_visible_inert_and_isolated(language: str) -> None:
    page = read(rich_report(), language)
    isolated = page.within("bdi")
    assert MARKUP in isolated
    assert FORMULA in isolated
    assert "Invoice[U+202E]fdp.exe" in isolated
    assert "no address [U+DC80] here" in isolated
    assert [text for text, _ in page.texts if CONTROLS.search(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_honest_arabic_is_unchanged(language: str) -> None:
    assert ARABIC in read(rich_report(), language).within("bdi")
    assert "المدير العام" in read(rich_report(), language).within("bdi")


@pytest.mark.parametrize("report", [rich_report(), empty_report()], ids=["rich", "empty"])
def test_no_english_is_left_in_the_arabic_report(report: Report) -> None:
    english = [text for text in read(report, "ar").prose() if re.search("[A-Za-z]{2}", NAMES.sub("", text))]
    assert english == []


def test_no_arabic_is_left_in_the_english_report() -> None:
    arabic = [text for text in read(rich_report()).prose() if re.search("[\u0600-\u06ff]", text)]
    assert arabic == ["نطاق"]  # the name of the program


def test_the_summary_says_how_many_need_a_look() -> None:
    text = " ".join(" ".join(read(rich_report()).prose()).split())
    assert "1,266 messages from 5 domains. 5 messages have no readable sender. 5 need a look." in text


def test_a_decided_domain_needs_no_look_and_stays_in_the_table() -> None:
    report = rich_report()
    subjects = [subject.name for row in report.domains for subject in subjects_of(row, report)]
    decided = replace(
        report,
        domains=tuple(row for row in report.domains if row.domain),
        messages=None,
        decisions=tuple(DecisionRecord(name, Decision.REJECTED) for name in subjects),
    )
    text = " ".join(read(decided).prose())
    assert "None needs a look." in text
    assert len([1 for tag, attributes in read(decided).elements if tag == "th" and attributes.get("scope") == "row"]) >= len(decided.domains)


def test_an_incomplete_audit_says_so_and_why() -> None:
    text = " ".join(read(rich_report()).prose())
    assert "This audit is not complete." in text
    assert "Messages missing: 2" in text


@pytest.mark.parametrize("sent", [0, 7])
def test_what_was_counted_and_not_judged_is_told_so_that_the_sums_agree(sent: int) -> None:
    report = rich_report()
    report = replace(report, scan=replace(report.scan, messages=1_266 + sent))
    text = " ".join(" ".join(read(report).prose()).split())
    assert ("Of these your own (sent, drafts), not judged 7" in text) is bool(sent)


def test_every_part_of_a_score_is_shown() -> None:
    text = " ".join("".join(text for text, _ in read(rich_report()).texts).split())
    assert "Starting score +70 · A name that resembles your own \u221245 ·" in text
    assert "Limit of the scale +10 = 0" in text


def test_equal_values_of_different_vocabularies_are_told_apart_on_a_page() -> None:
    page = read(rich_report())
    assert {"nothing to check", "probably not", "failed"} <= set(page.within("dd"))
    assert any(text.strip() == "No readable sender" for text in page.within("td"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fingerprint_is_that_of_the_json_report(language: str) -> None:
    assert document(rich_report(), Translation("en"))["fingerprint"] in read(rich_report(), language).within("code")


def test_a_long_report_tells_the_worst_and_counts_the_rest() -> None:
    page = read(long_report(500))
    assert len([tag for tag, _ in page.elements if tag == "article"]) == SHOWN_DOMAINS
    assert f"{50 - SHOWN_DOMAINS} more are in the table of all domains." in " ".join(page.prose())
    assert {f"firm-{n}.example" for n in range(500)} <= set(page.within("bdi"))


def test_colour_is_never_alone() -> None:
    """Each coloured badge has a shape and a word."""
    page = read(rich_report())
    badges = [around for text, around in page.texts if around and around[-1][1].get("class", "").startswith("badge ") and text.strip()]
    glyphs = [text for text, around in page.texts if around and around[-1][1].get("class") == "glyph"]
    assert len(badges) > 10
    assert len(glyphs) >= len(badges)
