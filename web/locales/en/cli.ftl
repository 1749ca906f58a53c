# What Kring says in a terminal, and the names it gives when nobody gave any.

community-name = Our circle
community-purpose = A place to ask each other, think along and keep what comes out of it.
community-chat = Chat

name-of-owner = Owner
name-of-moderator = Moderator
name-of-member = Member
name-of-guest = Guest
name-of-screen = Screen

## Settings

setting-not-yet = { $name } is set, but Kring does not know other databases than its own file yet. Take { $name } away and start again.
setting-redis-url = { $name } is no address of a Redis. Use one such as redis://localhost:6379, rediss://… with TLS, or unix:///run/valkey.sock.
setting-unknown = There is no setting { $name }. Take it away; kring serve --help lists the settings.
setting-unknown-close = There is no setting { $name }. Did you mean { $close }?
setting-host = { $name } is “{ $value }”, which is no address to listen on. Use 127.0.0.1 for this machine only, or 0.0.0.0 for everybody in the network.
setting-port = { $name } is “{ $value }”, which is no port. Use a number from 1 to 65535, for instance 8000.
setting-seconds = { $name } is “{ $value }”. Use a whole number of seconds from 0 to { $most }, for instance 60.
setting-days = { $name } is “{ $value }”. Use a whole number of days from 1 to { $most }, for instance 365; or take it away, and everything is kept.
setting-base-url = { $name } is “{ $value }”. Write the whole address at which people find Kring, for instance https://kring.example.org or https://example.org/kring; a path holds plain letters, digits, and “-”, “_”, “.” or “~”.
setting-too-short = { $name } is too short to be safe. Use at least { $least } characters that nobody can guess.
setting-one-of = { $name } is “{ $value }”. Choose one of: { $known }.
setting-network = { $name } holds “{ $value }”, which is no network address. Write addresses or networks such as 10.0.0.0/8, with commas between them.

## Serving

serve-address = Kring runs at { $url }
serve-join = People join at { $url } with the code { $code }
serve-data = Everything is kept in { $path }
serve-stop = Stop with ctrl+c. What people wrote is kept.
serve-owner = You are the owner. Open this link within 30 minutes; it works once:
serve-owner-file = The owner's sign-in link is in { $path }. It works once, within 30 minutes. A new one: kring link owner
serve-port-taken = Port { $port } is in use already. Is Kring running? Otherwise choose another port: kring serve --port { $other }
serve-port-forbidden = Port { $port } is not for ordinary users. Choose one above 1023: kring serve --port { $other }
serve-host-absent = This machine does not have the address { $host }. Use 127.0.0.1 for this machine only, or 0.0.0.0 for everybody in the network.
serve-in-use = Another Kring is running with the files in { $path }. Stop that one, or choose other files with KRING_DATA.
serve-newer-files = The files in { $path } are of a newer Kring. Install that one, or choose other files with KRING_DATA.
serve-other-journal = The journal in { $path } is not one this Kring can read. Choose other files with KRING_DATA, or put back a copy.

data-forbidden = Kring may not write in { $path }. Choose another directory with KRING_DATA, or give this one to whoever runs Kring.
data-of-others = { $path } holds other things, and others may look in it. Choose a directory for Kring alone with KRING_DATA.
data-no-directory = { $path } is no directory. Choose another one with KRING_DATA.

## Other commands

worker-embedded = The server archives by itself, so this worker has nothing to do. It waits until it is stopped.
worker-beside-server = A Kring is running with these files already. It archives by itself, so this worker has nothing to do.
worker-shares = This worker archives what the servers have, until it is stopped.
worker-done = Everything is in the archive. { $count ->
    [0] There was no session left to close.
    [one] One session is closed now.
   *[other] { $count } sessions are closed now.
}
worker-not-finished = { $count ->
    [one] One session is not closed yet.
   *[other] { $count } sessions are not closed yet.
} Why is written above. Nothing is lost: try again, or start the server.
worker-not-swept = What was said in sessions and is kept no longer could not be deleted completely. Why is written above. Try again, or start the server.
export-no-session = There is no session “{ $session }”. Use its code or id.
export-not-closed = “{ $title }” is not closed yet. Close it first; what it came to is there after that.
export-exists = { $path } is there already. Choose another name with --to.
export-forbidden = Kring cannot write to { $path }. Choose another place with --to.
migrate-done = The database in { $path } is up to date.
migrate-nothing = The database is up to date already (version { $version }). Nothing to do.
migrate-would = Tried on a copy, in { $seconds } s: { $count ->
    [one] one step would be taken.
   *[other] { $count } steps would be taken.
}
link-made = This link signs somebody in as { $role }. It works once, within 30 minutes:
link-no-database = There is no Kring in { $path } yet. Start it first: kring serve
link-no-role = There is no role “{ $role }”. Choose one of: { $known }.
link-made-for = This link signs { $name } in, as { $role }. It works once, within 30 minutes:
link-no-room = There is no room or session “{ $room }”. Use its code or id.
link-over = “{ $room }” is closed, so there is nobody to let in. Use the code of an open room or session.
link-no-person = There is nobody called “{ $name }”. Write the name as it stands beside what they say.
link-screen-nobody = A screen is nobody's. Leave --person out, or name another role.
role-owner = owner
role-moderator = moderator
role-member = member
role-guest = guest
role-screen = screen (reading along only)

