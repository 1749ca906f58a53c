"""A process of its own that watches a journal's files and kills the server at a moment of its choice.

`python killer.py PID JOURNAL MOMENT`: nothing is asked of the server, which knows of none of this. It imports little,
so that it is quick to start, and looks in a tight loop, so that it is quick to see.
"""

from __future__ import annotations

import os
import signal
import struct
import sys

INDEX = struct.Struct("=IIIBBHII8s8s")
"""SQLite's index of its WAL: version, unused, changes, ready, big endian, page size, frames, pages, checksum, salts."""
WAL_HEADER, FRAME_HEADER = 32, 24
LOOKS = 50_000_000
TRIES = 500


class Journal:
    """The two files in which a commit shows, while it happens."""

    def __init__(self, path: str) -> None:
        self._wal = os.open(f"{path}-wal", os.O_RDONLY)
        self._index = os.open(f"{path}-shm", os.O_RDONLY)

    def committed(self) -> tuple[int, bytes]:
        """Frames that are committed, as every reader knows; and the salts of this round of the file."""
        header = INDEX.unpack(os.pread(self._index, INDEX.size, 0))
        return header[6], header[9]

    def frame(self, number: int) -> bytes:
        """The header of a frame, counted from 0."""
        page = INDEX.unpack(os.pread(self._index, INDEX.size, 0))[5]
        return os.pread(self._wal, FRAME_HEADER, WAL_HEADER + number * (FRAME_HEADER + page))

    def unfinished(self) -> bool:
        """A commit has written its first frame, and no reader knows of it yet."""
        frames, salts = self.committed()
        return self.frame(frames)[8:16] == salts

    def wait_for_commit(self) -> None:
        """Until one is done."""
        committed = self.committed()
        for _ in range(LOOKS):
            if self.committed() != committed:
                return
        sys.exit("nothing was committed")

    def wait_for_frame(self) -> None:
        """Until a commit has begun."""
        for _ in range(LOOKS):
            if self.unfinished():
                return
        sys.exit("no commit began")


def catch_inside(journal: Journal, pid: int) -> None:
    """Stop the process inside a commit. One that had finished before it stood still goes on: try the next."""
    for _ in range(TRIES):
        journal.wait_for_frame()
        os.kill(pid, signal.SIGSTOP)
        while not stands_still(pid):
            pass
        if journal.unfinished():
            return
        os.kill(pid, signal.SIGCONT)
    sys.exit("every commit was finished in time")


def stands_still(pid: int) -> bool:
    """Every thread is stopped; one that writes to the disk stops after that."""
    return all(state(pid, task) == "T" for task in os.listdir(f"/proc/{pid}/task"))


def state(pid: int, task: str) -> str:
    with open(f"/proc/{pid}/task/{task}/stat") as file:
        return file.read().rpartition(")")[2].split()[0]


def main(pid: int, path: str, moment: str) -> None:
    """`inside` a commit; `after` one, before anybody can be told; or `now`."""
    journal = Journal(path)
    if moment == "inside":
        catch_inside(journal, pid)
    elif moment == "after":
        journal.wait_for_commit()
    os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3])
