"""När händer det: hours, light, seasons, trend."""
