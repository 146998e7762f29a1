"""The last stage: intents with their slots and what must be asked, alone or in a conversation."""
