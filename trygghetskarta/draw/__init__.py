"""Back ends that know no subject: map, chart, table, paper, deck."""
