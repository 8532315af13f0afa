"""`nitaq verify`: every form of one audit carries the fingerprint of its content, and what was changed, cut or made up is told apart."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import UserError
from app.exporters import ALL, export
from app.exporters.printed import computed, printed
from app.i18n import LANGUAGES, Translation
from app.model import Authentication, Decision, DecisionRecord
from tests.exporters.reports import claim, document, empty_report, rich_report, row

SAY = Translation("en")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.json"
    export(rich_report(), path, SAY)
    return path


def verify(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "app", "verify", *map(str, words), "--lang", "en"], capture_output=True, text=True, encoding="utf-8",
                          timeout=60, check=False)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("suffix", [each.suffix for each in ALL])
def test_every_form_in_every_language_carries_the_fingerprint_of_the_content(suffix: str, language: str, report: Path, tmp_path: Path) -> None:
    form = tmp_path / f"form{suffix}"
    export(rich_report(), form, Translation(language))
    assert printed(form) == computed(report)


def test_a_match_is_said_with_status_0(report: Path, tmp_path: Path) -> None:
    export(rich_report(), tmp_path / "form.html", SAY)
    done = verify(report, tmp_path / "form.html")
    assert (done.returncode, done.stderr) == (0, "")
    assert computed(report) in done.stdout


def test_a_form_of_another_audit_is_told_with_status_1(report: Path, tmp_path: Path) -> None:
    export(empty_report(), tmp_path / "form.html", SAY)
    done = verify(report, tmp_path / "form.html")
    assert done.returncode == 1
    assert "form.html" in done.stderr


def test_a_number_changed_in_the_content_shows(report: Path) -> None:
    document = json.loads(report.read_text(encoding="utf-8"))
    document["domains"][0]["messages"] += 1
    report.write_text(json.dumps(document), encoding="utf-8")
    assert verify(report).returncode == 1


def test_the_order_of_names_and_the_language_do_not_change_it(report: Path) -> None:
    before = computed(report)
    document = json.loads(report.read_text(encoding="utf-8"))
    report.write_text(json.dumps(dict(reversed(document.items())), indent=3), encoding="utf-8")
    assert computed(report) == before


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"\xff", b"[" * 100_000, b'{"format": "nitaq-report", "version": 1}',
     b'{"format": "nitaq-report", "version": 1, "domains": [1]}',
     b'{"format": "nitaq-report", "version": 1, "domains": NaN}', b'{"format": "other", "version": 1, "domains": []}'],
    ids=lambda content: repr(content[:60]),
)  # fmt: skip
def test_what_is_no_report_is_said_in_a_sentence(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_bytes(content)
    with pytest.raises(UserError) as raised:
        computed(path)
    assert raised.value.code == "input"


@pytest.mark.parametrize("suffix", [each.suffix for each in ALL])
def test_a_form_that_is_rubbish_is_said_in_a_sentence(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"form{suffix}"
    path.write_bytes(b"PK\x03\x04%PDF-1.7 rubbish")
    with pytest.raises(UserError) as raised:
        printed(path)
    assert raised.value.code == "input"


def test_a_file_that_is_not_there_is_said_in_a_sentence(report: Path, tmp_path: Path) -> None:
    done = verify(report, tmp_path / "nowhere.pdf")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fingerprint_with_letters_that_fonts_join_is_read_from_a_pdf_and_copied_as_it_is(language: str, tmp_path: Path) -> None:
    """Of all fingerprints a fifth has “ff” in it."""
    reports = (replace(rich_report(), created=1_780_000_000, scan=replace(rich_report().scan, messages=n)) for n in range(1266, 1400))
    joined = next(each for each in reports if "ff" in document(each, SAY)["fingerprint"])
    export(joined, tmp_path / "form.pdf", Translation(language))
    assert printed(tmp_path / "form.pdf") == document(joined, SAY)["fingerprint"]
    text = subprocess.run(["pdftotext", str(tmp_path / "form.pdf"), "-"], capture_output=True, check=True).stdout.decode()
    assert not set("ﬀﬁﬂﬃﬄ") & set(text)


@pytest.mark.parametrize("suffix", [".sieve", ".ps1", ".xml", ".access", ".txt"])
def test_a_fingerprint_in_the_reason_of_a_rejection_is_not_taken_for_that_of_the_rules(suffix: str, tmp_path: Path) -> None:
    made = replace(claim("a1", "", "x@spam.example", (), Authentication.AUTHENTICATED), decision=Decision.REJECTED)
    records = (DecisionRecord("spam.example", Decision.REJECTED, "Sara", f"see\n\nsha256:{'0' * 64}", 0),)
    told = replace(empty_report(), domains=(row("spam.example", (made,)),), decisions=records)
    export(told, tmp_path / f"form{suffix}", SAY)
    assert f"sha256:{'0' * 64}" in (tmp_path / f"form{suffix}").read_text()
    assert printed(tmp_path / f"form{suffix}") == document(told, SAY)["fingerprint"]
