# A session and its questions: what everybody in it sees, and the words that desk and screen share with it.

## Everywhere

status-review = In review
status-open = Open
status-stage = On stage
status-answered = Answered
status-follow_up = Follow-up
status-declined = Declined
status-withdrawn = Withdrawn
because-off_topic = Outside the subject
because-asked_before = Asked before
because-answered_before = Answered before
because-unclear = Not clear enough
because-not_now = No time for it now
because-conduct = Against the agreements
level-named = Under your name
level-pseudonymous = Under a nickname
level-anonymous = Anonymous
votes-count =
    { $count ->
        [one] 1 vote
       *[other] { $count } votes
    }
to-community = To the community
session-none-title = You cannot enter this session
session-barred = You cannot open this session now. Load the page again, or ask whoever invited you.
session-is-closed = This session is closed. You can still read what it came to. Your own questions are known in this browser only.
secret-is-gone = The secret of this room is gone. Kring refuses votes and questions without a name, and makes no new secret. Close this session and start another.
desk = Desk
rooms = Rooms
questions = Questions
chat = Chat
unread = unread
loading-questions = The questions are on their way

## Who knows what you ask

level-named-short = Your name
level-pseudonymous-short = Nickname
level-anonymous-short = Anonymous
level-named-means = Your name stands with what you ask. Votes are secret. You may ask a question under a nickname or without a name.
level-pseudonymous-means = You have a nickname here, the same for all you ask in this session. Moderators see no more than that. Votes are secret. The chat is under your name.
level-anonymous-means = Nobody sees who asks, moderators neither. Votes are secret. The chat is under your name.

## Asking

ask-title = Ask a question
ask-field = Your question
ask-placeholder = What would you like to know?
ask-how = How you ask
ask-named = As { $name }.
ask-pseudonymous = As { $nickname }. Nobody here sees who that is.
ask-anonymous = Without a name. Nobody here sees who asks, moderators neither.
ask-reviewed = A moderator reads it first.
ask-few = Fewer than five people are here: your question may give you away all the same.
ask-editing = You are changing your question
ask-too-long = { $over } characters too long. Shorten it, or ask two questions.
ask = Ask
ask-first = Ask a question
asking-closed = Asking is closed now. You can read and vote; your draft is kept.
asking-locked = Only staff can do something here now. You can read along; your draft is kept.
asking-closed-for-good = Nothing can be asked here any more.

## The questions

now-answering = Now answering
since-now = since a moment ago
since-minutes =
    { $count ->
        [one] for 1 minute
       *[other] for { $count } minutes
    }
up-next = Next
which-questions = Which questions
tab-top = Top
tab-new = New
tab-answered = Answered
tab-mine = Mine
order-show = New order · show
vote = Vote for this question
vote-take-back = Take your vote back
vote-give =
    { $count ->
        [one] Vote for this question. 1 vote
       *[other] Vote for this question. { $count } votes
    }
vote-given =
    { $count ->
        [one] You voted for this question. 1 vote
       *[other] You voted for this question. { $count } votes
    }
you-asked = You
your-question = Your question
only-you-see-it = Only you and the moderators see it now.
declined-because = Not taken up: { $why }.
follow-up-means = Will be answered after this session.
answered-live = Answered in the session
answered-written = Answered in writing
withdraw = Withdraw
withdrawn = Question withdrawn
question-removed = A question of yours was removed by a moderator.
none-top-title = No questions yet
none-new-title = No questions yet
none-answered-title = Nothing answered yet
none-mine-title = You have asked nothing yet
none-reviewed = What you ask here is shown after a moderator has read it. With your vote you say what should come first.
none-open = What you ask here everybody sees at once. With your vote you say what should come first.
none-answered = What has been answered stays here to read.
none-mine = Your own questions stand here with what became of them. Only you see them together.
questions-new =
    { $count ->
        [one] 1 new question
       *[other] { $count } new questions
    }
mine-review = Your question is being reviewed again
mine-open = Your question is open now: others can vote for it
mine-stage = Your question is being answered now
mine-answered = Your question is answered
mine-follow_up = Your question will be followed up after this session
mine-declined = Your question was not taken up; the reason stands with it
mine-removed = Your question was removed by a moderator

## The chat beside it

chat-named = under your name
chat-beginning-session = Everyone in this session reads along here.
chat-empty-session = Everyone in this session reads what you write here, under your name.

## Keys

key-next-question = Next question
key-previous-question = Previous question
key-vote = Vote, or take your vote back
key-ask = Ask a question
key-show-new = Show what is new
key-tabs = Top, New, Answered, Mine
key-chat = To the chat
