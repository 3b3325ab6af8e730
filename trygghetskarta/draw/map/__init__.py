"""Maps for the screen, as pictures and in papers."""
