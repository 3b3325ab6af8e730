"""Vandringar and Rapportera: walks and findings."""
