"""Hostile header bytes become a Message, and a Message becomes a Claim. Pure: no I/O, no clock, no exception on any bytes."""
