"""docs/commands.md, written from the code: every request staff can make, with ways to say it."""
