"""The tour of docs/connect-feishu.md: an order placed in a group, confirmed, approved by a button, carried to the end."""

import asyncio
import re

import pytest

from tests.acceptance.feishu.conftest import Office, chat
from tests.fakes.feishu_inbox import Message

pytestmark = pytest.mark.asyncio(loop_scope="module")
LINE = "人民路华联 罐装可乐20箱 雪碧10箱 明天上午送"


async def placed(office: Office, person: str = "lina") -> str:
    """The number of an order placed in the sales group and confirmed by its button."""
    before = len(office.feishu.inbox.messages)
    draft = await office.say_in("sales", person, LINE, "华联超市(人民路店)")
    answered = await office.feishu.press(person, draft, "确认")
    found = re.search(r"#(\d+)", answered.toast) or re.search(r"#(\d+)", draft.text)
    assert found, (answered, draft, office.feishu.inbox.messages[before:])
    return found[1]


async def to_be_reviewed(office: Office, number: str) -> Message:
    return await office.hears(chat("review"), f"#{number}", label=f"通过 #{number}")


async def test_the_console_accepts_the_address(office: Office) -> None:
    if office.feishu.callback:
        assert await office.feishu.save_address()


async def test_an_order_is_placed_in_a_group_confirmed_and_approved_with_a_card(office: Office) -> None:
    draft = await office.say_in("sales", "lina", LINE, "华联超市(人民路店)", "可乐330ml罐装")
    assert draft.labels[:2] == ["确认", "放弃"]

    answered = await office.feishu.press("lina", draft, "确认")
    number = re.search(r"#(\d+)", answered.toast + draft.text)
    assert number, (answered, draft.text)
    assert "确认" not in draft.labels  # it is used up

    card = await to_be_reviewed(office, number[1])
    assert card.mentions
    own = await office.feishu.press("lina", card, f"通过 #{number[1]}")
    assert own.toast
    assert f"通过 #{number[1]}" in card.labels  # who may not leaves it to who may

    await office.feishu.press("heting", card, f"通过 #{number[1]}")
    assert f"通过 #{number[1]}" not in card.labels
    assert "何婷" in card.text
    await office.hears(chat("warehouse"), f"#{number[1]}")


async def test_an_order_is_carried_to_done_and_each_department_is_told(office: Office) -> None:
    number = await placed(office)
    card = await to_be_reviewed(office, number)
    await office.feishu.press("heting", card, f"通过 #{number}")

    picking = await office.hears(chat("warehouse"), f"#{number}", label=f"发货 #{number}")
    await office.feishu.press("liujun", picking, f"发货 #{number}")
    await office.say("liujun", f"{number}发了 顺丰SF1234567890", f"#{number}")
    await office.hears(chat("service"), f"#{number}")

    await office.say("lina", f"{number}签收了", f"#{number}")
    await office.hears(chat("finance"), f"#{number}")

    await office.say("qianfang", f"收款 {number}", f"#{number}")
    await office.say("lina", f"查单 {number}", "已完成")


async def test_a_decision_typed_elsewhere_takes_the_buttons_off_the_card(office: Office) -> None:
    number = await placed(office)
    card = await to_be_reviewed(office, number)

    await office.say("heting", f"{number}通过", f"#{number}")

    await office.becomes(lambda: f"通过 #{number}" not in card.labels)


async def test_an_old_button_answers_with_the_newest_state(office: Office) -> None:
    number = await placed(office)
    card = await to_be_reviewed(office, number)
    value = card.value_of(f"通过 #{number}")
    await office.say("heting", f"{number}通过", f"#{number}")
    await office.becomes(lambda: f"通过 #{number}" not in card.labels)
    before = len(office.feishu.inbox.messages)

    pressed = office.feishu.platform.press("heting", value, card.to, card.id)
    answer = await office.feishu.attempt(pressed)

    assert answer is not None
    assert "下面" in str(answer)
    newest = await office.hears(card.to, f"#{number}", "待发货", beyond=before)
    assert f"通过 #{number}" not in newest.labels


