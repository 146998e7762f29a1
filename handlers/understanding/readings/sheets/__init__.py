"""Tables with a head, pasted or sent as a file: rows become lines of orders, and every row is accounted for."""
