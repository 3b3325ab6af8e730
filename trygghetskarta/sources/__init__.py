"""Where data come from: one publisher or format, one module."""
