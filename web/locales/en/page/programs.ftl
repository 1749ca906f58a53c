# Programs that take part: making, looking at and revoking them.

programs-title = Programs
programs-hint = A program can take part too: a bot that answers, or a script that takes something over.
programs-link = See the programs
programs-lead = A program takes part by a token. Behind its name people always read that it is a program.
programs-new = Make a program
programs-empty-title = No programs yet
programs-empty-text = Make a token, and give it to a bot or a script. What it may, you choose; revoking shuts it out at once.
programs-not-yours = Owners decide about programs
programs-not-yours-text = Would you like a bot to take part? Ask one of them.
programs-revoked = The program is revoked.

program-used = last here on { $day }
program-unused = never been here
program-made = made on { $day }
program-made-by = made on { $day } by { $name }
program-revoke = Revoke
program-revoke-of = Revoke: { $name }
program-revoke-title = Revoke { $name }?
program-revoke-text = It is shut out at once, and its token works no more. What it said stays. This cannot be undone; you can always make a new one.

program-name = What is it called?
program-name-hint = For example: Weather. Behind it will be that it is a program.
program-name-missing = Fill in what the program is called.
program-role = What may it do?
program-may-guest = Takes part in the chat, and in sessions that it joins by their code.
program-may-member = Reads and writes in every room, and searches the library.
program-may-moderator = Also runs sessions, removes what does not belong and works on the library.
program-make = Make the token
program-made-title = The token of { $name }
program-made-text = Copy it now: it is not shown again. Whoever has it takes part in this name, so keep it where only the program can read it.
program-token = Token
program-copied = The token is copied.
program-selected = The token is selected. Copy it with Ctrl+C, or press and hold it.
