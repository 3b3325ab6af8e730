"""From choice to Publishable: figures, publications and their register, and the gate for words."""
