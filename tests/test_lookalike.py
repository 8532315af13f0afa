"""What resembles what. The names are invented; `.com` and other real endings are used where the ending matters."""

from __future__ import annotations

import random
import string
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domains import Organisations, to_ascii
from app.lookalike import Kind, Resemblance, Way, named_in_local_part, resemblances, targets_of
from app.lookalike.skeleton import skeleton
from app.model import Brand, Context, Correspondent, Decision, DecisionRecord, Direction, ExceptionRule, Facts

FACTS = Facts(
    shared_providers=frozenset({"freemail.com", "zephyrmail.com"}),
    hosting_suffixes=frozenset({"tenants.com"}),
    brands=(
        Brand("Zephyrbank", ("zephyrbank", "zephyr bank", "بنك النسيم"), ("zephyrbank.com", "zephyrbank.de", "zephyrbankmail.com", "window.com")),
        Brand("Qlo", ("qlo", "qlo express"), ("qlo.com",)),
        Brand("Tarnost", ("tarnost", "zephyrmail"), ("tarnost.com",)),
    ),
    reserved_are_ordinary=True,
)


def asking(
    own: tuple[str, ...] = ("firmament.com",),
    correspondents: tuple[str, ...] = (),
    exceptions: tuple[ExceptionRule, ...] = (),
    decisions: tuple[DecisionRecord, ...] = (),
) -> Callable[[str], tuple[Resemblance, ...]]:
    organisations = Organisations(FACTS)
    written = {address: Correspondent(address, 1, None, None) for address in correspondents}
    context = Context(
        own_domains=own, facts=FACTS, correspondents=written, exceptions=exceptions, decisions=decisions, today=date(2026, 6, 1)
    )
    targets = targets_of(context, organisations.organisation, organisations.class_of)
    return lambda domain: resemblances(domain, targets)


def ways(found: tuple[Resemblance, ...]) -> list[tuple[str, str]]:
    return [(resemblance.resembles, resemblance.how.value) for resemblance in found]


@pytest.mark.parametrize(
    ("domain", "how"),
    [
        ("firmamentt.com", "typo"),
        ("firmamnt.com", "typo"),
        ("firmamnet.com", "typo"),
        ("firmamemt.net", "typo"),
        ("firma-ment.com", "typo"),
        ("mail.firmamnt.com", "typo"),
        ("firmamenv.com", "bitflip"),
        ("firrnament.com", "confusable"),
        ("f1rmament.com", "confusable"),
        ("flrmarnent.com", "confusable"),
        ("xn--frmament-tkb.com", "confusable"),  # with dotless ı
        ("firmament.net", "tld"),
        ("firmament.co.uk", "tld"),
        ("firmament-login.com", "combination"),
        ("securefirmament.com", "combination"),
        ("my-f1rmament-account.com", "combination"),
        ("firmament.tenants.com", "subdomain"),
        ("firmament.firebaseapp.com", "subdomain"),
        ("firmament.com.evil.com", "subdomain"),
        ("firmament-login.evil.com", "subdomain"),
        ("mail.firmament.evil.com", "subdomain"),
    ],
)
def test_every_way_of_resembling_an_own_domain(domain: str, how: str) -> None:
    assert ways(asking()(domain)) == [("firmament.com", how)]


@pytest.mark.parametrize(
    "domain",
    [
        "firmament.com",
        "mail.firmament.com",
        "firmament.login.firmament.com",
        "firm.com",
        "armament.com",  # two letters away
        "firmamental-foo.gov",  # a state's ending
        "firmament.gov.uk",
        "evil.com",
        "com",
        "localhost",
    ],
)
def test_the_own_domain_and_strangers_do_not_ring(domain: str) -> None:
    assert asking()(domain) == ()


@pytest.mark.parametrize(
    ("own", "domain"),
    [
        ("acorp.com", "bcorp.com"),  # five letters with one replaced: honest neighbours
        ("acorp.com", "acorps.de"),
        ("acor.com", "acoor.com"),
        ("dogs.com", "clogs.net"),
        ("abc.com", "abc.de"),
        ("abc.com", "abcd.com"),
        ("servers-12.com", "servers-13.com"),  # numbered siblings
        ("servers-1.com", "servers-10.com"),
        ("border.com", "doctorswithoutborders.com"),
        ("target1.com", "exacttarget.com"),
    ],
)
def test_short_common_and_numbered_names_have_neighbours(own: str, domain: str) -> None:
    assert asking((own,))(domain) == ()


