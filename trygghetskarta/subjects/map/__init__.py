"""Karta and Om uppgifterna."""
