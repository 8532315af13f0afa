"""A mailbox whose every name is hostile: what the program writes of it is read back by the programs that would open it."""

from __future__ import annotations

import csv
import json
import os
import pty
import re
import subprocess
import sys
import tomllib
import unicodedata
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pyte
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from app.contain import contained
from app.exporters import ALL, export
from app.i18n import LANGUAGES, Translation
from app.library import Library
from app.model import Decision, DecisionRecord, Report
from app.store.folder import StoreFolder
from tests.exporters.reports import rich_report
from tests.exporters.test_hostile_names import report_of
from tests.exporters.test_html_report import CONTROLS, Page, read

CORPUS = Path(__file__).parent / "corpus"
NAMES = {case: row["name"] for case, row in tomllib.loads((CORPUS / "name.toml").read_text(encoding="utf-8")).items() if "name" in row}
HONEST = [text for case, text in NAMES.items() if case.startswith("honest")]
FOLDERS = ["=cmd|calc", "<img src=x>", "\x1b[31mred\x07", "a\u202egnp", "سارة", "a\r\nb"]
REASON = "why\r\n'; Remove-Mailbox all #\n*/ --> <x> \" }\n\u202e\0\x1b[2J"
FORMULA = tuple("=+-@＝＋－＠\t\r\n")
NOW = 1_790_000_000.0


def word(text: str) -> str:
    return f"=?utf-8?B?{b64encode(text.encode('utf-8', 'replace')).decode()}?="


def fill(mailbox: Path) -> None:
    """A Maildir: each name as an author, a subject and a file, its folders named as badly, and the From fields of the corpus for their domains."""
    for folder in ("", *(f".{each}" for each in FOLDERS)):
        for part in ("cur", "new", "tmp"):
            (mailbox / folder / part).mkdir(parents=True)
    for n, (case, text) in enumerate(NAMES.items()):
        header = f"From: {word(text)} <a{n}@evil{n % 9}.example>\r\nSubject: {word(text)}\r\nReply-To: {word(text)} <x@other.example>\r\n"
        folder = f".{FOLDERS[n % len(FOLDERS)]}"
        (mailbox / folder / "cur" / f"{n}\x1b[31m\u202e<b>=1:2,S").write_bytes(f"{header}Message-ID: <{case}@<b>.example>\r\n\r\n".encode())
    for n, path in enumerate(sorted((CORPUS / "from").glob("*.eml"))):
        (mailbox / "new" / f"{n}.host").write_bytes(path.read_bytes())


@pytest.fixture(scope="module")
def mailbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    mailbox = tmp_path_factory.mktemp("mail") / "<img src=x>\u202e\x1b[31m=1"
    fill(mailbox)
    return mailbox


