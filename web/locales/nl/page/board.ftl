# Een bord: briefjes in kolommen, van alleen schrijven tot wat is afgesproken.

## Fasen, en ze leiden

board-phases = Fasen
board-step-write = Schrijven
board-step-reveal = Onthullen
board-step-group = Groeperen
board-step-vote = Stemmen
board-step-discuss = Bespreken
board-step-done = Klaar
board-step-past = , geweest
board-title-write = Schrijf voor jezelf
board-title-reveal = Lees wat er hangt
board-title-group = Leg bij elkaar wat bij elkaar hoort
board-title-vote = Stem op wat het meest telt
board-title-discuss = Bespreek en spreek af
board-title-done = Dit heeft het opgeleverd
board-may-write = Alleen jij ziet jouw briefjes. Alles wordt in één keer getoond als het schrijven voorbij is.
board-may-reveal = Lees de briefjes van de anderen, en schrijf erbij wat nog ontbreekt.
board-may-group = Verplaats briefjes, groepeer ze, geef een groep een naam. Iedereen mag dat, met elk briefje.
board-may-vote = Je hebt { $budget } stemmen, hooguit { $most } voor één kaart. Je kunt ze terugnemen tot het stemmen sluit.
board-may-discuss = Wat de meeste stemmen heeft komt eerst. Schrijf op wat je afspreekt: acties en besluiten.
board-may-done = Het bord is klaar. Je kunt alles nalezen, en overnemen wat is afgesproken.
board-run-write = Je ziet je eigen briefjes, en hoeveel er van anderen zijn. Onthul ze als iedereen klaar is.
board-run-reveal = Geef iedereen tijd om te lezen. Er kunnen nog briefjes bij.
board-run-group = Iedereen verplaatst en groepeert. Jij kunt ook kolommen toevoegen, hernoemen en verzetten.
board-run-vote = Iedereen heeft { $budget } stemmen, hooguit { $most } voor één kaart. Hoeveel een kaart er heeft, zie je als je het stemmen sluit.
board-run-discuss = Begin met wat de meeste stemmen heeft. Schrijf op wie wat doet, en wanneer.
board-run-done = Het bord is klaar. Je kunt nog verbeteren wat is afgesproken, of teruggaan.
board-run = Leid het bord
board-back = Terug
board-back-to = Terug naar { $phase }
board-next-reveal = Onthul briefjes
board-next-group = Naar groeperen
board-next-vote = Naar stemmen
board-next-discuss = Sluit het stemmen
board-next-done = Rond af
board-ready = Ik ben klaar
board-ready-count = { $ready } van { $here } klaar
board-votes-left =
    { $budget ->
        [one] Nog { $left } van 1 stem
       *[other] Nog { $left } van { $budget } stemmen
    }
board-time-left = over
board-time-over = voorbij
board-time-until = De tijd loopt tot { $time }.
board-time-last = Nog één minuut.
board-time-up = De tijd is om. Je kunt afmaken wat je schrijft.
