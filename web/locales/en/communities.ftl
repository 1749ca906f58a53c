# What Kring says of communities themselves: beginning one, changing it, removing it.

board-of-session = Board

http-already-begun = This community has been set up already. You can change it in the community's settings.
http-community-name-empty = Give the community a name, so that people know where they are.
http-other-name = That is not the name of this community. Type it exactly; nothing was removed.

## kring init

init-done = { $name } is there, with { $owner } as owner. Start the server (kring serve), then open this link. It works once, within 30 minutes; for a new one: kring link owner --person "{ $owner }"
init-begun = This Kring already belongs to a community: { $name }. Change it on its page, or choose other files with KRING_DATA.
init-nameless = The community and its owner both need a name that can be read.
help-init = Say what the community is, without a page: that can be done once. Gives the owner's sign-in link.
help-init-name = What the community is called.
help-init-owner = What its owner is called.
help-init-purpose = What the community is for, in a sentence.
help-init-lang = The language of what Kring itself says there: nl or en.
help-init-preset = What the community is mostly for: helping, best_practice, stewarding (looking after knowledge) or innovation.
