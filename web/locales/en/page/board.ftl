# A board: notes in columns, from writing alone to what was agreed.

## Phases, and running them

board-phases = Phases
board-step-write = Write
board-step-reveal = Reveal
board-step-group = Group
board-step-vote = Vote
board-step-discuss = Discuss
board-step-done = Done
board-step-past = , done
board-title-write = Write alone
board-title-reveal = Read what is there
board-title-group = Put together what belongs together
board-title-vote = Vote for what matters most
board-title-discuss = Discuss and agree
board-title-done = This is what it came to
board-may-write = Only you see your notes. Everything is shown at once when writing is over.
board-may-reveal = Read the notes of the others, and add what is still missing.
board-may-group = Move notes, group them, give a group a name. Everybody may, for every note.
board-may-vote = You have { $budget } votes, at most { $most } for one card. You can take them back until voting is over.
board-may-discuss = What has most votes comes first. Write down what you agree: actions and decisions.
board-may-done = The board is finished. You can read everything, and copy what was agreed.
board-run-write = You see your own notes, and how many there are of others. Reveal them when people are ready.
board-run-reveal = Give everybody time to read. Notes can still be added.
board-run-group = Everybody moves and groups. You can also add, rename and reorder columns.
board-run-vote = Everybody has { $budget } votes, at most { $most } for one card. How many a card has shows when you close the vote.
board-run-discuss = Begin with what has most votes. Write down who does what, and by when.
board-run-done = The board is finished. You can still better what was agreed, or go back.
board-run = Run the board
board-back = Back
board-back-to = Back to { $phase }
board-next-reveal = Reveal notes
board-next-group = On to grouping
board-next-vote = On to voting
board-next-discuss = Close the vote
board-next-done = Finish
board-ready = I’m ready
board-ready-count = { $ready } of { $here } ready
board-votes-left =
    { $budget ->
        [one] { $left } of 1 vote left
       *[other] { $left } of { $budget } votes left
    }
board-time-left = left
board-time-over = over
board-time-until = The time runs until { $time }.
board-time-last = One minute left.
board-time-up = The time is up. You can finish what you are writing.
