"""Measurements, as ratios against bare Django in the same run: `make bench`.

No test: nothing here passes or fails, the figures are printed for people to judge.
"""
