"""The cases that the sample is there to show: what deserves a look, and what looks odd and is honest. One function a case."""

from __future__ import annotations

from collections.abc import Iterator

from resources.sample import routes
from resources.sample.cast import ACCOUNTANT, DIRECTOR, FIRM, OWNER
from resources.sample.dice import on
from resources.sample.people import STOPPING
from resources.sample.wire import BORDER, Letter, Party, Route

MARGARET: Party = ("Margaret Ellison", "margaret.ellison@northharbour-foods.example")
TYPO = "northarbour-foods.example"
CONFUSABLE = "xn--" + "аlwadi-coffee".encode("punycode").decode() + ".example"
"""The first letter is Cyrillic."""
BANK = "alerts@qalhatbank.example"


def cases() -> Iterator[Letter]:
    for case in (
        forged_director, resembles_us, resembles_partner_by_a_letter, resembles_partner_by_a_script, gift_cards, salary_account,
        proofs_stop, borrowed_brand, brand_on_a_rented_page, forged_results, outsider_in_a_thread, disposable, hostile_text, no_author,
        several_authors, forwarded,
    ):  # fmt: skip
        yield from case()


def forged_director() -> Iterator[Letter]:
    """Invoices in the director's name from a server that is not ours; answers would go to a free mailbox."""
    asks = (
        ("Urgent: settle invoice INV-7741 today", "Layla,\n\nPlease pay the attached invoice INV-7741 (USD 28,400) before the bank closes. I am in a meeting and cannot talk. Send me the slip when it is done.\n\nKhalid"),
        ("Re: INV-7741 – why is it not paid yet?", "Layla,\n\nThe supplier is waiting and I gave my word. Do it now please and keep this between us for the moment.\n\nKhalid"),
        ("سداد عاجل قبل نهاية الدوام", "ليلى،\n\nحوّلي مبلغ 9,600 ريال إلى الحساب المرفق قبل نهاية الدوام، وأرسلي لي الإيصال. أنا في اجتماع ولا أستطيع الرد على الهاتف.\n\nخالد"),
        ("Confidential acquisition – first payment", "Layla,\n\nWe are buying a small firm and nobody may hear of it yet. The lawyer's account is attached; the first payment is due today.\n\nKhalid"),
        ("الفاتورة المعدلة INV-8102", "ليلى،\n\nاعتمدي الفاتورة المعدلة المرفقة واصرفيها اليوم على الحساب الجديد. لا داعي لانتظار المشتريات.\n\nخالد"),
    )  # fmt: skip
    days = (on(2026, 9, 20, 13, 42), on(2026, 9, 21, 8, 5), on(2026, 10, 11, 14, 10), on(2026, 11, 3, 12, 26), on(2026, 11, 15, 9, 31))
    for n, ((subject, body), when) in enumerate(zip(asks, days, strict=True)):
        language = "en" if subject.isascii() else "ar"
        route = routes.forged(FIRM, DIRECTOR.address, f"vps{n % 2 + 3}.rent-a-rack.example", "fail")
        back = (DIRECTOR.english, "khalid.mandhari.ceo@quickmail.example")
        yield Letter(
            "forged-own-domain", when, (DIRECTOR.name(language), DIRECTOR.address), subject, body, route, reply_to=back, zone="+0100",
            relationship="own", deserves_look=True,
        )  # fmt: skip


def resembles_us() -> Iterator[Letter]:
    """One letter is doubled in the firm's own name; the domain itself is proven."""
    author = ("Dana Coast IT", "helpdesk@danaccoast.example")
    route = routes.signed(author[1], "none", network=routes.STRANGER)
    for subject, when in (("Your mailbox is almost full", on(2026, 8, 24, 6, 50)), ("Action needed: confirm your mailbox", on(2026, 8, 26, 6, 48))):
        body = "Dear user,\n\nYour mailbox has reached 98 % of its quota. Confirm your password on our page today, or incoming mail will be lost.\n\nIT helpdesk"
        yield Letter("lookalike-own", when, author, subject, body, route, zone="+0000", deserves_look=True)


