"""What may be lost: access tokens and wake-ups, shared by processes through Redis."""
