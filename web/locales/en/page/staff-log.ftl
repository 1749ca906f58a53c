# What staff did, for owners to read.

log-title = What staff did
log-link = Read what staff did
log-hint = Who removed, muted, locked, invited, or changed somebody’s role. Only owners see it.
log-lead = Newest first. Each act stands here for { $days } days. Whose words an act was about is never kept.
log-empty-title = Nothing yet
log-empty-text = When staff remove something, mute somebody or change a role, it stands here.
log-not-yours = For owners
log-not-yours-text = Only the owners of this community read what staff did.
log-older = Show older ones

## Behind the name of who did it

log-did-room-open = opened { $room }
log-did-room-lock = locked { $room }
log-did-room-unlock = unlocked { $room }
log-did-room-set_pace =
    { $count ->
        [0] ended slow mode in { $room }
       *[other] set slow mode in { $room }: { $count } seconds
    }
log-did-room-dismiss = let stay what was reported in { $room }
log-did-chat-remove = removed a message in { $room }
log-did-qna-remove = removed a question in { $room }
log-did-qna-decline = declined a question in { $room }
log-did-qna-edit = changed the words of a question in { $room }
log-did-qna-mute =
    { $count ->
        [0] let somebody take part again in { $room }
       *[other] muted somebody in { $room }
    }
log-did-board-delete = removed somebody’s note in { $room }
log-did-board-remove_column = removed a column in { $room }
log-did-board-mute =
    { $count ->
        [0] let somebody take part again on the board of { $room }
       *[other] muted somebody on the board of { $room }
    }
log-did-member-role = made { $about } { $role ->
    [guest] a guest
    [moderator] a moderator
    [owner] an owner
   *[member] a member
}
log-did-member-remove = took { $about } out of the community
log-did-invitation-make = made an invitation for { $role ->
    [moderator] a moderator
    [owner] an owner
   *[member] members
}
log-did-invitation-revoke = revoked an invitation
log-did-program-make = let the program { $about } in
log-did-program-revoke = revoked a program
log-did-community-edit = changed the settings of the community
log-did-session-start = made the session { $about }
log-did-session-open = opened the session { $about }
log-did-session-lock = locked the session { $about }
log-did-session-unlock = unlocked the session { $about }
log-did-session-close = ended the session { $about }
log-did-session-take_back = took back that the session { $about } ends
