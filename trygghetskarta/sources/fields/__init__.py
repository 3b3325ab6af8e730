"""Single fields: dates, coordinates, codes, columns."""