def resembles_partner_by_a_letter() -> Iterator[Letter]:
    """A supplier's name without one of its letters, the supplier's people, and new bank details."""
    author = (MARGARET[0], f"margaret.ellison@{TYPO}")
    route = routes.signed(author[1], "none", f"mx.{TYPO}", routes.STRANGER, "default")
    letters = (
        ("Change of our bank details", on(2026, 10, 5, 11, 12), "Dear Layla,\n\nOur bank is closing the account you know. From today please pay all open invoices to the new account in the attached letter.\n\nKind regards,\nMargaret Ellison"),
        ("Re: Change of our bank details", on(2026, 10, 7, 10, 2), "Dear Layla,\n\nMay I ask whether the new account is in your system? Invoice INV-6620 falls due on Thursday.\n\nKind regards,\nMargaret Ellison"),
        ("Invoice INV-6620, please use the new account", on(2026, 10, 8, 9, 47), "Dear Layla,\n\nA gentle reminder. To avoid interest please send us the transfer slip today.\n\nKind regards,\nMargaret Ellison"),
    )  # fmt: skip
    for subject, when, body in letters:
        yield Letter("lookalike-partner-typo", when, author, subject, body, route, zone="+0000", deserves_look=True)


def resembles_partner_by_a_script() -> Iterator[Letter]:
    """The roastery's name with one Cyrillic letter: nobody can see the difference."""
    author = ("محمصة الوادي – المشتريات", f"orders@{CONFUSABLE}")
    route = routes.signed(author[1], "none", network=routes.STRANGER)
    body = "السلام عليكم أستاذة ليلى،\n\nنرجو تحويل قيمة المرتجع إلى حسابنا الجديد المبين في المرفق، فالحساب السابق مجمّد مؤقتًا.\n\nمع التحية،\nقسم المشتريات"
    for subject, when in (("تحديث بيانات الحساب البنكي", on(2026, 7, 13, 10, 20)), ("تذكير: الحساب الجديد لمحمصة الوادي", on(2026, 7, 15, 9, 5))):
        yield Letter("lookalike-partner-idn", when, author, subject, body, route, zone="+0300", deserves_look=True)


def gift_cards() -> Iterator[Letter]:
    """The director's name at a free mailbox. The address is proven; it is just not his."""
    author = (DIRECTOR.english, "office.director.khalid@freemail.example")
    route = routes.signed(author[1], "none", "out3.freemail.example", routes.SERVICE)
    letters = (
        ("Are you at your desk?", on(2026, 6, 9, 8, 14), "Layla, are you free? I need a small favour and can only write. Tell me when you see this.\n\nKhalid"),
        ("Re: Are you at your desk?", on(2026, 6, 9, 8, 52), "I want to surprise our guests. Please buy ten gift cards of 50 each, scratch them and send me photos of the codes. I pay you back tonight.\n\nKhalid"),
    )  # fmt: skip
    for subject, when, body in letters:
        yield Letter("colleague-name-gift-cards", when, author, subject, body, route, deserves_look=True)


def salary_account() -> Iterator[Letter]:
    """The accountant's name at a free mailbox, with a new account for her salary."""
    author = (ACCOUNTANT.arabic, "mona.saleh.1987@quickmail.example")
    route = routes.signed(author[1], "none", "out3.quickmail.example", routes.SERVICE)
    body = "مساء الخير ليلى،\n\nغيّرت بنكي هذا الشهر، وأرجو تحويل راتبي ابتداءً من الدفعة القادمة إلى الحساب الجديد المرفق. أكتب لك من بريدي الخاص لأن بريد العمل لا يعمل عندي.\n\nمنى"
    yield Letter(
        "colleague-name-bank-change", on(2026, 10, 22, 20, 31), author, "تحديث الحساب البنكي لراتبي", body, route, encoding="windows-1256", deserves_look=True
    )  # fmt: skip


