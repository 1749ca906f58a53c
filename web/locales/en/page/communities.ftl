# Communities themselves: beginning one, going from one to another, changing and removing one.

## The first time

begin-title = Begin your community
begin-lead = This is how people get to know it. You can change all of it later.
begin-language = Which language does your community speak?
begin-language-hint = For what Kring itself says there. Everybody chooses the language of the page for themselves.
community-name-label = Name of the community
community-name-hint = People see it at the door and at the top of every page.
community-name-missing = Give the community a name, so that people know where they are.
community-purpose-label = What is it for?
community-purpose-hint = A sentence or two. Whoever comes in reads this first.
preset-title = What is it mostly about?
preset-hint = A session you plan begins like this. For each session you can choose otherwise.
preset-helping = Helping each other
preset-helping-means = Questions and answers. A session begins with questions under people’s names, which a moderator reads first.
preset-best_practice = Best practice
preset-best_practice-means = What works, and why. A session begins with questions and a board: keep, change, try.
preset-stewarding = Looking after knowledge
preset-stewarding-means = Keeping what you know up to date together. A session begins with questions and a board: still right, renew, missing.
preset-innovation = Innovation
preset-innovation-means = Thinking up what is not there yet. A session begins without names, with a board for ideas and a first step.
begin-owner = Your name
begin-owner-hint = This is how others see you. You are the owner.
begin-act = Begin

## What now

next-title = { $community } is there
next-lead = Two things to begin with:
next-invite = Invite people
next-invite-hint = Pass on the code or the QR code. Whoever has it takes part in the chat.
next-session = Plan a first session
next-session-hint = Think of what it is about. You open it when you are ready.
next-later = I’ll look around first

## From one to another

communities-yours = Your communities
communities-switch = Other community
communities-here = you are here now

## Settings of the community

community-settings = Community settings
community-settings-of = Settings of { $community }
community-settings-lead = Only owners see this page. What you save holds for everybody at once.
community-language = Language of the community
agreements-label = Agreements
agreements-edit-hint = Whoever comes in reads them at the door. When you change them, everybody reads them again. Leave it empty if you have none.
community-save = Save
community-saved = Saved.
settings-owners-title = This is for owners
settings-owners = Ask an owner of the community to change this.
community-back = Back to the community

community-another-title = Another community
community-another-hint = With people, a chat and a library of its own. Nothing of it can be found in this one, nor the other way round.
community-another = Begin another community
community-another-act = Begin this community

## Removing

community-remove-title = Removing the community
community-remove-hint = For good. Kring asks first whether you are sure.
community-remove = Remove
community-remove-question = Remove { $community }?
community-remove-lead = This cannot be undone. It is about:
community-remove-people = { $count ->
    [one] Just you. You lose your place here.
   *[other] { $count } people. They lose their place here; who is nowhere else is no longer signed in.
}
community-remove-sessions = { $count ->
    [0] No sessions, but the chat and all that was said.
    [one] 1 session, the chat, and all that was said.
   *[other] { $count } sessions, the chat, and all that was said.
}
community-remove-live = { $count ->
    [one] 1 session is open now. Whoever is in it is outside at once.
   *[other] { $count } sessions are open now. Whoever is in one is outside at once.
}
community-remove-library = The whole library, with all versions.
community-remove-export = If you want to keep something, save it first: whoever runs the server makes a file of a closed session with kring export.
community-remove-copies = Backups that were made already stay what they are.
community-remove-type = Type the name of the community: { $community }
community-remove-other = That is not the name of this community. Nothing was removed.
community-remove-act = Remove for good

## Agreements

agreements-title = Agreements of { $community }
agreements-lead = This is what people in this community keep to.
agreements-accept = I keep to that
agreements-door = By joining you accept these agreements.

## Starting a session as the community does

start-board = With a board
start-board-hint = { $columns }. More boards and other columns can come later.
