# Sessions on the community's page, starting one, and the door of one.

## On the community's page

sessions-title = Sessions
session-now = Open now
session-enter = Enter
session-enter-named = Enter { $title }
session-desk-of = Desk of { $title }
session-over = Closed
session-look-back = Look back at { $title }
sessions-none = No session is open now. When one opens, it stands here.
sessions-none-staff = No session is open now. Start one and you get a code and a QR code, so that people can join at once.
sessions-older =
    { $count ->
        [one] Show 1 more
       *[other] Show { $count } more
    }
sessions-fewer = Show fewer
sessions-now-all =
    { $count ->
        [one] 1 session is open now
       *[other] { $count } sessions are open now
    }

## Starting one

start-session = Start a session
start-title-label = Title
start-title-hint = Everyone sees it at the door and on the screen.
start-title-missing = Give the session a title, so that people know where they come in.
start-level = How people ask
start-named = The name of who asks stands with the question. For one question, anyone may choose a nickname or no name.
start-pseudonymous = A bird and a number, the same for all they ask in this session. Moderators see no more than that.
start-anonymous = Nobody sees who asks, moderators neither. Moderators can mute without knowing whom.
start-level-fixed = Votes are always secret. What you choose here holds for the whole session.
start-review = Moderators read first
start-review-hint = A question shows once a moderator has approved it. You can switch this at the desk.
start-now = Start

## The door of one

door-what = Ask questions, vote for what should come first, and talk along in the chat.
door-what-this-means = What this means
door-pact-named = You ask under your name
door-pact-pseudonymous = You ask under a nickname
door-pact-anonymous = You ask without a name
door-name-hint-chat = For the chat. It does not stand with what you ask.
promise-title = What Kring promises
promise = After close Kring's own files cannot tell who asked; while it is open whoever runs the server could; writing style, small groups, proxy logs and your own device are beyond Kring.
promise-named = In this session your name stands with your questions, and stays there. The promise is about votes, and about what you ask under a nickname or without a name.
promise-pseudonymous = The nickname ties your questions here to each other, not to you. In another session you have another.
promise-anonymous = Nothing ties one question to another. With fewer than five people, a question may give you away whatever Kring does.
promise-votes = Everybody sees how many votes there are; nobody sees whose.
promise-withdraw = Withdraw what should go while the session is open. After close it cannot be found as yours.
