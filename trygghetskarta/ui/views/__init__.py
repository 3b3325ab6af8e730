"""The pages: pick, fetch, draw, say."""
