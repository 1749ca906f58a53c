"""Writes down the protocol `kring.v1` for others, from the Structs it is made of (`python -m web.protocol`)."""
