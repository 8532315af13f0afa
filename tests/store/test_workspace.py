"""The workspace: what the user decided survives, and is replaced rather than doubled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from threading import Event, Thread

import pytest

from app.model import Account, Decision, DecisionRecord, Direction, DomainClass, ExceptionRule, OAuthClient, Skip
from app.sign_in.services import GOOGLE
from app.store.database import open_database
from app.store.workspace import MIGRATIONS, Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "workspace.sqlite")


def test_an_account_comes_back_as_it_was_saved(workspace: Workspace, tmp_path: Path) -> None:
    account = Account("Sara", "imaps://sara@mail.example", ("firm.example",), ("INBOX", "مشاريع"), date(2026, 1, 2), True)
    workspace.save_account(account)
    workspace.close()
    assert Workspace(tmp_path / "workspace.sqlite").accounts() == (account,)


def test_saving_the_same_source_again_changes_the_account(workspace: Workspace) -> None:
    workspace.save_account(Account("Sara", "imaps://sara@mail.example"))
    workspace.save_account(Account("Work", "imaps://sara@mail.example", ()))
    assert workspace.accounts() == (Account("Work", "imaps://sara@mail.example", ()),)


def test_an_account_takes_the_place_of_no_other_that_is_called_the_same(workspace: Workspace) -> None:
    sources = ["imaps://sara@mail.example", "imaps://sara@mail.example:1993", "imap://sara@mail.example"]
    for source in [*sources, *sources]:
        workspace.save_account(Account("Sara", source))
    assert {account.source: account.name for account in workspace.accounts()} == dict(zip(sources, ["Sara", "Sara (2)", "Sara (3)"], strict=True))


def test_no_own_domains_chosen_differs_from_none_at_all(workspace: Workspace) -> None:
    workspace.save_account(Account("a", "imaps://a@x.example", None))
    workspace.save_account(Account("b", "imaps://b@x.example", ()))
    assert [account.own_domains for account in workspace.accounts()] == [None, ()]


def test_a_new_decision_replaces_the_old_one(workspace: Workspace) -> None:
    workspace.decide([DecisionRecord("partner.example", Decision.WATCHED, "Sara", "new", 5)])
    trusted = DecisionRecord("partner.example", Decision.TRUSTED, "Sara", "checked", 9, date(2027, 1, 1), (("dkim:partner.example", "own"),))
    workspace.decide([trusted])
    assert workspace.decisions() == (trusted,)
    workspace.decide([DecisionRecord("partner.example", Decision.UNREVIEWED)])
    assert workspace.decisions() == ()


def test_exceptions_of_earlier_versions_stay_and_one_of_a_class_is_another(tmp_path: Path) -> None:
    before = open_database(tmp_path / "workspace.sqlite", MIGRATIONS[:6], "FULL")
    before.execute("INSERT INTO exceptions VALUES ('firm.example', 'as_us', 'mailer.example', 'Sara', 'letters', '2027-06-30')")
    before.close()
    workspace = Workspace(tmp_path / "workspace.sqlite")
    old = ExceptionRule("firm.example", Direction.AS_US, "mailer.example", "Sara", "letters", date(2027, 6, 30))
    assert workspace.exceptions() == (old,)
    any_source, hosted = ExceptionRule("*", Direction.TO_US, "x.example"), ExceptionRule("*", Direction.TO_US, "x.example", kind=DomainClass.SHARED_HOSTING)
    workspace.save_exceptions([any_source, hosted])
    assert set(workspace.exceptions()) == {old, any_source, hosted}
    workspace.forget_exception(any_source)
    assert set(workspace.exceptions()) == {old, hosted}
    workspace.close()


def test_exceptions_come_back(workspace: Workspace) -> None:
    rule = ExceptionRule("firm.example", Direction.AS_US, "mailer.example", "Director", "newsletter", date(2027, 3, 31))
    workspace.save_exceptions([rule])
    assert workspace.exceptions() == (rule,)


def test_forgetting_an_account_forgets_its_frozen_audits_and_no_decision(workspace: Workspace) -> None:
    workspace.save_account(Account("Sara", "imaps://sara@mail.example"))
    workspace.freeze("imaps://sara@mail.example", 10, "complete", 3, b"{}")
    workspace.freeze("sample", 11, "complete", 4, b"[]")
    workspace.decide([DecisionRecord("partner.example", Decision.WATCHED)])
    workspace.forget_account("imaps://sara@mail.example")
    assert [entry.source for entry in workspace.audits()] == ["sample"]
    assert workspace.accounts() == ()
    assert len(workspace.decisions()) == 1


def test_what_a_review_put_off_is_kept_until_the_account_is_forgotten(workspace: Workspace) -> None:
    workspace.skip("sample", [Skip("a.example", 40), Skip("b.example", 55)])
    workspace.skip("sample", [Skip("b.example", 55, 3)])
    workspace.skip("other", [Skip("c.example", 10)])
    assert workspace.skipped("sample") == (Skip("b.example", 55, 3),)
    workspace.forget_account("sample")
    assert (workspace.skipped("sample"), workspace.skipped("other")) == ((), (Skip("c.example", 10),))


def test_a_frozen_audit_is_given_back_byte_for_byte(workspace: Workspace) -> None:
    workspace.freeze("sample", 10, "complete", 3, b'{"a": "\xd8\xb3"}')
    (entry,) = workspace.audits()
    assert workspace.frozen(entry.id) == b'{"a": "\xd8\xb3"}'
    with pytest.raises(KeyError):
        workspace.frozen(entry.id + 1)


def test_a_setting_has_its_default_until_it_is_set(workspace: Workspace) -> None:
    assert workspace.setting("language", "en") == "en"
    workspace.set("language", "ar")
    assert workspace.setting("language", "en") == "ar"


def test_the_browser_sign_in_of_an_account_is_kept(workspace: Workspace) -> None:
    account = Account("sara", "imaps://sara@mail.firm.example", oauth=OAuthClient("client-1", GOOGLE))
    workspace.save_account(account)
    assert workspace.accounts() == (account,)


def test_what_was_put_off_before_its_evidence_was_kept_is_put_off_still(tmp_path: Path) -> None:
    before = open_database(tmp_path / "workspace.sqlite", MIGRATIONS[:4], "FULL")
    before.execute("INSERT INTO skipped VALUES ('sample', 'a.example')")
    before.close()
    assert Workspace(tmp_path / "workspace.sqlite").skipped("sample") == (Skip("a.example", 0, 0),)


def test_an_account_from_before_the_browser_sign_in_is_signed_in_with_a_password(tmp_path: Path) -> None:
    before = open_database(tmp_path / "workspace.sqlite", MIGRATIONS[:5], "FULL")
    before.execute("INSERT INTO accounts VALUES ('sara', 'imaps://sara@mail.firm.example', NULL, '[]', NULL, 1, '')")
    before.close()
    assert Workspace(tmp_path / "workspace.sqlite").accounts() == (Account("sara", "imaps://sara@mail.firm.example", keep_secret=True),)


@pytest.mark.parametrize(("act", "last"), [(lambda workspace: workspace.set("look", "dark"), "look"), (Workspace.close, "")], ids=["set", "close"])
def test_two_threads_have_it_one_after_another(workspace: Workspace, tmp_path: Path, act: Callable[[Workspace], None], last: str) -> None:
    within, go = Event(), Event()

    def servers() -> Iterator[str]:
        within.set()
        go.wait(20)
        yield "mx.firm.example"

    refused: list[BaseException] = []

    def tried() -> None:
        try:
            act(workspace)
        except BaseException as error:
            refused.append(error)

    first, second = Thread(target=workspace.pin, args=("sample", servers())), Thread(target=tried)
    first.start()
    within.wait(20)
    second.start()
    second.join(0.1)  # it waits; without waiting it is refused by now
    go.set()
    for each in (first, second):
        each.join()
    assert refused == []
    kept = Workspace(tmp_path / "workspace.sqlite")
    assert kept.pins("sample") == ("mx.firm.example",)
    assert kept.setting(last) == ("dark" if last else "")
