"""The first stage: what surrounds a message is taken off, and what is left comes in one spelling."""
