"""Which server is believed: learned from many messages, and never from what a sender can write."""

from __future__ import annotations

from app.mail.border import believed, believed_sample, given, learn
from app.model import Border, BorderServer, BorderSource, Evidence, Statement, Verdict
from tests.mail.headers_as_received import DELIVERY, EVIL, FORGED, GENUINE, REFUSED, evidence, fastmail, gmail, microsoft, milter, received, results

FORGED_FIELD = results(f"mx.firm.example; {FORGED}")
UNCHECKED = evidence(received("mx.firm.example"))


def ids(border: Border) -> list[str]:
    return [server.id for server in border.servers]


def domains(statements: tuple[Statement, ...]) -> list[str]:
    return [statement.dmarc_domain for statement in statements]


def from_provider(read: Evidence, usual: Evidence) -> tuple[Statement, ...]:
    """What is believed of one message in a mailbox that holds many usual ones."""
    return believed(read, learn([(usual, 200), (read, 1)]))


def test_a_milter_above_its_own_line_is_learned() -> None:
    border = learn([(milter(GENUINE), 412), (UNCHECKED, 18)])
    assert border.servers == (BorderServer("mx.firm.example", BorderSource.LEARNED, 412, 430, 0, inside=True),)
    assert domains(believed(milter(GENUINE), border)) == ["shop.example"]


def test_google_below_its_own_line_is_learned() -> None:
    border = learn([(gmail(GENUINE), 200)])
    assert border.servers == (BorderServer("mx.google.com", BorderSource.LEARNED, 200, 200, 2),)
    assert domains(believed(gmail(GENUINE), border)) == ["shop.example"]


def test_microsoft_without_an_id_is_learned_where_microsoft_receives() -> None:
    border = learn([(microsoft(GENUINE), 200)])
    assert border.servers == (BorderServer("", BorderSource.PROVIDER, 200, 200, 2),)
    assert domains(believed(microsoft(GENUINE), border)) == ["shop.example"]


def test_fields_without_an_id_are_not_believed_elsewhere() -> None:
    border = learn([(microsoft(GENUINE), 200)])
    assert believed(evidence(received("mx.firm.example"), results(FORGED)), border) == ()
    assert learn([(evidence(received("mx.firm.example"), results(FORGED)), 200)]) == Border()


def test_the_newest_of_microsofts_fields_alone_counts() -> None:
    read = microsoft(REFUSED, below=[results(FORGED), received("X.outbound.protection.outlook.com"), results(FORGED)])
    (statement,) = from_provider(read, microsoft(GENUINE))
    assert statement.dmarc is Verdict.FAIL


def test_what_the_newest_of_microsofts_fields_leaves_open_no_other_answers() -> None:
    read = microsoft("dmarc=none header.from=bank.example", below=[])
    appended = evidence(
        received("D4.mail.protection.outlook.com", EVIL),
        results("dmarc=none header.from=bank.example"),
        results("dkim=pass header.d=bank.example"),
    )
    assert [s.dkim for s in from_provider(appended, read)] == [()]


def test_fastmails_several_fields_are_one_answer() -> None:
    spread = fastmail(["arc=none", "dkim=pass header.d=shop.example", "spf=pass smtp.mailfrom=shop.example; dmarc=pass header.from=shop.example"])
    border = learn([(spread, 200)])
    assert ids(border) == ["mx*.messagingengine.com"]
    assert len(believed(spread, border)) == 3


def test_apples_several_hosts_are_one_answer() -> None:
    read = evidence(
        results("bimi.icloud.com; bimi=skipped"),
        results("dmarc.icloud.com; dmarc=pass header.from=shop.example"),
        results("spf.icloud.com; spf=pass smtp.mailfrom=shop.example"),
        received("p00-icloudmta.me.com"),
    )
    assert len(believed(read, learn([(read, 50)]))) == 3


def test_results_below_several_lines_of_another_name_of_the_receiver_are_learned() -> None:
    read = evidence(*(received(f"mx{n}.firm.example") for n in range(3)), results(f"mx.firm.example; {GENUINE}"), received("out.shop.example"))
    (server,) = learn([(read, 100)]).servers
    assert (server.id, server.hops_above) == ("mx.firm.example", 3)