def proofs_stop() -> Iterator[Letter]:
    """A shipping agent proven for seven months; then nothing is proven any more, and later the bank details change."""
    author = ("Stavros Kanellos", f"stavros.kanellos@{STOPPING}")
    bare = Route("not_established", "host44.cheapline.example", routes.ip_of("host44", routes.STRANGER), author[1], "softfail", dmarc="none")
    plain = (
        ("Booking PO-5520 confirmed", on(2026, 5, 6, 9, 15), "Your booking PO-5520 on MV Khor Star is confirmed. Cut-off for documents is Sunday at noon."),
        ("Arrival notice: MV Sea of Pearls, Sohar, 9 June", on(2026, 6, 2, 10, 40), "The vessel is expected at Sohar on 9 June with your container. Please send the delivery order request in good time."),
        ("Freight offer SO-3317", on(2026, 7, 7, 11, 5), "For two 40-foot containers we can offer USD 3,850 all in. The offer is good for ten days."),
        ("Container DCTU 440172-3 has been released", on(2026, 8, 11, 8, 55), "The container was released this morning. Free time ends on 19 August."),
    )  # fmt: skip
    changed = (
        ("New remittance details from September", on(2026, 9, 8, 9, 10), "We have moved our accounts to another bank. Please pay invoices dated September and later to the account in the attached letter. Our accounts team answers under the address above."),
        ("Invoice INV-9038 and new remittance details", on(2026, 9, 29, 9, 58), "Invoice INV-9038 over USD 14,220 is attached. Please mind the new account; payments to the old one will be returned."),
        ("Reminder: INV-9038", on(2026, 10, 20, 10, 22), "INV-9038 is overdue. The container will stay in the yard until we see the transfer to the new account."),
        ("INV-9038 – last reminder before storage charges", on(2026, 11, 10, 9, 36), "From tomorrow the yard charges USD 180 a day. A transfer slip for the new account would be enough for us to release the box."),
    )  # fmt: skip
    for letters, back in ((plain, None), (changed, ("Blue Cedar Accounts", "accounts@bluecedar-settlements.example"))):
        for subject, when, core in letters:
            body = f"Dear Layla,\n\n{core}\n\nBest regards,\nStavros Kanellos"
            yield Letter(
                "partner-proofs-stopped", when, author, subject, body, bare, reply_to=back, folder="Shipments", zone="+0200", deserves_look=True
            )  # fmt: skip


def borrowed_brand() -> Iterator[Letter]:
    """A courier's name before an address that the courier does not own."""
    author = ("Hudhud Parcels", "delivery@track-notice-center.example")
    route = routes.signed(author[1], "none", network=routes.STRANGER)
    for subject, when in (("Your parcel is on hold: fee of OMR 1.900", on(2026, 4, 27, 7, 33)), ("Last notice: parcel 70-4416 returns tomorrow", on(2026, 4, 29, 7, 30))):
        body = "A small customs fee is open for your parcel. Pay with your card within 24 hours, or it will be returned to the sender.\n\nHudhud Parcels"
        yield Letter("borrowed-brand", when, author, subject, body, route, zone="+0000", deserves_look=True)


def brand_on_a_rented_page() -> Iterator[Letter]:
    """A payment service's name on a page that anybody can rent."""
    author = ("Sikka Pay – الأمان", "verify@sikkapay-verify.pages.example")
    route = routes.signed(author[1], "none", "out.pages.example", routes.SERVICE)
    body = "عميلنا العزيز،\n\nرصدنا دخولًا غير معتاد إلى حسابكم. أكدوا بطاقتكم خلال ست ساعات حتى لا يوقف الحساب.\n\nسكة باي"
    yield Letter("hosting-tenant-brand", on(2026, 5, 31, 5, 44), author, "تنبيه: أكد حسابك في سكة باي", body, route, zone="+0000", deserves_look=True)


