"""The sample mailbox: always the same, only reserved names, and true to its own account of itself."""

from __future__ import annotations

import hashlib
import json
import mailbox as mailboxes
import os
import re
import subprocess
import sys
from collections import Counter
from datetime import date, datetime, timedelta, timezone
from email import message_from_bytes, policy
from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest

from app.domains import Organisations
from app.errors import UserError
from app.mail.border import believed, learn
from app.mail.claim import claim_of
from app.mail.parse import parse
from app.mail.proof import prove
from app.model import AuthorStatus, Claim, DomainClass, FolderRole
from app.sources import open_source
from app.sources.sample import BATCH, OWN_DOMAINS, SampleSource, exceptions, facts
from resources import sample

ROOT = Path(__file__).resolve().parent.parent
DIGEST = "07ff4fcbd5a6eb94b2cfdf11e5d0d1c85013aca9f6e6825ac0bb91f044e6a6af"
"""SHA-256 of all messages. Whoever means to change the sample changes this too."""
PROGRAM = "import hashlib; from resources.sample import mailbox; print(hashlib.sha256(b''.join(p.raw for f in mailbox().values() for p in f)).hexdigest())"
BROKEN = {"hostile-characters", "no-author"}
"""Cases whose headers are broken on purpose."""
HONEST = {
    "authorised-partner", "colleague", "first-time", "forwarded", "freemail-customer", "hosting-tenant", "mailing-list", "mailing-list-rewritten",
    "newsletter", "notification", "partner", "partner-misconfigured", "sent", "service-in-our-name", "service-in-our-name-unaligned",
    "several-authors", "spam", "submitted-by-login",
}  # fmt: skip
SUSPICIOUS = {
    "borrowed-brand", "colleague-name-bank-change", "colleague-name-gift-cards", "disposable-sender", "forged-own-domain", "forged-results",
    "hostile-characters", "hosting-tenant-brand", "lookalike-own", "lookalike-partner-idn", "lookalike-partner-typo", "no-author",
    "outsider-in-thread", "partner-proofs-stopped",
}  # fmt: skip
PIECES = [piece for pieces in sample.mailbox().values() for piece in pieces]
PROPERTIES = {"header.d", "header.i", "header.s", "header.b", "header.from", "smtp.mailfrom", "smtp.auth"}
"""What looks like a domain in an Authentication-Results field and is none."""
NETWORKS = [ip_network(net) for net in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")]


def visible_text(raw: bytes) -> str:
    """A message's octets and all its encoded words and its body as text."""
    message = message_from_bytes(raw, policy=policy.default)
    headers = "\n".join(str(value) for value in message.values())
    return "\n".join((raw.partition(b"\r\n\r\n")[0].decode("utf-8", "replace"), headers, message.get_content()))


def claims() -> dict[str, Claim]:
    organisations = Organisations(facts())
    source = SampleSource()
    judged = [folder for folder in source.folders() if folder.role is not FolderRole.SENT]
    messages = [raw for folder in judged for batch in source.batches(folder) for raw in batch.messages]
    return {raw.id: claim_of(parse(raw.header, organisations.organisation)) for raw in messages}


def test_it_is_always_the_same() -> None:
    assert hashlib.sha256(b"".join(piece.raw for piece in PIECES)).hexdigest() == DIGEST


@pytest.mark.parametrize(("seed", "zone", "locale"), [("1", "Asia/Muscat", "C"), ("77", "America/New_York", "C.UTF-8")])
def test_another_process_makes_the_same(seed: str, zone: str, locale: str) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale}
    answer = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == DIGEST


def test_it_is_of_the_size_of_a_real_mailbox() -> None:
    counts = sample.totals()
    colleagues = sum(counts[own]["messages"] for own in OWN_DOMAINS)
    assert 1400 <= len(PIECES) <= 1600
    assert 90 <= len(counts) <= 130
    assert 0.25 <= colleagues / len(PIECES) <= 0.35


def test_it_ends_on_the_fixed_day() -> None:
    days = [datetime.fromtimestamp(piece.delivered, timezone(timedelta(hours=4))).date() for piece in PIECES]
    assert max(days) == date(2026, 11, 15)
    assert date(2025, 9, 14) <= min(days) <= date(2025, 9, 20)


