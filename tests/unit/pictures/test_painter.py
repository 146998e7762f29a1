"""The picture as a file: what phones and platforms take."""

import struct
import sys
from decimal import Decimal

import pytest

from bot.pictures import painter
from bot.pictures.painter import NotPainted, Painter
from domain.charts import BARS, Chart, Series

DAY = (
    Chart(
        "新单",
        BARS,
        tuple(f"{n}点" for n in range(24)),
        (Series("张", tuple(map(Decimal, range(24)))),),
        "张",
    ),
)


async def test_a_picture_is_a_png_twice_as_fine_as_a_phone_is_wide():
    picture = await Painter()(DAY)

    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">I", picture[16:20]) == (1080,)
    assert len(picture) < 500_000


async def test_chinese_is_written_with_the_font_that_comes_along():
    with_words = await Painter()(DAY)
    without = await Painter()((Chart("", BARS, ("",) * 24, DAY[0].series),))

    assert len(with_words) > len(without) + 5_000


@pytest.mark.parametrize(
    "press",
    [
        ("false",),
        ("true",),
        ("/no/such/program",),
        (sys.executable, "-c", "print('x' * 3_000_000)"),
    ],
)
async def test_what_does_not_paint_says_so(press):
    with pytest.raises(NotPainted):
        await Painter(press)(DAY)


async def test_what_does_not_end_is_ended(monkeypatch):
    monkeypatch.setattr(painter, "PATIENCE_S", 0.1)

    with pytest.raises(NotPainted, match="no end"):
        await Painter(("sleep", "60"))(DAY)
