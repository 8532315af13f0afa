"""Both languages: every text of the source has its Arabic, forms agree, and inserted values cannot turn a sentence around."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

from app import catalogue
from app.i18n import Translation, arabic_plural

ROOT = Path(__file__).parent.parent
CATALOGUES = sorted((ROOT / "resources/locale/ar").glob("*.po"))
PLACE = re.compile(r"\{(\w+)\}")


def texts_in(tree: ast.AST) -> Iterator[tuple[str, str | None]]:
    """(text, its plural or None) of each say("…"), say.plural("…", "…", n) and mark("…")."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else ""
        literals = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if name in ("say", "_say", "mark", "fill") and literals:
            yield literals[0], None
        elif name == "plural" and len(literals) >= 2:
            yield literals[0], literals[1]


def source_texts() -> dict[tuple[str, str | None], str]:
    """Every text with the file it is in; templates are searched for say("…") too."""
    found = {}
    for file in [*ROOT.glob("app/**/*.py"), *ROOT.glob("ui/**/*.py")]:
        for text in texts_in(ast.parse(file.read_text(encoding="utf-8"))):
            found[text] = str(file.relative_to(ROOT))
    for file in ROOT.glob("resources/templates/*"):
        source = file.read_text(encoding="utf-8")
        for match in re.finditer(r"""\bsay\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""", source):
            found[ast.literal_eval(match[1]), None] = str(file.relative_to(ROOT))
        for match in re.finditer(r"""\bplural\(\s*("(?:[^"\\]|\\.)*")\s*,\s*("(?:[^"\\]|\\.)*")""", source):
            found[ast.literal_eval(match[1]), ast.literal_eval(match[2])] = str(file.relative_to(ROOT))
    return found


def entries() -> dict[str, polib.POEntry]:
    return {entry.msgid: entry for file in CATALOGUES for entry in polib.pofile(str(file))}


def test_every_text_of_the_source_has_its_arabic() -> None:
    known = entries()
    missing = []
    for (text, plural), file in source_texts().items():
        entry = known.get(text)
        if entry is None or (plural is None and not entry.msgstr) or (plural is not None and len(entry.msgstr_plural) != 6):
            missing.append(f"{file}: {text}")
    assert not missing, "\n".join(missing)


def test_no_arabic_is_left_over_from_a_text_that_is_gone() -> None:
    known = {text for text, _ in source_texts()}
    assert [msgid for msgid in entries() if msgid not in known] == []


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.name)
def test_translations_insert_what_the_english_inserts(file: Path) -> None:
    for entry in polib.pofile(str(file)):
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            extra = set(PLACE.findall(text)) - set(PLACE.findall(entry.msgid + entry.msgid_plural))
            assert not extra, (entry.msgid, extra)
        if entry.msgstr:
            assert set(PLACE.findall(entry.msgstr)) == set(PLACE.findall(entry.msgid)), entry.msgid


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.name)
def test_plural_entries_have_all_six_forms(file: Path) -> None:
    for entry in polib.pofile(str(file)):
        if entry.msgid_plural:
            assert set(entry.msgstr_plural) == set(range(6)), entry.msgid
            assert all(entry.msgstr_plural.values()), entry.msgid


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.name)
def test_a_catalogue_is_read_as_gettext_reads_it(file: Path) -> None:
    said = {(entry.msgid, None): entry.msgstr for entry in polib.pofile(str(file)) if entry.msgstr}
    counted = {(entry.msgid, form): text for entry in polib.pofile(str(file)) for form, text in entry.msgstr_plural.items()}
    assert catalogue.texts_in(file.read_text(encoding="utf-8")) == said | counted


def test_texts_of_several_lines_with_quotes_are_read_whole_and_untranslated_ones_are_left_out() -> None:
    po = 'msgid ""\nmsgstr ""\n"Language: ar\\n"\n\nmsgid ""\n"Say \\"no\\"\\n"\n"\\tand \\\\ go"\nmsgstr "لا"\n\nmsgid "Later"\nmsgstr ""\n'
    assert {entry.msgid for entry in polib.pofile(po)} == {'Say "no"\n\tand \\ go', "Later"}
    assert catalogue.texts_in(po) == {('Say "no"\n\tand \\ go', None): "لا"}


def test_one_text_has_one_translation() -> None:
    seen: dict[str, set[str]] = {}
    for file in CATALOGUES:
        for entry in polib.pofile(str(file)):
            seen.setdefault(entry.msgid, set()).add(entry.msgstr)
    assert {msgid: texts for msgid, texts in seen.items() if len(texts) > 1} == {}


def test_nitaq_never_calls_anything_safe() -> None:
    forbidden = re.compile(r"\bsafe(ly|ty)?\b|آمن|مأمون", re.IGNORECASE)
    texts = [text for pair in source_texts() for text in pair if text] + [t for e in entries().values() for t in (e.msgstr, *e.msgstr_plural.values())]
    assert [text for text in texts if forbidden.search(text)] == []


@pytest.mark.parametrize(("n", "form"), [(0, 0), (1, 1), (2, 2), (3, 3), (10, 3), (11, 4), (99, 4), (100, 5), (102, 5), (103, 3), (111, 4), (1000, 5)])
def test_arabic_has_six_plural_forms(n: int, form: int) -> None:
    assert arabic_plural(n) == form


def test_an_inserted_value_is_isolated_in_arabic() -> None:
    assert "\u2068mail.example\u2069" in Translation("ar")("The server {host} did not answer in time.", host="mail.example")


def test_a_phrase_of_isolated_values_runs_as_the_language_does() -> None:
    say = Translation("ar")
    phrase = say("{who}, {when}", who="Sara Haddad", when="12 Mar 2026")
    assert "(\u2067\u2068Sara Haddad\u2069، \u206812 Mar 2026\u2069\u2069)" in say(
        "You trusted this name ({signature}). Mail has come since that this trust does not cover.", signature=phrase
    )


def test_an_arabic_value_is_isolated_in_english_and_a_latin_one_is_left_alone() -> None:
    say = Translation("en")
    assert say("Hello {name}", name="سارة") == "Hello \u2068سارة\u2069"
    assert say("Hello {name}", name="Sara") == "Hello Sara"


def test_a_value_that_looks_like_a_place_is_inserted_as_it_is() -> None:
    assert Translation("en")("{a} and {b}", a="{b}", b="x") == "{b} and x"
