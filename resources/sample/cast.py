"""Who writes to the invented firm Dana Coast Trading: its people, its partners and its customers. Reserved names only (RFC 2606)."""

from __future__ import annotations

from dataclasses import dataclass

FIRM = "danacoast.example"
LOGISTICS = "danacoast-logistics.example"
MAILHOST = "mailhost.example"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an address and a name in one script or in both."""

    address: str
    english: str
    arabic: str = ""
    messages: int = 0
    writes: float = 0.0
    """Which part (0-1) of the mail is in Arabic."""
    both: bool = False
    """The display name follows the language of the message."""
    role: str = "colleague"
    """The occasion of what a colleague writes."""

    def name(self, language: str) -> str:
        if self.arabic and (language == "ar" if self.both else self.writes >= 0.5):
            return self.arabic
        return self.english or self.arabic


OWNER = Person("layla.haddad@danacoast.example", "Layla Haddad", "ليلى حداد", both=True)
DIRECTOR = Person("khalid.mandhari@danacoast.example", "Khalid Al Mandhari", "خالد المنذري", 38, 0.4, both=True, role="director")
ACCOUNTANT = Person("mona.saleh@danacoast.example", "Mona Saleh", "منى صالح", 58, 0.8)

COLLEAGUES = (
    DIRECTOR,
    ACCOUNTANT,
    Person("huda.qasim@danacoast.example", "Huda Qasim", "هدى قاسم", 54, 0.5, both=True),
    Person("yusuf.rahbi@danacoast.example", "Yusuf Al Rahbi", "يوسف الرحبي", 46, 0.6, both=True),
    Person("priya.menon@danacoast.example", "Priya Menon", "", 42),
    Person("salma.nasser@danacoast.example", "Salma Nasser", "سلمى ناصر", 32, 0.7, role="hr"),
    Person("tariq.mahmood@danacoast.example", "Tariq Mahmood", "", 29),
    Person("hassan.jabri@danacoast.example", "", "حسن الجابري", 24, 1.0),
    Person("daniel.okafor@danacoast.example", "Daniel Okafor", "", 20),
    Person("omar.bayati@danacoast.example", "Omar Al Bayati", "عمر البياتي", 17, 0.4, both=True, role="it"),
    Person("reem.farsi@danacoast.example", "Reem Al Farsi", "ريم الفارسي", 14, 0.5, both=True),
    Person("elena.moraru@danacoast.example", "Elena Moraru", "", 12),
    Person("noora.said@danacoast.example", "Reception – Noora Said", "الاستقبال – نورة سعيد", 9, 0.6, both=True),
    Person("badr.zadjali@danacoast-logistics.example", "Badr Al Zadjali", "بدر الزدجالي", 21, 0.7, both=True),
    Person("dispatch@danacoast-logistics.example", "Dispatch Desk", "", 11),
)
BY_PHONE = (
    Person("saif.hinai@danacoast.example", "", "سيف الهنائي", 16, 1.0),
    Person("scanner@danacoast.example", "Office Scanner", "", 11),
)
"""They hand their mail straight to the border, logged in: the border notes the log-in instead of a signature."""


@dataclass(frozen=True, slots=True)
class Partner:
    """A firm that trades with ours, and the trade it is in (a key of the prose)."""

    domain: str
    firm: str
    trade: str
    messages: int
    people: tuple[Person, ...]
    setup: str = "signed"
    """How its mail is set up: signed, spf, no_policy, suite, none, strict_spf."""
    zone: str = "+0400"
    folder: str = "INBOX"
    goods: tuple[int, ...] = ()
    """What it trades in, by place in `PRODUCTS`; empty: anything."""


ROTTERDAM, DELHI, TOKYO, HANOI = "+0100", "+0530", "+0900", "+0700"

PARTNERS = (
    Partner("alwadi-coffee.example", "محمصة الوادي", "buyer", 46, (
        Person("fahad.dosari@alwadi-coffee.example", "", "فهد الدوسري", writes=0.9),
        Person("orders@alwadi-coffee.example", "", "محمصة الوادي – المشتريات", writes=1.0)), zone="+0300", goods=(2,)),
    Partner("northharbour-foods.example", "North Harbour Foods", "supplier", 36, (
        Person("margaret.ellison@northharbour-foods.example", "Margaret Ellison"),
        Person("accounts@northharbour-foods.example", "North Harbour Foods Accounts")), "suite", "+0000"),
    Partner("bluecedar-shipping.example", "Blue Cedar Shipping", "shipping", 31, (
        Person("stavros.kanellos@bluecedar-shipping.example", "Stavros Kanellos"),), zone="+0200", folder="Shipments"),
    Partner("rimal-dates.example", "تمور الرمال", "supplier", 26, (
        Person("abdulaziz@rimal-dates.example", "", "عبدالعزيز القحطاني", writes=1.0),
        Person("sales@rimal-dates.example", "Rimal Dates", "تمور الرمال", writes=0.6, both=True)), zone="+0300", goods=(12,)),
    Partner("malabar-pepper-house.example", "Malabar Pepper House", "supplier", 22, (
        Person("anil.kurup@malabar-pepper-house.example", "Anil Kurup"),
        Person("export@malabar-pepper-house.example", "Malabar Pepper House, Exports")), zone=DELHI, goods=(0, 1, 4, 11)),
    Partner("saqr-clearing.example", "مكتب صقر للتخليص الجمركي", "shipping", 20, (
        Person("ops@saqr-clearing.example", "", "صقر للتخليص الجمركي", writes=1.0),), "spf", folder="Shipments"),
    Partner("khidma-payroll.example", "خدمة الرواتب", "payroll", 15, (
        Person("payroll@khidma-payroll.example", "Khidma Payroll", "خدمة الرواتب", writes=0.5, both=True),)),
    Partner("falaj-markets.example", "أسواق الفلج", "buyer", 15, (
        Person("purchasing@falaj-markets.example", "", "مشتريات أسواق الفلج", writes=1.0),
        Person("nasra@falaj-markets.example", "Nasra Al Kindi", "نصرة الكندي", writes=0.5, both=True))),
    Partner("nordlys-inspection.example", "Nordlys Inspection", "inspection", 13, (
        Person("ingrid.saether@nordlys-inspection.example", "Ingrid Sæther"),), zone=ROTTERDAM),
    Partner("mekong-rice-mills.example", "Mekong Rice Mills", "supplier", 12, (
        Person("linh.tran@mekong-rice-mills.example", "Trần Thị Linh"),), zone=HANOI, goods=(10,)),
    Partner("shenlan-containers.example", "Shenlan Container Lines", "shipping", 11, (
        Person("booking@shenlan-containers.example", "深蓝集装箱 Booking"),), zone="+0800", folder="Shipments"),
    Partner("weissmueller-maschinen.example", "Weißmüller Maschinen", "machines", 10, (
        Person("j.weissmueller@weissmueller-maschinen.example", "Jürgen Weißmüller"),), "suite", ROTTERDAM),
    Partner("jawhar-packaging.example", "الجوهر للتغليف", "packaging", 9, (
        Person("sales@jawhar-packaging.example", "Jawhar Packaging", "الجوهر للتغليف", writes=0.6, both=True),), "no_policy"),
    Partner("ledgerline-audit.example", "Ledgerline Auditors", "audit", 8, (
        Person("thomas.brandt@ledgerline-audit.example", "Thomas Brandt, Ledgerline"),), "suite"),
    Partner("sidr-hotels.example", "Sidr Hotels", "hotel", 7, (
        Person("events@sidr-hotels.example", "Sidr Hotels – Events", "فنادق السدر – المناسبات", writes=0.5, both=True),)),
    Partner("ceylon-leaf-brokers.example", "Ceylon Leaf Brokers", "supplier", 7, (
        Person("dilani.perera@ceylon-leaf-brokers.example", "Dilani Perera"),), zone=DELHI, goods=(9, 7)),
    Partner("lulua-coldstores.example", "مخازن اللؤلؤة المبردة", "shipping", 6, (
        Person("gate@lulua-coldstores.example", "", "مخازن اللؤلؤة – البوابة", writes=1.0),), "spf", folder="Shipments"),
    Partner("halwa-house.example", "بيت الحلوى", "buyer", 6, (
        Person("info@halwa-house.example", "", "بيت الحلوى", writes=1.0),), "none", goods=(0, 3, 13)),
    Partner("sakurakiri-tea.example", "桐茶商会", "supplier", 5, (
        Person("h.morita@sakurakiri-tea.example", "森田 遥 (Haruka Morita)"),), zone=TOKYO, goods=(9,)),
    Partner("moulin-serein.example", "Moulin Serein", "supplier", 5, (
        Person("contact@moulin-serein.example", "Hélène Garnier – Moulin Serein"),), "no_policy", ROTTERDAM, goods=(3,)),
    Partner("anatolia-pulses.example", "Anatolia Pulses", "supplier", 4, (
        Person("emre@anatolia-pulses.example", "Emre Yıldız"),), zone="+0300", goods=(8, 14)),
    Partner("oliveto-lucente.example", "Oliveto Lucente", "supplier", 4, (
        Person("giulia@oliveto-lucente.example", "Giulia Ferraro"),), zone=ROTTERDAM, goods=(13,)),
    Partner("khor-warehouses.example", "مستودعات الخور", "shipping", 3, (
        Person("admin@khor-warehouses.example", "", "مستودعات الخور", writes=1.0),), "strict_spf", folder="Shipments"),
    Partner("penang-nutmeg.example", "Penang Nutmeg Trading", "supplier", 3, (
        Person("wei.ling@penang-nutmeg.example", "Tan Wei Ling"),), zone="+0800", goods=(15, 4)),
    Partner("indus-basmati.example", "Indus Basmati Union", "supplier", 2, (
        Person("imran.shah@indus-basmati.example", "Imran Shah"),), "spf", "+0500", goods=(5,)),
)  # fmt: skip

SHARED_PROVIDERS = ("freemail.example", "quickmail.example")

CUSTOMERS = tuple(
    Person(f"{local}@{provider}", english, arabic, messages, 1.0 if arabic and not english else 0.5 if arabic else 0.0, both=bool(english and arabic))
    for local, provider, english, arabic, messages in (
        ("um.sultan.kitchen", "freemail.example", "", "مطبخ أم سلطان", 11),
        ("saeed.maamari", "freemail.example", "Saeed Al Maamari", "سعيد المعمري", 9),
        ("qahwa.corner", "quickmail.example", "Qahwa Corner", "ركن القهوة", 8),
        ("fatma.balushi77", "freemail.example", "", "فاطمة البلوشية", 6),
        ("j.fernandes.catering", "quickmail.example", "Joao Fernandes Catering", "", 5),
        ("alrayan.grocery", "freemail.example", "", "بقالة الريان", 5),
        ("grace.wanjiru", "freemail.example", "Grace Wanjiru", "", 4),
        ("abu.faisal.dates", "quickmail.example", "", "أبو فيصل", 4),
        ("zahra.sweets", "freemail.example", "Zahra Sweets", "حلويات زهرة", 4),
        ("m.alharbi.1982", "quickmail.example", "", "محمد الحربي", 3),
        ("peter.lindqvist", "freemail.example", "Peter Lindqvist", "", 3),
        ("noor.bakes", "freemail.example", "Noor Bakes", "", 3),
        ("amina.wahaibi", "freemail.example", "", "أمينة الوهيبية", 2),
        ("rashid.tours", "quickmail.example", "Rashid Tours", "", 2),
        ("khalfan.s", "freemail.example", "", "خلفان السالمي", 2),
        ("mariam.daoud", "quickmail.example", "Mariam Daoud", "مريم داود", 2),
        ("s.krishnan.chef", "freemail.example", "S. Krishnan", "", 2),
        ("hilal.store", "freemail.example", "", "متجر هلال", 1),
        ("lucy.marsh", "quickmail.example", "Lucy Marsh", "", 1),
        ("abdullah.cv2026", "freemail.example", "", "عبدالله الشبلي", 1),
        ("ritu.sharma.apply", "quickmail.example", "Ritu Sharma", "", 1),
        ("haitham.q", "freemail.example", "Haitham Q.", "", 1),
    )
)
