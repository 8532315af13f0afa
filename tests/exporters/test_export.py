"""Writing a report to a file: the whole new one or the whole old one, and nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from app.error_text import describe
from app.errors import UserError
from app.exporters import ALL, export, exporter_for
from app.i18n import LANGUAGES, Translation
from app.later import Later
from tests.exporters.reports import empty_report, long_report, rich_report

SAY = Translation("en")


def test_the_forms_are_in_the_order_of_the_save_dialog() -> None:
    assert [exporter.suffix for exporter in ALL] == ".html .pdf .xlsx .csv .zip .json .sieve .ps1 .xml .access .txt".split()


def test_the_suffix_chooses_whatever_its_case() -> None:
    assert exporter_for(Path("a/REPORT.HTML")) is ALL[0]


@pytest.mark.parametrize("name", ["report", "report.docx", ".html"])
def test_an_unknown_form_is_refused_with_a_sentence(name: str, tmp_path: Path) -> None:
    with pytest.raises(UserError) as raised:
        export(empty_report(), tmp_path / name, SAY)
    assert raised.value.code == "report.unwritable"
    assert "?" not in describe(raised.value.code, raised.value.params, SAY)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("exporter", ALL, ids=lambda each: each.suffix)
def test_every_form_copes_with_an_audit_of_nothing(exporter: object, language: str) -> None:
    out = BytesIO()
    exporter.write(empty_report(), Translation(language), out)  # type: ignore[attr-defined]
    assert out.getvalue()


@pytest.mark.parametrize("suffix", [each.suffix for each in ALL])
def test_a_file_that_is_there_is_replaced(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"تقرير{suffix}"
    path.write_text("old")
    export(rich_report(), path, SAY)
    assert path.stat().st_size > 300
    assert os.listdir(tmp_path) == [path.name]


@pytest.mark.parametrize("suffix", [each.suffix for each in ALL])
def test_a_failure_in_the_middle_leaves_the_old_file_alone(suffix: str, tmp_path: Path) -> None:
    report = rich_report()
    unreadable = replace(report.domains[0], claims=Later(1, lambda: {}["a claim"]))
    broken = replace(report, domains=(*report.domains, unreadable))
    path = tmp_path / f"report{suffix}"
    path.write_text("old")
    with pytest.raises(KeyError):
        export(broken, path, SAY)
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == [path.name]


@contextmanager
def no_file_larger_than(octets: int) -> Iterator[None]:
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (octets, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("suffix", [each.suffix for each in ALL])
def test_a_disk_that_takes_no_more_leaves_the_old_file_alone(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"report{suffix}"
    path.write_text("old")
    with no_file_larger_than(200), pytest.raises(UserError) as raised:
        export(long_report(100), path, SAY)
    assert raised.value.code == "report.unwritable"
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == [path.name]


def test_a_folder_that_is_not_there_is_an_unwritable_report(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "report.html"
    with pytest.raises(UserError) as raised:
        export(empty_report(), path, SAY)
    assert raised.value.code == "report.unwritable"
    assert raised.value.params == {"path": str(path), "reason": "there is no such folder"}


def test_the_reason_is_said_in_the_readers_language(tmp_path: Path) -> None:
    with pytest.raises(UserError) as raised:
        export(empty_report(), tmp_path / f"{'a' * 300}/report.json", SAY)
    assert raised.value.params["reason"] != Translation("ar")(str(raised.value.params["reason"]))


def test_a_folder_of_the_same_name_stays_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "report.json").mkdir()
    with pytest.raises(UserError):
        export(empty_report(), tmp_path / "report.json", SAY)
    assert os.listdir(tmp_path) == ["report.json"]


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_link_is_followed_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "report.json"
    link.symlink_to(tmp_path / "real" / "report.json")
    export(empty_report(), link, SAY)
    assert link.is_symlink()
    assert (tmp_path / "real" / "report.json").exists()


@pytest.mark.skipif(os.name == "nt", reason="no umask there")
def test_a_report_has_the_rights_of_any_file_of_the_user(tmp_path: Path) -> None:
    export(empty_report(), tmp_path / "report.json", SAY)
    (tmp_path / "other").touch()
    assert (tmp_path / "report.json").stat().st_mode == (tmp_path / "other").stat().st_mode


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_links_that_lead_in_a_circle_are_an_unwritable_report(tmp_path: Path) -> None:
    (tmp_path / "a.json").symlink_to(tmp_path / "b.json")
    (tmp_path / "b.json").symlink_to(tmp_path / "a.json")
    with pytest.raises(UserError) as raised:
        export(empty_report(), tmp_path / "a.json" / "report.json", SAY)
    assert raised.value.code == "report.unwritable"
