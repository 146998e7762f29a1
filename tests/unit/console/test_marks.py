"""The bot's markdown in a terminal."""

from bot.platforms.console.marks import plain, styled


def test_a_pipe_gets_words_only():
    assert (
        plain("### 订单\n**SO261123-0017** 待审核\n> 说「通过 17」\n- 可乐")
        == "订单\nSO261123-0017 待审核\n说「通过 17」\n- 可乐"
    )


def test_a_terminal_shows_bold_as_bold():
    shown = styled("合计 **1,350.00** 元")
    assert shown.plain == "合计 1,350.00 元"
    assert [(span.start, span.end, span.style) for span in shown.spans] == [(3, 11, "bold")]


def test_stars_that_are_no_mark_stay():
    assert plain("330ml*24罐 ** 2*3") == "330ml*24罐 ** 2*3"
