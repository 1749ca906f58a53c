# What Kring itself writes in what a session leaves.

## In what the library drafts

draft-votes = { $count ->
    [one] { $count } vote
   *[other] { $count } votes
}
draft-owner = Who: { $name }
draft-due = By: { $day }

## When a session becomes a file

export-held = Closed on { $day }. { $count ->
    [one] One person was there.
   *[other] { $count } people were there.
}
export-names = There
export-answered = Answered
export-follow-up = Still open
export-decision = Decisions
export-action = Actions
export-group = Groups
export-note = Notes
export-pinned = Pinned messages
export-saved = Saved messages
export-swept = What was said there is kept no longer: it was deleted on { $day }.
export-transcript = What was said: { $room }

# Backup and restore
help-backup = Put everything into one new file, also while Kring runs.
help-restore = Make a data directory, which must be empty, from a backup.
backup-copy = Copying { $part }
backup-pack = Packing
backup-unpack = Unpacking
backup-done =
    Backed up to { $path }: { $n_sessions ->
        [one] 1 session
       *[other] { $n_sessions } sessions
    }, { $n_people ->
        [one] 1 person
       *[other] { $n_people } people
    }, { $n_items ->
        [one] 1 library item
       *[other] { $n_items } library items
    }. It holds everything people said here: keep it as safe as the server itself.
backup-secret = KRING_SECRET is not in it. Keep it elsewhere: with another one everybody has to sign in again.
restore-done =
    Restored to { $path }: { $n_sessions ->
        [one] 1 session
       *[other] { $n_sessions } sessions
    }, { $n_people ->
        [one] 1 person
       *[other] { $n_people } people
    }, { $n_items ->
        [one] 1 library item
       *[other] { $n_items } library items
    }. Start it with: kring serve. Sessions that were open can be read and closed; begin new ones to go on in.
backup-no-database = There is no Kring in { $path } yet, so there is nothing to back up.
backup-exists = { $path } is there already. Choose another name.
backup-apart = The journal and the library do not fit together. Start kring serve, which mends that, and try again.
backup-not-empty = { $path } is not empty. Set KRING_DATA to a directory that does not exist yet.
backup-newer = This backup is by Kring { $kring }, which is newer or quite different. Install that one first.
backup-damaged = { $path } is damaged, or no backup of Kring's. Nothing was changed.
backup-impossible = That did not work with { $path }: { $why }. Nothing was changed.
