"""Lines that name customers and goods and ask for nothing: nothing may be written."""

from random import Random

from tests.sayings.amounts import amount
from tests.sayings.line import Line
from tests.sayings.shelf import Shelf

SHAPES = (
    "{customer}要不要{product}？",
    "{customer}可能要{product}{amount} 还没定",
    "昨天给{customer}送了{amount}{product}",
    "{customer}上周要了{product} {amount}",
    "如果{customer}要{product} 就给他{amount}",
    "问问{customer}要不要{amount}{product}",
    "{customer}本来想要{product} {amount} 后来没要",
    "听说{customer}在别家拿了{amount}{product}",
)
QUESTIONS = {"{product}还有吗": "stock.show", "{product}多少钱": "product.show"}


def talk(random: Random, shelf: Shelf) -> Line:
    """A question, a perhaps or a story."""
    product = random.choice(shelf.products)
    shape = random.choice([*SHAPES, *QUESTIONS])
    words = shape.format(
        customer=shelf.called(random, random.choice(shelf.customers)),
        product=shelf.called(random, product),
        amount=amount(random, product).words,
    )
    asked = {"intent": QUESTIONS[shape], "slots": {"skus": [product.sku]}} if shape in QUESTIONS else None
    return Line(words, asked or {"intent": "none", "slots": {}}, "talk")
