"""The digits that the reader chose: in what people read, and nowhere else."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from app.exporters import export
from app.i18n import Digits, Translation
from tests.exporters.reports import rich_report

ARABIC = "٠١٢٣٤٥٦٧٨٩"


@pytest.mark.parametrize(
    ("language", "digits", "wanted"),
    [
        ("en", Digits.LATIN, "1,234,567"), ("ar", Digits.LATIN, "1,234,567"),
        ("en", Digits.ARABIC_INDIC, "١٬٢٣٤٬٥٦٧"), ("ar", Digits.ARABIC_INDIC, "١٬٢٣٤٬٥٦٧"),
        ("en", Digits.LANGUAGE, "1,234,567"), ("ar", Digits.LANGUAGE, "١٬٢٣٤٬٥٦٧"),
    ],
)  # fmt: skip
def test_a_number_has_the_digits_that_were_chosen(language: str, digits: Digits, wanted: str) -> None:
    say = Translation(language, digits)
    assert say.number(1_234_567) == wanted
    assert wanted in say.plural("{n} message", "{n} messages", 1_234_567)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_quantities_in_sentences_have_them_too(language: str) -> None:
    told = Translation(language, Digits.ARABIC_INDIC)("A score is always between 0 and 100.")
    assert "٠" in told
    assert "١٠٠" in told


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(
    "text",
    [
        "Choose TLS with port 993.", "Ask your provider to offer TLS 1.2 or newer.", "the user name is not UTF-8",
        "This is not a day like 2027-06-30: {found}.", "Rejections for Microsoft 365 (PowerShell)",
    ],
)  # fmt: skip
def test_names_and_what_is_typed_keep_theirs(language: str, text: str) -> None:
    plain, told = (Translation(language, digits).fill(text, {"found": "x"}) for digits in (Digits.LATIN, Digits.ARABIC_INDIC))
    assert told == plain


def test_addresses_and_domains_are_never_rewritten_but_a_day_is() -> None:
    say = Translation("ar", Digits.ARABIC_INDIC)
    told = say("{a} · {b}", a="shop24.example", b="2026-03-01")
    assert "shop24.example" in told
    assert "٢٠٢٦-٠٣-٠١" in told


@pytest.mark.parametrize("suffix", [".json", ".csv", ".txt", ".sieve"])
def test_data_is_the_same_octet_by_octet(tmp_path: Path, suffix: str) -> None:
    for digits in (Digits.LATIN, Digits.ARABIC_INDIC):
        export(rich_report(), tmp_path / f"{digits}{suffix}", Translation("ar", digits))
    assert (tmp_path / f"latin{suffix}").read_bytes() == (tmp_path / f"arabic{suffix}").read_bytes()


def test_the_report_to_read_has_no_latin_number_left_but_in_names_and_ids(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    export(rich_report(), path, Translation("ar", Digits.LANGUAGE))
    text = re.sub(r"<style>.*?</style>|<head>.*?</head>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    shown = re.sub(r"<[^>]*>", " ", re.sub(r'<bdi dir="ltr">[^<]*</bdi>', "", text))
    assert re.search(f"[{ARABIC}]", shown)
    assert [word for word in shown.split() if re.fullmatch(r"[+−±]?[0-9][0-9,–]*", word)] == []


def test_json_numbers_are_numbers(tmp_path: Path) -> None:
    export(rich_report(), tmp_path / "r.json", Translation("ar", Digits.ARABIC_INDIC))
    assert not re.search(f"[{ARABIC}]", json.dumps(json.loads((tmp_path / "r.json").read_text(encoding="utf-8")), ensure_ascii=False))
