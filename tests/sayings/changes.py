"""Orders that stand and are changed, corrections of what was just said, and the same again."""

from dataclasses import dataclass
from random import Random

from domain.catalogue import Product
from tests.sayings.amounts import Amount, amount
from tests.sayings.answers import Wanted, order
from tests.sayings.line import Line
from tests.sayings.shelf import Shelf

NUMBERED = ("{number}号单 ", "#{number} ", "{number}号单", "订单{number} ", "改单 {number} ")


@dataclass(frozen=True, slots=True)
class Corrector:
    """Somebody who changes the mind."""

    random: Random
    shelf: Shelf

    def numbered(self) -> Line:
        """17号单可乐改成20箱."""
        number = str(self.random.randint(1, 999))
        head = self.random.choice(NUMBERED).format(number=number)
        words, lines = self._change(self._product())
        return Line(head + words, order("order.change", {"orders": [number]}, lines), "change")

    def corrected(self) -> Line:
        """After an order of one's own: 可乐改成15箱."""
        product, customer = self._product(), self.random.choice(self.shelf.customers)
        before = (
            f"{self.shelf.called(self.random, customer)} {self._named(product)} {self._amount(product).words}"
        )
        words, lines = self._change(product)
        return Line(words, order("order.change", {"orders": ["last"]}, lines), "correction", (before,))

    def repeated(self) -> Line:
        """老样子, perhaps with something more or less."""
        customer = self.random.choice(self.shelf.customers)
        head = f"{self.shelf.called(self.random, customer)}{self.random.choice([' 老样子', '老样子', ' 跟上次一样'])}"
        if self.random.random() < 0.5:
            return Line(head, order("order.repeat", {"customer": customer.code}, []), "repeat")
        product = self._product()
        unit, count = self.random.choice(product.units).name, self.random.randint(1, 30)
        line = Wanted({"sku": product.sku, "delta": str(count), "unit": unit})
        words = f"{head}，{self._named(product)}多加{count}{unit}"
        return Line(words, order("order.repeat", {"customer": customer.code}, [line]), "repeat")

    def filled(self) -> Line:
        """The goods first, then for whom: the second line gives the whole order."""
        product, customer = self._product(), self.random.choice(self.shelf.customers)
        said = self._amount(product)
        answer = order("order.create", {"customer": customer.code}, said.wanted(product.sku))
        before = f"{self._named(product)} {said.words}"
        return Line(self.shelf.called(self.random, customer), answer, "filled", (before,))

    def _product(self) -> Product:
        return self.random.choice(self.shelf.products)

    def _named(self, product: Product) -> str:
        return self.shelf.called(self.random, product)

    def _amount(self, product: Product) -> Amount:
        while len((said := amount(self.random, product)).parts) != 1:
            pass
        return said

    def _change(self, product: Product) -> tuple[str, list[Wanted]]:
        name, said = self._named(product), self._amount(product)
        way = self.random.randrange(4)
        if way == 0:
            word = self.random.choice(["改成", "改为", " 改 ", "调到", "换成"])
            return f"{name}{word}{said.words}", said.wanted(product.sku)
        if way == 1:
            line = {"sku": product.sku, "qty": "0", "unit": product.default_unit}
            return f"{name}{self.random.choice(['不要了', ' 不要了', '去掉', '取消'])}", [Wanted(line)]
        qty, unit = said.parts[0]
        more = way == 2
        word = self.random.choice(["加", "再加", "多加"] if more else ["减", "少", "减少"])
        line = {"sku": product.sku, "delta": f"{qty if more else -qty:f}", "unit": unit}
        return f"{name}{word}{said.words}", [Wanted(line)]
