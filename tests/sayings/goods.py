"""Goods as they are asked for, and what each way means."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from domain.catalogue import Product
from tests.sayings.amounts import Amount, amount, counted
from tests.sayings.answers import Wanted
from tests.sayings.shelf import Shelf

CENTS = Decimal("0.0001")
FOREIGN = ("康师傅", "皮卡丘", "榴莲", "哈根达斯", "樱桃", "魔法")
ADDED = ("", "", "", "要", "来", "：", "x", " x", "的")


@dataclass(frozen=True, slots=True)
class Said:
    """Words about goods, and the lines they mean."""

    words: str
    lines: tuple[Wanted, ...]


@dataclass(frozen=True, slots=True)
class Buyer:
    """Somebody who asks for goods of a catalogue, each time in another way."""

    random: Random
    shelf: Shelf

    def plain(self, product: Product, *, reverse: bool = False) -> Said:
        """Its name and an amount: 可乐330ml罐装 20箱, 20箱可乐330ml罐装."""
        name = self.shelf.called(self.random, product)
        said = amount(self.random, product, bare=not reverse, linked=not reverse)
        return Said(self.joined(name, said, reverse=reverse), tuple(said.wanted(product.sku)))

    def joined(self, name: str, said: Amount, *, reverse: bool = False) -> str:
        """A name and an amount, run together where nobody would misread that."""
        if reverse and not said.words[-1].isascii():
            return f"{said.words}{name}"
        added = self.random.choice(ADDED)
        glued = not (name[-1].isascii() or name[-1] in "一二三四五六七八九十百千半")
        if added in {"的", "x", "要", "来"} and not glued and added != " x":
            added = " "
        gap = "" if glued and self.random.random() < 0.4 else " "
        return f"{name}{added or gap}{said.words}"

    def corrected(self, product: Product) -> Said:
        """The later word wins: 十箱不对十五箱."""
        unit = self.random.choice(product.units).name
        first, second = self.random.sample(range(1, 90), 2)
        word = self.random.choice(["不对", "不对 ", " 哦不 ", "，不对，", " 说错了 ", " 错了 "])
        name = self.shelf.called(self.random, product)
        words = f"{name} {counted(self.random, first)}{unit}{word}{counted(self.random, second)}{unit}"
        return Said(words, tuple(Amount("", ((Decimal(second), unit),)).wanted(product.sku)))

    def priced(self, product: Product) -> Said:
        """With a price for its unit or another of its units."""
        said = amount(self.random, product)
        if len(said.parts) > 1:
            return self.plain(product)
        unit = said.parts[0][1]
        per = self.random.choice([unit, self.random.choice(product.units).name])
        price = Decimal(self.random.randint(10, 9999)).scaleb(-1).normalize()
        shapes = [" 按{}元一{}", " {}元/{}", " {}块一{}", " 按{}一{}算", " 每{1}{0}元"]
        words = self.random.choice(shapes).format(f"{price:f}", per)
        wanted, said_for = product.size_of(unit) or Decimal(1), product.size_of(per) or Decimal(1)
        exact = price if unit == per else (price * wanted / said_for).quantize(CENTS, ROUND_HALF_UP)
        name = self.shelf.called(self.random, product)
        lines = [replace(one, line={**one.line, "price": f"{exact:f}"}) for one in said.wanted(product.sku)]
        return Said(f"{self.joined(name, said)}{words}", tuple(lines))

    def given(self, product: Product) -> Said:
        """With some of it for nothing: 10箱送2瓶, 20箱买10送1."""
        unit, few = product.default_unit, self.random.randint(1, 9)
        many = self.random.randint(1, 12) * 10
        name = self.shelf.called(self.random, product)
        if self.random.random() < 0.4:
            given, gift, words = unit, many // 10 * few, f" 买10送{few}"
        else:
            given, gift = self.random.choice(product.units).name, few
            words = f"{self.random.choice(['送', ' 送', '，另送', ' 赠'])}{few}{given}"
        lines = (
            Wanted({"sku": product.sku, "qty": str(many), "unit": unit}),
            Wanted({"sku": product.sku, "qty": str(gift), "unit": given, "gift": True}),
        )
        return Said(f"{name} {many}{unit}{words}", lines)

    def in_parts(self, product: Product) -> Said:
        """Words of its name apart and in another order: 可乐 罐装 330ml 20箱."""
        parts = product.name.split()
        if len(parts) < 2 or any(part.isdigit() for part in parts[1:-1]):
            return self.plain(product)
        head, *rest = parts
        self.random.shuffle(rest)
        kept = rest if self.random.random() < 0.6 else rest[: self.random.randint(0, len(rest))]
        fitting = self.shelf.having(self.shelf.fitting(head), kept)
        return self._of([head, *kept], product, fitting)

    def general(self, product: Product) -> Said:
        """The beginning of a name, which may fit several."""
        name = product.name.split()[0]
        noun = name[: self.random.randint(min(len(name), max(2, len(name) - 5)), len(name))]
        noun = noun.rstrip("0123456789.abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ×")
        if len(noun) < 2:
            return self.plain(product)
        return self._of([noun], product, self.shelf.fitting(noun))

    def _of(self, words: list[str], product: Product, fitting: tuple[Product, ...]) -> Said:
        said = Amount(f"{(count := self.random.randint(2, 99))}{(unit := product.default_unit)}", ())
        having = [one for one in fitting if one.size_of(unit) is not None]
        name = " ".join(words)
        exact = [one for one in self.shelf.products if self.shelf.only(one, name)]
        left = exact or having
        line = {"qty": str(count), "unit": unit}
        if len(left) == 1:
            line["sku"] = left[0].sku
            return Said(f"{name} {said.words}", (Wanted(line),))
        skus = tuple(one.sku for one in left)
        return Said(f"{name} {said.words}", (Wanted(line, ambiguous={"sku": skus}),))

    def foreign(self, product: Product) -> Said:
        """A brand or taste that nobody sells beside a name that is known: unknown, never the nearest."""
        name = f"{self.random.choice(FOREIGN)}{product.name}"
        count, unit = self.random.randint(2, 99), product.default_unit
        return Said(
            f"{name} {count}{unit}", (Wanted({"qty": str(count), "unit": unit}, unknown={"sku": name}),)
        )

    def vague(self, product: Product) -> Said:
        """An amount that is none."""
        name, unit = self.shelf.called(self.random, product), product.default_unit
        words, values = self.random.choice(
            [
                (f"{name} 几{unit}", ()),
                (f"{name} 20来{unit}", ()),
                (f"{name} 大概10{unit}", ()),
                (f"来点{name}", ()),
                (f"{name} 二三十{unit}", ("20", "30")),
                (f"{name} 10到15{unit}", ("10", "15")),
            ]
        )
        line = {"sku": product.sku} | ({} if words.startswith("来点") else {"unit": unit})
        asked = Wanted(line, ambiguous={"qty": values}) if values else Wanted(line, missing=("qty",))
        return Said(words, (asked,))

    def strange_unit(self, product: Product) -> Said:
        """A unit in which the product is not sold."""
        name = self.shelf.called(self.random, product)
        own = {one.name for one in product.units}
        unit = self.random.choice([one for one in ("桶", "车", "托", "筐", "坛", "吨") if one not in own])
        line = {"sku": product.sku, "qty": "3"}
        return Said(f"{name} 3{unit}", (Wanted(line, unknown={"unit": unit}),))


WAYS: Mapping[str, Callable[[Buyer, Product], Said]] = {
    "plain": Buyer.plain,
    "corrected": Buyer.corrected,
    "priced": Buyer.priced,
    "given": Buyer.given,
    "in parts": Buyer.in_parts,
    "general": Buyer.general,
    "foreign": Buyer.foreign,
    "vague": Buyer.vague,
    "strange unit": Buyer.strange_unit,
}
