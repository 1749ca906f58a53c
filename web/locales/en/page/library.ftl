# The library: searching, reading an item, writing one.

## The places of the community

places = Places
place-home = Home
place-library = Library
library-side = Sidebar

place-gone = This is no longer here: it was removed, or is hidden.

## Searching

library-title = Library
library-title-for = { $words } in the library
library-new = New item
library-search = Search the library
library-search-session = Search this session
library-placeholder = Search items and what was said
library-placeholder-session = Search what was said
library-clear = Clear the search
library-results = Results
library-newest = Newest
library-found =
    { $count ->
        [0] Nothing found
        [one] 1 found
       *[other] { $count } found
    }
library-found-instead =
    { $count ->
        [0] Nothing found for { $words }
       *[other] { $count } found for { $words }
    }
library-shown = { $count } shown
library-instead = Nothing with “{ $typed }”. This is what there is about “{ $words }”.
library-none = Nothing about “{ $words }”
library-none-hint = Try another word, or fewer words. If it is nowhere, ask the community.
library-none-narrowed = Nothing here fits all of that
library-none-narrowed-hint = Let go of one of the filters; then there may be something.
library-ask = Ask the community
library-more = Show more after { $count }
library-offline = You are offline. You can read what is here; searching works again once you are back.
library-empty-title = The library is still empty
library-empty = After a session, what is worth keeping comes here: answers, decisions, ideas. You can already search what was said.
library-empty-staff = After a session you choose in the harvest what comes here. You can also write an item yourself. You can already search what was said.
library-guest-title = Search this session
library-guest = As a guest you find what was said in the session you are in, while it is open. The items of the library are for members.

## Filters

library-filters = Filters
library-narrowed = Chosen filters
library-let-go = Let go: { $what }
library-let-all-go = Let go of all filters
library-show =
    { $count ->
        [0] Nothing to show
        [one] Show 1
       *[other] Show { $count }
    }
library-facet-type = Kind
library-facet-status = State
library-facet-tag = Topic
library-facet-session = Session
library-facet-days = When
library-facet-nameless = Without a name
library-hit-from = from “{ $title }”
library-from = From
library-to = To
library-from-day = from { $day }
library-to-day = up to { $day }

## What was found

library-where-item = Item
library-where-qna = Question
library-where-chat = Message
library-where-board = Note on a board
library-from-chat = from the community’s chat
item-status-draft = Draft
item-status-published = Published
item-status-outdated = Outdated

## Reading an item

item-loading = The item is on its way
item-to-library = To the library
item-gone-title = This item isn’t here
item-gone = It is gone, or still a draft. Search the library; it may go by another name.
item-members-title = The library is for members
item-members = As a guest you take part in a session. Become a member of the community to read what was kept as well.
item-staff-title = Facilitators do the writing
item-staff = As a member you read the library. If something is wrong, say so in the chat; a facilitator will change the item.
item-publish = Publish
item-outdate = Mark as outdated
item-fresh = Right again
item-edit = Edit
item-stands = This item is now: { $status }
item-changed-meanwhile = Somebody else has just saved this item. This is how it stands now; have another look.
item-is-outdated = This no longer holds entirely. See whether there is a newer item, or ask the community.
item-is-draft = A draft: only facilitators see it. Publish it when others may read it.
item-begun = You were editing this item.
item-go-on = Go on
item-changed = Last saved: { $day }
item-about = About this item
item-from = Where it comes from
item-session = Session
item-no-session = Written in the library
item-moment = Moment
item-place-qna = To the question, { $time }
item-place-chat = To the message, { $time }
item-place-board = To the board, { $time }
item-votes = Votes
item-thanks = With thanks to
item-more-about = More about { $tag }
item-field-title = Title
item-field-summary = Summary
item-field-body = Text
item-field-type = Kind
item-field-tags = Topics
item-field-status = State

## Versions

item-versions = Versions
item-version = Version { $version }
item-version-harvest = from the harvest
item-compare = Compare with version { $other }
item-compare-of = Compare with version { $other }: what changed in version { $version }
item-comparing = Comparing
item-same = These two versions are the same.
item-diff-gone = gone:
item-diff-come = new:

## Writing an item

item-edit-title = Edit this item
item-editing = Edit { $title }
item-back = Back
item-kept = Kept in this browser
item-kept-here = What you wrote is still in this browser. Open the item to go on.
item-begun-before = You were working on this before; this is what you wrote then.
item-start-again = Start again from what is there
item-start-empty = Start empty
item-look = Writing or looking
item-write = Write
item-preview = What it looks like
item-untitled = No title yet
item-nothing-yet = Here you see your text as others will read it.
item-no-preview = It cannot be shown right now. What you write is kept.
item-body-hint = An empty line begins a paragraph, # a heading, - a list. **Bold**, *italic*, [words](https://address).
item-known-tags = Topics of other items
item-take-tag = Add { $tag }
item-means-published = All members read and find it.
item-means-outdated = Still found, with the warning that it no longer holds.
item-means-draft = Only facilitators see it.
item-save = Save
item-save-draft = Save as a draft
item-leave = Not now
item-draft-means = Only facilitators see a draft. Once published, all members read it.
item-not-saved = Not saved: { $why }
item-saved = Saved. All members can read it.
item-saved-draft = Saved as a draft

## Somebody else was first

item-somebody = somebody else
item-stale-title = { $name } has just saved this item
item-stale-text = At { $time }, while you were writing. Nothing is lost: choose how to go on. What { $name } wrote stays a version in any case.
item-stale-diff = Struck out: theirs, by { $name }. Underlined: yours.
item-stale-same = You both wrote the same.
item-whole-theirs = The whole text by { $name }
item-whole-mine = My whole text
item-yours = You:
item-nothing = (nothing)
item-keep-theirs = Leave the other as it is
item-put-mine = Save mine as the newest
item-go-on-writing = Go on writing
item-gave-way = The other version stands. Your text was put aside.
item-theirs = What stands there now, by { $name }
item-same-now = It now says the same as yours.
