"""Trygghetskarta: crime and perceived safety on the map for a Swedish municipality."""
