# The harvest: what a session came to, and what the library keeps of it.

## The page

harvest-page = Harvest
outcome-page = What this session came to
harvest-question = What do we keep?
harvest-closed-on = Closed · { $day }
harvest-lead = Choose per line. What you choose is saved at once; you can leave and go on later. What you leave stays in the archive.
outcome-lead = What was answered, decided and saved. Each line takes you to the place where it was said.
harvest-progress = { $count } of { $all } chosen
harvest-all-chosen = All chosen
harvest-later = Finish later
harvest-to-session = To the session
harvest-loading = The outcome is on its way
harvest-not-yet = The harvest is not here yet
harvest-not-yours = The outcome is for members
harvest-not-yours-text = As a guest you can go on reading the session itself. Become a member of the community to see what it came to as well.
harvest-none-lead = There is nothing to choose from here.
harvest-none-title = This session left nothing
harvest-none-text = Nothing was answered, decided or saved. What was said is in the session, and in the file that you can take home.

## The groups

harvest-group-answered = Answered
harvest-group-notes = From the board
harvest-group-agreed = Decisions and actions
harvest-group-saved = Saved messages
harvest-group-open = Still open
harvest-keep-all = Keep all { $count }
harvest-keep-all-of = Keep all { $count } of { $group }
harvest-about-decision = Decision
harvest-about-action = Action
harvest-about-pinned = Pinned
harvest-about-saved = Saved
harvest-about-note = Note
harvest-notes =
    { $count ->
        [one] 1 note
       *[other] { $count } notes
    }
harvest-votes-word = votes
harvest-owner = Who: { $name }
harvest-due = By: { $day }
harvest-nameless = Group without a name
harvest-place = To its place, { $time }
harvest-place-of = To its place, { $time }: { $words }

## Choosing

harvest-choose-for = What do we do with: { $words }
harvest-keep = Keep…
harvest-kept = Kept
harvest-leave = Leave
harvest-drop = Drop
harvest-is-draft = Draft
harvest-is-published = Published
harvest-in-library = Read it in the library
harvest-look = See it in the library
harvest-look-at = See it in the library: { $title }
harvest-saving = Being saved
harvest-unsaved = Not saved yet
harvest-kept-one = Kept as a draft: { $title }
harvest-published-one = Published: { $title }
harvest-dropped-one = Not for the library. It stays in the archive.
harvest-left-one = Left as it is. You can still choose later.
harvest-kept-many =
    { $count ->
        [one] 1 line kept as a draft
       *[other] { $count } lines kept as drafts
    }
harvest-published-many =
    { $count ->
        [one] 1 draft published
       *[other] { $count } drafts published
    }
harvest-undone = Undone
harvest-offline = Your device has no network. What you choose now stays on this device, and is saved as soon as there is a connection.
harvest-waiting =
    { $count ->
        [one] 1 choice is on this device only. It is saved as soon as there is a connection.
       *[other] { $count } choices are on this device only. They are saved as soon as there is a connection.
    }

## What you keep

harvest-form = How it goes into the library
harvest-title = Title
harvest-title-missing = Give it a title, so that others find it again.
harvest-summary = Summary
harvest-summary-hint = One or two sentences, for whoever searches.
harvest-body = Text
harvest-body-hint = You can use Markdown: **bold**, - list, [words](address).
harvest-type = Type
harvest-type-answer = Answer
harvest-type-practice = Practice
harvest-type-idea = Idea
harvest-type-decision = Decision
harvest-type-case = Case
harvest-type-link = Link
harvest-tags = Topics
harvest-tags-hint = With commas between, twelve at most.
harvest-keep-draft = Keep as a draft
harvest-keep-publish = Keep and publish
harvest-save-published = Save change
harvest-cancel = Cancel
harvest-draft-means = A draft is seen by staff only, until somebody publishes it.

## Beside it

harvest-beside = Overview
harvest-becomes = This will become
harvest-sum-published =
    { $count ->
        [one] item in the library
       *[other] items in the library
    }
harvest-sum-drafts =
    { $count ->
        [one] draft, for the curators
       *[other] drafts, for the curators
    }
harvest-sum-dropped = dropped, kept in the archive
harvest-sum-left = left for now
harvest-publish-all =
    { $count ->
        [one] Publish the draft
       *[other] Publish the { $count } drafts
    }
harvest-left-means = Nothing is lost of what was not chosen: it stays in the archive and can be found there.
harvest-people = Who was there
harvest-attendance =
    { $count ->
        [0] Nobody came in.
        [one] 1 person was there.
       *[other] { $count } people were there.
    }
harvest-no-names = Not everything was said under a name here. That is why there is only a number.
harvest-take = Take it home
harvest-take-means = The whole session in one file: what it came to, and everything that was said.
harvest-take-as = Save the session as { $form }
harvest-form-md = Markdown
harvest-form-json = JSON
harvest-form-csv = CSV
harvest-exported = Saved as { $name }
harvest-key-move = next, previous
harvest-key-keep = keep
harvest-key-drop = drop
