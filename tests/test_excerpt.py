"""A report for somebody: a part of it, or without people."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from app.errors import UserError
from app.excerpt import Choices, chosen, only
from app.exporters import export
from app.i18n import LANGUAGES, Translation
from app.letterhead import logo_in
from app.model import Presentation, Report
from app.report import totals_of
from app.review import needing_a_look
from tests.exporters.reports import document, rich_report

EN = Translation("en")
KEY = b"k" * 32


def texts(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def people(report: Report) -> set[str]:
    """Every local part, name, subject, message id, folder and reason that the report holds."""
    found = {text for row in report.domains for each in row.addresses for text in (each.address.partition("@")[0], *each.names)}
    for claim in (claim for row in report.domains for claim in row.claims):
        found |= {claim.record.claim.name, claim.record.claim.address.partition("@")[0]}
        found |= {text for example in claim.record.examples for text in (example.subject, example.id)}
    found |= {folder.name for folder in report.scope.folders} | {rule.reason for rule in report.exceptions} | {each.by for each in report.decisions}
    return {text for text in found if len(text) > 2}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_person_subject_or_folder_is_left_in_a_redacted_report(language: str) -> None:
    report = rich_report()
    told = texts(document(chosen(report, Choices(redacted=True), KEY), Translation(language)))
    left = [text for text in people(report) if json.dumps(text, ensure_ascii=False)[1:-1] in told]
    assert left == []


@pytest.mark.parametrize("suffix", [".html", ".csv", ".xlsx", ".pdf", ".zip", ".json"])
def test_every_form_can_be_redacted(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"r{suffix}"
    export(rich_report(), path, EN)
    assert ("sara" in written_in(path)) == (suffix != ".csv")  # the one table of domains names nobody here
    export(chosen(rich_report(), Choices(redacted=True), KEY), path, EN)
    assert "sara" not in written_in(path)
    assert "partner.example" in written_in(path)


def written_in(path: Path) -> str:
    """The text of a form, in small letters."""
    if path.suffix == ".pdf":
        return "".join(page.extract_text() for page in PdfReader(path).pages).lower()
    if path.suffix in (".xlsx", ".zip"):
        with ZipFile(path) as archive:
            return "".join(archive.read(name).decode() for name in archive.namelist()).lower()
    return path.read_text(encoding="utf-8").lower()


def test_domains_scores_and_numbers_stay() -> None:
    report = rich_report()
    hidden = chosen(report, Choices(redacted=True), KEY)
    assert totals_of(hidden) == totals_of(report)
    assert [(row.domain, row.worst, row.score) for row in hidden.domains] == [(row.domain, row.worst, row.score) for row in report.domains]


def test_one_person_has_one_name_within_a_report_and_another_in_the_next() -> None:
    first, again, other = (document(chosen(rich_report(), Choices(redacted=True), key), EN) for key in (KEY, KEY, b"x" * 32))
    assert first["fingerprint"] == again["fingerprint"] != other["fingerprint"]
    senders = {each["address"] for row in first["domains"] for each in row["addresses"] if each["address"]}
    claimed = {each["address"] for row in first["domains"] for each in row["claims"] if each["address"]}
    assert claimed <= senders


def test_the_report_says_that_it_is_redacted_and_how_much_is_left_out() -> None:
    report = rich_report()
    scope = document(chosen(report, Choices(looks_only=True, redacted=True), KEY), EN)["scope"]
    looks = needing_a_look(report)
    assert scope["redacted"] is True
    left_out = len(report.domains) - len(looks)
    assert scope["left_out"] == {"domains": left_out, "messages": totals_of(report).messages - sum(row.messages for row in looks)}
    assert not {"redacted", "left_out"} & set(document(report, EN)["scope"])


def test_only_the_rows_that_were_chosen_and_their_messages_are_told() -> None:
    report = rich_report()
    part = only(report, report.domains[:1])
    assert [row.domain for row in part.domains] == [report.domains[0].domain]
    ids = {claim.record.id for claim in report.domains[0].claims}
    assert part.messages is not None
    assert {each.claim for each in part.messages} == ids
    assert only(report, report.domains) is report


def test_how_a_report_is_told_changes_no_fingerprint() -> None:
    report = rich_report()
    told = replace(report, presentation=Presentation("Our title", beside="ar"))
    assert document(told, EN)["fingerprint"] == document(report, EN)["fingerprint"]


@pytest.mark.parametrize("octets", [b"GIF89a", b"", b"<svg/>", b"\x89PNG\r\n\x1a\n" + b"0" * 1024 * 1024])
def test_a_logo_that_is_no_small_png_or_jpeg_is_refused_with_a_sentence(octets: bytes, tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(octets)
    with pytest.raises(UserError) as caught:
        logo_in(tmp_path / "logo.png")
    assert caught.value.code == "input"
