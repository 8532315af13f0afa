"""Texts of the sample (`letters_en.txt`, `letters_ar.txt`) with their blanks filled in, in the language asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from resources.sample.dice import DAY, Dice, local_day

Text = tuple[str, str]
"""(subject, body)"""


@dataclass(frozen=True, slots=True)
class Tongue:
    """What fills the blanks in one language; products stand at the same places in both."""

    greetings: tuple[str, ...]
    closings: tuple[str, ...]
    months: tuple[str, ...]
    products: tuple[str, ...]
    ports: tuple[str, ...]
    vessels: tuple[str, ...]


TONGUES = {
    "en": Tongue(
        ("Dear Layla,", "Hello Layla,", "Good morning Layla,", "Dear Ms Haddad,"),
        ("Best regards,", "Kind regards,", "With best wishes,", "Many thanks,"),
        tuple("January February March April May June July August September October November December".split()),
        (
            "green cardamom", "black pepper", "Arabica green coffee", "saffron", "cloves", "basmati rice", "dried lime", "cinnamon sticks",
            "red lentils", "black tea", "jasmine rice", "turmeric", "pressed dates", "sesame seed", "chickpeas", "nutmeg",
        ),
        ("Sohar", "Salalah", "Jebel Ali", "Hamad Port", "Khalifa Port"),
        ("MV Northern Jasmine", "MV Sea of Pearls", "MV Khor Star", "MV Blue Meridian", "MV Monsoon Grace"),
    ),
    "ar": Tongue(
        ("الأستاذة ليلى المحترمة،", "السلام عليكم أستاذة ليلى،", "صباح الخير ليلى،", "السيدة ليلى حداد المحترمة، تحية طيبة وبعد،"),
        ("مع خالص التحية،", "وتفضلوا بقبول فائق الاحترام،", "شكرًا جزيلًا،", "دمتم بخير،"),
        tuple("يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split()),
        (
            "الهيل الأخضر", "الفلفل الأسود", "البن الأخضر", "الزعفران", "القرنفل", "أرز بسمتي", "اللومي", "عيدان القرفة",
            "العدس الأحمر", "الشاي الأسود", "أرز الياسمين", "الكركم", "التمر المكنوز", "السمسم", "الحمص", "جوزة الطيب",
        ),
        ("صحار", "صلالة", "جبل علي", "ميناء حمد", "ميناء خليفة"),
        ("«ياسمين الشمال»", "«بحر اللؤلؤ»", "«نجمة الخور»", "«المدار الأزرق»", "«نسيم الموسم»"),
    ),
}  # fmt: skip


@cache
def letters(language: str) -> Mapping[str, tuple[Text, ...]]:
    """Occasion -> its texts, blanks still open."""
    lines = (resources.files("resources.sample") / f"letters_{language}.txt").read_text(encoding="utf-8").split("\n== ")
    return {name: tuple(_text(letter) for letter in rest.strip().split("\n\n")) for name, _, rest in (part.partition("\n") for part in lines[1:])}


def _text(letter: str) -> Text:
    subject, _, body = letter.partition("\n")
    return subject, body.replace("\n", "\n\n") + "\n"


def compose(
    dice: Dice, language: str, occasion: str, when: int, signed: str = "", goods: tuple[int, ...] = (), **more: str
) -> Text:  # fmt: skip
    """One of the occasion's letters; greeted and signed where `signed` names somebody."""
    values = blanks(dice, language, when, goods) | more
    subject, body = dice.pick(letters(language)[occasion])
    body = body.format_map(values)
    if signed:
        tongue = TONGUES[language]
        body = f"{dice.pick(tongue.greetings)}\n\n{body}\n{dice.pick(tongue.closings)}\n{signed}\n"
    return subject.format_map(values), body


def blanks(dice: Dice, language: str, when: int, goods: tuple[int, ...] = ()) -> dict[str, str]:
    """Something lifelike for every blank; days lie a little ahead of `when`."""
    tongue = TONGUES[language]
    today, soon = local_day(when), local_day(when + dice.between(2, 16) * DAY)
    product = tongue.products[dice.pick(goods or range(len(tongue.products)))]
    currency, thousand, rest = dice.pick(("OMR", "OMR", "USD", "EUR")), dice.between(1, 38), dice.between(0, 999)
    return {
        "product": product,
        "product_c": product[0].upper() + product[1:],
        "port": dice.pick(tongue.ports),
        "vessel": dice.pick(tongue.vessels),
        "ref": f"{dice.pick(('DC', 'INV', 'PO', 'SO'))}-{dice.between(1040, 9870)}",
        "lot": f"{dice.pick('ABCDHK')}{dice.between(101, 989)}",
        "container": f"DCTU {dice.between(100000, 999999)}-{dice.between(0, 9)}",
        "tons": str(dice.pick((12, 18, 20, 24, 25, 36, 48))),
        "amount": f"{currency} {thousand},{rest:03}",
        "day": f"{soon.day} {tongue.months[soon.month - 1]}",
        "month": tongue.months[today.month - 1],
    }
