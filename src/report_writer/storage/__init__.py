"""What outlives a run: runs, items, report versions, generations, answers and decisions."""
