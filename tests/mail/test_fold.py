"""What a machine put into an address for one message or one recipient does not make another address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.mail.fold import folded_address


@pytest.mark.parametrize(
    ("local", "folded"),
    [
        ("sara+news", "sara"),
        ("Sara.K", "sara.k"),
        ("openbmc-bounces+reader=reader.example", "openbmc-bounces"),
        ("bounce+123-owner=example.org", "bounce"),
        ("bounces-sara.k=mail.example", "bounces"),
        ("list-owner-first-last=mail.example", "list-owner"),
        ("news-sara=mail.example", "news"),
        ("list-bounces-20240117-55", "list-bounces"),
        ("prvs=0123456789=sara", "sara"),
        ("prvs=sara/0a1b2c3d4e", "sara"),
        ("btv1==054abc==sara", "sara"),
        ("msprvs1=17867iI9TDxYB=bounces-123-4", "bounces"),
        ("prvs=0123456789=sara+tag", "sara"),
        ("SRS0=HHHH=TT=bank.example=sara", "srs0=bank.example=sara"),
        ("SRS0+HHHH=TT=bank.example=sara", "srs0=bank.example=sara"),
        ("SRS1=HHH1=first.example==HHH2=TT=bank.example=sara", "srs1=bank.example=sara"),
    ],
)
def test_machine_made_variants_are_one_address(local: str, folded: str) -> None:
    assert folded_address(local, "firm.example") == f"{folded}@firm.example"


@pytest.mark.parametrize(
    "local",
    [
        "+96650",
        "sara-1990",
        "sara.1990",
        "reply-123",
        "relay+sara.mail.example",
        "bounce-abc",
        "a=b",
        "john=mail.example",
        "prvs=sara",
        "srs0=x",
        '"a+b c"',
        "x" * 300 + "+y",
    ],
)
def test_what_may_be_another_person_is_left_alone(local: str) -> None:
    assert folded_address(local, "firm.example") == f"{local}@firm.example"


def test_an_srs_address_stays_with_its_forwarder() -> None:
    assert folded_address("SRS0=a=b=bank.example=ceo", "forwarder.example").endswith("@forwarder.example")


@given(st.text("ab.-+=_/019", min_size=1, max_size=40) | st.from_regex(r"(prvs|srs0|srs1|btv1|bounces?)[=+-]{1,2}[a-z0-9.=+-]{0,40}", fullmatch=True))
def test_some_local_part_is_always_left(local: str) -> None:
    folded, _, domain = folded_address(local, "firm.example").rpartition("@")
    assert folded
    assert domain == "firm.example"