@pytest.fixture(scope="module")
def audited(mailbox: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """The store of an audit that ran in a terminal, and what it printed there."""
    store = tmp_path_factory.mktemp("store") / "store"
    return store, in_terminal("audit", str(mailbox), "--store", str(store), "--progress", "bar", "--report", str(store.parent / "<b>\x1b[31m.json"))


@pytest.fixture(scope="module")
def report(mailbox: Path, audited: tuple[Path, bytes]) -> Report:
    """With every domain and every address rejected, for reasons that are hostile too."""
    with closing(Library(StoreFolder(audited[0]), lambda: NOW)) as library:
        report = library.load(str(mailbox))
    assert report is not None
    assert len(report.scope.folders) == len(FOLDERS) + 1
    subjects = {row.domain for row in report.domains if row.domain} | {each.address for row in report.domains for each in row.addresses}
    decisions = tuple(DecisionRecord(subject, Decision.REJECTED, REASON, REASON, int(NOW)) for subject in sorted(subjects))
    rows = tuple(
        replace(row, decision=Decision.REJECTED, claims=tuple(replace(each, decision=Decision.REJECTED) for each in row.claims)) for row in report.domains
    )
    return replace(report, domains=rows, decisions=decisions)


@pytest.fixture(scope="module", params=LANGUAGES)
def forms(request: pytest.FixtureRequest, report: Report, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every form, by its suffix."""
    folder = tmp_path_factory.mktemp("forms")
    for exporter in ALL:
        export(report, folder / f"report{exporter.suffix}", Translation(request.param))
    return {exporter.suffix: folder / f"report{exporter.suffix}" for exporter in ALL}


def in_terminal(*words: str) -> bytes:
    """All that one call of the program writes to its terminal."""
    ours, theirs = pty.openpty()
    call = subprocess.Popen([sys.executable, "-m", "app", *words, "--lang", "en"], stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    printed = b"".join(_chunks(ours))
    call.wait(timeout=60)
    os.close(ours)
    return printed


def _chunks(terminal: int) -> Iterator[bytes]:
    while True:
        try:
            chunk = os.read(terminal, 65_536)
        except OSError:  # the other end is closed
            return
        if not chunk:
            return
        yield chunk


def assert_harmless(printed: bytes) -> None:
    """A terminal that was given it looks as before: its title, its colours, and no control sequence but the one that clears the line of the bar."""
    screen = pyte.Screen(240, 400)
    pyte.ByteStream(screen).feed(printed)
    assert screen.title == ""
    assert screen.icon_name == ""
    assert {(char.fg, char.bg, char.bold, char.reverse) for line in screen.buffer.values() for char in line.values()} <= {("default", "default", False, False)}
    text = printed.decode().replace("\x1b[K", "")
    assert {char for char in text if unicodedata.category(char) == "Cc"} <= {"\r", "\n"}
    assert not set("\u202a\u202b\u202c\u202d\u202e") & set(text)


# The forms ---------------------------------------------------------------------------------------------------------


def test_the_page_has_no_element_attribute_or_link_but_ours(forms: dict[str, Path]) -> None:
    page, ours = Page(), read(rich_report())
    page.feed(forms[".html"].read_text(encoding="utf-8"))
    assert page.unbalanced == []
    assert {(tag, name) for tag, attributes in page.elements for name in attributes} <= {
        (tag, name) for tag, attributes in ours.elements for name in attributes
    }
    assert {tag for tag, _ in page.elements} <= {tag for tag, _ in ours.elements}
    assert {attributes["href"][:1] for _, attributes in page.elements if "href" in attributes} <= {"#"}
    assert [text for text, _ in page.texts if CONTROLS.search(text)] == []


def csv_cells(forms: dict[str, Path]) -> list[str]:
    with ZipFile(forms[".zip"]) as tables:
        texts = [forms[".csv"].read_bytes(), *(tables.read(name) for name in tables.namelist() if name.endswith(".csv"))]
    return [cell for text in texts for row in csv.reader(StringIO(text.decode("utf-8-sig"), newline="")) for cell in row]


def test_no_cell_of_the_csv_is_a_formula(forms: dict[str, Path]) -> None:
    cells = csv_cells(forms)
    assert len(cells) > 1000
    assert [cell for cell in cells if cell.startswith(FORMULA) and not re.fullmatch(r"-\d+", cell)] == []


def test_no_cell_of_the_workbook_is_a_formula_or_a_link(forms: dict[str, Path]) -> None:
    book = load_workbook(forms[".xlsx"])
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink] == []
    with ZipFile(forms[".xlsx"]) as archive:
        assert [name for name in archive.namelist() if "external" in name.lower() or "vba" in name.lower()] == []


def test_the_pdf_runs_nothing_leads_nowhere_and_has_no_controls(forms: dict[str, Path]) -> None:
    reader = PdfReader(forms[".pdf"])
    actions = [str(note.get_object().get("/A", "")) for page in reader.pages for note in page.get("/Annots", ())]
    assert [action for action in actions if "URI" in action or "JavaScript" in action or "Launch" in action] == []
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(reader.root_object)
    text = subprocess.run(["pdftotext", str(forms[".pdf"]), "-"], capture_output=True, check=True).stdout.decode()
    assert {char for char in text if unicodedata.category(char) == "Cc"} <= {"\n", "\f"}
    assert "[U+202E]" in text


def test_the_json_gives_every_name_back_as_it_was(forms: dict[str, Path]) -> None:
    data = json.loads(forms[".json"].read_text(encoding="utf-8"))
    names = {each["name"] for row in data["domains"] for each in row["claims"]}
    assert set(NAMES.values()) <= names


def test_honest_names_are_byte_identical_in_every_cell(forms: dict[str, Path]) -> None:
    book = load_workbook(forms[".xlsx"])
    for text in ("\n".join(csv_cells(forms)), "\n".join(str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)):
        assert [name for name in HONEST if name not in text] == []


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_name_is_byte_identical_on_the_page(name: str) -> None:
    assert name in read(report_of(name), "ar").within("bdi")


def test_the_sieve_script_compiles(forms: dict[str, Path], tmp_path: Path) -> None:
    done = subprocess.run(["sievec", str(forms[".sieve"]), str(tmp_path / "out.svbin")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_nothing_leaves_the_strings_and_comments_of_the_powershell(forms: dict[str, Path]) -> None:
    lines = forms[".ps1"].read_text(encoding="utf-8-sig").splitlines()
    commands = [line for line in lines if line and not line.startswith("#")]
    assert commands
    for command in commands:
        assert command.startswith(("New-TenantAllowBlockListItems ", "New-TransportRule "))
        assert not re.search(r"""[;|&`"(){}#<>]""", re.sub(r"'(?:[^']|'')*'", "''", command))


def test_the_filters_are_xml_of_our_elements_alone(forms: dict[str, Path]) -> None:
    tags = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(forms[".xml"].read_text(encoding="utf-8")).iter()}
    assert tags <= {"feed", "title", "id", "updated", "author", "name", "email", "entry", "category", "content", "property"}


@pytest.mark.parametrize("suffix", [".access", ".txt"])
def test_a_list_has_one_subject_a_line(forms: dict[str, Path], suffix: str) -> None:
    lines = [line for line in forms[suffix].read_bytes().decode().split("\n") if line and not line.startswith("#")]
    for line in lines:
        assert line.isprintable(), line
        assert re.fullmatch(r"\S+( REJECT\b.*)?", line), line


def test_no_rule_form_holds_a_control_character(forms: dict[str, Path]) -> None:
    for suffix in (".sieve", ".ps1", ".xml", ".access", ".txt"):
        text = forms[suffix].read_bytes().decode("utf-8-sig")
        assert {char for char in text if unicodedata.category(char) in ("Cc", "Cf", "Cs")} <= {"\n", "\r", "\u200c", "\u200d", "\u200e", "\u200f"}, suffix


# The terminal ------------------------------------------------------------------------------------------------------


def test_an_audit_leaves_the_terminal_as_it_was(audited: tuple[Path, bytes]) -> None:
    assert b"Report: " in audited[1]
    assert_harmless(audited[1])


def test_a_header_is_shown_contained(mailbox: Path, report: Report) -> None:
    hostile = next(each for row in report.domains for each in row.claims if each.record.claim.name == NAMES["an_osc_sequence_that_sets_the_title"])
    assert_harmless(in_terminal("header", str(mailbox), hostile.record.examples[0].id))
    raw = next(
        each for row in report.domains for each in row.claims if each.record.examples and "\x1b" in each.record.claim.name and "]" not in each.record.claim.name
    )
    assert_harmless(in_terminal("header", str(mailbox), raw.record.examples[0].id))


@pytest.mark.parametrize(
    "words",
    [
        ("audit", "/nowhere/\x1b[31m\u202e<b>"),
        ("audit", "account:\x1b]0;owned\x07"),
        ("domain", "\x1b[31mbank.example", "bank\u202e.example"),
        ("header", "/nowhere/\x1b[31m", "\x1b[31m"),
        ("verify", "/nowhere/\x1b[31m\u202e.json"),
        ("audit", "sample", "--report", "/nowhere/\x1b[31m.json"),
        ("audit", "sample", "--report", "\x1b[31m.exe"),
    ],
    ids=["path", "account", "domain", "header", "verify", "report", "suffix"],
)
def test_what_is_wrong_is_said_without_obeying_it(words: tuple[str, ...]) -> None:
    printed = in_terminal(*words)
    assert printed.strip()
    assert_harmless(printed)


def test_lines_for_programs_are_ascii_whatever_the_names(mailbox: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "app", "audit", str(mailbox), "--progress", "json"], stdin=subprocess.DEVNULL, capture_output=True, check=True)
    assert {json.loads(line)["event"] for line in done.stdout.splitlines()} == {"progress", "end"} or b'"warning"' in done.stdout
    assert done.stdout.isascii()
    assert b"\x1b" not in done.stdout + done.stderr


def test_a_hostile_name_is_contained_the_same_way_everywhere() -> None:
    assert contained(NAMES["an_osc_sequence_that_sets_the_title"]) == "␛]0;owned␇"


