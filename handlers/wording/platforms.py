"""What the platforms are called."""

from collections.abc import Mapping

NAMES: Mapping[str, str] = {
    "wecom": "企业微信",
    "wecom-bot": "企业微信",
    "dingtalk": "钉钉",
    "feishu": "飞书",
    "console": "演示页面",
}
_SAID: Mapping[str, str] = {
    "企业微信": "wecom", "企微": "wecom", "微信": "wecom", "wecom": "wecom",
    "钉钉": "dingtalk", "丁丁": "dingtalk", "dingtalk": "dingtalk",
    "飞书": "feishu", "feishu": "feishu", "lark": "feishu",
}  # fmt: skip


def platform_name(platform: str) -> str:
    """`钉钉` for `dingtalk`."""
    return NAMES.get(platform, platform)


def platform_named(word: str) -> str:
    """`dingtalk` for `钉钉`; empty for anything else."""
    return _SAID.get(word.strip().lower(), "")
