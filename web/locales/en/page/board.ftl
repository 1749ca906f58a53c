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

## Notes, and what one does with them

board-columns = Notes by column
board-which = Column
board-notes = notes
board-count =
    { $count ->
        [0] no notes
        [one] 1 note
       *[other] { $count } notes
    }
board-hidden =
    { $count ->
        [one] 1 note by somebody else, still hidden
       *[other] { $count } notes by others, still hidden
    }
board-empty = Nothing here yet. What comes to mind first is good enough.
board-empty-still = Nothing was written here.
board-no-columns = No columns yet
board-no-columns-staff = Add a column, and people can write in it.
board-no-columns-text = Who runs the board adds them. You will see them here.
board-add-note = Add a note
board-add-in = Add a note in { $column }
board-add-short = Add
board-new-in = New note in { $column }
board-edit = Edit
board-edit-of = Edit: { $text }
board-edit-field = Words of the note
board-save = Save
board-delete = Delete
board-delete-of = Delete: { $text }
board-more = More
board-more-of = More for: { $text }
board-too-long =
    { $over ->
        [one] 1 character too long
       *[other] { $over } characters too long
    }
board-yours = You
board-only-you = Only you see this
board-writes = { $name } is writing
board-not-stored = Not stored: { $why }
board-moved = Moved.
board-moved-to = Moved to { $column }.
board-grouped = Put together.
board-ungrouped = Taken apart.
board-deleted = “{ $text }” deleted.
board-undone = Undone.
board-undo-late = This can’t be undone any more: the board has changed since.
board-changed-not-deleted = Somebody changed this note, so it was not deleted. Read it again first.
board-not-kept = This can’t be changed any more. What you wrote: { $text }
board-group-unnamed = Group without a name
board-group-of =
    { $count ->
        [one] { $title }, 1 note
       *[other] { $title }, { $count } notes
    }
board-group-name = Name of the group
board-group-rename = Change the name
board-ungroup = Ungroup
board-dot-more =
    { $dots ->
        [0] Vote for: { $of }
        [one] One more vote for: { $of }. You gave 1.
       *[other] One more vote for: { $of }. You gave { $dots }.
    }
board-dot-less =
    { $dots ->
        [one] Take back your vote for: { $of }
       *[other] Take back one of your { $dots } votes for: { $of }
    }
board-dots-spent = You have given all your votes. Take one back to give it here.
board-dots-full = { $most } votes is the most for one card.
board-votes =
    { $count ->
        [one] vote
       *[other] votes
    }
board-yours-of =
    { $dots ->
        [one] 1 of them is yours
       *[other] { $dots } of them are yours
    }
board-stale = Somebody changed this while you were writing
board-stale-text = Nothing is lost. Keep what stands there now, or make of both what it should be.
board-stale-theirs = Stands there now
board-stale-yours = Yours
board-stale-keep = Keep what stands there
board-stale-mine = Put mine there
board-locked = The board is locked. You can read everything.
board-closed = The session is closed. The board stays as it is.
board-barred = You can’t enter this board.
board-reveal-title = Reveal all notes?
board-reveal-text = Everybody sees every note from then on. This can’t be undone.
board-reveal-do = Reveal
board-to-session = Back to the session

## Boards of a session

board = Board
boards = Boards
board-add = Add a board
board-add-now = Add the board
board-title-label = Title
board-title-hint = Everyone sees it at the top of the board.
board-title-missing = Give the board a title, so that people know what it is about.
board-template = Columns to begin with
board-template-keep_change_try = Keep, change, try
board-template-start_stop_continue = Start, stop, continue
board-template-what = What, so what, now what
board-template-upkeep = Still right, renew, missing
board-template-ideas = Ideas, what we need to know, first step
board-template-empty = Empty
board-template-empty-hint = You add columns yourself.
board-level-hint = People write as they do in this session. The board opens with everybody writing for themselves.
board-added = A board was added: { $title }

## The timer, columns, votes and the lock

board-timer = Timer
board-timer-title = How long?
board-timer-hint = Everybody sees the time run. Nobody is cut off when it is over.
board-minutes =
    { $minutes ->
        [one] 1 minute
       *[other] { $minutes } minutes
    }
board-timer-started =
    { $minutes ->
        [one] The timer runs for 1 minute.
       *[other] The timer runs for { $minutes } minutes.
    }
