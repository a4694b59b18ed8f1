"""One file per backend; each has `open(target, timeout, progress, api_key)` and is imported by it."""