@pytest.mark.parametrize(
    ("own", "domain", "how"),
    [
        ("acorp.com", "acorrp.com", "typo"),
        ("acorp.com", "acrop.com", "typo"),
        ("acorp.com", "ac0rp.net", "confusable"),
        ("acorp.com", "acorp-hr.com", "combination"),
        ("acorp.com", "acorppayroll.com", "combination"),
        ("acor.com", "acor.net", "tld"),
        ("acor.com", "ac0r.com", "confusable"),
        ("dogs.com", "clogs.com", "confusable"),
        ("abc.com", "abc-login.com", "combination"),
        ("abc.com", "abc.com.evil.com", "subdomain"),
        ("servers-12.com", "server5-12.com", "confusable"),
        ("servers-12.com", "servers-12.net", "tld"),
        ("studio54.com", "studio55.com", "bitflip"),
    ],
)
def test_short_names_ring_where_it_is_no_chance(own: str, domain: str, how: str) -> None:
    assert ways(asking((own,))(domain)) == [(own, how)]


def test_a_name_in_arabic_letters_is_compared_as_people_see_it() -> None:
    own, persian = to_ascii("شركتي.com"), to_ascii("شرکتی.com")
    assert own
    assert persian
    assert ways(asking((own,))(persian)) == [(own, "confusable")]
    assert skeleton("شركتي") == skeleton("شرکتی")
    assert skeleton("شركة١٢") == skeleton("شركه۱۲")
    assert skeleton("شركتي") != skeleton("شركتنا")


def test_letters_of_other_scripts_look_like_latin_ones() -> None:
    assert skeleton("раураl") == skeleton("paypal")  # Cyrillic
    assert skeleton("ɡοοɡle") == skeleton("google")  # Latin script g, Greek omicron
    assert skeleton("zéphýr") == skeleton("zephyr")
    assert skeleton("đøł") == skeleton("dol")


def test_whose_name_it_is() -> None:
    ask = asking(
        correspondents=("sara@partnership.com", "omar@freemail.com"),
        exceptions=(ExceptionRule("supplier-house.com", Direction.TO_US), ExceptionRule("mailservice.com", Direction.AS_US)),
        decisions=(
            DecisionRecord("trustedhouse.com", Decision.TRUSTED),
            DecisionRecord("watchedhouse.com", Decision.WATCHED),
            DecisionRecord("someone@trustedperson.com", Decision.TRUSTED),
        ),
    )
    assert ask("firmanent.com") == (Resemblance("firmament.com", Kind.OWN, Way.TYPO),)
    assert ask("partnershlp.com") == (Resemblance("partnership.com", Kind.CORRESPONDENT, Way.CONFUSABLE),)
    assert ask("supplierhouse.com") == (Resemblance("supplier-house.com", Kind.AUTHORISED, Way.TYPO),)
    assert ask("trustedhouse.net") == (Resemblance("trustedhouse.com", Kind.TRUSTED, Way.TLD),)
    assert ask("zephyrbank.net") == (Resemblance("zephyrbank.com", Kind.BRAND, Way.TLD),)
    for nobodys in ("watchedhouse.net", "mailservice.net", "trustedperson.net", "freemail.net"):
        assert ask(nobodys) == ()


def test_the_nearest_kind_comes_first() -> None:
    found = asking(own=("zephyrban.com",))("zephyrbam.com")
    assert [resemblance.kind for resemblance in found] == [Kind.OWN]
    found = asking(own=("zephyrbanks.com",))("zephyrbank.net")
    assert [resemblance.kind for resemblance in found] == [Kind.OWN, Kind.BRAND]


def test_the_approved_and_the_brands_themselves_imitate_nobody() -> None:
    ask = asking(
        own=("zephyrbanks.com",),
        exceptions=(ExceptionRule("zephyrbanke.com", Direction.TO_US, until=date(2026, 6, 1)),),
        decisions=(DecisionRecord("zephyrbanka.com", Decision.TRUSTED),),
    )
    for honest in ("zephyrbank.com", "mail.zephyrbank.de", "zephyrbankmail.com", "zephyrbanka.com", "zephyrbanke.com", "freemail.com"):
        assert ask(honest) == ()


