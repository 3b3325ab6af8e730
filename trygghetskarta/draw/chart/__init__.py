"""Charts of gated figures."""
