"""From choice to Publishable: figures, what has been published, and the gate for words."""
