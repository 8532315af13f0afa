"""Hostile headers, one a file, named by what is the matter with them; beside each folder a table of what an expert would read in them.

A table says `why` for each file, and only what it is there for: the author (`status`, `address`, `domain`, `name`, `found`), what it proves
(`samples`: as `--samples` believes; `given`: with the server `trust` named; `learned`: in a mailbox of two hundred messages like `usual`), traits,
findings, and the other fields. `contained` is the name as it is shown.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from app.assess import assess
from app.contain import contained
from app.domains import Organisations
from app.mail.border import believed, believed_sample, given, learn
from app.mail.claim import claim_of
from app.mail.headers import split
from app.mail.parse import parse_fields
from app.mail.proof import prove
from app.model import Claim, ClaimRecord, Context, Facts, Message, Statement
from app.sources.files import FilesSource

CORPUS = Path(__file__).parent / "corpus"
TABLES = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(CORPUS.glob("*.toml"))}
CASES = [(folder, name) for folder, table in TABLES.items() for name in table]
FACTS = Facts(shared_providers=frozenset(("gmail.com",)), reserved_are_ordinary=True)
ORGANISATIONS = Organisations(FACTS)
USUAL = 200
"""Messages of a mailbox in which the border is learned."""


@dataclass(frozen=True)
class Read:
    """One file, read the way an audit reads it."""

    message: Message
    claim: Claim
    problem: str

    def proven(self, statements: tuple[Statement, ...]) -> str:
        return prove(self.claim, statements, ORGANISATIONS.organisation).authentication.value

    @property
    def findings(self) -> set[str]:
        context = Context(facts=FACTS, samples=True)
        (row,) = assess([ClaimRecord("1", self.claim, 1, None, None)], context, ORGANISATIONS)
        return {finding.id for finding in row.findings}


@cache
def read(folder: str, name: str) -> Read:
    path = CORPUS / folder / f"{name}.eml"
    source = FilesSource(path)
    (box,) = source.folders()
    (raw,) = [raw for batch in source.batches(box) for raw in batch.messages]
    message = parse_fields(split(raw.header), ORGANISATIONS.organisation)
    return Read(message, claim_of(message), raw.problem)


def learned(it: Read, usual: str) -> str:
    honest = read("results", usual).claim.evidence
    return it.proven(believed(it.claim.evidence, learn([(honest, USUAL), (it.claim.evidence, 1)])))


ASKED: dict[str, Callable[[Read, dict[str, Any]], object]] = {
    "status": lambda it, _: it.message.author.status.value,
    "address": lambda it, _: it.message.author.mailbox.address if it.message.author.mailbox else "",
    "domain": lambda it, _: it.claim.domain,
    "name": lambda it, _: it.message.author.name,
    "contained": lambda it, _: contained(it.message.author.name),
    "found": lambda it, _: [box.address for box in it.message.author.mailboxes],
    "problem": lambda it, _: it.problem,
    "traits": lambda it, _: [trait.value for trait in it.message.traits],
    "subject": lambda it, _: it.message.subject,
    "date": lambda it, _: it.message.date or "none",
    "message_id": lambda it, _: it.message.message_id,
    "references": lambda it, _: len(it.message.references),
    "reply_to": lambda it, _: it.claim.reply_to,
    "written_by": lambda it, _: it.claim.written_by,
    "receiver": lambda it, _: it.claim.evidence.receiver,
    "client": lambda it, _: it.claim.evidence.client,
    "internal": lambda it, _: it.claim.evidence.internal,
    "signatures": lambda it, _: list(it.claim.evidence.signatures),
    "samples": lambda it, _: it.proven(believed_sample(it.claim.evidence)),
    "given": lambda it, want: it.proven(believed(it.claim.evidence, given([want["trust"]]))),
    "learned": lambda it, want: learned(it, want["usual"]),
    "how": lambda it, _: prove(it.claim, believed_sample(it.claim.evidence), ORGANISATIONS.organisation).how.value,
    "proof": lambda it, _: list(prove(it.claim, believed_sample(it.claim.evidence), ORGANISATIONS.organisation).proof),
    "source": lambda it, _: prove(it.claim, believed_sample(it.claim.evidence), ORGANISATIONS.organisation).source,
}
HAS: dict[str, Callable[[Read], set[str]]] = {
    "has_findings": lambda it: it.findings,
    "has_traits": lambda it: {trait.value for trait in it.message.traits},
}
LACKS: dict[str, Callable[[Read], set[str]]] = {
    "lacks_findings": lambda it: it.findings,
    "lacks_letters": lambda it: set(it.message.author.name),
    "hides_letters": lambda it: set(contained(it.message.author.name)),
}
MOST: dict[str, Callable[[Read], int]] = {
    "shown_letters": lambda it: len(contained(it.message.author.name)),
    "subject_letters": lambda it: len(it.message.subject),
    "most_signatures": lambda it: len(it.claim.evidence.signatures),
}
BESIDE = {"why", "trust", "usual"}


@pytest.mark.parametrize(("folder", "name"), CASES, ids=[f"{folder}/{name}" for folder, name in CASES])
def test_it_is_read_as_an_expert_would(folder: str, name: str) -> None:
    want = TABLES[folder][name]
    it = read(folder, name)
    assert {key: ask(it, want) for key, ask in ASKED.items() if key in want} == {key: want[key] for key in ASKED if key in want}, want["why"]
    for key in HAS.keys() & want:
        assert set(want[key]) <= HAS[key](it), want["why"]
    for key in LACKS.keys() & want:
        assert not set(want[key]) & LACKS[key](it), want["why"]
    for key in MOST.keys() & want:
        assert MOST[key](it) <= want[key], want["why"]


def test_every_file_has_its_row_and_every_row_its_file() -> None:
    files = {(path.parent.name, path.stem) for path in CORPUS.glob("*/*.eml")}
    assert files == set(CASES)
    assert len(files) >= 250


def test_every_row_says_why_and_asks_something_that_is_known() -> None:
    known = BESIDE | ASKED.keys() | HAS.keys() | LACKS.keys() | MOST.keys()
    for folder, name in CASES:
        row = TABLES[folder][name]
        assert row["why"], (folder, name)
        assert row.keys() - BESIDE, (folder, name)
        assert row.keys() <= known, (folder, name)


def test_no_two_files_are_the_same() -> None:
    texts = [path.read_bytes() for path in CORPUS.glob("*/*.eml")]
    assert len(set(texts)) == len(texts)
