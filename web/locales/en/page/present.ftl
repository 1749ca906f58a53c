# The screen in the hall.

screen-enter = The screen is getting ready
screen-link-title = This screen link does not work
screen-link-spent = It has been used, or it is older than half an hour. Ask the moderator for a new link: it is at the desk, under Present.
screen-link-incomplete = The link is not complete. Open it again the way you got it, or ask the moderator for a new one.
screen-none = This link does not belong to this session. Ask the moderator for a new one.
screen-live = Live
screen-reconnecting = Reconnecting
screen-stopped = Connection closed
screen-frozen = Frozen
screen-now = Now answering
screen-by = Asked by { $name }
screen-by-nobody = Asked anonymously
screen-votes =
    { $count ->
        [one] vote
       *[other] votes
    }
screen-open = Open questions, most votes first
screen-left =
    { $count ->
        [one] 1 question
       *[other] { $count } questions
    }
screen-left-open =
    { $count ->
        [one] is open
       *[other] are open
    }
screen-join-at = Join at
screen-code-is = Code { $code }
screen-first = What would you like to know?
screen-first-text = Scan the code with your phone, or type it at the address. Ask your question, and vote for what should come first.
screen-more = What else would you like to know?
screen-asking-closed = Asking is closed for now
screen-asking-closed-text = Votes still count, and you can read along.
screen-over = This session is over
screen-over-answered =
    { $count ->
        [0] Thank you for being here.
        [one] 1 question was answered. Thank you for being here.
       *[other] { $count } questions were answered. Thank you for being here.
    }
screen-over-own = Your own questions are known in your own browser only.
screen-tools = Screen controls
screen-freeze = Freeze
screen-unfreeze = Go on
screen-blank = Blank
screen-unblank = Show again
screen-full = Full screen
screen-unfull = Leave full screen
screen-light = Light
screen-dark = Dark
screen-blanked = The screen is blank. Press B to show it again.
