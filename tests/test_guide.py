"""The user guide: both languages say the same in the same order, in the window's own words, and docs/ shows the same text."""

from __future__ import annotations

import re
import struct
from itertools import pairwise
from pathlib import Path

import pytest

from app.guide import Kind, Page, Style, guide, page_of, picture, plain
from app.i18n import LANGUAGES, Translation
from tests.docs import OUT, ROOT, pages
from tests.test_i18n import entries

PAGES = ("first-audit", "overview", "table", "score", "reviewing", "exceptions", "reports", "accounts", "privacy", "trouble")
LONGEST = 330
"""Words; with a picture about one screen and a half."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_ten_short_pages_in_each_language(language: str) -> None:
    assert tuple(page.id for page in guide(language)) == PAGES
    for page in guide(language):
        assert len(page.text.split()) <= LONGEST, page.id
        assert sum(block.kind is Kind.HEADING for block in page.blocks) >= 2
        assert not any(mark in span for block in page.blocks for style, span in block.spans for mark in ("*", "`", "](")), page.id


def words_of_the_window(page: Page) -> list[str]:
    return [text for block in page.blocks for style, text in block.spans if style is Style.WINDOW]


@pytest.mark.parametrize(("english", "arabic"), list(zip(guide("en"), guide("ar"), strict=True)), ids=PAGES)
def test_both_languages_are_built_alike(english: Page, arabic: Page) -> None:
    assert [(block.kind, block.picture) for block in english.blocks] == [(block.kind, block.picture) for block in arabic.blocks]
    codes = [[text for block in page.blocks for style, text in block.spans if style is Style.CODE] for page in (english, arabic)]
    assert codes[0] == codes[1]


@pytest.mark.parametrize(("english", "arabic"), list(zip(guide("en"), guide("ar"), strict=True)), ids=PAGES)
def test_what_stands_on_a_button_is_called_so_in_both_languages(english: Page, arabic: Page) -> None:
    say, known = Translation("ar"), entries()
    here, there = words_of_the_window(english), words_of_the_window(arabic)
    assert len(here) == len(there)
    for one, other in zip(here, there, strict=True):
        message = next((text for text in (one, f"{one} (redacted)") if text in known), None)
        if message:
            assert say(message).removesuffix(" (تقرير محجوب)") == other, one


def test_the_words_of_the_window_are_in_the_window() -> None:
    """Except for these, which providers use."""
    known = plain(" ".join(entries()))
    assert {text for page in guide("en") for text in words_of_the_window(page) if plain(text) not in known} <= {"app password"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_is_there_and_is_used(language: str) -> None:
    named = {block.picture for page in guide(language) for block in page.blocks if block.picture}
    kept = {path.stem.rpartition("-")[0] for path in (ROOT / "resources" / "guide" / "pictures").glob(f"*-{language}.png")}
    assert named == kept
    for name in named:
        width, height = struct.unpack(">II", picture(name, language)[16:24])
        assert 300 <= width <= 1280
        assert 200 <= height <= 800


def test_docs_show_what_the_program_shows() -> None:
    """Else: python -m tests.docs."""
    made = pages()
    assert {str(path.relative_to(OUT).as_posix()): path.read_text(encoding="utf-8") for path in OUT.rglob("*.md")} == made


def test_every_link_of_docs_leads_somewhere() -> None:
    for path in [*OUT.rglob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", ROOT / "CHANGELOG.md"]:
        for link in re.findall(r"\]\(([^)#]+)", path.read_text(encoding="utf-8")):
            assert link.startswith("https://") or (path.parent / link).exists(), f"{path.name}: {link}"


def test_headings_follow_each_other_with_something_between() -> None:
    for language in LANGUAGES:
        for page in guide(language):
            assert not any(one.kind is other.kind is Kind.HEADING for one, other in pairwise(page.blocks)), page.id


def test_the_marks_are_read_as_they_are_meant() -> None:
    page = page_of("07-x-y.md", "# T\n\nPress *Go on*, then `a*b`.\n\n- one\n1. two\n![alt](pic)\n## H\n")
    assert (page.id, page.title) == ("x-y", "T")
    assert page.blocks[0].spans == ((Style.PLAIN, "Press "), (Style.WINDOW, "Go on"), (Style.PLAIN, ", then "), (Style.CODE, "a*b"), (Style.PLAIN, "."))
    assert [block.kind for block in page.blocks] == [Kind.PARAGRAPH, Kind.ITEM, Kind.STEP, Kind.PICTURE, Kind.HEADING]


def test_a_search_finds_arabic_with_and_without_vowel_signs() -> None:
    assert plain("حقًّا") == plain("حقا")
    assert plain("*Go* ON") == "go on"


def test_the_readme_shows_real_pictures_of_both_languages() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"[(\"]((?:docs|resources)/[\w/-]+\.png)", text)
    assert {Path(name).stem.rpartition("-")[2] for name in shown} == {"en", "ar"}
    assert [name for name in shown if not (ROOT / name).is_file()] == []
