"""Values and nothing else: no I/O, no third party but pydantic."""
