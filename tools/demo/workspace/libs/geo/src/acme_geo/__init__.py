"""Distances on a grid; depends on nothing."""


def blocks(start: tuple[int, int], end: tuple[int, int]) -> int:
    return abs(start[0] - end[0]) + abs(start[1] - end[1])
