"""The paraphrase grammar: templates in our own words."""
