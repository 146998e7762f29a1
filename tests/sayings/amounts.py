"""How much of a product: ways to say it, and what each means."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from domain.catalogue import Product
from tests.sayings.answers import Wanted

DIGITS = "零一二三四五六七八九"
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
MOST = 300
OTHER_WORDS = {"箱": "件", "罐": "听", "袋": "包"}


@dataclass(frozen=True, slots=True)
class Amount:
    """Words, and the quantities they mean, each with its unit."""

    words: str
    parts: tuple[tuple[Decimal, str], ...]

    def wanted(self, sku: str) -> list[Wanted]:
        """A line for each quantity."""
        return [Wanted({"sku": sku, "qty": f"{qty:f}", "unit": unit}) for qty, unit in self.parts]


def numeral(count: int) -> str:
    """A whole number under a thousand in Chinese, as it is said before a unit."""
    if count == 2:
        return "两"
    hundreds, rest = divmod(count, 100)
    tens, ones = divmod(rest, 10)
    said = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        said += ("" if tens == 1 and not hundreds else DIGITS[tens]) + "十"
    elif ones and hundreds:
        said += "零"
    return said + (DIGITS[ones] if ones else "")


def counted(random: Random, count: int) -> str:
    """A whole number in digits, in wide ones, or in Chinese."""
    way = random.random()
    if way < 0.7:
        return str(count)
    return str(count).translate(FULL_WIDTH) if way < 0.8 else numeral(count)


def amount(random: Random, product: Product, *, bare: bool = False, linked: bool = True) -> Amount:
    """An amount of a product in one of its units; `bare` where none need be said, `linked` where 加 may stand in it."""
    count = random.randint(1, random.choice([5, 20, MOST]))
    if bare and random.random() < 0.5:
        return Amount(str(count), ((Decimal(count), product.default_unit),))
    unit = random.choice([product.default_unit, product.default_unit, *(one.name for one in product.units)])
    way = random.random()
    if way < 0.08:
        return _halves(random, count, unit)
    if way < 0.14 and len(product.units) > 1:
        return _mixed(random, product, ["零", "", "加", "又"] if linked else ["零", ""])
    said = _other_word(product, unit) if way > 0.92 else unit
    gap = " " if random.random() < 0.1 else ""
    return Amount(f"{counted(random, count)}{gap}{said}", ((Decimal(count), unit),))


def _halves(random: Random, count: int, unit: str) -> Amount:
    half = Decimal("0.5")
    return random.choice(
        [
            Amount(f"半{unit}", ((half, unit),)),
            Amount(f"{numeral(count)}{unit}半", ((count + half, unit),)),
            Amount(f"{count}.5{unit}", ((count + half, unit),)),
        ]
    )


def _mixed(random: Random, product: Product, between: list[str]) -> Amount:
    """两箱零3瓶: so many of the big unit and so many of the small one."""
    small, big = product.units[0], random.choice(product.units[1:])
    many, few = random.randint(1, 20), random.randint(1, max(1, int(big.size) - 1))
    words = f"{counted(random, many)}{big.name}{random.choice(between)}{few}{small.name}"
    return Amount(words, ((Decimal(many), big.name), (Decimal(few), small.name)))


def _other_word(product: Product, unit: str) -> str:
    """件 for 箱 and the like, where the product has only the second."""
    other = OTHER_WORDS.get(unit, "")
    return unit if not other or any(one.name == other for one in product.units) else other
