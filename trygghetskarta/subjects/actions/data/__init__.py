"""What the page asks, in order and kept."""
