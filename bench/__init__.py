"""The speed measurements: `python3 run.py bench`. Figures to compare within one run, never a test."""
