"""Nothing that is promised is untested: each code of the public interface, and each promise about servers and storage, names a test that exists."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from app.error_text import SENTENCES
from tests.servers import hostilities, misbehaviours

ROOT = Path(__file__).resolve().parent
SAFETY, MISBEHAVIOURS, SCAN = "sources/test_imap_safety.py::", "sources/test_misbehaviours.py::", "test_scan.py::"
CONTRACT, RESCAN, AT_REST = "sources/test_contract.py::", "sources/test_rescan.py::", "store/test_at_rest.py::"
TRIAL, SIGN_IN, RENEWAL, PROXY = "sources/test_trial.py::", "test_sign_in.py::", "test_token_renewal.py::", "test_proxy.py::"
SCENARIOS = MISBEHAVIOURS + "test_an_audit_ends_and_says_truly_how"

CODES = {
    "tls.certificate": SAFETY + "test_a_certificate_has_to_name_the_host",
    "tls.downgrade": SAFETY + "test_starttls_is_required_and_nothing_may_hang_on_to_it",
    "tls.version": SAFETY + "test_outdated_tls_is_refused",
    "tls.injected": SAFETY + "test_starttls_is_required_and_nothing_may_hang_on_to_it",
    "tls": SAFETY + "test_a_server_without_tls_on_the_tls_port_is_refused",
    "auth.failed": SAFETY + "test_a_failed_password_is_said_for_what_it_is_and_not_tried_again",
    "auth.expired": SAFETY + "test_a_failed_password_is_said_for_what_it_is_and_not_tried_again",
    "auth.privacy": SAFETY + "test_login_is_not_used_where_it_is_disabled",
    "auth.mechanism": SAFETY + "test_a_way_of_signing_in_that_is_not_offered_is_not_tried",
    "auth.weblogin": SAFETY + "test_a_failed_password_is_said_for_what_it_is_and_not_tried_again",
    "auth.admin": SAFETY + "test_a_failed_password_is_said_for_what_it_is_and_not_tried_again",
    "auth.app_password": "sources/test_trial.py::test_what_a_provider_asks_for_in_words_is_understood",
    "auth.imap_off": "sources/test_trial.py::test_what_a_provider_asks_for_in_words_is_understood",
    "oauth.cancelled": SIGN_IN + "test_waiting_ends_when_the_user_cancels_and_nobody_listens_any_more",
    "oauth.timeout": SIGN_IN + "test_waiting_for_the_browser_has_an_end",
    "oauth.client": SIGN_IN + "test_a_client_that_the_service_does_not_know_is_said",
    "oauth.expired": SIGN_IN + "test_what_was_revoked_neither_opens_the_mailbox_nor_is_renewed",
    "oauth.failed": SIGN_IN + "test_a_refusal_in_the_browser_is_said",
    "oauth.refused": SIGN_IN + "test_a_refusal_in_the_browser_is_said",
    "oauth.missing": RENEWAL + "test_nothing_in_the_keyring_ends_with_what_to_do",
    "oauth.listening": SIGN_IN + "test_a_computer_on_which_nobody_can_listen_is_said",
    "secret.not_kept": RENEWAL + "test_a_keyring_that_does_not_take_it_is_said_and_the_audit_goes_on",
    "proxy.connection": PROXY + "test_a_proxy_that_is_not_there_is_said",
    "proxy.timeout": PROXY + "test_a_proxy_that_hangs_is_given_up",
    "proxy.auth": PROXY + "test_a_proxy_that_wants_another_password_says_so",
    "proxy.refused": PROXY + "test_a_proxy_that_does_not_let_mail_through_says_so",
    "proxy.protocol": PROXY + "test_an_answer_that_is_none_is_said",
    "proxy.setting": PROXY + "test_a_setting_that_cannot_be_used_is_said_and_never_passed_over",
    "proxy.automatic": PROXY + "test_what_gnome_names_and_cannot_be_used_is_said",
    "auth.preauth": SAFETY + "test_somebody_who_is_signed_in_already_is_refused",
    "server.bye": SAFETY + "test_an_answer_that_makes_no_sense",
    "server.unavailable": SAFETY + "test_an_answer_that_makes_no_sense",
    "server.limit": MISBEHAVIOURS + "test_a_used_up_quota_ends_politely_with_what_was_read",
    "server.throttled": SCENARIOS,
    "server.bug": SAFETY + "test_two_different_answers_for_one_message_are_a_warning_and_the_first_stays",
    "mailbox.denied": MISBEHAVIOURS + "test_an_empty_mailbox_that_cannot_be_opened_is_said",
    "message.unreadable": SAFETY + "test_one_poisonous_message_costs_itself_alone",
    "message.too_large": SAFETY + "test_one_message_however_it_is_answered",
    "incomplete": SCENARIOS,
    "protocol": SAFETY + "test_an_answer_that_makes_no_sense",
    "protocol.too_large": SAFETY + "test_an_answer_that_makes_no_sense",
    "timeout": SAFETY + "test_a_silent_server_is_given_up",
    "connection": "test_dying_server.py::test_the_end_the_exit_status_and_the_report_agree",
    "input": "sources/test_address.py::test_nonsense_is_the_users_to_mend",
    **dict.fromkeys(("input.outlook", "input.msg", "input.dbx", "input.emlx", "input.packed", "input.foreign"),
                    "sources/test_files.py::test_a_file_of_another_kind_is_answered_with_how_to_convert_it"),
    "store.full": SCAN + "test_a_failure_that_leaves_no_audit_is_an_error",
    "store.locked": "store/test_database.py::test_a_store_that_another_program_is_writing_is_said_to_be_locked",
    "store.readonly": "store/test_database.py::test_a_store_in_a_folder_that_takes_no_file_is_said_to_be_read_only",
    "store.damaged": "store/test_cache.py::test_a_file_that_is_no_database_is_damaged",
    "store.rebuilt": "test_cli.py::test_a_damaged_cache_is_set_aside_and_the_mailbox_read_anew",
    "store.newer": "store/test_cache.py::test_a_store_of_a_newer_version_is_not_touched",
    "report.unwritable": "exporters/test_export.py::test_a_folder_that_is_not_there_is_an_unwritable_report",
    "secret.unavailable": "test_cli.py::test_a_secret_that_is_none_is_never_sent",
    "secret.missing": "ui/test_several.py::test_a_mailbox_without_a_password_is_left_out_and_the_others_are_read",
    "secret.locked": "test_forget.py::test_a_keyring_that_is_locked_hides_nothing_and_keeps_everything_as_it_was",
    "helper.lost": "test_read_beside.py::test_a_lost_helper_is_told_once",
    "engine.crashed": "ui/test_engine.py::test_a_crash_ends_with_a_code",
    "update.unknown": "test_updates.py::test_an_answer_that_is_no_version_is_a_sentence",
    "window.stuck": "ui/test_second_start.py::test_a_window_that_cannot_be_ended_is_a_sentence",
    "program.fault": "test_cli.py::test_a_fault_of_ours_is_a_sentence_with_a_place_and_no_traceback",
}
TOLD_IN_WORDS = {"server.quota", "auth.token", "display.missing"}
"""Sentences of other codes' special cases; they stand in no report and no event."""

