"""The frame: server, door, navigation, and the script that draws a page."""
