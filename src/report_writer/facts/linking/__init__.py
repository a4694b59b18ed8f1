"""Which cells, facts or formulas an item of the text speaks of: by its words, never by its value."""
