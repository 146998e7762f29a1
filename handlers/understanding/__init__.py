"""From a chat line to what it means; changes nothing."""