board-timer-more = 1 min more time
board-timer-more-short = 1 min
board-timer-extended = One minute more.
board-timer-stop = Stop the timer
board-timer-stopped = The timer is stopped.
board-settings = Set up the board
board-columns-title = Columns
board-columns-hint = Add, rename, put in another order
board-columns-full = A board has { $most } columns at most.
board-column-add = Add a column
board-column-added = Column “{ $title }” added.
board-column-name = Title of the column
board-column-about = Question below it
board-column-about-hint = Helps people to begin. It may stay empty.
board-column-title-missing = A column needs a title.
board-column-rename = Change: { $title }
board-column-back = Further to the front: { $title }
board-column-on = Further back: { $title }
board-column-moved = “{ $title }” is column { $place } of { $count } now.
board-column-remove = Take away: { $title }
board-column-removed = Column “{ $title }” taken away.
board-column-occupied = There are notes in this column, perhaps hidden ones. Move them first.
board-column-stale = Somebody else just called it “{ $title }”. Look, and change it again if need be.
board-votes-title = Votes
board-votes-now = { $budget } each, at most { $most } for one card
board-votes-each = Votes for everybody
board-votes-most = At most for one card
board-votes-hint = Once somebody has voted, there can only be more.
board-votes-between = Choose a number between 1 and { $most }.
board-votes-only-more = People are voting already, so there can only be more votes than before.
board-votes-set = Everybody knows how many votes there are.
board-lock = Lock the board
board-lock-hint = People can read along, and change nothing
board-lock-done = The board is locked.
board-unlock = Unlock the board
board-unlock-hint = People can go on
board-unlock-done = The board is unlocked.

## What one does with a card, by buttons

board-with-note = With this note
board-with-group = With this group
board-do-move = Move to…
board-do-group = Group with…
board-do-edit = Change the words
board-do-name = Name the group
board-do-ungroup = Ungroup
board-do-plan = Make an action of it
board-do-decide = Make a decision of it
board-do-mute = Mute whoever wrote it
board-do-unmute = Unmute whoever wrote it
board-do-report = Report
board-do-delete = Delete
board-do-nothing = In this phase you can only read this.
board-muted = Whoever wrote this can only read here now.
board-unmuted = Whoever wrote this may take part again.
board-muted-title = Muted
board-muted-by =
    { $count ->
        [one] Somebody, by way of 1 note
       *[other] By way of { $count } notes
    }
board-muted-hint = Whoever wrote these notes can only read on this board.
board-muted-nobody = Nobody is muted on this board.
board-muted-gone = A note that was deleted
board-muted-mark = Its writer is muted
board-unmute = Unmute
board-unmute-of = Unmute whoever wrote: { $text }
board-move = Move
board-move-to = To
board-move-place = Where
board-move-last = At the end
board-move-first = At the top
board-move-after = After “{ $text }”
board-move-of = Move to…: { $text }
board-group-with-of = Group with…: { $text }
board-group-which = Notes and groups
board-group-find = Find a note or a group
board-group-none = There is no other note or group like that.
board-group-more =
    { $count ->
        [one] 1 more. Search to see it.
       *[other] { $count } more. Search to see them.
    }
board-name-of = Name the group: { $text }
board-ungroup-of = Ungroup: { $text }

## What was agreed

board-agreed = Agreed
board-agreed-more =
    { $count ->
        [one] 1 action or decision now.
       *[other] { $count } actions and decisions now.
    }
board-actions = Actions
board-decisions = Decisions
board-actions-none = No actions yet. Who does what, and by when?
board-decisions-none = No decisions yet.
board-action-add = Add an action
board-decision-add = Add a decision
board-action-edit = Change the action
board-decision-edit = Change the decision
board-action-text = What will be done?
board-decision-text = What was decided?
board-action-lacking = An action needs words: what will be done.
board-decision-lacking = A decision needs words.
board-action-added = Action added.
board-decision-added = Decision added.
board-owner = By whom
board-owner-hint = A name, a team, or nobody yet
board-due = By when
board-about = From:
board-drop = Take away
board-drop-of = Take away: { $text }
board-result-revised = Changed.
board-result-dropped = “{ $text }” taken away.
board-result-changed = Somebody changed this, so it was not taken away. Read it again first.
board-result-gone = Somebody took this away meanwhile.
board-result-theirs = Somebody changed this while you were writing. It says now:

## Looking at the board

board-look = How to look at the board
board-look-board = Board
board-look-list = List
board-phase-now = The phase is now: { $phase }.
