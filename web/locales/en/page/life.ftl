# The life of a session: planned, open, locked, closing, closed.

## Where it is

life-planned = Planned
life-open = Open now
life-locked = Locked
life-closing = Closing soon
life-closed = Closed
life-means-planned = Whoever has the code can come in already. Asking and writing start when you open it.
life-means-open = Everyone who is in can ask, vote and write.
life-means-locked = Everyone can read. Only staff can do something.
life-means-closing = As long as the minute runs you can take it back. After that it is for good.
life-means-closed = Everything can be read. Nothing changes any more.
life-state = How it stands

## What everyone reads

life-planned-text = This session is not open yet. You are in already; as soon as staff open it you can take part.
life-planned-staff = This session is planned. Whoever has the code can come in already; taking part starts when you open it.
life-locked-text = The session is locked. You can read everything; only staff can do something now.
life-locked-staff = The session is locked. Others read along; only staff can do something.
life-closing-title = This session closes at { $time }
life-closing-text = What you still want to ask or say, you can say now. After that everything stays to be read.
life-closing-staff = Until then you can take it back. After that it is for good, and what it came to is written down.
life-closing-now = The session is being closed, and what it came to is being written down. It takes a moment; there is nothing you need to do.
life-swept-title = What was said here is kept no longer
life-swept-text = Whoever runs this Kring has what was said in a session deleted some time after it closed: its questions, messages and notes. What it came to is kept, and so is what of it went into the library.
life-swept-when = Closed: { $closed }. Deleted: { $swept }.
life-closes-in =
    { $count ->
        [one] The session closes in 1 second
       *[other] The session closes in { $count } seconds
    }
life-door-planned = Not open yet. You can come in and wait.
asking-planned = You can ask as soon as the session is open.

## What staff do

life-run = Manage the session
life-save = Save title and purpose
life-described = The title and the purpose are saved.
life-open-now = Open now
life-take-back = Take it back
life-do-open = Open the session
life-do-lock = Lock
life-do-unlock = Unlock
life-do-take-back = Take the closing back
life-did-open = The session is open.
life-did-lock = The session is locked.
life-did-unlock = The session is unlocked.
life-did-take-back = The session goes on. Nothing has changed.

## Starting and planning

start-purpose = Purpose (optional)
start-purpose-hint = One or two sentences: what do you want to know or have at the end?
start-planned = For later
start-planned-hint = The session gets a code, but opens only when you open it.
start-plan = Plan the session

## On the community's page

session-look = Look in
sessions-planned = Planned sessions
sessions-over = Closed sessions
harvest-short = Harvest
outcome-short = Outcome
harvest-of = Harvest { $title }
outcome-of = Outcome of { $title }
to-harvest = To the harvest
to-outcome = What it came to

## What closing does

end-grace = First you get a moment to take it back.
end-kept-board = Boards: notes and groups with their votes, decisions and actions
end-kept-harvest = Pinned and saved messages, as a proposal for the library
