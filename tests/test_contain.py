"""Hostile text is shown with its dangers visible; honest text of any script comes back as it was."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.contain import LIMIT, contained

HONEST = [
    "Sara Al-Otaibi (Accounts) <sara@firm.example>",
    "سارة العتيبي",
    "مُحَمَّدٌ رَسُولٌ",
    "شركة (ABC)\u200f",
    "می\u200cخواهم",
    "नमस्\u200dते",
    "עִבְרִית",
    "Tiếng Việt, e\u0301te\u0301",
    "\u845b\U000e0100",
    "1\ufe0f\u20e3 ❤\ufe0f \U0001f468\u200d\U0001f469\u200d\U0001f467 👍🏽",
    "price: 10\u00a0€ – “quoted”",
    "[U+202E] typed by hand",
    "",
]
HOSTILE = [
    ("a\u202egnp.exe", "a[U+202E]gnp.exe"),
    ("\u2066x\u2069", "[U+2066]x[U+2069]"),
    ("pay\u200bpal\u00ad", "pay[U+200B]pal[U+00AD]"),
    ("paypal\u200f.example", "paypal[U+200F].example"),
    ("سارة\u200f\u200f", "سارة\u200f[U+200F]"),
    ("a\u200db", "a[U+200D]b"),
    ("\u200d", "[U+200D]"),
    ("line\r\nBcc: x", "line␍␊Bcc: x"),
    ("\x1b[31mred\x07\x00\x7f", "␛[31mred␇␀␡"),
    ("a\x9bb", "a[U+009B]b"),
    ("one\u2028two\u2029", "one[U+2028]two[U+2029]"),
    ("\udce9.eml", "[U+DCE9].eml"),
    ("\U000e0041\U000e007f", "[U+E0041][U+E007F]"),
    ("a\ufe0f", "a[U+FE0F]"),
    ("❤\ufe0f\ufe0f", "❤\ufe0f[U+FE0F]"),
    ("\u3164\u2800", "[U+3164][U+2800]"),
    ("a\uffff\ufdd0", "a[U+FFFF][U+FDD0]"),
    ("\u0301x", "\u25cc\u0301x"),
]


@pytest.mark.parametrize("text", HONEST)
def test_honest_text_is_unchanged(text: str) -> None:
    assert contained(text) == text


@pytest.mark.parametrize(("text", "shown"), HOSTILE, ids=[ascii(text) for text, _ in HOSTILE])
def test_what_cannot_be_seen_is_marked(text: str, shown: str) -> None:
    assert contained(text) == shown


def test_a_flood_of_combining_marks_is_cut_and_counted() -> None:
    assert contained("Z" + "\u0301" * 20 + "a") == "Z" + "\u0301" * 6 + "[+14\u25cc]a"


def test_a_long_value_is_cut_and_counted() -> None:
    assert contained("x" * (LIMIT + 1200)) == "x" * LIMIT + "…[+1200]"


@given(st.text(st.characters(), max_size=60))
def test_nothing_rearranges_or_hides_what_stands_around_it(text: str) -> None:
    shown = contained(text)
    assert not {unicodedata.category(char) for char in shown} & {"Cc", "Cs", "Co", "Zl", "Zp"}
    assert not {unicodedata.bidirectional(char) for char in shown} & {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    shown.encode()
