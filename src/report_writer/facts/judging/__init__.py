"""Does what was linked hold, what is wrong if not, and the ledger of one section."""
