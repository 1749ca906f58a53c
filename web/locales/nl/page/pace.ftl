# Rustig tempo: een pauze tussen twee dingen die iemand zegt.

pace-title = Rustig tempo
pace-legend = Hoelang iemand wacht na een bericht of vraag
pace-hint = Het geldt voor iedereen behalve begeleiders, in deze ruimte. Iedereen ziet het staan.
pace-choice = { $seconds ->
    [0] Geen pauze
    [60] 1 minuut
    [300] 5 minuten
   *[other] { $seconds } seconden
}
pace-save = Instellen
pace-goes-message = Rustig tempo: één bericht per { $seconds ->
    [60] minuut
    [300] 5 minuten
   *[other] { $seconds } seconden
}
pace-goes-question = Rustig tempo: één vraag per { $seconds ->
    [60] minuut
    [300] 5 minuten
   *[other] { $seconds } seconden
}
pace-wait = Rustig tempo. Je kunt verder over { $time }
pace-now = { $seconds ->
    [0] Rustig tempo: uit
    [60] Rustig tempo: 1 minuut
    [300] Rustig tempo: 5 minuten
   *[other] Rustig tempo: { $seconds } s
}
