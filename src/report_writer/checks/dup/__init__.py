"""Copied text: from last year's report, or from other agencies."""
