"""DingTalk (钉钉): an app's robot that people talk to, alone and in groups, and custom robots that tell departments."""
