"""What holds for each check: its name, its words in both languages, its points, and that it changes nothing but the sum."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import app.checks
from app.checks import ALL, CheckModule, text_of
from app.checks.base import Check, History, Subject, Use
from app.checks.points import POINTS
from app.checks.score import BASE, LIMIT, THIN
from app.i18n import Translation
from app.judge import THIN_CAP, judge
from app.lookalike import Kind, Resemblance, Way
from app.model import AuthorStatus, Context, Correspondent, DomainClass, Person, Relationship, Severity, Trait
from app.people import NameIndex, Organisation
from tests.checks.subjects import FAILED, NOBODY_LOOKED, NOTHING_PASSED, PROVEN, subject

FIXED = (BASE, THIN, LIMIT)
CHECKS = (*FIXED, *(module.CHECK for module in ALL))
PLACE = re.compile(r"\{(\w+)\}")
NAMES = NameIndex(
    {"parcelo": (Organisation("Parcelo", ("parcelo",), frozenset(("parcelo.example",)), "brand"),)},
    {("haddad", "sara"): Person("sara@firm.example", True)},
    {"parcelo.example": "Parcelo"},
)
GAINS = {"base", "authenticated", "written_to", "long_known"}


def name_of(module: CheckModule) -> str:
    return module.__name__.rpartition(".")[2]  # type: ignore[attr-defined, no-any-return]


@pytest.mark.parametrize("module", ALL, ids=name_of)
def test_the_id_is_the_files_name(module: CheckModule) -> None:
    assert name_of(module) == module.CHECK.id


def test_no_id_occurs_twice() -> None:
    assert len({check.id for check in CHECKS}) == len(CHECKS)


def test_every_file_of_the_folder_is_asked() -> None:
    files = {path.stem for path in Path(app.checks.__file__).parent.glob("*.py")} - {"__init__", "base", "points", "score"}
    assert files == {module.CHECK.id for module in ALL}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_five_texts_in_both_languages(check: Check) -> None:
    say, text = Translation("ar"), text_of(check.id)
    for english in (text.title, text.seen, text.why, text.innocent, text.advice):
        arabic = say.fill(english, {name: name for name in PLACE.findall(english)})
        assert english
        assert re.search("[\u0621-\u064a]", arabic), english


def test_every_row_of_points_belongs_to_a_case_and_every_case_has_a_row() -> None:
    rows = {check.id for check in CHECKS} | {f"{check.id}.{case}" for check in CHECKS for case in check.cases}
    assert rows == set(POINTS)


@pytest.mark.parametrize("row", POINTS)
def test_only_what_speaks_for_a_sender_gains_points(row: str) -> None:
    assert POINTS[row] >= 0 if row in GAINS else POINTS[row] <= 0


def test_what_is_information_costs_little() -> None:
    for check in CHECKS:
        for case, (severity, _) in {"": (check.severity, check.confidence), **check.cases}.items():
            points = POINTS[f"{check.id}.{case}" if case else check.id]
            if severity is Severity.INFO and check.id not in GAINS:
                assert points >= -5, (check.id, case)


subjects = st.builds(
    subject,
    address=st.sampled_from(["sara@partner.example", "info@parcelo.example", "x@free.example", "noreply@qxkvjzwpt.example", "a@a.b.c.d.e.f.example", ""]),
    name=st.sampled_from(["", "Sara Haddad", "Parcelo", "ceo@firm.example", "Prize!! ,_", "سارة"]) | st.text(max_size=40),
    status=st.sampled_from(AuthorStatus),
    traits=st.lists(st.sampled_from(Trait), unique=True).map(tuple),
    reply_to=st.sampled_from(["", "free.example", "desk.example"]),
    proof=st.sampled_from([PROVEN, FAILED, NOTHING_PASSED, NOBODY_LOOKED, replace(PROVEN, source="letters.example")]),
    messages=st.integers(1, 100),
    relationship=st.sampled_from(Relationship),
    domain_class=st.sampled_from(DomainClass),
    history=st.sampled_from([History(), History(1, 1, 0, 0, 0, 0), History(60, 50, 0, 9**8, 0, 9**8, {"own": Use(50, 0), "letters.example": Use(1, 9**8)})]),
    resemblances=st.lists(st.builds(Resemblance, st.just("firm.example"), st.sampled_from(Kind), st.sampled_from(Way)), max_size=3).map(tuple),
    context=st.sampled_from([Context(), Context(samples=True), Context(correspondents={"t@o.example": Correspondent("t@o.example", 1, 0, 0)})]),
    names=st.sampled_from([NAMES, NameIndex()]),
    written_to=st.booleans(),
    wrote_first=st.booleans(),
    known_list=st.booleans(),
    permitted=st.booleans(),
    trust_broken=st.booleans(),
)


def readable(subject: Subject) -> Subject:
    """As the pipeline gives it: without a clear author there is neither address nor proof."""
    if subject.clear and subject.claim.address:
        return subject
    claim = replace(subject.claim, address="", domain="", status=AuthorStatus.NONE if subject.clear else subject.claim.status)
    return replace(subject, record=replace(subject.record, claim=claim), organisation="", relationship=Relationship.EXTERNAL, proof=NOBODY_LOOKED)


@given(subjects.map(readable))
def test_the_parts_add_up_to_the_score(subject: Subject) -> None:
    judged = judge(subject)
    assert judged.findings[0].id == BASE.id
    assert sum(finding.points for finding in judged.findings) == judged.score
    assert 0 <= judged.score <= 100


@given(subjects.map(readable))
def test_a_finding_has_what_its_texts_insert(subject: Subject) -> None:
    for finding in judge(subject).findings:
        text = text_of(finding.id)
        needed = {name for part in (text.title, text.seen, text.why, text.innocent, text.advice) for name in PLACE.findall(part)}
        assert needed <= dict(finding.params).keys(), finding.id
        assert all(isinstance(value, str | int) for _, value in finding.params)


@given(subjects.map(readable))
def test_no_check_answers_twice_and_the_order_is_that_of_the_list(subject: Subject) -> None:
    ids = [finding.id for finding in judge(subject).findings if finding.id not in (BASE.id, THIN.id, LIMIT.id)]
    order = [module.CHECK.id for module in ALL]
    assert ids == sorted(set(ids), key=order.index)


def test_thin_evidence_caps_a_stranger_and_says_so() -> None:
    judged = judge(subject(history=History(1, 1, 0, 0, 0, 0)))
    assert judged.score <= THIN_CAP
    known = judge(subject(history=History(60, 60, 0, 9**8, 0, 9**8, {"own": Use(60, 0)}), written_to=True))
    assert known.score > THIN_CAP


def test_nothing_known_costs_nothing() -> None:
    judged = judge(subject(proof=NOBODY_LOOKED, context=Context(samples=True), history=History()))
    assert judged.score == BASE.points
