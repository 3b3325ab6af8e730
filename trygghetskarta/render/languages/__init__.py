"""What the public reads, in every language there is a file for; a new language is a new file."""