usage = That is no way to call Kring: { $what }. Look at: { $help }

## Help

help-kring = Kring: the live side of a community of practice.
help-serve = Run the server: the page, the live rooms and the archive.
help-serve-host = Where to listen: 127.0.0.1 for this machine only, 0.0.0.0 for everybody in the network.
help-serve-port = The port to listen on.
help-serve-settings = Settings, from the environment: { $names }
help-worker = Finish what a server left: archive, and close what was closing. A server that runs does that by itself.
help-worker-stay = Stay and wait beside a server until stopped. For a Procfile.
help-export = Make a file of a closed session: what it came to, and what was said in it.
help-export-as = md to read, json for programs, csv for a spreadsheet.
help-export-to = Where to; else to the screen. A file that is there already stays as it is.
help-migrate = Make the database, or bring it up to date. kring serve does it too.
help-migrate-dry = Try it on a copy, and say what it would do. Nothing is changed.
help-rehearse = Drive a running server with a recorded conversation.
help-doctor = Look whether everything is as it should be.
help-link = Make a sign-in link for a role: { $roles }
help-link-room = The room or session it leads to: its code or id. The chat, if you name none.
help-link-person = Sign in somebody who is known already, by this name, on another device. They get the role, and keep a higher one.

## Doctor

doctor-ok = fine
doctor-warn = mind
doctor-fail = wrong
doctor-settings-ok = The settings are understood.
doctor-data-ok = The files are in { $path }, for you alone.
doctor-data-absent = { $path } is not there yet. kring serve makes it.
doctor-data-open = Others on this machine can look into { $path }. kring serve closes it.
doctor-disk-ok = There is { $free } GB of room on the disk.
doctor-disk-low = There is only { $free } GB of room on the disk. Make room before it is full.
doctor-disk-full = The disk is as good as full ({ $free } GB). Kring cannot keep anything more; make room.
doctor-mail-ok = The mail server { $host } takes mail from Kring.
doctor-mail-silent = The mail server { $host } does not answer on port { $port }, or not in the way that was asked for. Look at KRING_SMTP_HOST, KRING_SMTP_PORT and KRING_SMTP_TLS.
doctor-mail-tls = The mail server { $host } does not prove who it is. Use the name that its certificate is for, and the port that goes with KRING_SMTP_TLS.
doctor-mail-password = The mail server { $host } does not accept the name or the password. Look at KRING_SMTP_USER and KRING_SMTP_PASSWORD.
doctor-port-ok = Port { $port } is free.
doctor-port-kring = Kring is running at port { $port }.
doctor-port-taken = Port { $port } is in use by something else. Choose another one with PORT.
doctor-clock-ok = The clock says { $now } (UTC). Compare it with a clock you trust.
doctor-clock-wrong = The clock says { $now } (UTC), before things that were written already. Set it right before people write more.
doctor-database-ok = The database is of this version of Kring ({ $version }).
doctor-database-absent = There is no database yet. kring serve makes it.
doctor-database-behind = The database is of an older Kring ({ $version }). kring serve or kring migrate brings it up to date.
doctor-database-newer = The database is of a newer Kring ({ $version }). Install that one.
doctor-database-broken = The database cannot be read. Put back a copy, or choose other files with KRING_DATA.
doctor-limits-ok = Kring can hold { $most } connections at once.
doctor-limits-low = Kring can hold only { $most } connections at once. Raise the limit of open files (ulimit -Hn).
doctor-journal-ok = What counts as done is on the disk: a crash or a power cut takes nothing back.
doctor-redis-ok = The Redis at { $address } answers ({ $version }).
doctor-redis-silent = The Redis at { $address } does not answer. Start it, or look at REDIS_URL.
doctor-redis-old = The Redis at { $address } is too old ({ $version }). Kring needs Redis 7 or newer, or Valkey.
doctor-redis-everysec = What counts as done survives the crash of any process; a power cut at the Redis may take back the last second or two. With appendfsync always it does not, and every message waits for the disk.
doctor-redis-sometimes = The Redis leaves it to the system when to write to the disk: a power cut may take back half a minute. Set appendfsync to everysec or always.
doctor-redis-memory = The Redis keeps nothing on disk: if it stops, only what servers still know and what is archived remains. Set appendonly to yes.
doctor-redis-evicts = The Redis throws things away when its memory is full. Set maxmemory-policy to noeviction.
doctor-transcripts-kept = What was said in closed sessions is kept for ever. KRING_KEEP_TRANSCRIPTS_DAYS sets an end to that.
doctor-transcripts-days = What was said in a session is deleted { $days ->
    [one] one day
   *[other] { $days } days
 } after it closed. What it came to and the library stay, and so does the chat of the community.
doctor-secrets-ok = Every open session has its secret: votes and names are kept apart.
doctor-secret-gone = The secret of the session “{ $title }” is gone, so it takes no votes and nothing without a name in: { $rooms }. Close it and start another.
doctor-page-ok = The page has been made.
doctor-page-absent = The page has not been made yet. Make it with: make build-client
