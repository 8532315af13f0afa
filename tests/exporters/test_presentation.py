"""Own title and logo, the short form, and two languages side by side, in HTML and PDF."""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from app.exporters import html_report, pdf
from app.i18n import LANGUAGES, Translation
from app.model import Presentation
from tests.exporters.reports import rich_report
from tests.exporters.test_pdf import pages

DOT = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


class Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def html(presentation: Presentation, language: str = "en") -> tuple[str, list[tuple[str, dict[str, str | None]]]]:
    out = BytesIO()
    html_report.EXPORTER.write(replace(rich_report(), presentation=presentation), Translation(language), out)
    text = out.getvalue().decode()
    reader = Elements()
    reader.feed(text)
    return text, reader.found


def printed(presentation: Presentation, folder: Path, language: str = "en") -> tuple[bytes, list[str]]:
    out = BytesIO()
    pdf.EXPORTER.write(replace(rich_report(), presentation=presentation), Translation(language), out)
    return out.getvalue(), pages(out.getvalue(), folder)


def test_an_own_title_stands_at_the_head_contained(tmp_path: Path) -> None:
    title = "Board <b>paper</b>\u202e"
    text, _ = html(Presentation(title))
    assert "<h1><bdi>Board &lt;b&gt;paper&lt;/b&gt;[U+202E]</bdi></h1>" in text
    assert "Board <b>paper</b>[U+202E]" in printed(Presentation(title), tmp_path)[1][0]


def test_a_logo_is_inside_the_page_and_the_policy_allows_pictures_only_then(tmp_path: Path) -> None:
    text, elements = html(Presentation(logo=DOT))
    (image,) = [attributes for tag, attributes in elements if tag == "img"]
    assert str(image["src"]).startswith("data:image/png;base64,")
    assert "img-src data:" in text
    assert "img-src" not in html(Presentation())[0]
    reader = PdfReader(BytesIO(printed(Presentation(logo=DOT), tmp_path)[0]))
    assert len(reader.pages[0].images) == 1


def test_a_logo_that_cannot_be_read_leaves_the_pdf_whole(tmp_path: Path) -> None:
    assert len(printed(Presentation(logo=b"\x89PNG\r\n\x1a\nrubbish"), tmp_path)[1]) > 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_short_form_leaves_out_the_table_of_all_domains_and_the_single_messages(language: str, tmp_path: Path) -> None:
    say, short = Translation(language), Presentation(short=True)
    text, elements = html(short, language)
    ids = {attributes.get("id") for _, attributes in elements}
    links = {str(attributes["href"])[1:] for tag, attributes in elements if tag == "a"}
    assert "domains" not in ids
    assert links <= ids
    assert say("The most doubtful messages in this name") not in text
    assert say("What needs a look") in text
    assert len(printed(short, tmp_path, language)[1]) < len(printed(Presentation(), tmp_path, language)[1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_languages_stand_side_by_side_with_english_at_the_left(language: str, tmp_path: Path) -> None:
    both = Presentation(beside="ar" if language == "en" else "en")
    text, elements = html(both, language)
    columns = [attributes for tag, attributes in elements if tag == "div" and "lang" in attributes]
    assert [each["lang"] for each in columns[:2]] == ["en", "ar"]
    assert [each["dir"] for each in columns[:2]] == ["ltr", "rtl"]
    ids = [attributes["id"] for _, attributes in elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert "What needs a look" in text
    assert Translation("ar")("What needs a look") in text
    octets, texts = printed(both, tmp_path, language)
    box = PdfReader(BytesIO(octets)).pages[0].mediabox
    assert box.width > box.height
    first = texts[0].splitlines()
    assert any("Summary" in line and Translation("ar")("Summary") in line and line.index("Summary") < len(line) / 2 for line in first)


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_two_columns_the_contents_follow_the_whole_summary_and_no_day_is_broken(language: str, tmp_path: Path) -> None:
    report = rich_report()
    out = BytesIO()
    pdf.EXPORTER.write(replace(report, presentation=Presentation(beside="ar" if language == "en" else "en")), Translation(language), out)
    texts = pages(out.getvalue(), tmp_path)
    contents = next(n for n, text in enumerate(texts) if Translation(language)("Contents") in text)
    assert "sha256:" in texts[contents - 1]
    assert not any(re.search(r"\d{4}-\d\d-(?:\d?\s|$)", text) for text in texts)
