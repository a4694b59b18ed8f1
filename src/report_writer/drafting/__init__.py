"""Figures in, prose out: plan → prompt → model → slots checked → repair → rule-written sentence."""
