"""Rules about the presence and the topics of the six parts; see docs/checks."""
