# Invitations: making, looking at and revoking them, and coming in by a link.

subpage-back = Back

## For who invites

invitations-title = Invitations
invitations-link = Invitations
invitations-lead = An invitation is a link by which somebody becomes a member, moderator or owner. Guests need only the code.
invitations-lead-members = An invitation is a link by which somebody becomes a member. Guests need only the code.
invitations-new = Make an invitation
invitations-open = Open
invitations-over = Over
invitations-none-open = No invitation is open.
invitations-empty-title = No invitations yet
invitations-empty-text = Make a link for a group or for one person, and share it as you like: in a mail, a message or as a QR code.
invitations-not-yours = Owners and moderators invite
invitations-not-yours-text = Would you like somebody to join? Ask one of them, or share the code for guests.
invitations-revoked = The invitation is revoked.

invitation-for-member = For a new member
invitation-for-moderator = For a new moderator
invitation-for-owner = For a new owner
invitation-may-member = Reads and writes in every room, and searches the library.
invitation-may-moderator = Also runs sessions, removes what does not belong and works on the library.
invitation-may-owner = Also decides about people, invitations and settings.
invitation-open = Open
invitation-used_up = Full
invitation-expired = Expired
invitation-revoked = Revoked
invitation-used = { $used } of { $most } came in
invitation-until = until { $day }
invitation-until-past = until { $day }
invitation-by = by { $name }
invitation-show = Show link
invitation-show-of = Show link: { $what }
invitation-revoke = Revoke
invitation-revoke-of = Revoke: { $what }
invitation-revoke-title = Revoke this invitation?
invitation-revoke-text = { $used ->
    [0] The link will let nobody in any more. This cannot be undone; you can always make a new one.
    [one] The link will let nobody in any more. Whoever came in by it stays. This cannot be undone; you can always make a new one.
   *[other] The link will let nobody in any more. The { $used } people who came in by it stay. This cannot be undone; you can always make a new one.
}

invitation-role = Whoever opens the link becomes
invitation-note = For whom?
invitation-note-hint = For example: for the Utrecht group. Only those who invite see this.
invitation-uses = How many people?
invitation-uses-wrong = Fill in a number from 1 to { $most }.
invitation-days = How many days?
invitation-days-of = { $days ->
    [one] { $days } day
   *[other] { $days } days
}
invitation-make = Make the link
invitation-made = The link is ready
invitation-made-text = Copy it now: once you close this page it can be seen nowhere any more. You can always make a new one.
invitation-link = Link of the invitation
invitation-qr = QR code with the link of the invitation

## For who is invited

invited-title = Invitation
invited-looking = Looking where this invitation leads
invited-shut = This is no way in now
invited-incomplete = The link is not complete. Open it again the way you got it, or ask for a new one.
invited-member = You can become a member
invited-moderator = You can become a moderator
invited-owner = You can become an owner
invited-by-member = { $name } invites you as a member
invited-by-moderator = { $name } invites you as a moderator
invited-by-owner = { $name } invites you as an owner
invited-become-member = Become a member
invited-become-moderator = Become a moderator
invited-become-owner = Become an owner
invited-keep = What you wrote under your name stays yours.
invited-already = You belong here already, as { $name }. The link has not been used.
invited-until = This invitation works until { $day }.
