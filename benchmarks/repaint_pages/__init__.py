"""Two pages that show the same areas in the same colours: ours, and plain ``st_folium``."""
