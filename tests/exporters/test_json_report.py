"""JSON version 1: the schema holds, parts add up, and the fingerprint depends on content alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import rfc8785

from app.exporters.fingerprint import fingerprint_of
from app.exporters.json_form import CANONICAL
from app.exporters.json_report import fingerprint_of_report, json_bytes
from app.i18n import LANGUAGES, Translation
from app.model import (
    Authentication,
    AuthorStatus,
    BorderSource,
    Confidence,
    Decision,
    Direction,
    DomainClass,
    How,
    Relationship,
    Report,
    ScanStatus,
    Severity,
    Trait,
    Verdict,
)
from tests.exporters.reports import ARABIC, OVERRIDE, document, empty_report, long_report, rich_report

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "resources/schema/nitaq-report-1.json").read_text(encoding="utf-8"))
EN, AR = Translation("en"), Translation("ar")


def read_back(report: Report, say: Translation = EN) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(json_bytes(report, say))
    return read


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("report", [rich_report(), empty_report(), long_report(20)], ids=["rich", "empty", "long"])
def test_what_is_written_is_what_the_schema_says(report: Report, language: str) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(read_back(report, Translation(language)))


def objects(schema: object) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        if "properties" in schema:
            yield schema
        for value in schema.values():
            yield from objects(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from objects(value)


ADDED = {"redacted", "left_out", "class"}
"""Only excerpts have them."""


def test_the_schema_is_strict_everywhere() -> None:
    for each in objects(SCHEMA):
        assert each.get("additionalProperties") is False
        assert set(each["properties"]) - set(each["required"]) <= ADDED


@pytest.mark.parametrize(
    ("enumeration", "schema"),
    [
        (Relationship, SCHEMA["$defs"]["relationship"]),
        (DomainClass, SCHEMA["$defs"]["class"]),
        (Authentication, SCHEMA["$defs"]["rolled_up"]),
        (Decision, SCHEMA["$defs"]["decision"]),
        (Severity, SCHEMA["$defs"]["severity"]),
        (Confidence, SCHEMA["$defs"]["confidence"]),
        (AuthorStatus, SCHEMA["$defs"]["author_status"]),
        (Trait, SCHEMA["$defs"]["trait"]),
        (Verdict, SCHEMA["$defs"]["verdict"]),
        (How, SCHEMA["$defs"]["claim"]["properties"]["how"]),
        (BorderSource, SCHEMA["$defs"]["server"]["properties"]["how"]),
        (Direction, SCHEMA["$defs"]["exception"]["properties"]["direction"]),
        (ScanStatus, SCHEMA["properties"]["scan"]["properties"]["status"]),
    ],
    ids=lambda each: each.__name__ if isinstance(each, type) else "",
)
def test_the_schema_knows_every_value(enumeration: type[StrEnum], schema: dict[str, Any]) -> None:
    assert {value for value in schema["enum"] if value is not None} == {value.value for value in enumeration}


def test_the_parts_of_every_claim_add_up_to_its_score() -> None:
    claims = [claim for row in read_back(rich_report())["domains"] for claim in row["claims"]]
    assert claims
    for claim in claims:
        assert sum(part["points"] for part in claim["parts"]) == claim["score"]
        assert claim["parts"][0]["id"] == "base"


def test_totals_count_every_message_once() -> None:
    data = read_back(rich_report())
    messages = sum(row["messages"] for row in data["domains"])
    for by in ("by_relationship", "by_class", "by_authentication"):
        assert sum(data["totals"][by].values()) == messages
    assert data["totals"]["domains"] == 5
    assert [row["messages"] for row in data["domains"] if row["domain"] is None] == [5]


def test_times_are_utc_and_days_are_dates() -> None:
    data = read_back(rich_report())
    assert data["created"] == "2026-03-01T09:30:00Z"
    assert data["scope"]["since"] == "2025-03-01"
    assert data["domains"][0]["first_seen"] == "2025-03-01T08:00:00Z"


@pytest.mark.parametrize(("seconds", "written"), [(0, "1970-01-01T00:00:00Z"), (-62135596800, "0001-01-01T00:00:00Z"), (10**12, None), (-(10**18), None)])
def test_a_time_outside_of_the_calendar_is_not_known(seconds: int, written: str | None) -> None:
    report = rich_report()
    row = replace(report.domains[0], first_seen=seconds)
    assert read_back(replace(report, domains=(row,), messages=None))["domains"][0]["first_seen"] == written


def test_a_number_that_readers_would_round_is_not_known() -> None:
    assert [folder["uidvalidity"] for folder in read_back(rich_report())["scope"]["folders"]] == [17, None]


def test_text_is_data_and_comes_back_as_it_was() -> None:
    data = read_back(rich_report(), AR)
    names = [claim["name"] for row in data["domains"] for claim in row["claims"]]
    assert ARABIC in names
    assert "no address ? here" in names
    assert ARABIC.encode() in json_bytes(rich_report(), AR)
    assert data["scope"]["folders"][1]["name"] == "العملاء\u202e"
    assert OVERRIDE not in str(data)  # subjects are no part of it


def test_sentences_are_in_the_language_of_the_report_and_hold_no_isolates() -> None:
    for say, arabic in ((EN, False), (AR, True)):
        texts = [finding["text"] for row in read_back(rich_report(), say)["domains"] for finding in row["findings"]]
        assert "partner.example" in texts[0]
        assert any("\u0600" <= char <= "\u06ff" for char in texts[0]) is arabic
        assert not [text for text in texts if {"\u2066", "\u2067", "\u2068", "\u2069", "\u202e"} & set(text)]


def test_messages_are_null_unless_asked_for() -> None:
    report = rich_report()
    assert read_back(replace(report, messages=None))["messages"] is None
    messages = read_back(report)["messages"]
    assert len(messages) == 8
    assert {message["claim"] for message in messages} == {claim["id"] for row in read_back(report)["domains"] for claim in row["claims"]}


def test_the_fingerprint_does_not_depend_on_language_or_time() -> None:
    report = rich_report()
    prints = {document(each, say)["fingerprint"] for each in (report, replace(report, created=report.created + 86400)) for say in (EN, AR)}
    assert len(prints) == 1


def test_the_fingerprint_changes_with_a_score() -> None:
    report = rich_report()
    other = replace(report, domains=(replace(report.domains[0], worst=report.domains[0].worst + 1), *report.domains[1:]))
    assert document(other, EN)["fingerprint"] != document(report, EN)["fingerprint"]


def test_the_fingerprint_can_be_made_again_from_the_file() -> None:
    data = read_back(rich_report())
    assert fingerprint_of(data) == data["fingerprint"]


@pytest.mark.parametrize("report", [rich_report(), empty_report(), long_report(5)], ids=["rich", "empty", "long"])
def test_the_canonical_form_is_that_of_rfc_8785(report: Report) -> None:
    data = read_back(report)
    assert CANONICAL.text(data).encode() == rfc8785.dumps(data)


@pytest.mark.parametrize("report", [rich_report(), empty_report(), long_report(5)], ids=["rich", "empty", "long"])
def test_what_is_written_in_pieces_is_what_the_standard_library_writes_of_the_whole(report: Report) -> None:
    assert json_bytes(report, AR) == json.dumps(read_back(report, AR), ensure_ascii=False).encode() + b"\n"
    assert fingerprint_of_report(report) == fingerprint_of(read_back(report, AR))


@pytest.mark.parametrize("seconds", [0.0, 0.001, 0.1, 12.0, 3.25, 123456.789, 86400.0005])
def test_durations_are_written_as_rfc_8785_writes_them(seconds: float) -> None:
    report = replace(empty_report(), scan=replace(empty_report().scan, seconds=seconds))
    data = read_back(report)
    assert CANONICAL.text(data).encode() == rfc8785.dumps(data)
