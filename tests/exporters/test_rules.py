"""Rejections as files for mail systems: each is read by what would read it there, and nothing that a sender chose gets out of its quotes."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest

from app.exporters import block_list, exchange, gmail_filters, postfix_access, sieve
from app.exporters.base import Exporter
from app.i18n import LANGUAGES, Translation
from app.model import Authentication, Border, BorderServer, BorderSource, Decision, DecisionRecord, DomainClass, Report
from tests.exporters.reports import CREATED, claim, empty_report, row

FORMS = (sieve.EXPORTER, exchange.EXPORTER, gmail_filters.EXPORTER, postfix_access.EXPORTER, block_list.EXPORTER)
HOSTILE = "why\r\n'; Remove-Mailbox all #\n*/ --> <x> \" }\n\u202e\0"
EN = Translation("en")
ATOM, APPS = "{http://www.w3.org/2005/Atom}", "{http://schemas.google.com/apps/2006}"


def report() -> Report:
    """A proven sender rejected whole, forgeries of a bank, one address with a quote in it, an own domain, and reasons full of syntax."""
    def judged(address: str, authentication: Authentication, decision: Decision):  # type: ignore[no-untyped-def]
        return replace(claim("a1", "", address, (), authentication), decision=decision)

    rows = (
        row("spam.example", (judged("x@spam.example", Authentication.AUTHENTICATED, Decision.REJECTED),)),
        row("bank.example", (judged("x@bank.example", Authentication.FAILED, Decision.REJECTED),
                             judged("y@bank.example", Authentication.AUTHENTICATED, Decision.UNREVIEWED))),
        row("mail.example", (judged("o'neil@mail.example", Authentication.AUTHENTICATED, Decision.REJECTED),), domain_class=DomainClass.SHARED_PROVIDER),
        row("firm.example", (judged("x@firm.example", Authentication.FAILED, Decision.REJECTED),)),
    )  # fmt: skip
    subjects = "spam.example", "bank.example", "o'neil@mail.example", "firm.example", "mail.example"
    records = tuple(DecisionRecord(each, Decision.REJECTED, HOSTILE, HOSTILE, CREATED) for each in subjects)
    border = Border((BorderServer("mx.firm.example", BorderSource.LEARNED),))
    scope = replace(empty_report().scope, own_domains=("firm.example",), border=border)
    return Report(created=CREATED, scope=scope, scan=empty_report().scan, domains=rows, decisions=records)


def written(exporter: Exporter, language: str = "en") -> str:
    out = BytesIO()
    exporter.write(report(), Translation(language), out)
    return out.getvalue().decode("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("exporter", FORMS, ids=lambda each: each.suffix)
def test_the_head_says_what_it_does_how_to_undo_it_and_what_is_left_out(exporter: Exporter, language: str) -> None:
    text = written(exporter, language)
    head = text.replace("\r\n", "\n").split("\n\n")[0]
    assert ("undo" if language == "en" else "للتراجع") in head
    assert "firm.example" in head
    assert "sha256:" in head


@pytest.mark.parametrize("exporter", FORMS, ids=lambda each: each.suffix)
def test_an_own_or_shared_domain_stands_in_no_rule(exporter: Exporter) -> None:
    rules = [line for line in written(exporter).splitlines() if not line.lstrip("\ufeff").startswith("#")]
    if exporter is gmail_filters.EXPORTER:
        rules = [each.get("value") or "" for each in ElementTree.fromstring(written(exporter)).iter(f"{APPS}property")]
    assert not any(re.search(r"(?<![\w.-])(?:firm|(?<!@)mail)\.example", rule) for rule in rules if "mx.firm.example" not in rule)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sieve_script_compiles_and_refuses_unproven_mail_of_the_bank_alone(language: str, tmp_path: Path) -> None:
    script = tmp_path / "nitaq.sieve"
    script.write_bytes(written(sieve.EXPORTER, language).encode())
    done = subprocess.run(["sievec", str(script), str(tmp_path / "out.svbin")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    [bank] = [line for line in script.read_text().splitlines() if line.startswith("if") and "bank.example" in line]
    assert 'not header :matches "authentication-results" ["mx.firm.example*dmarc=pass*"]' in bank
    [spam] = [line for line in script.read_text().splitlines() if line.startswith("if") and '"spam.example"' in line]
    assert "authentication-results" not in spam


def test_every_line_of_the_powershell_is_a_comment_or_one_command_whose_strings_are_closed() -> None:
    text = written(exchange.EXPORTER)
    assert text.startswith("\ufeff#")  # how Windows PowerShell knows that it is UTF-8
    commands = [line for line in text.lstrip("\ufeff").split("\r\n") if line and not line.startswith("#")]
    assert len(commands) == 3
    for command in commands:
        assert command.startswith(("New-TenantAllowBlockListItems ", "New-TransportRule "))
        outside = re.sub(r"'(?:[^']|'')*'", "''", command)
        assert not re.search(r"""[;|&`"(){}#<>]""", outside)
    assert any("'o''neil@mail.example'" in command for command in commands)
    assert sum(line.startswith("# UNDO ") for line in text.split("\r\n")) == len(commands)


def test_the_gmail_filters_are_xml_with_one_entry_for_each_whole_sender_and_delete_nothing() -> None:
    feed = ElementTree.fromstring(written(gmail_filters.EXPORTER))
    entries = feed.findall(f"{ATOM}entry")
    senders = [{each.get("name"): each.get("value") for each in entry.iter(f"{APPS}property")} for entry in entries]
    assert [each["from"] for each in senders] == ["o'neil@mail.example", "spam.example"]
    assert all("shouldTrash" not in each for each in senders)


def test_the_access_table_has_a_key_and_an_action_on_each_line() -> None:
    lines = [line for line in written(postfix_access.EXPORTER).splitlines() if line and not line.startswith("#")]
    assert [line.split(" ", 2)[:2] for line in lines] == [["o'neil@mail.example", "REJECT"], ["spam.example", "REJECT"], [".spam.example", "REJECT"]]


def test_the_list_holds_whole_senders_alone() -> None:
    lines = [line for line in written(block_list.EXPORTER).splitlines() if line and not line.startswith("#")]
    assert lines == ["o'neil@mail.example", "spam.example"]


@pytest.mark.parametrize(("exporter", "address"), [(gmail_filters.EXPORTER, each) for each in ("-x@mail.example", "a|b@mail.example", "{a@mail.example")] + [
    (postfix_access.EXPORTER, "#x@mail.example")])  # fmt: skip
def test_an_address_that_a_form_would_read_as_a_command_is_left_out_with_a_word(exporter: Exporter, address: str) -> None:
    made = replace(claim("a1", "", address, (), Authentication.AUTHENTICATED), decision=Decision.REJECTED)
    one = row("mail.example", (made,), domain_class=DomainClass.SHARED_PROVIDER)
    records = (DecisionRecord(address, Decision.REJECTED, "", "", CREATED),)
    out = BytesIO()
    exporter.write(replace(report(), domains=(one,), decisions=records), EN, out)
    text = out.getvalue().decode()
    assert "<entry>" not in text
    assert "REJECT " not in text
    assert "A sign in this address" in text
