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
