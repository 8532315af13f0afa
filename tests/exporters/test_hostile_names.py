"""Whatever a sender writes as a name: every form stays well-formed, shows it contained, and gives it back as data."""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO

from hypothesis import given, settings
from hypothesis import strategies as st

from app.contain import contained
from app.exporters import csv_report
from app.exporters.json_report import json_bytes
from app.i18n import Translation
from app.model import Authentication, Report
from tests.exporters.reports import claim, empty_report, finding, row
from tests.exporters.test_html_report import CONTROLS, read

AR = Translation("ar")
HOSTILE = st.text(st.one_of(st.characters(), st.sampled_from("<>\"'&{}%=+@\u202e\u2066\u2069\u200f\r\n\0،\ud800")), min_size=1, max_size=40)


def report_of(text: str) -> Report:
    """The text as a name, a subject, a domain and a parameter of a finding."""
    found = finding("name_carries_address", -35, shown=text, domain=text)
    judged = claim("a1", text, f"x@{text}", (found,), Authentication.FAILED, subject=text)
    return Report(created=0, scope=empty_report().scope, scan=empty_report().scan, domains=(row(text, (judged,)),))


@settings(max_examples=25, deadline=None)
@given(HOSTILE)
def test_html_shows_it_contained_and_isolated(text: str) -> None:
    page = read(report_of(text), "ar")
    assert contained(text) in page.within("bdi")
    assert [shown for shown, _ in page.texts if CONTROLS.search(shown)] == []
    assert {tag for tag, _ in page.elements} == {tag for tag, _ in read(report_of("plain"), "ar").elements}


@settings(max_examples=25, deadline=None)
@given(HOSTILE)
def test_csv_gives_back_one_row_without_a_formula(text: str) -> None:
    out = BytesIO()
    csv_report.EXPORTER.write(report_of(text), AR, out)
    [cells] = csv.DictReader(StringIO(out.getvalue().decode("utf-8-sig"), newline=""))
    assert cells["domain"].removeprefix("'") == contained(text).removeprefix("'")
    assert not cells["domain"].startswith(tuple("=+-@＝＋－＠\t\r\n"))


@settings(max_examples=25, deadline=None)
@given(HOSTILE)
def test_json_gives_it_back_as_it_was(text: str) -> None:
    data = json.loads(json_bytes(report_of(text), AR))
    assert data["domains"][0]["claims"][0]["name"] == text.encode("utf-8", "replace").decode()
