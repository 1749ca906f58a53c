"""Kring beside its peers: `make bench`, or `python -m tests.bench SCENARIO` (--help says the rest).

scenarios/      one file each: TITLE and `run(bench)`, which gives sections of the report; nothing else knows of it
contestants.py  what a server under measurement is; kring.py and peers/everybody.py have them
sessions.py     sessions in Kring: a Q&A to vote in, hundreds of small chats, made by staff and guests over HTTP
loading.py      what the connections are to do, and what came of it; load/ is the client that does it, in C
floods.py       for scenarios in which all receive what one says: a run, and its line in the table
rounds.py       in turn, ratios of neighbours, bars;  report.py  tables;  machine.py  cores, compilers, facts
crooked.py      servers that are wrong in one way, for the tests of all this

Server and load client have a core each. A server starts anew for every run, and is measured from the first message to
the last delivery. A delivery counts when the load client has found the message's own number in a frame; a run counts
when each connection's set of numbers is the set that was sent, and, for Kring, when the database has each message once.

A new scenario that floods needs only a file in scenarios/. One in which connections do something else also needs a
`Scenario` in load/ (storm.c: the next command after each answer; idle.c; comeback.c: who loses the server returns as a
browser does), its line in load/main.c, and a Result in loading.py. `deaf` connections (flood.c) read nothing until the
others have everything, and then everything; `group` makes rooms of so many connections; a storm that `follows` also
looks at what everybody is told (wire.c). A bar with a unit is about single runs, one without about pairs.
test_scenarios.py runs each at its smallest.
"""