def test_a_pool_of_hosts_is_learned_as_one() -> None:
    pool = [(evidence(results(f"in{n}.firm.example; {GENUINE}"), received(f"in{n}.firm.example")), 1) for n in range(40)]
    assert ids(learn(pool)) == ["in*.firm.example"]
    assert believed(evidence(results(f"in99.firm.example; {GENUINE}"), received("in99.firm.example")), learn(pool))


def test_a_mailbox_that_moved_keeps_both_borders() -> None:
    old = evidence(results(f"mail.old.example; {GENUINE}"), received("mail.old.example"))
    border = learn([(old, 60), (gmail(GENUINE), 900)])
    assert ids(border) == ["mx.google.com", "mail.old.example"]
    assert believed(old, border)
    assert believed(gmail(GENUINE), border)


def test_two_servers_in_turn_are_both_learned() -> None:
    second = evidence(results(f"mx2.firm.example; {GENUINE}"), received("mx2.firm.example"))
    assert ids(learn([(milter(GENUINE), 50), (second, 30)])) == ["mx.firm.example", "mx2.firm.example"]


def test_the_old_border_is_not_believed_in_front_of_the_new_one() -> None:
    border = learn([(milter(GENUINE), 900), (gmail(GENUINE), 60)])
    assert believed(evidence(received("mx.firm.example", EVIL), results(f"mx.google.com; {FORGED}")), border) == ()


def test_received_spf_counts_where_there_is_nothing_better() -> None:
    field = (b"received-spf", b"Pass (x) receiver=mx.firm.example; envelope-from=b@shop.example")
    alone = evidence(field, received("mx.firm.example"))
    both = evidence(field, results(f"mx.firm.example; {REFUSED}"), received("mx.firm.example"))
    border = learn([(alone, 50), (both, 50)])
    assert [s.mail_from for s in believed(alone, border)] == ["shop.example"]
    assert domains(believed(both, border)) == ["bank.example"]


# What a sender tries ---------------------------------------------------------------------------------------------


def test_a_field_below_a_milters_own_line_is_not_believed() -> None:
    read = evidence(received("mx.firm.example", EVIL), FORGED_FIELD)
    assert from_provider(read, milter(GENUINE)) == ()


def test_a_field_below_a_milters_own_line_is_not_believed_even_above_a_copy_of_that_line() -> None:
    read = evidence(received("mx.firm.example", EVIL), FORGED_FIELD, received("mx.firm.example"))
    assert from_provider(read, milter(GENUINE)) == ()


def test_a_shorter_way_inside_opens_no_gap() -> None:
    usual = evidence(DELIVERY, results(f"mx.firm.example; {GENUINE}"), received("mx.firm.example"))
    read = evidence(received("mx.firm.example", EVIL), FORGED_FIELD, received("mx.firm.example"))
    assert read.statements[0].hops_above == usual.statements[0].hops_above
    assert from_provider(read, usual) == ()


def test_the_borders_own_field_stands_above_the_forged_one() -> None:
    read = milter(REFUSED, EVIL, below=[FORGED_FIELD, received("mx.firm.example")])
    assert [s.dmarc for s in from_provider(read, milter(GENUINE))] == [Verdict.FAIL]


def test_a_field_appended_to_googles_is_not_merged_with_it() -> None:
    read = gmail(REFUSED, below=[results(f"mx.google.com; {FORGED}")])
    assert [s.dmarc for s in from_provider(read, gmail(GENUINE))] == [Verdict.FAIL]


def test_a_field_below_foreign_lines_is_not_believed() -> None:
    read = gmail("none", below=[received("mail.bank.example"), results(f"mx.google.com; {FORGED}")])
    assert Verdict.PASS not in [s.dmarc for s in from_provider(read, gmail(GENUINE))]


def test_the_deeper_of_googles_places_is_not_believed() -> None:
    read = evidence(
        received("2002:a05:6402:1:2:3:4:5", "", "SMTP"),
        received("mx.google.com", EVIL),
        received("2002:a05:6402:1:2:3:4:5", "", "SMTP"),
        results(f"mx.google.com; {FORGED}"),
    )
    assert from_provider(read, gmail(GENUINE)) == ()


