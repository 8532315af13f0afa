"""Encoded words and raw octets become the text that a person reads."""

from __future__ import annotations

import base64
import quopri

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.mail.words import MAX_TEXT, decode


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(b"plain", "plain", id="plain"),
        pytest.param("سلام".encode(), "سلام", id="raw_UTF_8"),
        pytest.param(b"caf\xe9 \x93x\x94", "café “x”", id="raw_windows_1252"),
        pytest.param(b"\x81\xe9", "\x81é", id="an_octet_that_windows_1252_lacks"),
        pytest.param("سلام =?utf-8?Q?=C3=A9?=", "سلام é", id="text"),
        pytest.param(b"=?utf-8?B?2LPZhNin2YU=?=", "سلام", id="B"),
        pytest.param(b"=?UTF-8?q?a_b=3F?=", "a b?", id="Q"),
        pytest.param(b"=?utf-8?Q?a?= =?utf-8?Q?b?=", "ab", id="adjacent_words_are_joined"),
        pytest.param(b"=?utf-8?Q?a?=\r\n\t =?iso-8859-1?Q?=E9?=", "aé", id="adjacent_words_of_two_character_sets"),
        pytest.param(b"=?utf-8?Q?a?==?utf-8?Q?b?=", "ab", id="words_without_a_gap"),
        pytest.param(b"=?utf-8?Q?a?= x =?utf-8?Q?b?=", "a x b", id="a_word_between_encoded_words"),
        pytest.param(b"  a =?utf-8?Q?b?=  c ", "  a b  c ", id="white_space_beside_plain_text_stays"),
        pytest.param(b"=?utf-8?Q?=D8?= =?utf-8?B?sw==?=", "س", id="a_character_split_between_words"),
        pytest.param(b"=?utf-8?B?2LPZ?= =?utf-8?B?hNin2YU?=", "سلام", id="a_character_split_and_no_padding"),
        pytest.param(b"=?utf-8?B?2LPZhNin2YU?=", "سلام", id="missing_padding"),
        pytest.param(b"=?utf-8?B?2LPZ hNin2YU=!?=", "سلام", id="garbage_in_base64"),
        pytest.param(b"=?utf-8?B?YWJjZ?=", "abc", id="six_bits_too_many"),
        pytest.param(b"=?utf-8?Q?a=4?=", "a=4", id="a_broken_escape"),
        pytest.param(b"=?utf-8?Q?Firm, Inc?=", "Firm, Inc", id="spaces_in_a_word"),
        pytest.param(b"=?utf-8*ar?Q?a?=", "a", id="a_language"),
        pytest.param(b"=?utf-8?Q??=x", "x", id="an_empty_word"),
        pytest.param(b"=?windows-1256?Q?=D3=E1=C7=E3?=", "سلام", id="windows_1256"),
        pytest.param(b"=?ISO-8859-6?Q?=D3=E4=C7=E5?=", "سلام", id="iso_8859_6"),
        pytest.param(b"=?iso-8859-1?Q?=93x=94?=", "“x”", id="latin_1_is_windows_1252"),
        pytest.param(b"=?gb2312?B?xOO6ww==?=", "你好", id="gb2312"),
        pytest.param(b"=?iso-2022-jp?B?GyRCJUYbKEI=?=", "テ", id="iso_2022_jp"),
        pytest.param(b"=?koi8-r?B?8NLJ18XU?=", "Привет", id="koi8_r"),
        pytest.param(b"=?us-ascii?Q?=C3=A9?=", "é", id="a_wrong_character_set"),
        pytest.param(b"=?utf-8?Q?=FF?=", "\ufffd", id="octets_that_are_none_of_it"),
        pytest.param(b"=?utf-7?Q?+ADw-script+AD4-?=", "+ADw-script+AD4-", id="utf_7_is_not_decoded"),
        pytest.param(b"=?unicode_escape?Q?=5Cx41?=", "\\x41", id="a_codec_of_the_language_is_none"),
        pytest.param(b"=?x-nowhere?Q?caf=E9?=", "café", id="an_unknown_character_set"),
        pytest.param(b"=?utf-8?X?a?=", "=?utf-8?X?a?=", id="an_unknown_encoding"),
        pytest.param(b"=?utf-8?Q?a", "=?utf-8?Q?a", id="a_word_without_end"),
        pytest.param(b"=? =?utf-8?Q?a?=", "=? a", id="a_start_that_is_none"),
        pytest.param(b"=?utf-8?Q?=0D=0A=00=E2=80=AE?=", "\r\n\0\u202e", id="controls_survive_as_themselves"),
    ],
)
def test_decoding(value: bytes | str, text: str) -> None:
    assert decode(value) == text


def test_the_length_is_bounded_without_breaking_a_character() -> None:
    assert decode("س".encode() * MAX_TEXT) == "س" * (MAX_TEXT // 2)
    assert decode(b"x" + "س".encode() * MAX_TEXT) == "x" + "س" * (MAX_TEXT // 2 - 1)


@given(st.text(max_size=60).filter(lambda text: text.isprintable()), st.integers(1, 7), st.booleans())
def test_text_split_between_words_anywhere_is_read_back(text: str, size: int, base: bool) -> None:
    octets = text.encode()
    chunks = [octets[i : i + size] for i in range(0, len(octets), size)]
    words = [
        b"=?utf-8?B?" + base64.b64encode(chunk) + b"?=" if base else b"=?utf-8?Q?" + quopri.encodestring(chunk, True, True).replace(b"?", b"=3F") + b"?="
        for chunk in chunks
    ]
    assert decode(b"\r\n ".join(words)) == text


_PIECES = st.sampled_from([b"=?", b"?=", b"utf-8", b"?Q?", b"?B?", b" ", b"=4", b"gbk", b"utf-16", b"iso-2022-kr"])


@given(st.lists(_PIECES | st.binary(max_size=6)).map(b"".join))
def test_no_octets_raise(value: bytes) -> None:
    assert isinstance(decode(value), str)
    assert isinstance(decode(value.decode("latin-1")), str)


@given(st.text())
def test_text_without_words_is_untouched(text: str) -> None:
    if "=?" not in text:
        assert decode(text) == text
