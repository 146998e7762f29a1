"""What was asked about and what it came to, on both engines."""

from dataclasses import replace
from datetime import timedelta

from domain.misreading import (
    LONGEST_TEXT,
    MOST_CANDIDATES,
    Misreading,
    from_document,
    lapsed,
    to_document,
)
from domain.ports import UnitsOfWork
from storage.engine import Database
from storage.learning import Learning
from tests.integration.storage.stories import NOW

ASKED = Misreading(
    at=NOW,
    person="lina",
    place="sales",
    source="console:demo:m1",
    text="人民路华联 可乐20箱",
    kind="sku",
    word="可乐",
    candidates=(("D001", "罐装"), ("D002", "瓶装 😀")),
    customer="C001",
    customer_name="华联",
)
CHOSEN = replace(
    ASKED, outcome="chosen", meant="D001", meant_name="罐装", meant_at=NOW, meant_source="console:demo:m2"
)


async def keep(units: UnitsOfWork, *asked: Misreading) -> None:
    async with units() as uow:
        for one in asked:
            await uow.misread(one)
        await uow.commit()


async def test_a_question_comes_back_with_its_outcome(units: UnitsOfWork, database: Database):
    later = replace(
        CHOSEN, at=NOW + timedelta(seconds=1), outcome="retyped", meant="", meant_text="罐装可乐20箱"
    )
    await keep(units, later, CHOSEN)

    assert await Learning(database).misread() == (CHOSEN, later)


async def test_hostile_and_endless_text_is_kept_within_bounds(units: UnitsOfWork, database: Database):
    text = "=cmd|'/c calc'!A1\0\ud800'; DROP TABLE misreadings; --" * 100
    await keep(units, replace(CHOSEN, text=text, word=text, candidates=CHOSEN.candidates * 100))

    (kept,) = await Learning(database).misread()

    assert kept.text.startswith("=cmd|'/c calc'!A1\ufffd")
    assert len(kept.text) <= LONGEST_TEXT
    assert len(kept.candidates) == MOST_CANDIDATES


async def test_what_was_asked_long_ago_is_forgotten(units: UnitsOfWork, database: Database):
    await keep(units, CHOSEN, replace(CHOSEN, at=NOW + timedelta(days=1)))

    assert await Learning(database).forget_misreadings(NOW) == 0
    assert await Learning(database).forget_misreadings(NOW + timedelta(hours=1)) == 1
    assert len(await Learning(database).misread()) == 1


def test_an_open_question_waits_as_json():
    assert from_document(to_document(ASKED)) == ASKED
    assert from_document({**to_document(ASKED), "of a later release": 1}) == ASKED


def test_what_waits_in_a_conversation_lapses_with_it():
    line = replace(ASKED, kind="line", candidates=())
    document = {
        "drafts": [{"code": "a", "asked": to_document(ASKED)}, {"code": "b"}],
        "unread": to_document(line),
        "last": 7,
    }

    assert list(lapsed(document, NOW)) == [
        replace(ASKED, outcome="lapsed", meant_at=NOW),
        replace(line, outcome="lapsed", meant_at=NOW),
    ]
    assert list(lapsed({}, NOW)) == []
