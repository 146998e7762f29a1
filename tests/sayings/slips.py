"""Names typed wrongly: a character that sounds the same, one that does not, one too many; pinyin and initials."""

from functools import cache
from random import Random

from pypinyin import Style, lazy_pinyin

from tests.sayings.answers import Wanted, order
from tests.sayings.line import Line
from tests.sayings.shelf import Shelf

COMMON = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严龙飞"

CHANGING = "加多少减改换退"
"""Said twice, the first of them is no slip but says what is to be done."""


@cache
def _sounds() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for char in COMMON:
        found.setdefault(lazy_pinyin(char, style=Style.NORMAL)[0], []).append(char)
    return found


def slip(random: Random, shelf: Shelf) -> Line:
    """A line in which one name is typed wrongly; asking is right, and so is what was meant."""
    customer, product = random.choice(shelf.customers), random.choice(shelf.products)
    said = {"customer": customer.name, "product": product.name.split()[0]}
    which = random.choice(list(said))
    typed = random.choice([misheard, mistyped, _doubled])(random, said[which])
    if not shelf.names_other(typed, customer if which == "customer" else product):
        said[which] = typed
    count, unit = random.randint(2, 99), product.default_unit
    rest = product.name.removeprefix(product.name.split()[0])
    words = f"{said['customer']} {said['product']}{rest} {count}{unit}"
    answer = order(
        "order.create",
        {"customer": customer.code},
        [Wanted({"sku": product.sku, "qty": str(count), "unit": unit})],
    )
    return Line(words, answer, "slip")


def spelled(random: Random, shelf: Shelf) -> Line:
    """A customer in pinyin or initials; asking is right, and so is what was meant."""
    customer, product = random.choice(shelf.customers), random.choice(shelf.products)
    words = random.choice([pinyin, initials])(customer.name.split("(")[0])
    count, unit = random.randint(2, 99), product.default_unit
    line = Wanted({"sku": product.sku, "qty": str(count), "unit": unit})
    answer = order("order.create", {"customer": customer.code}, [line])
    return Line(f"{words} {product.name} {count}{unit}", answer, "pinyin")


def pinyin(word: str) -> str:
    """The word as it sounds, in letters."""
    return "".join(lazy_pinyin(word, style=Style.NORMAL))


def initials(word: str) -> str:
    """The first letter of each of its sounds."""
    return "".join(lazy_pinyin(word, style=Style.FIRST_LETTER))


def misheard(random: Random, word: str) -> str:
    """The word with one character that sounds like the right one."""
    at = random.randrange(len(word))
    alike = [one for one in _sounds().get(lazy_pinyin(word[at])[0], []) if one != word[at]]
    return word[:at] + random.choice(alike) + word[at + 1 :] if alike else word


def mistyped(random: Random, word: str) -> str:
    """The word with one wrong character."""
    at = random.randrange(len(word))
    return word[:at] + random.choice(COMMON) + word[at + 1 :]


def _doubled(random: Random, word: str) -> str:
    at = random.randrange(len(word))
    return word if word[at] in CHANGING else word[:at] + word[at] + word[at:]
