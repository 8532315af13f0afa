"""Texts of the sample with their blanks filled in, in the language asked for."""

from __future__ import annotations

from resources.sample import prose_ar, prose_en
from resources.sample.dice import DAY, Dice, local_day

TONGUES = {"en": prose_en, "ar": prose_ar}


def compose(dice: Dice, language: str, occasion: str, when: int, signed: str, goods: tuple[int, ...] = (), **more: str) -> tuple[str, str]:
    """(subject, body) of a letter for an occasion (a key of `LETTERS`), greeted and signed."""
    tongue = TONGUES[language]
    values = blanks(dice, language, when, goods) | more
    subject, core = dice.pick(tongue.LETTERS[occasion])
    return subject.format_map(values), greeted(dice, language, core.format_map(values), signed)


def greeted(dice: Dice, language: str, core: str, signed: str) -> str:
    """A body with its first and its last line."""
    tongue = TONGUES[language]
    return f"{dice.pick(tongue.GREETINGS)}\n\n{core}\n\n{dice.pick(tongue.CLOSINGS)}\n{signed}\n"


def blanks(dice: Dice, language: str, when: int, goods: tuple[int, ...] = ()) -> dict[str, str]:
    """Something lifelike for every blank; days lie a little ahead of `when`."""
    tongue = TONGUES[language]
    today, soon = local_day(when), local_day(when + dice.between(2, 16) * DAY)
    product = tongue.PRODUCTS[dice.pick(goods or range(len(tongue.PRODUCTS)))]
    currency, thousand, rest = dice.pick(("OMR", "OMR", "USD", "EUR")), dice.between(1, 38), dice.between(0, 999)
    return {
        "product": product,
        "product_c": product[0].upper() + product[1:],
        "port": dice.pick(tongue.PORTS),
        "vessel": dice.pick(tongue.VESSELS),
        "ref": f"{dice.pick(('DC', 'INV', 'PO', 'SO'))}-{dice.between(1040, 9870)}",
        "lot": f"{dice.pick('ABCDHK')}{dice.between(101, 989)}",
        "container": f"DCTU {dice.between(100000, 999999)}-{dice.between(0, 9)}",
        "tons": str(dice.pick((12, 18, 20, 24, 25, 36, 48))),
        "amount": f"{currency} {thousand},{rest:03}",
        "day": f"{soon.day} {tongue.MONTHS[soon.month - 1]}",
        "month": tongue.MONTHS[today.month - 1],
    }
