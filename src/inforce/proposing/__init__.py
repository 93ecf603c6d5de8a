"""Proposing: a model may propose claims; only those stay that the text and the record bear out.

Begin with `propose.py`. Nothing here is imported unless a model is asked.
"""
