# Wat begeleiders deden, voor eigenaren om te lezen.

log-title = Wat begeleiders deden
log-link = Lees wat begeleiders deden
log-hint = Wie iets verwijderde, iemand het woord ontnam, op slot zette, uitnodigde of een rol veranderde. Alleen eigenaren zien het.
log-lead = Het nieuwste eerst. Elke handeling staat hier { $days } dagen. Over wiens woorden het ging, wordt nooit bewaard.
log-empty-title = Nog niets
log-empty-text = Als een begeleider iets verwijdert, iemand het woord ontneemt of een rol verandert, staat het hier.
log-not-yours = Voor eigenaren
log-not-yours-text = Alleen de eigenaren van deze gemeenschap lezen wat begeleiders deden.
log-older = Toon oudere

## Achter de naam van wie het deed

log-did-room-open = opende { $room }
log-did-room-lock = zette { $room } op slot
log-did-room-unlock = haalde { $room } van slot
log-did-room-set_pace =
    { $count ->
        [0] zette het rustige tempo uit in { $room }
       *[other] stelde een rustig tempo in voor { $room }: { $count } seconden
    }
log-did-room-dismiss = liet staan wat gemeld was in { $room }
log-did-chat-remove = verwijderde een bericht in { $room }
log-did-qna-remove = verwijderde een vraag in { $room }
log-did-qna-decline = wees een vraag af in { $room }
log-did-qna-edit = veranderde de woorden van een vraag in { $room }
log-did-qna-mute =
    { $count ->
        [0] liet iemand weer meedoen in { $room }
       *[other] ontnam iemand het woord in { $room }
    }
log-did-board-delete = verwijderde iemands briefje in { $room }
log-did-board-remove_column = haalde een kolom weg in { $room }
log-did-board-mute =
    { $count ->
        [0] liet iemand weer meedoen op het bord van { $room }
       *[other] ontnam iemand het woord op het bord van { $room }
    }
log-did-member-role = maakte { $about } { $role ->
    [guest] gast
    [moderator] moderator
    [owner] eigenaar
   *[member] lid
}
log-did-member-remove = haalde { $about } uit de gemeenschap
log-did-invitation-make = maakte een uitnodiging voor { $role ->
    [moderator] een moderator
    [owner] een eigenaar
   *[member] leden
}
log-did-invitation-revoke = trok een uitnodiging in
log-did-program-make = liet het programma { $about } toe
log-did-program-revoke = trok een programma in
log-did-community-edit = veranderde de instellingen van de gemeenschap
log-did-session-start = maakte de sessie { $about }
log-did-session-open = opende de sessie { $about }
log-did-session-lock = zette de sessie { $about } op slot
log-did-session-unlock = haalde de sessie { $about } van slot
log-did-session-close = sloot de sessie { $about } af
log-did-session-take_back = liet de sessie { $about } toch doorgaan
