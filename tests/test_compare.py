"""What changed between two audits is told as it is, what is not the senders' doing is said, and the report of it reads back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.cli import main
from app.compare import Caveat, Comparison, compared
from app.compare_text import sections, summed_up
from app.domains import to_unicode
from app.excerpt import Choices, chosen
from app.exporters.json_report import json_bytes
from app.i18n import Translation
from app.model import Authentication, Decision, DecisionRecord, Direction, DomainRow, ExceptionRule, FolderScope, Relationship, Report, ScanStatus
from tests.exporters.reports import MARKUP, document, rich_report

SAY = Translation("en")
RICH = replace(rich_report(), messages=None)


def doc(report: Report) -> dict[str, Any]:
    return document(report, SAY)


def against(later: Report) -> Comparison:
    return compared(doc(RICH), doc(later))


def with_row(row: DomainRow, **changes: object) -> Report:
    return replace(RICH, domains=tuple(replace(each, **changes) if each is row else each for each in RICH.domains))  # type: ignore[arg-type]


def row_that_is(authentication: Authentication) -> DomainRow:
    return next(row for row in RICH.domains if row.authentication is authentication and row.domain and any(claim.proof.proof for claim in row.claims))


def test_an_audit_compared_with_itself_shows_no_change() -> None:
    comparison = against(RICH)
    assert not any(section.rows for section in sections(comparison, SAY))
    assert comparison.caveats == ((Caveat.INCOMPLETE,) if RICH.scan.status is not ScanStatus.COMPLETE else ())
    assert summed_up(comparison, SAY) == "Nothing changed."


def test_a_domain_of_one_audit_alone_is_new_or_gone() -> None:
    first = RICH.domains[0]
    fewer = replace(RICH, domains=RICH.domains[1:])
    assert [each.domain for each in against(fewer).gone_domains] == [first.domain]
    assert [each.domain for each in compared(doc(fewer), doc(RICH)).new_domains] == [first.domain]


def test_a_proof_that_is_gone_is_lost_and_one_that_came_is_gained() -> None:
    proven = row_that_is(Authentication.AUTHENTICATED)
    bare = tuple(replace(claim, proof=replace(claim.proof, proof=())) for claim in proven.claims)
    later = with_row(proven, authentication=Authentication.MIXED, claims=bare)
    (lost,) = against(later).lost_proofs
    assert (lost.domain, lost.before, lost.after) == (proven.domain, Authentication.AUTHENTICATED, Authentication.MIXED)
    assert set(lost.identifiers) == {proof for claim in proven.claims for proof in claim.proof.proof}
    assert against(later).gained_proofs == ()
    (gained,) = compared(doc(later), doc(RICH)).gained_proofs
    assert gained.identifiers == lost.identifiers


def test_not_known_after_failed_is_neither_lost_nor_gained() -> None:
    failed = next(row for row in RICH.domains if row.authentication is Authentication.FAILED)
    comparison = against(with_row(failed, authentication=Authentication.NOT_ESTABLISHED))
    assert (comparison.lost_proofs, comparison.gained_proofs) == ((), ())


def test_a_known_domain_over_another_way_is_a_new_source() -> None:
    row = row_that_is(Authentication.AUTHENTICATED)
    moved = replace(row.claims[0], proof=replace(row.claims[0].proof, source="mailer.example"))
    (fresh,) = against(with_row(row, claims=(moved, *row.claims[1:]))).new_sources
    assert (fresh.domain, fresh.source, fresh.messages) == (row.domain, "mailer.example", moved.record.messages)


def test_scores_counts_and_relationships_are_told_with_both_values() -> None:
    row = next(row for row in RICH.domains if row.relationship is Relationship.EXTERNAL and row.domain)
    comparison = against(with_row(row, worst=row.worst + 20, messages=row.messages + 3, relationship=Relationship.AUTHORISED))
    assert [(each.before, each.after) for each in comparison.scores] == [(row.worst, row.worst + 20)]
    assert [(each.before, each.after) for each in comparison.counts] == [(row.messages, row.messages + 3)]
    assert [(each.before, each.after) for each in comparison.relationships] == [(Relationship.EXTERNAL, Relationship.AUTHORISED)]


def test_decisions_and_exceptions_that_came_or_went_are_told() -> None:
    decisions = (DecisionRecord("new.example", Decision.REJECTED, "Sara"),)
    rules = (ExceptionRule("carrier.example", Direction.TO_US),)
    later = replace(RICH, decisions=decisions, exceptions=rules)
    comparison = compared(doc(replace(RICH, decisions=(), exceptions=())), doc(later))
    assert [(each.subject, each.before, each.after, each.by) for each in comparison.decisions] == [
        ("new.example", Decision.UNREVIEWED, Decision.REJECTED, "Sara")
    ]
    assert [(each.rule.domain, each.added) for each in comparison.exceptions] == [("carrier.example", True)]


def test_what_is_not_the_senders_doing_is_said() -> None:
    scope = replace(
        RICH.scope,
        sources=("other",),
        own_domains=("other.example",),
        folders=(FolderScope("other", "X", 1, 1),),
        border=replace(RICH.scope.border, servers=()),
    )
    later = doc(replace(RICH, scope=scope, created=RICH.created - 1))
    later["program"] = {**later["program"], "rules": "another"}
    later["scope"]["since"] = "2020-01-01"
    assert set(compared(doc(RICH), later).caveats) >= set(Caveat) - {Caveat.INCOMPLETE, Caveat.EXCERPT, Caveat.REDACTED}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_verb_writes_a_report_that_reads_back(tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str) -> None:
    fewer = replace(RICH, domains=RICH.domains[1:])
    a, b, page = tmp_path / "a.json", tmp_path / "b.json", tmp_path / "page.html"
    a.write_bytes(json_bytes(fewer, SAY))
    b.write_bytes(json_bytes(RICH, SAY))
    assert main(["compare", str(a), str(b), "--report", str(page), "--lang", language]) == 0
    text = page.read_text(encoding="utf-8")
    assert to_unicode(RICH.domains[0].domain or "") in text
    assert f'dir="{"rtl" if language == "ar" else "ltr"}"' in text.splitlines()[1]
    assert MARKUP not in text
    assert "<script" not in text
    assert all(doc(each)["fingerprint"] in text for each in (fewer, RICH))
    assert str(page) in capsys.readouterr().out
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.json", "b.json", "page.html"]


def test_a_report_that_was_changed_is_refused_and_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, changed = tmp_path / "a.json", tmp_path / "b.json"
    good.write_bytes(json_bytes(RICH, SAY))
    content = json.loads(good.read_bytes())
    content["domains"][0]["worst"] += 1
    changed.write_text(json.dumps(content), encoding="utf-8")
    assert main(["compare", str(good), str(changed), "--report", str(tmp_path / "page.html"), "--lang", "en"]) == 1
    assert "fingerprint" in capsys.readouterr().err
    assert not (tmp_path / "page.html").exists()


@pytest.mark.parametrize("content", ["[]", "{}", '{"format": "nitaq-report", "version": 1, "domains": [1]}', "nonsense"])
def test_what_is_no_report_is_refused_with_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(content, encoding="utf-8")
    assert main(["compare", str(path), str(path), "--lang", "en"]) == 1
    told = capsys.readouterr().err
    assert "a.json" in told
    assert "Traceback" not in told


def test_another_form_than_html_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["compare", str(tmp_path / "a.json"), str(tmp_path / "b.json"), "--report", "x.doc"])
    assert ended.value.code == 2


def test_a_part_and_made_up_names_are_said_and_blamed_on_no_folder() -> None:
    whole = rich_report()
    key = b"k" * 32
    part, hidden = (document(chosen(whole, each, key), Translation("en")) for each in (Choices(looks_only=True), Choices(redacted=True)))
    plain = document(whole, Translation("en"))
    assert Caveat.EXCERPT in compared(part, plain).caveats
    assert Caveat.REDACTED in compared(hidden, plain).caveats
    assert Caveat.OTHER_FOLDERS not in compared(hidden, plain).caveats
    assert not {Caveat.EXCERPT, Caveat.REDACTED} & set(compared(plain, plain).caveats)
