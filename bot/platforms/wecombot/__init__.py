"""WeCom's AI bot (企业微信智能机器人): heard in groups and one to one, by callbacks or over a connection of our own making."""
