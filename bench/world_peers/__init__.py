"""The peers that `bench/world_speed.py` measures: the same record, the same questions, the same answers."""
