# What Kring keeps of people.

privacy-title = What Kring keeps of you
privacy-link = What Kring keeps of you
privacy-lead = Kring runs on a server of this community’s own. Nothing goes to anybody else.

privacy-said = What you say
privacy-said-stays = Messages, questions and notes stay. While the room is open you can take out what you said, and a moderator what anybody said.
privacy-said-goes = What was said in a session is deleted { $days ->
    [one] a day
   *[other] { $days } days
} after it closed. What it came to stays.
privacy-said-chat = In a chat your name stands with it. Everybody in the community can read and search it, guests as long as they are in.
privacy-said-library = What a session came to goes to the library, where members find it.
privacy-said-reported = When you report something, moderators see what and why, and nobody sees that it was you.

privacy-levels = When you ask or write in a session
privacy-levels-lead = Each session says how much of you is shown at least. You can always show less.
privacy-seen = While it is open, others see
privacy-seen-named = your name
privacy-seen-pseudonymous = a nickname, the same for all you write in that room
privacy-seen-anonymous = nothing of you, and moderators neither
privacy-left = After it is closed, Kring has
privacy-left-named = your name and your words
privacy-left-pseudonymous = the nickname and the words, and nothing that leads to you
privacy-left-anonymous = the words, and nothing that leads to you
privacy-beyond = While a session is open, whoever runs the server could work out who wrote what. How you write, and a small group, can give you away at any time.

privacy-you = About you
privacy-you-name = The name you gave, your role, the month you came, and what you said you can be asked about.
privacy-you-day = The last day you were here, never a time.
privacy-you-mail = Your mail address, if you added it: only to send you a link to sign in.
privacy-you-passkey = Of a passkey the public half. Your finger or face never leaves your device.

privacy-device = On your device
privacy-cookie = One cookie, which keeps you signed in for { $days } days. None for anything else.
privacy-drafts = What you typed and have not sent, and what waits for the connection. Signing out takes it away.
privacy-nobody-else = The page asks nothing of other servers: no counters, no fonts, no maps.

privacy-not = What Kring does not keep
privacy-not-votes = Who voted for what, once a session is closed; and never shows it before.
privacy-not-times = When you were here, where you clicked, what you looked for.
privacy-not-log = No names, words or addresses in the log. Your network address is in memory only, to hold back guessing.

privacy-out = Taking it out
privacy-out-yours = Delete a message or a note: its words are gone, from search too. Withdraw a question: only you and moderators see it any more.
privacy-out-leave = Leave the community on your own page. Once you are in none, Kring forgets your mail address and passkeys too. What you said stays, under the name it had.
privacy-out-community = If the owner removes the community, nothing of it is left in the server’s files.
privacy-out-copies = After an upgrade a copy of the files is kept for { $days } days. Whoever runs the server decides how long backups are kept: ask them.
