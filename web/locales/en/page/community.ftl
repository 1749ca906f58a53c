# The words of the page. Calm, in the second person, no exclamation marks: what happened, what is kept, what you can do.

## Everywhere

skip = Skip to content
close = Close
copy = Copy
menu = Menu
undo = Undo
you = you
others =
    { $count ->
        [one] 1 other
       *[other] { $count } others
    }
staff = Staff
language = Language
try-again = Try again
try-now = Try now
load-again = Load again
unreachable = Kring cannot be reached. Check your connection and try again.
trouble-title = This does not work right now
unknown-title = There is no such page
unknown-text = The address is wrong, or the page is gone. With a code you can always come in.
to-start = Go to the start

## Coming in

code-title = Which code were you given?
code-lead = You find it on the screen in the hall, or in the invitation.
code-label = Code of 6 characters
code-hint = A 0, O, 1, I or L is never part of a code. Capitals do not matter.
code-impossible = { $letters } is never part of a code. Look again which character it is.
code-incomplete = A code has 6 characters. Fill in the whole code.
go-on = Go on
recent-title = Used before on this device
forget-code = Forget code { $code }
looking-up = Looking up the code
other-code = Another code
someone-else = Someone else
you-are-invited = You are invited to
what-happens-chat = { $title }: ask a question, give an answer, share what works for you. You read and write along as soon as you are in.
pact-title = You take part under your name
pact-text = Your name is shown with what you write. Everyone in this community can read it, now and later.
name-label = How others see you
name-hint = Use a name that colleagues know you by.
name-missing = Fill in a name. That way others know who they are talking with.
take-name = Take { $name }
joining-as = You go in as { $name }.
join = Join
join-with-code = Join with a code
door-closed = This community is closed. Ask whoever invited you whether there is a new code.
door-here =
    { $count ->
        [0] The circle is still empty. The first seat is yours.
        [one] colleague is in the circle already. The open seat is yours.
       *[other] colleagues are in the circle already. The open seat is yours.
    }

## Signing in with a link

sign-in = Sign in
sign-in-title = Sign in with your link
sign-in-text = This link is for you alone and works once. After that you stay signed in on this device.
sign-in-instead = You are { $name } here now. With this link you sign in as the person it was made for. The link works once.
sign-in-name-hint = You write here under this name. Left empty, you are called after your role.
sign-in-incomplete = The link is not complete. Open it again the way you got it, or ask for a new one.
sign-out = Sign out

## The community

about-community = About this community
no-room = There is no chat here yet. Ask the owner to open one.
here-title = In the circle
here-word = { $count ->
        [one] is here now
       *[other] are here now
    }
here-count =
    { $count ->
        [one] 1 here
       *[other] { $count } here
    }
here-all = Show all { $count }
here-fewer = Show fewer
here-unnamed =
    { $count ->
        [one] and 1 other
       *[other] and { $count } others
    }
your-place = Your place
role-guest = Guest
role-member = Member
role-moderator = Moderator
role-owner = Owner
invite-title = Invite
show-qr = Show QR code
qr-alt = QR code for joining, with code { $code }
join-link = Address for joining
full-screen = Full screen
close-full = Close full screen
save-png = Save as PNG
qr-saved = The QR code is saved as a picture.
qr-failed = The picture could not be made. Try again when you are connected.
link-copied = The address is copied.
link-selected = The address is selected. Copy it with Ctrl+C, or press and hold it.

## How you like the page

settings = Settings
theme = Light or dark
theme-system = Like this device
theme-light = Light
theme-dark = Dark
enter-sends = Enter sends
enter-sends-hint = Shift Enter gives a new line. Off: Enter gives a new line and Ctrl Enter sends.
keys-switch = Single letters as shortcuts
keys-switch-hint = They work outside text fields only.
news-switch = Read out new messages
news-switch-hint = For screen readers, at most once in ten seconds.

## Connection

connected = Connected
connecting = Connecting
offline =
    { $waiting ->
        [0] Your device has no network. Keep writing; it leaves as soon as there is a connection.
        [one] Your device has no network. 1 item is waiting to be sent, keep writing.
       *[other] Your device has no network. { $waiting } items are waiting to be sent, keep writing.
    }
