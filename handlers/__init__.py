"""What people can ask for: from text to a reply."""
