# What kring rehearse says: a recorded conversation, rehearsed on a running server.

help-rehearse-url = Where the server runs, for instance http://127.0.0.1:8000. Without: the server with these files.
help-rehearse-code = The room's code. Without: that of the chat of this Kring. A meeting starts a session of its own.
help-rehearse-staff = For a meeting: the link that kring link moderator makes. Whoever uses it works the queue.
help-rehearse-speed = 1 is the pace of then, 60 is sixty times as fast, max is as fast as the server acknowledges.
help-rehearse-limit = Rehearse only the first so many lines.

rehearse-observer = Observer
rehearse-inside = Inside
rehearse-settled = Lines
rehearse-session = The session “{ $title }” has begun; watch with the code { $code }.
rehearse-session-title = Rehearsed: { $name }
rehearse-asks-floor = { $name } asks for the floor

## What it came to

rehearse-label-cast = Speakers
rehearse-label-sent = Sent
rehearse-label-acknowledged = Acknowledged
rehearse-label-seen = Seen by an observer
rehearse-label-queue = Questions
rehearse-label-stage = On stage
rehearse-label-until-acknowledged = Until acknowledged (p50 / p95 / p99)
rehearse-label-until-seen = Until seen (p50 / p95 / p99)
rehearse-label-pace = Pace
rehearse-label-reconnects = Connected again
rehearse-label-resent = Sent again
rehearse-label-unknown = Unknown what became of it
rehearse-label-missing = Acknowledged and not seen
rehearse-label-extra = Seen and not acknowledged
rehearse-label-out-of-order = Seen in another order

rehearse-cast = { $speakers } (names: { $nicks })
rehearse-of = { $count } of { $all }
rehearse-pace = { $rate } lines a second, in { $seconds } s
rehearse-queue = { $asked } asked, { $withdrawn } withdrawn
rehearse-stage = { $staged }, { $answered } answered, { $labelled } labelled
rehearse-refused-as = Refused as “{ $reason }”: { $count }

rehearse-left-out = From the recording (with the first line):
rehearse-dropped-blank = { $count } left out: blank line (line { $line })
rehearse-dropped-malformed = { $count } left out: not a line of this format (line { $line })
rehearse-dropped-empty = { $count } left out: nothing readable (line { $line })
rehearse-dropped-too-long = { $count } left out: too long for one message (line { $line })
rehearse-dropped-repeated = { $count } left out: was there already (line { $line })
rehearse-dropped-notice = { $count } left out: a notice of the server's (line { $line })
rehearse-dropped-bot = { $count } left out: by a bot (line { $line })
rehearse-dropped-to-bot = { $count } left out: to a bot (line { $line })
rehearse-dropped-minutes = { $count } left out: for the minutes (line { $line })
rehearse-dropped-already-queued = { $count } left out: asked for the floor while waiting for it (line { $line })
rehearse-dropped-not-queued = { $count } left out: about somebody who was not waiting (line { $line })
rehearse-changed-marks-removed = { $count } changed: invisible marks removed (line { $line })
rehearse-changed-marks-shown = { $count } changed: nothing but control marks, made visible (line { $line })
rehearse-changed-not-utf8 = { $count } changed: bytes that are no text (line { $line })
rehearse-changed-clock-ran-back = { $count } changed: the clock ran back (line { $line })
rehearse-status-lines = { $count } not rehearsed: status lines of the channel
rehearse-other-joins = { $count } not rehearsed: somebody came in; here everybody is there from beginning to end
rehearse-other-leaves = { $count } not rehearsed: somebody went; here everybody stays until the end
rehearse-other-attends = { $count } not rehearsed: somebody said they were there; who is inside is on the list already
rehearse-other-setsagenda = { $count } not rehearsed: a line of the agenda, and a chat has no agenda
rehearse-changed-shortened = { $count } changed: a line of the agenda cut short for a label

rehearse-order-kept = The queue's order was kept: { $count } times whoever's turn it was came on stage, as the server showed it.
rehearse-order-lost = The queue's order was not kept: at turn { $nth } it was { $due }'s turn, and { $found } came on stage.
rehearse-complete = All of it was acknowledged, and seen exactly once, in each speaker's order.
rehearse-incomplete = Not all of it was acknowledged and seen exactly once. Look in the server's log for what happened.

## It cannot be

rehearse-no-file = { $file } cannot be read. Check the name, or say with KRING_CONVERSATIONS where the conversations are.
rehearse-too-large = { $file } is larger than one conversation can be.
rehearse-conversation-empty = There is nothing in { $file }.
rehearse-conversation-unknown-format = { $file } is no conversation that Kring can read (line { $line }). Use a day of a help channel, or a meeting with a speaker queue.
rehearse-nothing-said = Nobody says anything in { $file }.
rehearse-no-staff = { $file } is a meeting, and needs somebody to work its queue. Make a link with kring link moderator, and give it with --staff.
rehearse-bad-speed = “{ $value }” is no pace. Use a number, for instance 1 or 60, or max.
rehearse-bad-limit = “{ $value }” is no count. Use a number from 1.
rehearse-no-code = There is no Kring with a chat here. Start it with kring serve, or give --url and --code.
rehearse-unreachable = Nobody answers at { $url }. Start the server with kring serve, or give another address with --url.
rehearse-not-kring = What answers at { $url } is no Kring. Give the address with --url.
rehearse-refused = The Kring at { $url } lets nobody in. Look in the server's log.
rehearse-no-entry = Nobody gets in. { $text }
