"""Arguments in, text out. Work is done in `app`; only this room prints."""
