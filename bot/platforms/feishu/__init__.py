"""Feishu (飞书): a self-built app by events or by long connection, and the robots of groups."""
