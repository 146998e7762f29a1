"""Sentences about not being disturbed."""

from datetime import date, datetime, timedelta

from handlers.message import Button, Reply
from handlers.wording.text import day, plain

HOW = "「免打扰 两小时」、「免打扰 到18:30」、「免打扰 到明早8点」"


def begun(until: datetime, today: date) -> Reply:
    """Until when, and what comes through all the same."""
    return Reply(
        f"好的，{_when(until, today)} 前不打扰您，到时候攒下的合成一条发给您。"
        "加急单、催单、超时提醒和您自己问的照常来；群里的消息不受影响。",
        (Button("取消免打扰", "取消免打扰"),),
    )


def ended() -> Reply:
    """From now on as always."""
    return Reply("好的，免打扰已取消：从现在起照常通知您，有攒下的马上发。")


def which_moment(said: str) -> Reply:
    """To somebody whose moment nobody can read."""
    if not said:
        return Reply(f"免打扰到什么时候？可以说{HOW}；不要了就说「取消免打扰」。")
    return Reply(f"没看懂「{plain(said, 20)}」是到什么时候，没有设。请说{HOW}。")


def over(until: datetime, today: date) -> Reply:
    """To somebody whose moment has passed."""
    return Reply(f"{_when(until, today)} 已经过了，没有设。请说{HOW}。")


def too_long(longest: timedelta) -> Reply:
    """To somebody who will rather be away."""
    return Reply(f"免打扰最长 {longest.days} 天，没有设。要是不在，请说「我下周一到周三请假，李娜替我」。")


def _when(until: datetime, today: date) -> str:
    return f"{until:%H:%M}" if until.date() == today else f"{day(until.date(), today)} {until:%H:%M}"