async def test_in_a_group_what_does_not_call_the_bot_is_chatter(office: Office) -> None:
    before = office.stored("inbox")

    for words in ("今天吃什么", LINE):
        assert (await office.feishu.say("lina", words, chat=chat("sales"))).attempts == 1
    await office.say("lina", "待办")

    assert office.stored("inbox") == before + 2  # the question and its answer


async def test_a_resend_hours_later_changes_nothing(office: Office) -> None:
    said = office.feishu.platform.text("wangqiang", LINE)
    await office.feishu.send(said)
    await office.hears("ou_wangqiang", "华联超市(人民路店)")
    before = len(office.feishu.inbox.messages)

    await asyncio.gather(*(office.feishu.send(said) for _ in range(4)))
    await office.say("wangqiang", "放弃")

    told = [one for one in office.feishu.inbox.messages[before:] if one.to == "ou_wangqiang"]
    assert len(told) == 1


async def test_a_stranger_gets_one_sentence_where_they_asked(office: Office) -> None:
    answer = await office.say("nobody-we-know", LINE)

    assert "华联" not in answer.text
    assert len(answer.text.splitlines()) == 1
    assert answer.labels == []


async def test_voice_and_files_get_one_sentence(office: Office) -> None:
    for kind, word in (("audio", "语音"), ("file", "文件"), ("image", "图片")):
        before = len(office.feishu.inbox.messages)
        await office.feishu.send(office.feishu.platform.message("lina", kind, {"file_key": "f"}))
        await office.hears("ou_lina", word, beyond=before)


async def test_words_of_a_user_call_nobody(office: Office) -> None:
    number = await placed(office)
    before = len(office.feishu.inbox.messages)

    await office.say(
        "heting", f'驳回 {number} <at user_id="all"></at> &lt;at id=all&gt; **急**', f"#{number}"
    )
    await office.becomes(lambda: any("＜at" in one.text for one in office.feishu.inbox.messages[before:]))

    for one in office.feishu.inbox.messages[before:]:
        assert "all" not in one.mentions
        assert "&lt;" not in one.text


async def test_nothing_that_opens_a_door_is_written_down(office: Office) -> None:
    await office.say("lina", "待办")

    written = office.gendan.log.read_bytes() + b"".join(
        file.read_bytes() for file in office.database.parent.glob("gendan.db*")
    )
    app = office.feishu.app
    for secret in (app.app_secret, app.encrypt_key, app.verification_token, "made-up-ticket", "Bearer"):
        assert secret.encode() not in written, secret
    assert not office.logged("bug")
    assert not office.logged("delivery failed")


async def test_a_code_reaches_who_asked_for_it(office: Office) -> None:
    """On Feishu answers go by the outbox: what is shown once must be in it."""
    answer = await office.say("lina", "绑定", "您的绑定码")

    assert re.search(r"\d{6}", answer.text)


async def test_a_stranger_asks_and_the_table_of_staff_is_never_overridden(office: Office) -> None:
    """Everybody in the table has an id of Feishu, so that the process owner's yes is refused, and says why."""
    await office.say("nobody", "待办", "我还不认识您")
    await office.say("nobody", "绑定 周凯", "已请流程负责人确认")
    asked = await the_request(office)
    yes = next(one for one in asked.labels if one.startswith("同意绑定"))
    before = len(office.feishu.inbox.messages)

    pressed = await office.feishu.press("linxiaomei", asked, yes)

    if "已经有账号" not in pressed.toast:
        await office.hears("ou_linxiaomei", "周凯在飞书上已经有账号", beyond=before)
    await office.say("nobody", "待办", "我还不认识您")


async def the_request(office: Office) -> Message:
    """What the process owner was asked, under whichever id she is written to."""
    found: list[Message] = []

    def asked() -> bool:
        found[:] = [one for one in office.feishu.inbox.messages if "有人申请绑定" in one.text]
        return bool(found)

    await office.becomes(asked)
    return found[-1]
