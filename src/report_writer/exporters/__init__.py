"""`AnnualReport` in, files out: one exporter per format. Nothing here reads a file."""
