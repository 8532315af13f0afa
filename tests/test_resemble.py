"""The verb `domain`: one line a name, for programs and for people."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.i18n import Translation
from app.model import Brand, Facts
from app.resemble import domain_lines

FACTS = Facts(
    shared_providers=frozenset({"freemail.com"}),
    brands=(Brand("Zephyrbank", ("zephyrbank",), ("zephyrbank.com",)),),
)


def rows(*names: str, own: tuple[str, ...] = ("firmament.com",)) -> list[dict[str, Any]]:
    return [json.loads(line) for line in domain_lines(names, own, FACTS, True, Translation("en"))]


def words(name: str, language: str = "en") -> str:
    return next(domain_lines([name], ["firmament.com"], FACTS, False, Translation(language)))


def test_a_line_has_the_fields_of_the_public_interface() -> None:
    (row,) = rows("mail.Firmanent.com")
    assert row == {
        "domain": "mail.firmanent.com",
        "registrable": "firmanent.com",
        "unicode": "mail.firmanent.com",
        "class": "ordinary",
        "resemblances": [{"resembles": "firmament.com", "kind": "own", "how": "typo", "points": row["resemblances"][0]["points"]}],
    }
    assert row["resemblances"][0]["points"] < 0


def test_every_name_has_its_line_in_order() -> None:
    names = ("firmament.com", "no domain", "b.example", "freemail.com", "x.firebaseapp.com")
    assert [row["domain"] for row in rows(*names)] == list(names)
    assert [row["class"] for row in rows(*names)] == ["ordinary", None, "special_use", "shared_provider", "shared_hosting"]


def test_own_domains_resemble_nothing_and_without_own_domains_brands_are_known() -> None:
    assert rows("firmament.com")[0]["resemblances"] == []
    assert rows("firmanent.com", own=())[0]["resemblances"] == []
    assert rows("zephyrbank-login.com", own=())[0]["resemblances"][0]["resembles"] == "zephyrbank.com"


def test_a_sure_way_of_resembling_weighs_more_than_an_unsure_one() -> None:
    sure, unsure = rows("zephyrbamk.com", "zephyrbank.net")
    assert sure["resemblances"][0]["points"] < unsure["resemblances"][0]["points"] < 0


def test_the_name_before_the_at_sign_is_read_too() -> None:
    (row,) = rows("zephyrbank-service@evil.com")
    assert row["domain"] == "evil.com"
    assert [found["how"] for found in row["resemblances"]] == ["local_part"]
    assert rows("zephyrbank@zephyrbank.com")[0]["resemblances"] == []


def test_json_shows_the_a_label_and_what_people_see() -> None:
    (row,) = rows("bücherei.com")
    assert (row["domain"], row["unicode"]) == ("xn--bcherei-n2a.com", "bücherei.com")


def test_a_sentence_shows_what_a_disguised_name_really_is() -> None:
    assert words("fırmament.com") == (
        "xn--frmament-tkb.com (fırmament.com): Ordinary domain. It resembles your own domain firmament.com: it is written with letters that look alike."
    )


@pytest.mark.parametrize("name", ["\u202efirmament.com", "a\nb", "a\x1b[31mb", "x" * 5000])
def test_hostile_names_do_not_reach_the_terminal(name: str) -> None:
    line = words(name)
    assert "\n" not in line
    assert "\x1b" not in line
    assert "\u202e" not in line
    assert len(line) < 1000


def test_arabic_speaks_arabic_and_isolates_names() -> None:
    line = words("firmament.net", "ar")
    assert "\u2068firmament.com\u2069" in line
    assert "نطاقك" in line
    assert "resembles" not in line
