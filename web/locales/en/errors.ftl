# What Kring says when something cannot be. Say what happened, what is kept and what you can do.

## A room says no: refused-<reason>

refused-forbidden = You may not do this here. Ask a moderator if it is needed all the same.
refused-not-found = This is not here, or not any more. Reload the page to see what is.
refused-removed = A moderator took this message away. Write a new message if there is more you want to say.
refused-empty = There is nothing readable in it. Write something and send it again.
refused-invalid = Something about this is not right, so nothing has changed. Check what you filled in and try again.
refused-full = There is no room left for this. Take something away first, or ask a moderator.
refused-planned = This room is not open yet. Come back when the facilitator opens it.
refused-locked = This room is locked: you can read along. Writing is possible again when a moderator unlocks it.
refused-closed = This room is closed and will not change any more. You can go on reading what it holds.
refused-stale = This has changed in the meantime. Look at what it says now and do it again if it still holds.
refused-held = Somebody else is working on this just now. Wait until it is free, or talk it over.
refused-spent = You have used all you had to give here. Take something back first.
refused-not-asking = No questions can be asked just now. Keep your question and try later, or ask it in the chat.
refused-muted = A moderator has muted you here. You can read along; talk to a moderator if that is not right.
refused-slow = Slow mode is on here: everybody waits a moment between two things they say. Your text is kept; send it again in a moment.
refused-too-open = Here people take part with less of themselves shown. Choose a level that hides at least as much, and try again.
refused-status = Something else has happened to this question in the meantime. Look at how it stands now and choose again.
refused-occupied = There is something in this place already. Finish that first or put it elsewhere.
refused-phase = This cannot be done in this phase. See at the top of the board what can be done now, or ask the facilitator.
refused-secret-gone = Kring can no longer keep your name apart from you here, so this was not done. Do it under your name, or talk to a moderator.
refused-busy = It is very busy now. Kring will try again by itself; there is nothing you need to do.
refused-retry = Not yet sure that this has arrived. Kring sends it again by itself and counts it once.
refused-fault = Something went wrong in Kring, so this did not happen. Try again later; if it keeps happening, tell whoever runs this Kring.
refused-unknown = This Kring does not know this command. Reload the page: there may be a newer version.
refused-limited = This came too often in a row. Wait a moment and then try again.
refused-not-joined = You are not in this room. Go in first and try again.

## The connection closes: close-<code>

close-restarting = Kring is restarting. You will be back by yourself, and what you wrote is kept.
close-too-slow = Your connection cannot keep up just now. You will be connected again by yourself and get what you missed.
close-silent = Nothing was heard from your device for a while. You will be connected again by yourself.
close-newer = This room runs on a newer version of Kring. You will be connected again by yourself; reload the page if that does not work.
close-bad-message = Your page sent something that Kring does not understand. Reload the page; if that does not help, tell whoever runs this Kring.
close-no-hello = The connection did not get going. Reload the page.
close-signed-out = You are not signed in here, or not any more. Join again with the code or with your link.
close-too-many = You have Kring open in too many places at once. Close some of them and reload this page.
close-forbidden-origin = This page does not belong to this Kring. Open Kring at its own address.

## A request does not go through: http-<code>

http-wrong-code = This code does not belong to an open room. Check the code, or ask whoever invited you for it again.
http-session-over = This session is over, so nobody comes in any more. Whoever was in it can still read it: look in the list of sessions.
http-name-taken = That name is in use here already. Choose another one, for instance { $suggestion }.
http-last-owner = There must remain an owner. Make somebody else an owner first.
http-name-empty = Fill in a name that others know you by.
http-title-empty = Give the session a title, so that people know where they come in.
http-board-title-empty = Give the board a title, so that people know what it is about.
http-boards-full = A session has { $most } boards at most. Use one that is there, or start another session.
http-not-closed = This session is not closed yet. What it came to is here as soon as it is.
http-item-edited = Somebody edited this in the library, so it no longer changes here. Edit it there.
http-item-title-empty = Give it a title, so that others find it again.
http-link-spent = This link has been used, has expired or was not copied whole. Ask whoever runs this Kring for a new one.
http-sign-in-needed = You are not inside yet. Join first with the code or with your link.
http-cross-site = This request did not come from a page of this Kring. Open Kring at its own address and try there.
http-wrong-host = This Kring is not to be found at this address. Use the address you were given.
http-too-large = This is too large to take in. Make it shorter and try again.
http-bad-request = Something about this is not right. Check what you filled in and try again.
http-no-such-page = There is no such page. Go to the start and look further from there.
http-wrong-method = This address cannot be used in this way. Go to the start and look further from there.
http-not-built = The page has not been made yet. Whoever runs this Kring can do that with: make build-client
