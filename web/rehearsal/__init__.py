"""Rehearsing: drive a running server with a recorded conversation, through the same doors as people."""

from web.rehearsal.door import Door
from web.rehearsal.meeting import Meeting
from web.rehearsal.queue import Turn, turns
from web.rehearsal.report import Floor, Report, Seen, Spread
from web.rehearsal.script import Script, Talk
from web.rehearsal.server import DoorClosed, Server
from web.rehearsal.staff import Moderator, Session, base_of, sign_in, start_session
from web.rehearsal.stage import Progress, Rehearsal, rehearse

__all__ = [
    "Door",
    "DoorClosed",
    "Floor",
    "Meeting",
    "Moderator",
    "Progress",
    "Rehearsal",
    "Report",
    "Script",
    "Seen",
    "Server",
    "Session",
    "Spread",
    "Talk",
    "Turn",
    "base_of",
    "rehearse",
    "sign_in",
    "start_session",
    "turns",
]
