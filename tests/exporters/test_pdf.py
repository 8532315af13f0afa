"""The PDF, read back by pypdf and pdftotext: whole rows, heads on each page, bookmarks that lead where they say, and Arabic that can be searched."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from app.exporters.pdf import EXPORTER
from app.i18n import LANGUAGES, Translation
from app.model import Authentication, Report, ScanStatus
from tests.exporters.reports import claim, document, empty_report, finding, long_report, rich_report, row

EN, AR = Translation("en"), Translation("ar")
_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")


def written(report: Report, say: Translation = EN) -> bytes:
    out = BytesIO()
    EXPORTER.write(report, say, out)
    return out.getvalue()


def pages(pdf: bytes, folder: Path) -> list[str]:
    """The text of each page in reading order, letters in their usual forms."""
    path = folder / "report.pdf"
    path.write_bytes(pdf)
    text = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True).stdout.decode()
    return [_CONTROLS.sub("", unicodedata.normalize("NFKC", page)) for page in text.split("\f")[:-1]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_its_language_and_which_way_it_is_read(language: str) -> None:
    root = PdfReader(BytesIO(written(rich_report(), Translation(language)))).root_object
    assert root["/Lang"] == language
    assert root["/ViewerPreferences"]["/Direction"] == ("/R2L" if language == "ar" else "/L2R")


def test_every_chapter_has_a_bookmark_to_the_page_that_begins_it_and_the_contents_give_its_number(tmp_path: Path) -> None:
    pdf = written(rich_report())
    reader, texts = PdfReader(BytesIO(pdf)), pages(pdf, tmp_path)
    chapters = [item for item in reader.outline if not isinstance(item, list)]
    assert len(chapters) >= 8
    contents = texts[1]
    for chapter in chapters:
        page = reader.get_destination_page_number(chapter)
        assert page is not None
        assert chapter.title in texts[page]
        assert re.search(rf"{re.escape(chapter.title)}\s+{page + 1}$", contents, re.MULTILINE), (chapter.title, contents)


def test_the_head_of_the_table_stands_on_each_of_its_pages(tmp_path: Path) -> None:
    report = long_report(200)
    texts = pages(written(report), tmp_path)
    with_rows = [text for text in texts[2:] if len(re.findall(r"\d{4}-\d\d-\d\d", text)) > 10 and "What stands out" in text]
    assert len(with_rows) > 3
    last = {each.domain for each in report.domains}
    told = "".join(texts).replace("\n", "").replace(" ", "")
    assert [name for name in last if name and name.replace(" ", "") not in told and "-" not in name] == []


def test_each_page_has_its_number_and_the_last_has_the_fingerprint_and_lines_to_sign_on(tmp_path: Path) -> None:
    report = rich_report()
    texts = pages(written(report), tmp_path)
    for number, text in enumerate(texts, start=1):
        assert f"Page {number} of {len(texts)}" in text
    assert str(document(report, EN)["fingerprint"]) in texts[-1]
    assert "Signature" in texts[-1]


def test_arabic_comes_back_as_it_is_read(tmp_path: Path) -> None:
    told = "\n".join(pages(written(rich_report(), AR), tmp_path))
    for title in ("ما يحتاج إلى نظرة", "كل النطاقات", "القرارات والاستثناءات"):
        assert title in told
    assert re.search(r"صفحة\s*1\s*من\s*\d+", told)


def test_an_audit_that_is_not_complete_says_so_on_the_first_page(tmp_path: Path) -> None:
    report = replace(empty_report(), scan=replace(empty_report().scan, status=ScanStatus.PARTIAL, missing=3))
    assert "not complete" in pages(written(report), tmp_path)[0]


@settings(max_examples=10, deadline=None)
@given(st.text(st.one_of(st.characters(), st.sampled_from("()\\<>%\u202e\u2066\r\n\0\ufffe\ud800")), min_size=1, max_size=40))
def test_whatever_a_sender_is_called_it_can_be_read_by_another_program(text: str) -> None:
    judged = claim("a1", text, f"x@{text}", (finding("name_carries_address", -35, shown=text),), Authentication.FAILED, subject=text)
    report = Report(created=0, scope=empty_report().scope, scan=empty_report().scan, domains=(row(text, (judged,)),))
    reader = PdfReader(BytesIO(written(report)))
    assert len(reader.pages) > 3
    assert "/JavaScript" not in str(reader.root_object)