reconnecting =
    { $waiting ->
        [0] Reconnecting. You can keep writing.
        [one] Reconnecting. 1 item is waiting to be sent, keep writing.
       *[other] Reconnecting. { $waiting } items are waiting to be sent, keep writing.
    }
stopped = The connection is closed. Load the page again to go on.
room-barred = You cannot open this chat now. Load the page again, or ask the owner.
loading-chat = The messages are on their way

## The chat

messages = Messages
message-at = { $name }, { $time }
message-of = Message from { $name }
message-actions = What you can do with this message
message-actions-of = What you can do with the message from { $name }
message-deleted = Message deleted
message-removed = Message removed by staff
message-you-removed = Message removed
message-earlier = an earlier message
message-missing = This message is not there any more.
go-to-message = Go to this message
in-reply-to = In reply to
edited = edited
pinned = Pinned
saved = Saved for the harvest
pinned-messages = Pinned messages
pinned-count =
    { $count ->
        [one] 1 pinned
       *[other] { $count } pinned
    }
unpin-of = Unpin the message from { $name }
beginning-title = The beginning of { $community }
beginning-text = What is said here stays, to read and to search.
empty-title = No messages yet
empty-text = All members read what you write here. A question or a small experience is a good beginning.
empty-act = Write the first message
loading-older = Loading older messages
new-from-here = New
new-show =
    { $count ->
        [one] 1 new · show
       *[other] { $count } new · show
    }
to-newest = Go to the newest message
news-one = { $name }: { $text }
news-many =
    { $count ->
        [one] 1 new message, from { $name }
       *[other] { $count } new messages, the last from { $name }
    }
typing =
    { $count ->
        [one] { $names } is typing
       *[other] { $names } are typing
    }
typing-many =
    { $count ->
        [one] Somebody is typing
       *[other] { $count } people are typing
    }

## What you do with a message

act-reply = Reply
act-edit = Edit
act-delete = Delete
act-remove = Remove for everyone
act-pin = Pin
act-unpin = Unpin
act-save = Save for the harvest
act-unsave = Do not save any more
react-thanks = Thanks
react-agree = Agree
react-helps = This helps
react-laugh = Funny
reaction-label = { $word }, { $count }: { $who }

## Writing

composer = Writing
message-to = Message to { $community }
write-message = Write a message
send = Send
save-change = Save change
editing = You are editing your message
stop-editing = Stop editing
replying-to = Replying to
stop-replying = Stop replying
contract-composer = As { $name }. Your name is shown with what you write.
contract-nameless = Your name is shown with what you write.
count-of = { $count } of { $most }
too-long = { $over } characters too long. Shorten it, or make two messages of it.
waiting-to-send = Waiting to send
sending = Sending
stored = Stored
not-sent = Not sent. { $why }
refused-somehow = The server did not take it. Your text is kept; try again.
send-again = Send again
change-words = Change
drop-message = Throw away
read-only-planned = This chat is not open yet. Come back when the facilitator opens it.
read-only-open = You read along here. You cannot write with this access.
read-only-locked = Only staff can write now. You can read and search; your draft is kept.
read-only-closed = This chat is closed. You can still read and search.

## The state of the chat

lock = Lock
unlock = Unlock
locked = Locked
closed = Closed

## Searching

search-title = Search the chat
search-words = Search words
search-placeholder = Word or name
search-idle = Search everything that was ever said here. A hit takes you to its place.
searching = Searching
search-found =
    { $count ->
        [0] Nothing found
        [one] 1 message found
       *[other] { $count } messages found{ $more ->
            [yes] , and there are more
           *[no] {""}
        }
    }
search-none = Nothing found for “{ $words }”
search-none-hint = Try fewer words or another word. Or ask your question in the chat.
search-more = Show more
close-search = Close search

## Keys

keys-title = Keyboard shortcuts
keys-moving = Moving
keys-writing = In the text field
keys-message = On a message
key-next = Next message
key-previous = Previous message
key-newest = To the newest
key-compose = Write a message
key-search = Search
key-undo = Undo
key-help = This overview
key-delete-staff = Delete, or remove
key-send = Send
key-line = New line
key-edit-latest = Edit your latest message, in an empty field
key-stop = Stop replying or editing
