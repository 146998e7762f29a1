"""Catalogues and lines that are made up, with what each line means: for the tests of understanding and its benchmark.

- `trades`: what is sold, as families of goods; `wares` makes products of them, `shops` makes customers.
- `catalogues`: a small catalogue full of traps, and one as big as a city's wholesaler.
- `orders`: lines with their answers, made from parts (`goods`, `amounts`, `frames`).
- `mutations`: what fingers, keyboards and pastes make of a line.

Everything is drawn from a `random.Random`, so that hypothesis can drive it and a benchmark can count from a seed.
"""
