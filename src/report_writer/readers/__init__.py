"""Files in, `AnnualReport` out: one reader per format."""
