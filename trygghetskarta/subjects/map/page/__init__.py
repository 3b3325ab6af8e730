"""The page: its frame, and the panels, forms and controls it is made of."""
