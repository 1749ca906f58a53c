# De kolommen waarmee een bord begint: de titels komen op het bord, de hints eronder. Ook de server leest dit.

board-column-start = Beginnen
board-column-start-hint = Wat doen we nog niet?
board-column-stop = Stoppen
board-column-stop-hint = Wat helpt ons niet?
board-column-continue = Doorgaan
board-column-continue-hint = Wat gaat goed zo?

board-column-keep = Houden
board-column-keep-hint = Wat werkt al?
board-column-change = Veranderen
board-column-change-hint = Wat wringt?
board-column-try = Proberen
board-column-try-hint = Eén klein experiment

board-column-what = Wat
board-column-what-hint = Wat gebeurde er?
board-column-so-what = Wat betekent het
board-column-so-what-hint = Waarom doet het ertoe?
board-column-now-what = Wat nu
board-column-now-what-hint = Wat doen we ermee?
