"""Pure computing on arrays and tables: no file, no clock, no screen."""
