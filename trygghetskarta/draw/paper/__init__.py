"""Documents as PDF, Word and web page."""
