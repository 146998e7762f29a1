"""Lines as staff type them, against a big catalogue: mostly short and plain, some of every kind that takes long."""

from collections.abc import Callable, Mapping
from random import Random

from domain.catalogue import Catalogue, Product
from handlers.understanding.normalise.text import LONGEST
from tests.sayings.slips import initials, misheard, mistyped, pinyin

TALK = (
    "今天天气不错 大家中午一起吃饭吗 我请客",
    "收到，马上处理",
    "17号单发了吗",
    "18通过",
    "明天下午三点开会 记得带上合同",
)


class Mix:
    """Writes lines of each kind."""

    def __init__(self, random: Random, catalogue: Catalogue) -> None:
        self._random = random
        self._customers = [one.name for one in catalogue.customers.values()]
        self._products = list(catalogue.products.values())
        self._styles = sorted({one.aliases[0] for one in self._products if one.aliases})

    def _customer(self) -> str:
        return self._random.choice(self._customers)

    def _product(self) -> Product:
        return self._random.choice(self._products)

    def _counted(self, name: str = "", product: Product | None = None) -> str:
        product = product or self._product()
        return f"{name or product.name} {self._random.randint(1, 60)}{product.default_unit}"

    def _part(self, word: str, most: int) -> str:
        """Some characters from within a word."""
        at = self._random.randint(1, max(1, len(word) - most))
        return word[at : at + most]

    def exact(self) -> str:
        """Whole names."""
        goods = " ".join(self._counted() for _ in range(self._random.randint(1, 4)))
        return f"{self._customer()} {goods} 明天送"

    def prefix(self) -> str:
        """The beginnings of names."""
        return f"{self._customer()[:4]} {self._counted(self._product().name[:4])} 下午送"

    def contained(self) -> str:
        """What stands within names."""
        return f"{self._part(self._customer(), 3)} {self._counted(self._part(self._product().name, 3))}"

    def misheard(self) -> str:
        """A character that sounds the same, in both names."""
        names = (misheard(self._random, self._customer()), misheard(self._random, self._product().name))
        return f"{names[0]} {self._counted(names[1])}"

    def mistyped(self) -> str:
        """A wrong character, in both names."""
        names = (mistyped(self._random, self._customer()), mistyped(self._random, self._product().name))
        return f"{names[0]} {self._counted(names[1])}"

    def letters(self) -> str:
        """Pinyin and initials."""
        spelled = self._random.choice([pinyin, initials])(self._customer()[:4])
        return f"{spelled} {self._counted(pinyin(self._product().name[:3]))}"

    def unknown(self) -> str:
        """Names that nobody knows."""
        return f"哈利餐饮俱乐部 康师傅魔法饮品{self._random.randint(1, 9)}箱 皮卡丘{self._random.randint(1, 9)}个 送机场路"

    def talk(self) -> str:
        """What is no order."""
        return self._random.choice(TALK)

    def colours(self) -> str:
        """A style by colours and sizes."""
        style = self._random.choice(self._styles)
        return self._random.choice(
            [
                f"{self._customer()} {style} 黑色 M3 L5 XL2 白色 S1 M2",
                f"{self._customer()} {style}每色每码各2",
            ]
        )

    def forwarded(self) -> str:
        """A chat passed on."""
        return f"李娜 10:02\n{self._customer()}\n王强 2026/11/23 10:05:11\n{self._counted()}\n李娜 10:06\n再加{self._counted()}"

    def table(self) -> str:
        """A table of thirty rows."""
        rows = (f"{one.name}\t{self._random.randint(1, 99)}\t{one.default_unit}" for one in self._some(30))
        return f"{self._customer()}\n品名\t数量\t单位\n" + "\n".join(rows)

    def listed(self) -> str:
        """Thirty goods below one another."""
        return f"{self._customer()}\n" + "\n".join(self._counted(product=one) for one in self._some(30))

    def long(self) -> str:
        """As many goods, or customers with goods, as a message may hold."""
        join = self._random.choice(["，", f"；{self._customer()} "])
        return join.join([self._customer(), *(self._counted(product=one) for one in self._some(80))])[
            :LONGEST
        ]

    def _some(self, count: int) -> list[Product]:
        return self._random.sample(self._products, count)


SHARES: Mapping[str, tuple[Callable[[Mix], str], int]] = {
    "whole names": (Mix.exact, 400),
    "beginnings": (Mix.prefix, 150),
    "parts": (Mix.contained, 150),
    "by sound": (Mix.misheard, 100),
    "wrong character": (Mix.mistyped, 100),
    "pinyin, initials": (Mix.letters, 60),
    "unknown": (Mix.unknown, 60),
    "no order": (Mix.talk, 100),
    "colours, sizes": (Mix.colours, 60),
    "forwarded": (Mix.forwarded, 60),
    "thirty rows": (Mix.table, 40),
    "thirty lines": (Mix.listed, 20),
    "longest": (Mix.long, 10),
}
"""Of each kind so many among 1 310: what takes long is rare, but not so rare that the slowest hundredth misses it."""
