"""Tables pasted from a spreadsheet."""

from dataclasses import dataclass
from random import Random
from typing import Any

from domain.catalogue import Product
from tests.sayings.answers import Wanted, order
from tests.sayings.line import Line
from tests.sayings.shelf import Shelf
from tests.sayings.styles import Grid

MOST_ROWS = 12


@dataclass(frozen=True, slots=True)
class Typist:
    """Somebody who copies tables into the chat."""

    random: Random
    shelf: Shelf

    def plain(self) -> Line:
        """品名 数量 单位, for one customer named above or below."""
        rows = self._rows(self.random.randint(1, MOST_ROWS))
        head, cells = self.random.choice(
            [
                ("品名\t数量\t单位", "{name}\t{count}\t{unit}"),
                ("序号\t商品名称\t数量\t单位", "{at}\t{name}\t{count}\t{unit}"),
                ("品名 | 单位 | 数量 | 单价", "{name} | {unit} | {count} | {price}"),
                ("货品\t单价\t订货数量\t单位\t金额", "{name}\t{price}\t{count}\t{unit}\t{sum}"),
            ]
        )
        priced = "{price}" in cells
        body = [head, *(self._row(cells, at, *row) for at, row in enumerate(rows, 1))]
        if self.random.random() < 0.3:
            body.append(
                "合计" + ("\t" if "\t" in head else " | ") + str(sum(count for _, count, _, _ in rows))
            )
        customer = self.random.choice(self.shelf.customers)
        above = self.random.choice(["{}", "客户：{}", "{} 明天送"]).format(self._called(customer))
        slots: dict[str, Any] = {"customer": customer.code}
        if above.endswith("明天送"):
            slots["due"] = "2026-11-24"
        lines = [self._wanted(*row, priced=priced) for row in rows]
        return Line("\n".join([above, *body]), order("order.create", slots, lines), "table")

    def of_customers(self) -> Line:
        """A column of customers: an order for each."""
        shops = self.random.sample(self.shelf.customers, min(3, len(self.shelf.customers)))
        body, answers = ["客户\t品名\t数量\t单位"], []
        for one in shops:
            rows = self._rows(self.random.randint(1, 3))
            body += [
                f"{self._called(one)}\t{self._row('{name}	{count}	{unit}', 1, *row)}" for row in rows
            ]
            lines = [self._wanted(*row, priced=False) for row in rows]
            answers.append(order("order.create", {"customer": one.code}, lines))
        answer = {**answers[0], "also": answers[1:]} if answers[1:] else answers[0]
        return Line("\n".join(body), answer, "table")

    def matrix(self, style: str, grid: Grid) -> Line:
        """Colours down and sizes across."""
        sizes = list(dict.fromkeys(size for _, size in grid))
        colours = list(dict.fromkeys(colour for colour, _ in grid))
        body, lines = [f"款号\t颜色\t{'	'.join(sizes)}"], []
        for colour in colours:
            counts = [self.random.choice([0, self.random.randint(1, 40)]) for _ in sizes[1:]]
            counts.insert(0, self.random.randint(1, 40))
            body.append(f"{style}\t{colour}\t" + "\t".join(str(one) if one else "" for one in counts))
            lines += [
                Wanted(
                    {
                        "sku": grid[colour, size].sku,
                        "qty": str(count),
                        "unit": grid[colour, size].default_unit,
                    }
                )
                for size, count in zip(sizes, counts, strict=True)
                if count and (colour, size) in grid
            ]
        customer = self.random.choice(self.shelf.customers)
        answer = order("order.create", {"customer": customer.code}, lines)
        return Line("\n".join([self._called(customer), *body]), answer, "matrix")

    def _rows(self, most: int) -> list[tuple[Product, int, str, int]]:
        picked = self.random.sample(self.shelf.products, min(most, len(self.shelf.products)))
        return [
            (one, self.random.randint(1, 200), self.random.choice(one.units).name, self.random.randint(2, 99))
            for one in picked
        ]

    def _called(self, one: Any) -> str:
        return self.shelf.called(self.random, one)

    def _row(self, cells: str, at: int, product: Product, count: int, unit: str, price: int) -> str:
        return cells.format(at=at, name=product.name, count=count, unit=unit, price=price, sum=count * price)

    def _wanted(self, product: Product, count: int, unit: str, price: int, *, priced: bool) -> Wanted:
        line = {"sku": product.sku, "qty": str(count), "unit": unit}
        return Wanted(line | ({"price": str(price)} if priced else {}))
