"""A late reply is the reply, and knows whose it is."""

from bot.late import KIND, rendered
from domain.facts import Notice
from domain.sending import Rendered
from handlers.message import Button, Reply

REPLY = Reply("请核对", (Button("确认", "确认 ab12"),), order=17)


def test_a_late_reply_says_what_the_reply_says_to_whoever_asked():
    notice = Notice(KIND, "chat:feishu:oc_1", 17, facts={**REPLY.document(), "asker": "lina"})

    assert rendered(notice) == Rendered("请核对", buttons=(("确认", "确认 ab12"),), asker="lina")


def test_one_that_the_release_before_this_wrote_is_nobodys():
    assert rendered(Notice(KIND, "user:lina", 17, facts=REPLY.document())).asker == ""
