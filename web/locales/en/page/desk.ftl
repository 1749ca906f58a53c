# The moderators' desk.

## Above and around

desk-name = moderator desk
session-pages = Session
desk-state = How the session stands
to-questions = Questions
present = Present
invite-with = Join code { $code }: show the QR code
end-session = End…
asking-open = Asking open
read-first = Read first
count-asked = Asked
count-published = Published
count-answered = Answered
count-declined = Declined
staff-here = Staff who are here
cancel = Cancel
desk-closed = This session is closed. You can read everything here; nothing changes any more.
desk-secret-gone = Kring has lost what keeps people apart from their names here. Votes and questions that are not under a name are refused; questions under a name still work. End this session and start another.
to-review-count =
    { $count ->
        [one] 1 question to review
       *[other] { $count } questions to review
    }

## Now and next

now = Now
next = Next
now-none = Nothing is on stage. Advance what is in Next, or put a question on stage.
now-none-closed = Nothing was on stage when the session ended.
next-none = Nothing is in Next. Choose what comes after this.
on-stage-since = On stage since { $time }
advance = Advance
choose-next = Choose what comes next
choose-none = There are no open questions. What you approve can be chosen here.
change-next = Change
clear-next = Clear
in-next = In Next

## The lists

lanes = Lists
lane-review = To review
lane-live = Live
lane-done = Parked and done
lane-review-short = Review
lane-live-short = Live
lane-done-short = Done
by-votes = by votes, then age
moved-show =
    { $count ->
        [one] 1 moved · show
       *[other] { $count } moved · show
    }
review-empty = Nothing to review. New questions come here first; only you and the other moderators see them.
review-off = Questions go live without being read first. Switch on “Read first” and new ones come here.
live-empty = No open questions. What you approve comes here, most votes first.
done-empty = Nothing yet. What is parked, answered, declined or withdrawn stands here.
parked = Parked
asker-muted = Asker muted
asked-as = Asked as
reason-given = Reason given
answer-written = Written answer
answer-note = Note of the answer
ago-now = just now
ago-minutes = { $count } min ago
acts-of = What you can do with #{ $order }
more-acts-of = More for #{ $order }

## What you can do with a question

do-approve = Approve
do-answer = Answered
do-stage = Stage
do-next = Next
do-unnext = Out of Next
do-unstage = Back to the list
do-reopen = Reopen
do-edit = Edit
do-park = Park
do-unpark = Take out of parking
do-decline = Decline
do-note = Answered with note
do-note-short = With note
do-write = Answer in writing
do-follow = Follow up
do-label = Label
do-review = Back to review
do-mute = Mute the asker
do-unmute = Unmute the asker
do-remove = Remove

## What you did

did-approve = #{ $order } is live
did-answer = #{ $order } is answered
did-stage = #{ $order } is on stage
did-next = #{ $order } comes next
did-unnext = Nothing comes next
did-clear-next = Nothing comes next
did-unstage = #{ $order } is back in the list
did-reopen = #{ $order } is open again
did-edit = #{ $order } has other words
did-park = #{ $order } is parked
did-unpark = #{ $order } is back from parking
did-decline = #{ $order } is declined
did-follow = #{ $order } is to be followed up
did-label = #{ $order } has another label
did-review = #{ $order } is back in review
did-mute = Whoever asked #{ $order } is muted here
did-unmute = Whoever asked #{ $order } may take part again
did-remove = #{ $order } is removed
did-advance = Answered, and #{ $order } is on stage
did-open-asking = Asking is open
did-close-asking = Asking is closed
did-read-first = New questions are read first
did-read-later = New questions go live at once
desk-undone = Undone
desk-undo-late = Not undone: somebody changed #{ $order } after you. Look at how it stands now.
desk-undo-occupied = #{ $order } is open again, not on stage: another question stands there now.
desk-occupied = There is a question on stage. Answer it or put it back first, or choose this one as Next.
desk-status = Not done: #{ $order } is “{ $status }” now. Look at it and choose again.
desk-gone = Not done: #{ $order } is not here any more. Somebody removed it.
desk-no-next = Nothing is in Next. Choose a question first.

## Asking before it is done

decline-title = Decline #{ $order }
decline-why = Why
decline-lacking = Choose a reason, so that the asker knows what to do.
decline-note = Note, if you like
decline-read = The asker reads the reason and your note. Nobody else does.
edit-title = Edit #{ $order }
edit-words = Question
edit-hint = Everybody sees these words. What the asker wrote is kept beside them, for moderators.
edit-lacking = A question needs words. Cancel, or decline it with a reason.
label-title = Label of #{ $order }
label-words = Label
label-hint = One or two words. Everybody sees it with the question.
label-long = At most { $most } characters. Make it shorter.
label-none = No label
labels-known = In use
answer-title = Answer to #{ $order }
answer-how = How it was answered
how-live = Live
how-written = In writing
answer-note-field = Note of the answer, if you like
answer-field = Answer
answer-read = Everybody reads it with the question.
answer-lacking = Write the answer, or choose Live when it was said aloud.
mark-answered = Mark as answered

## Somebody else was first

stale-staff = #{ $order } was changed first by another moderator
stale-asker = #{ $order } was changed first by its asker
stale-text = Nothing has been overwritten. Look at what changed, and choose.
stale-not-any-more = Nothing has been overwritten. As it stands now, what you wanted cannot be done any more.
you-saw = You saw
your-words = Your words
keep-theirs = Keep it as it is now
anyway-approve = Approve anyway
anyway-decline = Decline anyway
anyway-edit = Save my words anyway
anyway-label = Label anyway
anyway-park = Park anyway
anyway-stage = Put on stage anyway
anyway-answer = Mark as answered anyway
anyway-follow_up = Follow up anyway
anyway-reopen = Reopen anyway
anyway-remove = Remove anyway

## Ending, presenting

end-title = End this session?
end-text = Ending is for good. Nobody can ask, vote or chat here any more.
end-waiting =
    { $count ->
        [one] 1 question was not read yet. It stays unseen.
       *[other] { $count } questions were not read yet. They stay unseen.
    }
end-kept = What is kept in the archive
end-kept-questions = Questions, what became of them, answers and how many votes each had
end-kept-names = The names of those who asked
end-kept-names-some = Names with what was asked by name, nicknames with the rest
end-kept-chat = The chat, with names
end-forgotten = What is forgotten
end-forgotten-who = Who voted, and who asked without a name
end-forgotten-links = Which votes and nameless questions were one person’s
end-forgotten-mutes = Who was muted
end-not = Not now
end-sure = End the session
present-title = Show on a screen
present-text = Open this address on the machine of the screen. It works once, within half an hour, and shows only what everybody may see.
present-link = Address of the screen
present-open = Open in a new window

## Keys

keys-question = On a question
key-card-next = Next question
key-card-previous = Previous question
key-lane = To the list beside
key-lanes = To a list
key-now = To what is on stage
key-more = All acts of a question
key-advance = Advance: Next goes on stage
keyline-move = Move
keyline-all = All keys
