"""The fifth stage: which quantity, unit and price belong to which product."""
