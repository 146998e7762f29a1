"""Every way this process can write to, by the kind of way."""

from collections.abc import Callable, Mapping

from bot.platforms.base import SharedCache
from bot.platforms.dingtalk import app as dingtalk
from bot.platforms.dingtalk.api import DingTalkApi
from bot.platforms.dingtalk.app import DingTalkApp
from bot.platforms.dingtalk.cardroom import CardRoom
from bot.platforms.dingtalk.robot import RobotSender as DingTalkRobotSender
from bot.platforms.dingtalk.sender import GroupSender, PersonSender
from bot.platforms.feishu import app as feishu
from bot.platforms.feishu.api import FeishuApi
from bot.platforms.feishu.app import FeishuApp
from bot.platforms.feishu.robot import RobotSender as FeishuRobotSender
from bot.platforms.feishu.sender import FeishuSender
from bot.platforms.http import Http
from bot.platforms.wecom.api import WecomApi
from bot.platforms.wecom.app import API_BASE, WecomApp
from bot.platforms.wecom.appchat import AppchatSender
from bot.platforms.wecom.robot import Paint, RobotSender
from bot.platforms.wecom.sender import AppSender
from bot.reach import AddressFromEnvironment
from bot.settings import DingTalkSettings, FeishuSettings, Settings, WeComSettings, environment
from domain.company import Company
from domain.identity import id_on
from domain.live_cards import LiveCards
from domain.ports import Clock
from domain.sending import Sender


def senders(
    settings: Settings,
    company: Callable[[], Company],
    clock: Clock,
    cache: SharedCache | None,
    paint: Paint,
    http: Http,
    live: LiveCards,
) -> Mapping[str, Sender]:
    """The senders, which talk through `http`."""

    def wecom_id(user_id: str) -> str:
        return _id_of(company(), "wecom", user_id)

    base = settings.wecom.api_base if settings.wecom else API_BASE
    robot = AddressFromEnvironment(RobotSender(http, wecom_id, paint, base), environment())
    ways: dict[str, Sender] = {
        "wecom-robot": robot,
        **_dingtalk(settings, company, clock, cache, http),
        **_feishu(settings, company, clock, cache, http, live),
    }
    if settings.wecom:
        app = wecom_app(settings.wecom)
        api = WecomApi(app, http, clock, cache)
        ways |= {"wecom": AppSender(api, app.agent_id), "wecom-appchat": AppchatSender(api, wecom_id)}
    return ways


def _dingtalk(
    settings: Settings,
    company: Callable[[], Company],
    clock: Clock,
    cache: SharedCache | None,
    http: Http,
) -> Mapping[str, Sender]:
    def dingtalk_id(user_id: str) -> str:
        return _id_of(company(), "dingtalk", user_id)

    def called(user_id: str) -> tuple[str, str]:
        staff = company().staff(user_id)
        return dingtalk_id(user_id), staff.name if staff else ""

    said = settings.dingtalk
    base = said.oapi_base if said else dingtalk.OAPI_BASE
    robot = AddressFromEnvironment(DingTalkRobotSender(http, dingtalk_id, clock, base), environment())
    if said is None:
        return {"dingtalk-robot": robot}
    app = dingtalk_app(said)
    api = DingTalkApi(app, http, clock, cache)
    cards = CardRoom(app, api, called, cache) if app.card_template else None
    return {
        "dingtalk-robot": robot,
        "dingtalk-group": GroupSender(app, api, cards),
        "dingtalk": PersonSender(app, api, cards),
    }


def _feishu(
    settings: Settings,
    company: Callable[[], Company],
    clock: Clock,
    cache: SharedCache | None,
    http: Http,
    live: LiveCards,
) -> Mapping[str, Sender]:
    def feishu_id(user_id: str) -> str:
        return _id_of(company(), "feishu", user_id)

    said = settings.feishu
    base = said.api_base if said else feishu.API_BASE
    robot = AddressFromEnvironment(FeishuRobotSender(http, feishu_id, clock, base), environment())
    if said is None:
        return {"feishu-robot": robot}
    sender = FeishuSender(FeishuApi(feishu_app(said), http, clock, cache), live, feishu_id, clock)
    return {"feishu-robot": robot, "feishu-chat": sender, "feishu": sender}


def _id_of(company: Company, door: str, user_id: str) -> str:
    staff = company.staff(user_id)
    return id_on(door, staff) if staff else ""


def wecom_app(said: WeComSettings) -> WecomApp:
    """The app by its settings."""
    return WecomApp(
        corp_id=said.corp_id,
        agent_id=said.agent_id,
        secret=said.secret.get_secret_value(),
        token=said.token.get_secret_value(),
        aes_key=said.aes_key.get_secret_value(),
        api_base=said.api_base,
        reply_cards=said.reply_cards,
    )


def dingtalk_app(said: DingTalkSettings) -> DingTalkApp:
    """The app by its settings. In Stream mode presses come over the connection, whatever address is public."""
    return DingTalkApp(
        app_key=said.app_key,
        app_secret=said.app_secret.get_secret_value(),
        robot=said.robot,
        card_template=said.card_template,
        public_url=said.public_url if said.mode == "http" else "",
        api_base=said.api_base,
        oapi_base=said.oapi_base,
    )


def feishu_app(said: FeishuSettings) -> FeishuApp:
    """The app by its settings."""
    return FeishuApp(
        app_id=said.app_id,
        app_secret=said.app_secret.get_secret_value(),
        encrypt_key=said.encrypt_key.get_secret_value() if said.encrypt_key else "",
        verification_token=said.verification_token.get_secret_value() if said.verification_token else "",
        api_base=said.api_base,
    )
