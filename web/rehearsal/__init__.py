"""Rehearsing: drive a running server with a recorded conversation, through the same doors as people."""

from web.rehearsal.door import Door, DoorClosed
from web.rehearsal.report import Report, Seen, Spread
from web.rehearsal.stage import Progress, Rehearsal, rehearse

__all__ = ["Door", "DoorClosed", "Progress", "Rehearsal", "Report", "Seen", "Spread", "rehearse"]
