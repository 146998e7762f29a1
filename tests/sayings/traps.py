"""Small catalogues full of traps: names that contain one another, digits and units in names, sizes that begin alike."""

from itertools import count, product
from random import Random

from domain.catalogue import Catalogue, Customer, Product
from tests.sayings.catalogues import catalogue
from tests.sayings.shops import CHAINS, KINDS, ROADS, SURNAMES, branch, shop
from tests.sayings.trades import BRANDS, COLOURS, TRADES, Family
from tests.sayings.wares import FIRST_STYLE, plain, styled

MOST_PRODUCTS = 24


def trap(random: Random) -> Catalogue:
    """A catalogue of one or two trades in which few words decide by themselves."""
    trades = random.sample(sorted(TRADES), random.randint(1, 2))
    families = [(trade, family) for trade in trades for family in TRADES[trade]]
    chosen = random.sample(families, random.randint(1, min(4, len(families))))
    numbers = count(1)
    goods: dict[str, Product] = {}
    for trade, family in chosen:
        made = _style(random, family, numbers) if family.mixed else _goods(random, trade, family, numbers)
        goods |= {one.name: one for one in made}
    return catalogue(_customers(random), goods.values())


def _near(random: Random, words: tuple[str, ...], most: int) -> list[str]:
    """Words of which some are parts of others, as far as there are such."""
    first = random.choice(words)
    kin = [one for one in words if one != first and (one in first or first in one)]
    others = random.sample(words, min(len(words), most))
    return list(dict.fromkeys([first, *kin, *others]))[:most]


def _goods(random: Random, trade: str, family: Family, numbers: "count[int]") -> list[Product]:
    brands = random.choice([_near(random, BRANDS, 3), [""], ["", random.choice(BRANDS)]])
    nouns = _near(random, family.nouns, random.randint(1, 4))
    sizes = _near(random, family.sizes, random.randint(1, 4))
    kinds = random.sample(family.kinds, random.randint(1, min(2, len(family.kinds))))
    every = list(product(brands, nouns, sizes, kinds))
    picked = random.sample(every, min(len(every), random.randint(2, MOST_PRODUCTS)))
    spaced = random.random() < (0.8 if trade == "hardware" else 0.2)
    return [plain(f"P{next(numbers):03}", family, *parts, spaced=spaced) for parts in picked]


def _style(random: Random, family: Family, numbers: "count[int]") -> list[Product]:
    made = []
    for noun in _near(random, family.nouns, 2):
        style = FIRST_STYLE + next(numbers) * 7
        colours = random.sample(COLOURS, random.randint(1, 3))
        measures = sorted(random.sample(family.measures, random.randint(2, 4)), key=family.measures.index)
        made += [
            styled(f"P{next(numbers):03}", family, noun, style, *one) for one in product(colours, measures)
        ]
    return made


def _customers(random: Random) -> list[Customer]:
    names: dict[str, tuple[str, ...]] = {}
    for chain in _near(random, CHAINS, random.randint(1, 3)):
        if random.random() < 0.5:
            names |= dict([branch(chain, road) for road in random.sample(ROADS, random.randint(1, 3))])
        else:
            names[chain] = ()
    surname, kind = random.choice(SURNAMES), random.choice(KINDS)
    names[f"{surname}记{kind}"] = ()
    names[f"{random.choice(ROADS)}{surname}记{kind}"] = (f"{surname}老板",)
    return [shop(f"K{at:03}", *one) for at, one in enumerate(names.items(), 1)]
