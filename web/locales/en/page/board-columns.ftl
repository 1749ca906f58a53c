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
