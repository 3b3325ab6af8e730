"""What shows: listings, charts, maps, papers and their words."""