def test_only_reserved_names_occur() -> None:
    found = set()
    for piece in PIECES:
        for token in re.findall(r"[A-Za-z0-9._+@-]+", visible_text(piece.raw)):
            name = token.rpartition("@")[2].strip(".-").lower()
            if re.fullmatch(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", name) and name not in PROPERTIES and not name.endswith(".example"):
                found.add((piece.id, name))
    assert found == set()


def test_only_documentation_addresses_occur() -> None:
    seen = set()
    for piece in PIECES:
        text = visible_text(piece.raw)
        seen |= set(re.findall(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])", text)) | set(re.findall(r"IPv6:([0-9a-f:]+)", text))
    assert len(seen) > 50
    assert [each for each in seen if not any(ip_address(each) in network for network in NETWORKS)] == []


def test_every_case_is_there() -> None:
    cases = {truth.case for truth in sample.truths()}
    assert cases == HONEST | SUSPICIOUS
    assert {truth.case for truth in sample.truths() if truth.deserves_look} == SUSPICIOUS


def test_a_handful_of_senders_deserves_a_look() -> None:
    look = {truth.domain for truth in sample.truths() if truth.deserves_look and truth.folder != "Junk"}
    assert 8 <= len(look) <= 12


def test_headers_are_sound_unless_broken_on_purpose() -> None:
    for piece in PIECES:
        message = message_from_bytes(piece.raw, policy=policy.default)
        values = {name: str(value) for name, value in message.items()}
        if piece.truth.case not in BROKEN:
            assert message.defects == []
            assert all(address.domain for address in message["from"].addresses)
            assert message["message-id"]
            assert message["date"].datetime
            assert values["Subject"]
        assert all(len(line) <= 998 for line in piece.raw.split(b"\r\n"))
        assert piece.raw.count(b"\n") == piece.raw.count(b"\r\n")


def test_ids_are_unique_and_answers_refer_to_real_messages() -> None:
    ids = [truth.message_id for truth in sample.truths()]
    assert len(ids) == len(set(ids)) == len({truth.id for truth in sample.truths()})
    referred = [message_from_bytes(piece.raw)["in-reply-to"] for piece in PIECES]
    answers = [id for id in referred if id]
    assert len(answers) > 200
    assert set(answers) <= set(ids)


def test_the_engine_reads_what_the_truth_says() -> None:
    organisations = Organisations(facts())
    read = claims()
    border = learn((claim.evidence, 1) for claim in read.values())
    assert [server.id for server in border.servers] == [sample.BORDER]
    wrong = []
    for truth in sample.truths():
        if truth.folder == "Sent":
            continue
        claim = read[truth.id]
        proof = prove(claim, believed(claim.evidence, border), organisations.organisation)
        domain = organisations.organisation(claim.domain) if claim.status is AuthorStatus.CLEAR else ""
        if (claim.status, claim.address, domain, proof.authentication) != (truth.status, truth.address, truth.domain, truth.authentication):
            wrong.append((truth, claim, proof))
    assert wrong == []


def test_totals_are_those_of_the_messages() -> None:
    counts = Counter(sample.organisation(claim.address) if claim.address else "" for claim in claims().values())
    assert counts == {domain: each["messages"] for domain, each in sample.totals().items()}
    assert all(each["messages"] == each["authenticated"] + each["failed"] + each["not_established"] for each in sample.totals().values())


def test_no_header_of_the_sender_is_the_borders_word() -> None:
    forged = [piece for piece in PIECES if piece.truth.case == "forged-results"]
    assert forged
    assert all(piece.raw.count(b"Authentication-Results: " + sample.BORDER.encode()) == 2 for piece in forged)
    assert {piece.truth.authentication for piece in forged} == {"failed"}


def test_its_facts_class_its_names() -> None:
    organisations = Organisations(facts())
    assert organisations.class_of("freemail.example") is DomainClass.SHARED_PROVIDER
    assert organisations.class_of("tempbox.example") is DomainClass.DISPOSABLE
    assert organisations.class_of("nizwa-pottery.pages.example") is DomainClass.SHARED_HOSTING
    assert organisations.class_of("alwadi-coffee.example") is DomainClass.ORDINARY
    assert {rule.direction for rule in exceptions()} == {"as_us", "to_us"}


def test_the_source_resumes_with_exactly_the_rest() -> None:
    source = open_source("sample")
    for folder in source.folders():
        whole = [raw for batch in source.batches(folder) for raw in batch.messages]
        assert [raw.id for raw in whole] == list(source.present(folder))
        assert len(whole) == folder.messages
        for batch in source.batches(folder):
            assert 0 < len(batch.messages) <= BATCH
            rest = [raw for later in source.batches(folder, batch.cursor) for raw in later.messages]
            assert rest == whole[int(batch.cursor) :]
    source.close()


def test_the_source_keeps_to_a_date() -> None:
    source = SampleSource()
    inbox = source.folders()[0]
    batches = list(source.batches(inbox, since=date(2026, 11, 1)))
    messages = [raw for batch in batches for raw in batch.messages]
    assert 10 < len(messages) < 100
    assert batches[0].total == len(messages)
    assert [raw.id for raw in messages] == list(source.present(inbox, date(2026, 11, 1)))


def test_a_header_is_fetched_again() -> None:
    source = SampleSource()
    shipments = source.folders()[2]
    first = next(source.batches(shipments)).messages[0]
    assert source.header(first.id) == first.header
    with pytest.raises(UserError):
        source.header("INBOX#0")


def test_it_is_written_as_mbox_files(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "resources.sample", str(tmp_path)], cwd=ROOT, check=True)
    truth = json.loads((tmp_path / "truth.json").read_text(encoding="utf-8"))
    assert len(truth["messages"]) == len(PIECES)
    assert truth["domains"] == sample.totals()
    for name, pieces in sample.mailbox().items():
        with open(tmp_path / f"{name}.mbox", "rb") as file:
            assert len(re.findall(rb"^From sample@danacoast\.example ", file.read(), re.MULTILINE)) == len(pieces)
        box = mailboxes.mbox(tmp_path / f"{name}.mbox", create=False)
        assert [message["message-id"] for message in box] == [piece.truth.message_id for piece in pieces]
        box.close()