def test_an_id_that_the_border_does_not_use_is_not_believed() -> None:
    for forged in ("firm.example", "m.example", "x.example", "mx.firm.example.evil.example", "mx9.firm.example"):
        read = evidence(results(f"mx.firm.example; {REFUSED}"), received("mx.firm.example", EVIL), results(f"{forged}; {FORGED}"))
        assert [s.dmarc for s in from_provider(read, milter(GENUINE))] == [Verdict.FAIL]


def test_a_few_forged_fields_teach_nothing_where_the_border_writes_none() -> None:
    read = evidence(received("mx.firm.example", EVIL), FORGED_FIELD, received("mx.firm.example"))
    assert learn([(UNCHECKED, 180), (read, 20)]) == Border()


def test_the_results_of_a_list_server_in_front_of_an_unchecking_border_teach_nothing() -> None:
    read = evidence(received("mx.firm.example"), results(f"lists.shop.example; {GENUINE}"), received("lists.shop.example"))
    assert learn([(read, 1000)]) == Border()


def test_results_that_no_trace_supports_teach_nothing() -> None:
    assert learn([(evidence(results(f"mx.firm.example; {FORGED}")), 500)]) == Border()


def test_an_empty_mailbox_teaches_nothing() -> None:
    assert learn([]) == Border()
    assert believed(milter(GENUINE), Border()) == ()


def test_own_mail_that_is_never_checked_does_not_hide_the_border() -> None:
    own = evidence(received("mx.firm.example", "laptop (dsl.isp.example [198.51.100.4])", "ESMTPSA"))
    below = evidence(received("mx.firm.example"), results(f"mx.firm.example; {GENUINE}"))
    assert ids(learn([(own, 900), (below, 100)])) == ["mx.firm.example"]


# What the user names, and samples --------------------------------------------------------------------------------


def test_a_server_that_the_user_names_is_believed_above_foreign_lines() -> None:
    border = given(["MX.Firm.Example"])
    assert border.servers[0].how is BorderSource.GIVEN
    assert believed(evidence(received("mx.hoster.example"), results(f"mx.firm.example; {GENUINE}")), border)
    assert believed(evidence(received("mx.hoster.example"), received("mail.shop.example"), FORGED_FIELD), border) == ()


def test_a_server_that_the_user_names_is_believed_where_it_is_seen_to_write() -> None:
    usual = milter(GENUINE, server="checks.example")
    border = given(["checks.example"], [(usual, 400)])
    assert border.servers == (BorderServer("checks.example", BorderSource.GIVEN, 400, 400, 0, inside=True),)
    assert believed(usual, border)
    assert believed(evidence(received("mx.firm.example", EVIL), results(f"checks.example; {FORGED}")), border) == ()


def test_a_server_of_another_name_below_the_entry_is_believed_once_the_user_names_it() -> None:
    usual = evidence(received("mx.firm.example"), results(f"checks.example; {GENUINE}"))
    assert learn([(usual, 400)]) == Border()
    assert believed(usual, given(["checks.example"], [(usual, 400)]))


def test_a_host_of_a_pool_may_be_named_by_its_number() -> None:
    assert believed(fastmail([GENUINE]), given(["mx5.messagingengine.com"]))


def test_a_sample_is_believed_where_its_receiver_writes() -> None:
    for read in (milter(GENUINE), gmail(GENUINE), microsoft(GENUINE), fastmail([GENUINE]), evidence(results(f"mx.firm.example; {GENUINE}"))):
        assert domains(believed_sample(read)) == ["shop.example"]


def test_a_sample_is_not_believed_where_a_sender_writes() -> None:
    below_a_stranger = evidence(received("mx.firm.example"), received("mail.shop.example"), FORGED_FIELD)
    of_a_relay = evidence(received("mx.firm.example"), results(f"lists.shop.example; {FORGED}"), received("lists.shop.example"))
    without_id = evidence(received("mx.firm.example", EVIL), results(FORGED))
    for read in (below_a_stranger, of_a_relay, without_id):
        assert believed_sample(read) == ()
