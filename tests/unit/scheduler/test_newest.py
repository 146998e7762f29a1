"""A notice that lost its sense before it left is replaced by where its order stands."""

from domain.facts import Notice
from domain.outbox import Delivery
from scheduler.letters import Letter
from scheduler.newest import Newest
from tests.builders import COMPANY
from tests.fakes.outbox import NOON, MemoryStandings


class Desk:
    """Notices about to leave, and where their orders stand."""

    def __init__(self) -> None:
        self.standings = MemoryStandings()
        self.newest = Newest(self.standings, lambda: COMPANY)
        self.deliveries: list[Delivery] = []

    def owes(self, kind: str, order: int | None, **facts: object) -> None:
        """A notice, its facts as they were when it was written."""
        seq = len(self.deliveries)
        notice = Notice(kind, "group:review", order, ("lead",), facts=facts)
        self.deliveries.append(Delivery(f"d{seq}", "w", "a", notice, NOON, NOON, 1, seq=seq))

    async def letters(self) -> tuple[Letter, ...]:
        """What is said now."""
        return await self.newest.letters(self.deliveries)


async def test_what_still_holds_is_told_as_it_is():
    desk = Desk()
    desk.owes("entered.reviewing", 17, entry=1)
    desk.standings.stands(17, "reviewing", 1)

    [letter] = await desk.letters()

    assert letter.notice == desk.deliveries[0].notice


async def test_a_task_whose_step_is_over_becomes_the_newest_state_and_calls_nobody():
    desk = Desk()
    desk.owes("entered.reviewing", 17, entry=1)
    desk.standings.stands(17, "picking", 2, owner="keeper")

    [letter] = await desk.letters()

    assert (letter.notice.kind, letter.notice.mentions, letter.notice.to) == ("moved_on", (), "group:review")
    assert letter.notice.facts["step_name"] == "待发货"
    assert letter.notice.facts["owner"] == "仓管甲"
    assert letter.notice.facts["customer"] == "客户17"


async def test_a_fact_is_still_told_and_knows_that_it_is_late():
    desk = Desk()
    desk.owes("paid", 17, entry=1, sum="12.00")
    desk.standings.stands(17, "picking", 2)

    [letter] = await desk.letters()

    assert (letter.notice.kind, letter.notice.facts["sum"]) == ("paid", "12.00")
    assert letter.notice.facts["moved_on"] is True
    assert letter.notice.mentions == ("lead",)


async def test_several_outdated_notices_of_one_order_become_one():
    desk = Desk()
    for kind in ("entered.reviewing", "overdue", "urged"):
        desk.owes(kind, 17, entry=1)
    desk.owes("entered.reviewing", 18, entry=1)
    desk.standings.stands(17, "picking", 2)
    desk.standings.stands(18, "picking", 2)

    first, second = await desk.letters()

    assert [one.id for one in first.deliveries] == ["d0", "d1", "d2"]
    assert first.notice.facts["earlier"] == ["entered.reviewing", "overdue", "urged"]
    assert second.notice.order == 18


async def test_where_the_newest_step_is_told_anyway_nothing_else_is_said():
    desk = Desk()
    desk.owes("entered.reviewing", 17, entry=1)
    desk.owes("entered.picking", 17, entry=2)
    desk.standings.stands(17, "picking", 2)

    [letter] = await desk.letters()

    assert letter.notice.kind == "entered.picking"
    assert [one.id for one in letter.deliveries] == ["d0", "d1"]


async def test_a_notice_of_the_previous_release_is_judged_by_its_step():
    desk = Desk()
    desk.owes("entered.reviewing", 17, step="reviewing")
    desk.owes("entered.reviewing", 18, step="reviewing")
    desk.owes("noted", 19)
    desk.standings.stands(17, "picking", 2)
    desk.standings.stands(18, "reviewing", 1)
    desk.standings.stands(19, "picking", 2)

    assert [letter.notice.kind for letter in await desk.letters()] == [
        "moved_on",
        "entered.reviewing",
        "noted",
    ]


async def test_a_whole_batch_costs_one_question_and_one_without_orders_none():
    desk = Desk()
    desk.owes("draft_expired", None)
    await desk.letters()
    assert desk.standings.asked == 0

    for number in range(1, 100):
        desk.owes("entered.reviewing", number, entry=1)
    await desk.letters()
    assert desk.standings.asked == 1