BEFORE_A_SECRET = {
    "the certificate is verified": SAFETY + "test_an_authority_that_nobody_trusts_is_refused",
    "it names the host": SAFETY + "test_a_certificate_has_to_name_the_host",
    "a common name alone does not": SAFETY + "test_a_common_name_alone_names_no_host",
    "it is valid now": SAFETY + "test_a_certificate_has_to_be_valid_now",
    "a self-signed one counts only when named": SAFETY + "test_a_self_signed_certificate_counts_when_the_user_names_it",
    "TLS 1.2 or newer": SAFETY + "test_outdated_tls_is_refused",
    "STARTTLS is required, nothing hangs on to it": SAFETY + "test_starttls_is_required_and_nothing_may_hang_on_to_it",
    "what came before STARTTLS is dropped": SAFETY + "test_what_was_said_before_starttls_does_not_count",
    "PREAUTH is refused": SAFETY + "test_somebody_who_is_signed_in_already_is_refused",
    "LOGINDISABLED is obeyed": SAFETY + "test_login_is_not_used_where_it_is_disabled",
    "a token never answers an error": SAFETY + "test_a_token_is_never_the_answer_to_an_error",
    "nor does anything else after one": SAFETY + "test_after_an_error_a_secret_is_not_sent_whatever_is_asked_for",
    "where the system verifies, the name is looked at again": "test_tls.py::test_where_the_system_verifies_the_name_is_looked_at_again",
    "what the browser gave is no password": RENEWAL + "test_what_the_browser_gave_is_never_sent_as_a_password",
    "a refused token is renewed once": RENEWAL + "test_a_mailbox_that_takes_no_token_is_said_after_one_renewal",
    "a refused password is not tried again": SAFETY + "test_a_failed_password_is_said_for_what_it_is_and_not_tried_again",
    "nor on the way": MISBEHAVIOURS + "test_a_password_refused_on_the_way_is_not_tried_again",
    "plain text stays on this computer": SAFETY + "test_plain_text_stays_on_this_machine",
}
BOUNDS = {
    "each bound has its reason and is used": "sources/test_bounds.py::test_every_bound_is_used_and_explained",
    "greeting, silence, lines, literals, nesting, floods": SCENARIOS,
    "all answers to a search": SAFETY + "test_a_search_names_no_more_than_may_be_however_many_lines_it_takes",
    "a minimum rate": SAFETY + "test_a_server_that_drips_is_given_up",
    "a header": CONTRACT + "test_a_malformed_message_is_handed_over",
    "warnings": SCAN + "test_a_flood_of_warnings_is_bounded",
    "pauses grow and end": MISBEHAVIOURS + "test_the_pauses_grow_to_a_minute_and_begin_again_after_progress",
}
HONESTY = {
    "complete adds up": CONTRACT + "test_the_total_is_what_came",
    "over a bad line too": "sources/test_faults.py::test_complete_is_never_said_of_a_wrong_count",
    "and before another server": "sources/test_cyrus.py::test_a_bad_line_never_makes_a_wrong_count_complete",
    "partial has a number and a reason": SCAN + "test_messages_that_never_came_make_it_partial_with_a_number_and_a_reason",
    "in every form": "test_dying_server.py::test_every_form_is_written_whole_and_says_how_much_is_missing",
    "of two answers the first stays": SAFETY + "test_two_different_answers_for_one_message_are_a_warning_and_the_first_stays",
    "what was not asked for is ignored, NIL is unreadable": SAFETY + "test_one_message_however_it_is_answered",
    "a poisonous message is isolated": SAFETY + "test_one_poisonous_message_costs_itself_alone",
    "another UIDVALIDITY is read again": SCAN + "test_another_uidvalidity_reads_the_folder_again",
    "nobody is empty by STATUS alone": MISBEHAVIOURS + "test_a_mailbox_that_is_empty_by_its_status_alone_is_read",
    "nor unchanged by a STATUS that was wrong": MISBEHAVIOURS + "test_a_status_that_was_wrong_when_the_mailbox_was_read_is_not_believed_the_next_time",
    "a second scan ends as a first": RESCAN + "test_a_rescan_ends_as_a_fresh_scan",
}
BACK_OFF = {
    "a server that asks for time gets it": MISBEHAVIOURS + "test_a_server_that_asks_for_time_gets_it_on_the_same_connection",
    "a lost connection is made again": MISBEHAVIOURS + "test_a_lost_connection_is_made_again_and_nothing_is_lost",
    "OVERQUOTA stops and keeps": MISBEHAVIOURS + "test_a_used_up_quota_ends_politely_with_what_was_read",
    "and says when to come back": MISBEHAVIOURS + "test_a_used_up_quota_says_when_to_come_back",
}
NAMES = {
    "never a command with a line break": SAFETY + "test_a_name_with_a_line_break_is_never_quoted",
    "contained the same way everywhere": "test_containment.py::test_a_hostile_name_is_contained_the_same_way_everywhere",
    "absurd dates": "sources/test_answers.py::test_internal_date",
    "absurd numbers": "sources/test_answers.py::test_no_absurd_number_is_believed",
}
COMMANDS = {
    "the list": SAFETY + "test_nothing_else_is_ever_sent",
    "answers to challenges": SAFETY + "test_no_answer_to_a_challenge_can_be_a_command",
    "heard by Cyrus": "sources/test_cyrus.py::test_nothing_that_the_server_heard_could_change_a_mailbox_and_nothing_has_changed",
    "the mailbox byte by byte": CONTRACT + "test_the_mailbox_stays_as_it_was",
}
STORED = {
    "modes": AT_REST + "test_every_file_is_for_its_owner_alone_whatever_the_mask",
    "no body, no raw header": AT_REST + "test_no_body_and_no_raw_header_is_kept",
    "forgotten to the last octet": AT_REST + "test_of_a_forgotten_account_no_octet_is_left_while_the_window_is_open_or_after",
    "a batch and its cursor": "store/test_cache.py::test_the_cursor_and_the_messages_before_it_are_one_transaction",
    "decisions apart from the cache": AT_REST + "test_a_cache_that_was_damaged_anywhere_is_read_anew_and_decisions_stay",
    "decisions survive a kill": "test_killed.py::test_a_decision_that_was_taken_survives_a_kill",
    "a full disk": AT_REST + "test_a_disk_that_is_full_is_one_sentence_and_the_next_audit_is_exact",
    "a folder that cannot be written": AT_REST + "test_a_folder_that_cannot_be_written_is_one_sentence",
    "two programs": AT_REST + "test_two_audits_of_one_mailbox_at_once_end_exact",
    "a clock that jumps": AT_REST + "test_a_clock_that_jumps_loses_no_mail_and_no_decision",
    "exports beside and renamed": "exporters/test_export.py::test_a_failure_in_the_middle_leaves_the_old_file_alone",
    "the secret is nowhere": "test_secrets.py::test_a_real_scan_leaves_the_secret_nowhere_but_in_the_keyring",
    "nobody else is spoken to": "sources/test_connections.py::test_an_audit_with_every_report_talks_to_the_users_server_and_to_nobody_else",
}
CONNECTIONS = {
    "an audit talks to one server": "sources/test_connections.py::test_an_audit_with_every_report_talks_to_the_users_server_and_to_nobody_else",
    "a look at a refused certificate says nothing": "sources/test_trial.py::test_no_trial_leaves_a_line_of_the_secret_with_a_server_that_was_not_proven",
    "a domain is asked once the user agrees": "ui/test_account_form.py::test_a_domain_is_asked_only_after_the_user_agreed_and_is_named_before",
    "and told nothing of the user": "test_discovery.py::test_the_file_of_the_domain_names_the_server_and_nothing_of_the_user_is_told",
    "and nobody else instead": "test_discovery.py::test_a_domain_that_sends_elsewhere_is_not_followed",
    "a server of another domain is confirmed": "ui/test_account_form.py::test_a_server_of_another_domain_is_used_only_when_confirmed",
    "tokens travel encrypted": "test_sign_in.py::test_no_secret_goes_to_an_address_without_encryption",
    "to a service that is proven": "test_sign_in.py::test_a_service_that_is_not_there_or_not_proven_is_said",
    "a proxy learns the server's name and no more": PROXY + "test_a_mailbox_is_read_through_the_proxy_which_learns_the_servers_name_and_no_more",
    "and proves nothing for it": PROXY + "test_the_server_behind_the_proxy_has_to_prove_itself",
    "and is past this computer": PROXY + "test_a_server_of_this_computer_is_never_reached_through_a_proxy",
    "one answer of the browser counts": "test_sign_in.py::test_an_answer_with_another_state_does_not_count",
}
UPDATES = {
    "off until it is switched on": "ui/test_update_setting.py::test_it_is_off_and_says_who_would_be_asked_for_what",
    "once a day": "ui/test_update_setting.py::test_it_asks_at_the_start_only_when_told_to_and_once_a_day",
    "told nothing": "test_updates.py::test_one_request_without_a_word_about_this_installation",
    "nobody else instead": "test_updates.py::test_who_sends_elsewhere_is_not_followed",
}
FAULTS = {
    "nothing of the user's": "test_faults.py::test_nothing_of_the_users_is_in_it",
    "native crashes too": "test_faults.py::test_what_native_code_left_loses_its_paths",
    "few, for the owner": "test_faults.py::test_a_few_are_kept_for_their_owner_alone_and_the_same_one_once",
    "said at the next start": "ui/test_recovery.py::test_a_native_crash_leaves_a_report_that_the_next_start_shows",
    "the audit comes back": "ui/test_recovery.py::test_killed_with_an_audit_open_it_opens_again_and_only_once_by_itself",
    "a second start is the user's": "ui/test_second_start.py::test_only_the_user_can_call_the_window",
    "and parsed as hostile": "ui/test_second_start.py::test_whoever_says_something_else_is_not_answered",
}
PROMISES = {**UPDATES, **FAULTS, **CONNECTIONS, **BEFORE_A_SECRET, **BOUNDS, **HONESTY, **BACK_OFF, **NAMES, **COMMANDS, **STORED}


@cache
def functions(path: str) -> Mapping[str, str]:
    """The tests of a file by name, each with the parameters that stand above it."""
    text = (ROOT / path).read_text(encoding="utf-8")
    tests = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
    return {node.name: "".join(ast.get_source_segment(text, part) or "" for part in (*node.decorator_list, node)) for node in tests}


def source(test: str) -> str:
    path, _, name = test.partition("::")
    return functions(path)[name]


def test_every_code_has_a_test() -> None:
    assert set(CODES) | TOLD_IN_WORDS == set(SENTENCES)


@pytest.mark.parametrize("code", CODES)
def test_the_test_of_a_code_asks_for_it(code: str) -> None:
    if CODES[code] == SCENARIOS:
        assert any(case.code == code for case in (*misbehaviours.ALL, *hostilities.ALL))
    else:
        assert f'"{code}"' in source(CODES[code])


@pytest.mark.parametrize("promise", PROMISES)
def test_the_test_of_a_promise_exists(promise: str) -> None:
    assert source(PROMISES[promise])
