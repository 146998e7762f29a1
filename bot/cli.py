"""The `gendan` command."""


def main() -> None:
    """Run the command line."""
