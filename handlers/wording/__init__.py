"""Every sentence a person reads. Neutral markdown: bold, lists, quotes; user text goes through `text.plain`."""
