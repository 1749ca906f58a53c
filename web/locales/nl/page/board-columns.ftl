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

board-column-still-right = Klopt nog
board-column-still-right-hint = Wat kan zo blijven?
board-column-renew = Bijwerken
board-column-renew-hint = Wat is verouderd, en wie weet hoe het nu is?
board-column-missing = Ontbreekt
board-column-missing-hint = Waar zochten we naar en vonden we niets?

board-column-ideas = Ideeën
board-column-ideas-hint = Alles mag, ook wat niet kan
board-column-questions = Wat moeten we weten
board-column-questions-hint = Waar hangt het van af?
board-column-first-steps = Eerste stap
board-column-first-steps-hint = Wat proberen we deze week?
