# The people of a community, and oneself among them.

## Members

members-title = Members
members-link = Members
members-lead = Who belongs to this community, and what you can ask them about.
members-find = Find somebody
members-find-hint = By name, or by what you would like to ask.
members-found = { $count ->
    [0] Nobody found. Try fewer letters.
    [one] One person found.
   *[other] { $count } people found.
}
members-alone = You are the only one so far. Invite people, and they stand here.
members-not-yours = For members
members-not-yours-text = Guests don’t see who the members are. Would you like to be one? Ask a member for an invitation.
member-since = since { $month }
member-about = Ask me about:
member-you = Change
member-change = Change
member-change-of = Change: { $name }
member-role = Role
member-role-hint = It holds at once, also where they are just now.
member-may-guest = Takes part in the chat and in sessions.
member-may-member = Also invites others, sees the members and searches the library.
member-may-moderator = Also runs sessions, removes what does not belong and works on the library.
member-may-owner = Also decides about people, invitations and settings.
member-changed = { $name } is { $role ->
    [guest] a guest
    [moderator] a moderator
    [owner] an owner
   *[member] a member
} now.
member-remove = Remove…
member-remove-title = Remove { $name } from the community?
member-remove-text = They lose their place here at once, on every device. What they said and wrote stays, under their name. They can come back by a code or an invitation, as somebody new.
member-remove-act = Remove
member-removed = { $name } is no longer here.

## Oneself

own-title = You
own-lead = In { $community }, where you are { $role ->
    [guest] a guest
    [moderator] a moderator
    [owner] an owner
   *[member] a member
}.
own-link = You: name and devices
own-name-hint = By which others know you here. What you said before keeps the name of that time.
own-about = Ask me about
own-about-hint = What you know, do or are curious about. It stands beside your name for the members.
own-saved = Saved.
own-devices = Where you are signed in
own-leaving = Leaving
own-leaving-hint = Kring asks first whether you are sure.
own-leave = Leave { $community }
device-unknown = A browser
device-here = This one
device-since = Since: { $day }
device-end = Sign out
device-end-of = Sign out: { $device }
device-ended = That browser is signed out.
devices-end = Sign out everywhere else
devices-ended = You are signed in here only.
leave-title = Leave { $community }?
leave-words = What you said and wrote stays, under your name. What you said without a name stays without one.
leave-place = Your name becomes free, and you stand among the members no longer.
leave-sign-ins = You are signed out on all your devices. Kring forgets your mail address and passkeys.
leave-again = To come back you need a code or an invitation. You are somebody new then.
leave-again-guest = With the code you can come in again. You are somebody new then.
leave-act = Leave
