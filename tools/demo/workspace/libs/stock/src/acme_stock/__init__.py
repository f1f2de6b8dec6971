"""Shelves, orders and labels of a warehouse."""
