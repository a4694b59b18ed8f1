"""Sentences labelled by hand: which rest on a clerk's notes, and which add something to them."""
