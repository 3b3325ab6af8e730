"""What computes: figures for the page, and for whoever else asks."""
