"""Text made with templates and around gaps is what the standard library makes of the whole."""

from __future__ import annotations

import json
from json.encoder import encode_basestring as quoted
from typing import Any

import pytest

from app.exporters.json_form import CANONICAL, WRITTEN, Form, known

HOSTILE = 'a "quoted" \\ %s %(name)s {brace}\x00\x1f\u2028 مثال 😀'
FORMS: dict[Form, dict[str, Any]] = {WRITTEN: {}, CANONICAL: {"sort_keys": True, "separators": (",", ":")}}


@pytest.mark.parametrize("form", FORMS, ids=["written", "canonical"])
def test_an_object_of_texts_is_the_object_of_their_values(form: Form) -> None:
    made = form.object("name", "id", "parts")((quoted(HOSTILE), known(""), form.array(map(quoted, ["b", HOSTILE]))))
    assert made == json.dumps({"name": HOSTILE, "id": None, "parts": ["b", HOSTILE]}, ensure_ascii=False, **FORMS[form])


@pytest.mark.parametrize("form", FORMS, ids=["written", "canonical"])
@pytest.mark.parametrize("gap", ["a", "b", "c"])
@pytest.mark.parametrize("names", ["abc", "cba", "bca", None], ids=str)
def test_a_gap_is_filled_as_if_it_had_never_been(form: Form, gap: str, names: str | None) -> None:
    content = {name: {name: HOSTILE} for name in names or gap}
    before, behind = form.around({**content, gap: ...}, gap)
    assert before + form.text(content[gap]) + behind == json.dumps(content, ensure_ascii=False, **FORMS[form])
