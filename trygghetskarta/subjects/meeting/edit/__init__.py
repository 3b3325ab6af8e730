"""All that changes the store."""
