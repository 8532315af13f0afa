"""An exception by pattern is told in words in every form that people read, is read back as it was, and stands in the way of no other rejection."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest

from app.exporters.csv_tables import EXPORTER as TABLES
from app.exporters.html_report import EXPORTER as HTML
from app.exporters.json_report import json_bytes
from app.exporters.thaw import thawed
from app.i18n import Translation
from app.model import Authentication, Decision, DecisionRecord, Direction, DomainClass, ExceptionRule, Relationship
from app.refusals import refusals_of
from tests.exporters.reports import claim, empty_report, rich_report, row

RULES = (
    ExceptionRule("*.partner.example", Direction.TO_US),
    ExceptionRule("*", Direction.AS_US, "mailer.example"),
    ExceptionRule("*", Direction.TO_US, kind=DomainClass.SHARED_HOSTING),
)
REPORT = replace(rich_report(), exceptions=RULES)
SAID = {
    "en": ("everything below partner.example", "any domain", "any domain: Address space rented to anybody"),
    "ar": ("كل ما تحت partner.example", "أي نطاق", "أي نطاق من نوع: استضافة مشتركة مفتوحة للجميع"),
}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_pattern_is_told_in_words(language: str) -> None:
    say, page, archive = Translation(language), BytesIO(), BytesIO()
    HTML.write(REPORT, say, page)
    TABLES.write(REPORT, say, archive)
    html = page.getvalue().decode().replace('<bdi dir="rtl">', "").replace("<bdi>", "").replace("</bdi>", "")
    with ZipFile(archive) as tables:
        name = next(each for each in tables.namelist() if "exceptions" in each)
        table = tables.read(name).decode("utf-8-sig")
    for words in SAID[language]:
        assert words in html
        assert words in table


def test_a_pattern_is_read_back_from_the_report_as_it_was() -> None:
    document = json.loads(json_bytes(REPORT, Translation("en")))
    assert [each["class"] for each in document["exceptions"]] == [None, None, "shared_hosting"]
    assert thawed(document, "x").exceptions == RULES


def test_a_report_of_before_there_were_patterns_is_read() -> None:
    from app.exporters.fingerprint import fingerprint_of

    document = json.loads(json_bytes(replace(REPORT, exceptions=RULES[:1]), Translation("en")))
    del document["exceptions"][0]["class"]
    document["fingerprint"] = fingerprint_of(document)
    assert thawed(document, "x").exceptions == RULES[:1]


def test_an_exception_for_any_domain_keeps_no_rejected_one_from_being_refused() -> None:
    forged = replace(claim("a1", "", "x@odd.example", (), Authentication.FAILED, 3), decision=Decision.REJECTED)
    rejected = DecisionRecord("odd.example", Decision.REJECTED)
    report = replace(empty_report(), domains=(row("odd.example", (forged,)),), decisions=(rejected,), exceptions=RULES)
    assert [rule.subject for rule in refusals_of(report).rules] == ["odd.example"]
    allowed = replace(report, domains=(row("odd.example", (forged,), relationship=Relationship.AUTHORISED),))
    assert refusals_of(allowed).rules == ()
