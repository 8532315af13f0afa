"""`nitaq merge`: many reports become one that adds up, and what cannot be merged is said before anything is written."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.cli import main
from app.exporters.fingerprint import fingerprint_of
from tests.mailmaker import message

Document = dict[str, Any]


def audited(folder: Path, name: str, authors: list[str], *words: str) -> Path:
    """The JSON report of a mailbox of its own, one message from each author."""
    box = folder / name
    box.mkdir()
    for n, author in enumerate(authors):
        (box / f"{n:03}.eml").write_bytes(message(n, author))
    report = folder / f"{name}.json"
    assert main(["audit", str(box), "--own", "firm.example", "--report", str(report), "--progress", "none", *words]) == 0
    return report


def merged(folder: Path, *reports: Path) -> Document:
    out = folder / "all.json"
    assert main(["merge", *map(str, reports), "--report", str(out)]) == 0
    document: Document = json.loads(out.read_text("utf-8"))
    return document


SARA, OMAR = "Sara <sara@partner.example>", "Omar <omar@other.example>"


def test_one_report_alone_comes_out_as_it_was(tmp_path: Path) -> None:
    report = tmp_path / "sample.json"
    assert main(["audit", "sample", "--report", str(report), "--messages", "--progress", "none"]) == 0
    before, after = json.loads(report.read_text("utf-8")), merged(tmp_path, report)
    for document in (before, after):
        for claim in (claim for row in document["domains"] for claim in row["claims"]):
            claim["examples"] = [id.removeprefix("sample/") for id in claim["examples"]]
        for row in document["messages"]:
            row["id"] = row["id"].removeprefix("sample/")
        del document["fingerprint"], document["created"]
    assert after == before


def test_counts_of_several_mailboxes_add_up(tmp_path: Path) -> None:
    reports = [audited(tmp_path, "a", [SARA] * 3 + [OMAR]), audited(tmp_path, "b", [SARA] * 2), audited(tmp_path, "c", [OMAR])]
    document = merged(tmp_path, *reports)
    assert {row["domain"]: row["messages"] for row in document["domains"]} == {"partner.example": 5, "other.example": 2}
    assert document["scan"]["messages"] == sum(document["totals"]["by_class"].values()) == 7
    assert document["scope"]["sources"] == [str(tmp_path / name) for name in "abc"]


def test_a_claim_of_two_mailboxes_is_one_and_keeps_the_lower_score(tmp_path: Path) -> None:
    reports = [audited(tmp_path, "a", [SARA] * 40), audited(tmp_path, "b", [SARA])]
    scores = [json.loads(report.read_text("utf-8"))["domains"][0]["worst"] for report in reports]
    (row,) = merged(tmp_path, *reports)["domains"]
    assert [claim["messages"] for claim in row["claims"]] == [41]
    assert row["worst"] == min(scores) == sum(part["points"] for part in row["claims"][0]["parts"])


def test_a_claim_that_one_mailbox_saw_proven_and_another_did_not_stays_two(tmp_path: Path) -> None:
    reports = [audited(tmp_path, "a", [SARA], "--trust-server", "mx.host.example"), audited(tmp_path, "b", [SARA], "--trust-server", "mx.elsewhere.example")]
    document = merged(tmp_path, *reports)
    (row,) = document["domains"]
    assert row["counts"] == {"authenticated": 1, "failed": 0, "not_established": 1}
    assert len({claim["id"] for claim in row["claims"]}) == 2


def test_a_merged_report_can_be_merged_again_and_verified(tmp_path: Path) -> None:
    first, second, third = (audited(tmp_path, name, [SARA], "--messages") for name in "abc")
    both = tmp_path / "both.json"
    assert main(["merge", str(first), str(second), "--report", str(both)]) == 0
    document = merged(tmp_path, both, third)
    assert document["scan"]["messages"] == len({row["id"] for row in document["messages"]}) == 3
    assert main(["verify", str(tmp_path / "all.json")]) == 0


def other_rules(document: Document) -> None:
    document["program"]["rules"] = "0"


def tampered(document: Document) -> None:
    document["domains"][0]["worst"] = 100
    document["fingerprint"] = "sha256:" + "0" * 64


def inconsistent(document: Document) -> None:
    document["domains"][0]["messages"] += 1


def negative(document: Document) -> None:
    document["domains"][0]["claims"][0]["messages"] = -5


def no_list(document: Document) -> None:
    document["domains"][0]["claims"] = None


def no_claims(document: Document) -> None:
    document["domains"][0]["claims"] = []


def huge(document: Document) -> None:
    document["domains"][0]["claims"][0]["messages"] = 10**400


def number_for_a_name(document: Document) -> None:
    document["domains"][0]["claims"][0]["address"] = 17


def unknown_word(document: Document) -> None:
    document["domains"][0]["class"] = "friendly"


@pytest.mark.parametrize("change", [other_rules, tampered, inconsistent, negative, no_list, no_claims, huge, number_for_a_name, unknown_word])
def test_a_file_that_cannot_be_merged_is_named_and_nothing_is_written(
    tmp_path: Path, change: Callable[[Document], None], capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = audited(tmp_path, "a", [SARA]), audited(tmp_path, "b", [SARA])
    document = json.loads(bad.read_text("utf-8"))
    zeros = document["fingerprint"] = "sha256:" + "0" * 64
    change(document)
    if change is not tampered:
        document["fingerprint"] = fingerprint_of(document) if change is not no_list else zeros
    bad.write_text(json.dumps(document), "utf-8")
    assert main(["merge", str(good), str(bad), "--report", str(tmp_path / "all.json"), "--lang", "en"]) == 1
    assert "b.json" in capsys.readouterr().err
    assert not (tmp_path / "all.json").exists()


@pytest.mark.parametrize(
    "octets", [b"", b"{}", b"[" * 100_000, b'{"format": "nitaq-report", "version": 2}', b"\xff\xfe", b'{"format": "nitaq-report", "version": 1}']
)
def test_a_file_that_is_no_report(tmp_path: Path, octets: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.json"
    bad.write_bytes(octets)
    assert main(["merge", str(bad), "--report", str(tmp_path / "all.json"), "--lang", "en"]) == 1
    assert "bad.json" in capsys.readouterr().err
    assert not (tmp_path / "all.json").exists()


def test_a_mailbox_is_not_counted_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = audited(tmp_path, "a", [SARA])
    assert main(["merge", str(report), str(report), "--report", str(tmp_path / "all.json"), "--lang", "en"]) == 1
    assert "counted twice" in capsys.readouterr().err
    assert not (tmp_path / "all.json").exists()
