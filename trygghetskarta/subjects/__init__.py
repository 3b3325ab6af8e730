"""What each page does, a folder for each subject."""
