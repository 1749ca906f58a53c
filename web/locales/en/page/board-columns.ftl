# The columns a board begins with: the titles stand on the board, with the hints below. The server reads this too.

board-column-start = Start
board-column-start-hint = What don’t we do yet?
board-column-stop = Stop
board-column-stop-hint = What doesn’t help us?
board-column-continue = Continue
board-column-continue-hint = What goes well like this?

board-column-keep = Keep
board-column-keep-hint = What works already?
board-column-change = Change
board-column-change-hint = What hurts?
board-column-try = Try
board-column-try-hint = One small experiment

board-column-what = What
board-column-what-hint = What happened?
board-column-so-what = So what
board-column-so-what-hint = Why does it matter?
board-column-now-what = Now what
board-column-now-what-hint = What do we do about it?

board-column-still-right = Still right
board-column-still-right-hint = What can stay as it is?
board-column-renew = Renew
board-column-renew-hint = What is outdated, and who knows how it is now?
board-column-missing = Missing
board-column-missing-hint = What did we look for and not find?

board-column-ideas = Ideas
board-column-ideas-hint = Anything goes, also what cannot be done
board-column-questions = What we need to know
board-column-questions-hint = What does it depend on?
board-column-first-steps = First step
board-column-first-steps-hint = What do we try this week?
