"""The second stage: what figures and set words say by themselves: numbers, days, times, money, orders' numbers."""
