"""Kinds of input and how each becomes documents; every file here reads one kind.

`kinds` tells them apart, `sources` opens what the command line names. Heavy parsers are imported by the
kind that needs them.
"""
