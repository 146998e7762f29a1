"""WeCom (企业微信): a self-built app that people talk to, and group robots that tell departments."""
