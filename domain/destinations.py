"""Every way of reaching people as data: what it bears, what it shows, and what it can do.

All figures are the platforms' own; who keeps to them uses nine tenths, because clocks differ and others may write
to the same place. A figure marked "assumed" stands in no document and is the platform's nearest one that does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class Dialect(StrEnum):
    """How words are marked there."""

    NEUTRAL = "neutral"  # the markdown our own sentences are written in
    WECOM = "wecom"  # font colours and `<@id>`, no tables: robots and app messages
    WECOM_V2 = "wecom-v2"  # tables and code, no colours, no mentions
    DINGTALK = "dingtalk"
    FEISHU = "feishu"


@dataclass(frozen=True, slots=True)
class Limit:
    """The platform takes at most `count` within any `span`."""

    count: int
    span: timedelta

    @property
    def tenths(self) -> int:
        """What we use of it, in tenths of a message."""
        return 9 * self.count

    @property
    def burst(self) -> int:
        """How many we send at once after a rest: half of what we use, so that the other half can follow steadily."""
        return max(1, self.tenths // 20)


@dataclass(frozen=True, slots=True)
class Destination:
    """One way of reaching a group or a person.

    `limits` hold for each address, `shared` for all addresses of one `account` together. `bytes` is the room for the
    words of one message in UTF-8. `buttons` speak back to us when pressed; `idempotent` means that the platform shows a
    message with a key it has seen only once; `updates` that a message shown can be replaced by a newer one; `pictures`
    that charts follow the words as a message of their own. A text of more than `card` characters does not fit beside its
    buttons: they follow in a message of their own. `one`: of all processes one speaks there at a time, so that its limits
    are not divided. `hosts` is where the address of a robot leads.
    """

    kind: str
    bytes: int
    dialect: Dialect
    limits: tuple[Limit, ...] = ()
    shared: tuple[Limit, ...] = ()
    account: str = ""
    mentions: bool = False
    buttons: bool = False
    idempotent: bool = False
    updates: bool = False
    hosts: tuple[str, ...] = ()
    pictures: bool = False
    card: int = 160
    one: bool = False

    @property
    def burst(self) -> int | None:
        """How many messages it takes at once after a rest; None: any number."""
        return min((limit.burst for limit in (*self.limits, *self.shared)), default=None)


# Where the platform counts the whole body of the request, a tenth is left for what stands around the words.
_DINGTALK_BODY = (
    15_000 * 9 // 10
)  # msgParam; https://open.dingtalk.com/document/orgapp/robots-send-group-chat-messages
_FEISHU_CARD = 30_000 * 9 // 10  # https://open.feishu.cn/document/server-docs/im-v1/message/create

# 1000 a minute and 50 a second for an app on this interface, 5 a second to one person and to one group, the latter
# shared with the group's other robots. https://open.feishu.cn/document/server-docs/im-v1/message/create
_FEISHU_EACH = (Limit(5, SECOND),)
_FEISHU_APP = (Limit(50, SECOND), Limit(1000, MINUTE))

# No figure is documented for what an app's robot says to groups and persons; assumed: that of the custom robot.
_DINGTALK_ASSUMED = (Limit(20, MINUTE),)

_ALL = (
    # Our own page has nothing to protect but who reads it: one a second is as much as anybody can follow.
    # A newer card of an order folds the earlier one.
    Destination(
        "console",
        16_384,
        Dialect.NEUTRAL,
        (Limit(60, MINUTE),),
        mentions=True,
        buttons=True,
        idempotent=True,
        updates=True,
    ),
    # 20 a minute for a robot; markdown up to 4096 bytes, what is longer is refused; only speaks.
    # https://developer.work.weixin.qq.com/document/path/91770
    Destination(
        "wecom-robot",
        4096,
        Dialect.WECOM,
        (Limit(20, MINUTE),),
        mentions=True,
        pictures=True,
        hosts=("qyapi.weixin.qq.com",),
    ),
    # 30 a minute and 1000 an hour to one member, dropped without a word beyond; 2048 bytes, cut beyond; the same
    # request is shown once within duplicate_check_interval; a card with buttons can be replaced for 72 hours.
    # The sum per day (200 times the account's members) depends on the contract and is out of reach for an order desk.
    # https://developer.work.weixin.qq.com/document/path/90236
    Destination(
        "wecom",
        2048,
        Dialect.WECOM,
        (Limit(30, MINUTE), Limit(1000, HOUR)),
        buttons=True,
        idempotent=True,
        updates=True,
    ),
    # A member sees at most 200 a minute and 10 000 a day over all groups of the app, the rest is dropped without a
    # word: since one person may be in all of them, the groups share the figure. No cards, no key.
    # https://developer.work.weixin.qq.com/document/path/90248
    Destination(
        "wecom-appchat",
        2048,
        Dialect.WECOM,
        shared=(Limit(200, MINUTE), Limit(10_000, DAY)),
        account="wecom-appchat",
        mentions=True,
    ),
    # 30 a minute and 1000 an hour for a conversation, answers and pushes together; 20480 bytes. A card can be
    # replaced only while its button is being answered. https://developer.work.weixin.qq.com/document/path/101463
    Destination(
        "wecom-bot",
        20_480,
        Dialect.WECOM_V2,
        (Limit(30, MINUTE), Limit(1000, HOUR)),
        buttons=True,
        card=112,
        one=True,
    ),
    # 20 a minute for a robot, then it is mute for ten minutes; a body of 20 000 bytes; msgUuid is the key.
    # https://open.dingtalk.com/document/orgapp/custom-robots-send-group-messages
    Destination(
        "dingtalk-robot",
        20_000 * 9 // 10,
        Dialect.DINGTALK,
        (Limit(20, MINUTE),),
        mentions=True,
        idempotent=True,
        hosts=("oapi.dingtalk.com",),
    ),
    # Calls nobody, its buttons open pages only. Without a card template of the company's own nothing is replaced.
    Destination("dingtalk-group", _DINGTALK_BODY, Dialect.DINGTALK, _DINGTALK_ASSUMED),
    Destination("dingtalk", _DINGTALK_BODY, Dialect.DINGTALK, _DINGTALK_ASSUMED),
    # 100 a minute and 5 a second for a robot, a body of 20 KB; buttons open pages only.
    # https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot
    Destination(
        "feishu-robot",
        20_000 * 9 // 10,
        Dialect.FEISHU,
        (Limit(5, SECOND), Limit(100, MINUTE)),
        mentions=True,
        hosts=("open.feishu.cn", "open.larksuite.com"),
    ),
    # uuid is the key for an hour; a card can be replaced for 14 days.
    # https://open.feishu.cn/document/server-docs/im-v1/message-card/patch
    Destination(
        "feishu-chat",
        _FEISHU_CARD,
        Dialect.FEISHU,
        _FEISHU_EACH,
        _FEISHU_APP,
        "feishu",
        mentions=True,
        buttons=True,
        idempotent=True,
        updates=True,
        card=_FEISHU_CARD,
    ),
    Destination(
        "feishu",
        _FEISHU_CARD,
        Dialect.FEISHU,
        _FEISHU_EACH,
        _FEISHU_APP,
        "feishu",
        buttons=True,
        idempotent=True,
        updates=True,
        card=_FEISHU_CARD,
    ),
)

DESTINATIONS: Mapping[str, Destination] = {destination.kind: destination for destination in _ALL}
"""By the kind of way, as `domain.company.Way` and the outbox name it."""
