"""Servers that others built, each doing the same: what one connection says, all receive."""
