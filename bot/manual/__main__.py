"""`python -m bot.manual`: the page of commands on standard output."""

import sys

from bot.manual.page import page

sys.stdout.write(page())