def forged_results() -> Iterator[Letter]:
    """The bank's name, and results that the sender wrote into the message: they bear our border's name, but stand below its own."""
    author = ("بنك قلهات", BANK)
    claimed = (
        f"Authentication-Results: {BORDER};\r\n\tdkim=pass header.d=qalhatbank.example header.i=@qalhatbank.example header.s=mail header.b=QmVsaWV2;\r\n"
        f"\tspf=pass smtp.mailfrom={BANK};\r\n\tdmarc=pass (p=reject dis=none) header.from=qalhatbank.example",
        f"Received: from mx-out.qalhatbank.example (mx-out.qalhatbank.example [{routes.ip_of('mx-out.qalhatbank.example', routes.SERVICE)}])\r\n"
        f"\tby {BORDER} (Postfix) with ESMTPS id 7F00D1\r\n\tfor <{OWNER.address}>",
        "Authentication-Results: mail.rent-a-rack.example; dmarc=pass header.from=qalhatbank.example",
    )
    route = routes.forged("qalhatbank.example", "bounce@rent-a-rack.example", "vps9.rent-a-rack.example", "none", "reject", claimed)
    body = "عزيزنا العميل،\n\nتم إيقاف صلاحية التحويل في حسابكم. نرجو الدخول إلى الصفحة المرفقة وتأكيد الرمز المرسل إلى هاتفكم.\n\nبنك قلهات"
    for subject, when in (("إيقاف صلاحية التحويل", on(2026, 9, 2, 6, 15)), ("إشعار أخير بشأن حسابكم", on(2026, 9, 3, 6, 11))):
        yield Letter("forged-results", when, author, subject, body, route, zone="+0000", deserves_look=True)


def outsider_in_a_thread() -> Iterator[Letter]:
    """A real conversation with a supplier, which somebody else then answers."""
    us: Party = (OWNER.english, OWNER.address)
    route = routes.signed(MARGARET[1], "reject", "outbound.officesuite.example", routes.SERVICE, "suite1")
    subject = "Oat flakes: payment of SO-2290"
    first = Letter("partner", on(2026, 3, 9, 11, 20), MARGARET, subject, "Dear Layla,\n\nSO-2290 is loaded. The balance of EUR 11,340 is due on 20 March.\n\nKind regards,\nMargaret", route, zone="+0000")
    second = Letter("sent", on(2026, 3, 9, 15, 2), us, "Re: " + subject, "Dear Margaret,\n\nThank you. We will pay on the 18th.\n\nBest regards,\nLayla", None, (MARGARET,), answers=(first.message_id,), folder="Sent", relationship="own")
    third = Letter("partner", on(2026, 3, 10, 11, 41), MARGARET, "Re: " + subject, "Perfect, thank you.\n\nMargaret", route, answers=(first.message_id, second.message_id), zone="+0000")
    outsider: Party = ("Margaret Ellison", "m.ellison@desk-mail-service.example")
    away = Letter(
        "outsider-in-thread", on(2026, 3, 16, 17, 8), outsider, "Re: " + subject,
        "Dear Layla,\n\nBefore you pay: our account is under audit until the end of the month. Please use the account in the attachment for the EUR 11,340.\n\nMargaret",
        routes.signed(outsider[1], "none", network=routes.STRANGER), answers=(first.message_id, second.message_id, third.message_id), zone="+0000",
        deserves_look=True,
    )  # fmt: skip
    yield from (first, second, third, away)


