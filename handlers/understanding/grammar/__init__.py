"""The fourth stage: which intent the words around the items have, and where one request ends."""
