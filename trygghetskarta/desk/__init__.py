"""The generic half of the screen: state, cache, style, map, widgets that know no subject."""