def disposable() -> Iterator[Letter]:
    """A mailbox that lives for an hour asks for the list of suppliers."""
    author = ("Purchase Manager", "kx82hq@tempbox.example")
    route = Route("authenticated", "mx.tempbox.example", routes.ip_of("tempbox", routes.STRANGER), author[1], "pass", dmarc="pass (p=none dis=none)")
    body = "Hello,\n\nwe plan a large order. Please send your supplier list with contacts and your price list for all spices today.\n\nPurchase Manager"
    yield Letter("disposable-sender", on(2026, 2, 17, 22, 40), author, "Supplier list and prices", body, route, zone="+0000", deserves_look=True)


def hostile_text() -> Iterator[Letter]:
    """Names and subjects that try to reverse, hide or run something; the provider has put them into Junk."""
    texts = (
        ("\u202egnidart tsaoc anad\u202c", "Invoice \u202excod.fdp\u202c attached"),
        ("Kha\u200blid\u200d Al\u2060 Mandhari\ufeff", "Please\u00ad read\u200b today"),
        ("<b onmouseover=alert(1)>Accounts</b>", "<img src=x onerror=alert(1)><script>alert(2)</script>"),
        ('=HYPERLINK("https://evil-sheet.example/","Open")', '=cmd|"/C calc"!A0'),
        ("\u2067موردون\u2069 \u2066../../etc/passwd\u2069", "فاتورة\t\u0007\u001b[31m\u0085 ../../..\\x"),
    )
    for n, (name, subject) in enumerate(texts):
        address = f"desk{n + 1}@odd-characters.example"
        route = Route("not_established", "srv7.odd-characters.example", routes.ip_of("odd", routes.STRANGER), address, "neutral", dmarc="none")
        yield Letter(
            "hostile-characters", on(2026, 1, 12 + n, 3, 7), (name, address), subject, "See the attachment.\n", route, folder="Junk", zone="+0000",
            encoding="BQ"[n % 2], deserves_look=True,
        )  # fmt: skip


def no_author() -> Iterator[Letter]:
    """The From field is missing."""
    route = Route("not_established", "srv2.nobody-knows.example", routes.ip_of("nobody", routes.STRANGER), "", dmarc="")
    yield Letter(
        "no-author", on(2026, 3, 29, 2, 19), ("", "postmaster@nobody-knows.example"), "Undelivered documents", "Your documents are waiting.\n", route,
        folder="Junk", zone="+0000", from_field="", status="none", deserves_look=True,
    )  # fmt: skip


def several_authors() -> Iterator[Letter]:
    """Two partners write one letter, as RFC 5322 allows. Honest, and no single domain stands behind it."""
    nasra, thomas = "nasra@falaj-markets.example", "thomas.brandt@ledgerline-audit.example"
    field = f"Nasra Al Kindi <{nasra}>,\r\n\t\"Thomas Brandt, Ledgerline\" <{thomas}>"
    route = routes.signed(nasra, "none")
    body = "Dear Layla,\n\nwe have agreed the balances of both books and sign this letter together. The table is attached.\n\nNasra Al Kindi, Thomas Brandt"
    yield Letter(
        "several-authors", on(2026, 1, 20, 12, 15), ("", nasra), "Agreed balances at year end", body, route, status="ambiguous",
        from_field=field, fields=(f"Sender: {nasra}",),
    )  # fmt: skip


def forwarded() -> Iterator[Letter]:
    """A partner's mail that reached us through an old mailbox of ours: every proof breaks on the way, and nothing is wrong."""
    author = ("Ingrid Sæther", "ingrid.saether@nordlys-inspection.example")
    route = routes.forwarded(author[1], "oldmail-forwarding.example")
    for subject, when in (("Report INV-4410, sent again", on(2026, 2, 4, 13, 30)), ("Invoice SO-4471", on(2026, 6, 17, 14, 5)), ("Certificate for lot K340", on(2026, 10, 1, 9, 44))):
        body = "Dear Layla,\n\nsent once more to your other address, in case the first one was lost.\n\nKind regards,\nIngrid"
        yield Letter("forwarded", when, author, subject, body, route, zone="+0100")
