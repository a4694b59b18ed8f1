"""One file a version of the store, in the order of `VERSIONS` in `engine.py`."""