def test_an_approval_that_has_lapsed_no_longer_makes_a_name_honest() -> None:
    ask = asking(
        exceptions=(ExceptionRule("zephyrbanke.com", Direction.TO_US, until=date(2026, 5, 31)),),
        decisions=(DecisionRecord("zephyrbanka.com", Decision.TRUSTED, until=date(2026, 5, 31)),),
    )
    assert ways(ask("zephyrbanke.com")) == ways(ask("zephyrbanka.com")) == [("zephyrbank.com", "typo")]


def test_of_two_correspondents_neither_imitates_the_other_but_both_may_imitate_us() -> None:
    ask = asking(correspondents=("a@partnership.com", "b@partnerships.com", "c@firmaments.com"))
    assert ask("partnerships.com") == ()
    assert ways(ask("firmaments.com")) == [("firmament.com", "typo")]


def test_whom_the_owner_wrote_to_later_may_imitate_whom_they_wrote_to_before() -> None:
    """An answer to an impostor must not make the name honest."""
    sent = {address: Correspondent(address, 1, first, first) for address, first in (("a@partnership.com", 0), ("a@partnerships.com", 9))}
    organisations = Organisations(FACTS)
    targets = targets_of(Context(facts=FACTS, correspondents=sent), organisations.organisation, organisations.class_of)
    assert ways(resemblances("partnerships.com", targets)) == [("partnership.com", "typo")]
    assert resemblances("partnership.com", targets) == ()


def test_a_plain_word_that_a_brand_owns_is_not_its_name() -> None:
    assert asking()("window.net") == ()
    assert asking()("windows.com") == ()
    assert asking()("repair-window.com") == ()
    assert ways(asking()("window.com.evil.com")) == [("window.com", "subdomain")]


def test_a_brand_is_found_by_the_names_that_people_use() -> None:
    ask = asking()
    assert ways(ask("qlo-tracking.com")) == [("qlo.com", "combination")]
    assert ways(ask("zephyrbankmall.com"))[0][0] in ("zephyrbankmail.com", "zephyrbank.com")
    assert ways(ask("zephyrmail-verify.com")) == [("zephyrmail.com", "combination")]  # its free mail is no domain of the brand


def test_one_brand_is_named_once_for_all_its_endings() -> None:
    assert ways(asking()("zephyrbamk.com")) == [("zephyrbank.com", "typo")]


@pytest.mark.parametrize(
    ("local", "named"),
    [("zephyrbank", True), ("zephyrbank-service", True), ("info.zephyrbank", True), ("zephyrbank_alerts", True), ("Zephyrbank.com", True),
     ("zephyr", False), ("sara", False), ("qlo", False), ("", False)],
)  # fmt: skip
def test_a_name_before_the_at_sign(local: str, named: bool) -> None:
    organisations = Organisations(FACTS)
    targets = targets_of(Context(own_domains=("firmament.com",), facts=FACTS), organisations.organisation, organisations.class_of)
    found = named_in_local_part(local, targets)
    assert found == ((Resemblance("zephyrbank.com", Kind.BRAND, Way.LOCAL_PART),) if named else ())


LABEL = st.text(string.ascii_lowercase, min_size=7, max_size=14)


@given(label=LABEL, choice=st.randoms(use_true_random=False))
def test_any_single_edit_of_a_long_enough_name_is_found(label: str, choice: random.Random) -> None:
    place, letter = choice.randrange(len(label)), choice.choice(string.ascii_lowercase)
    edits = {
        label[:place] + letter + label[place:],
        label[:place] + label[place + 1 :],
        label[:place] + letter + label[place + 1 :],
        label[:place] + label[place + 1 : place + 2] + label[place] + label[place + 2 :],
    }
    ask = asking((f"{label}.com",))
    for edit in edits - {label}:
        assert f"{label}.com" in [resemblance.resembles for resemblance in ask(f"{edit}.com")], edit


@given(st.text(max_size=60))
def test_any_text_at_all_is_answered(text: str) -> None:
    asking()(text)
    skeleton(text)
