# Het bureau van de moderatoren.

## Erboven en eromheen

desk-name = moderatorbureau
session-pages = Sessie
desk-state = Hoe de sessie ervoor staat
to-questions = Vragen
present = Presenteer
invite-with = Code { $code }: toon de QR-code
end-session = Sluit af…
asking-open = Vragen open
read-first = Eerst lezen
count-asked = Gesteld
count-published = Getoond
count-answered = Beantwoord
count-declined = Afgewezen
staff-here = Begeleiders die er zijn
cancel = Annuleer
desk-closed = Deze sessie is gesloten. Je kunt alles nog lezen; er verandert niets meer.
desk-secret-gone = Kring is hier kwijt wat mensen uit elkaar houdt zonder hun naam. Stemmen en vragen die niet onder een naam zijn, worden geweigerd; vragen onder een naam kunnen nog. Sluit deze sessie af en begin een nieuwe.
to-review-count =
    { $count ->
        [one] 1 vraag te beoordelen
       *[other] { $count } vragen te beoordelen
    }

## Nu en hierna

now = Nu
next = Hierna
now-none = Er is niets aan de beurt. Schuif door wat hierna komt, of leg een vraag op het scherm.
now-none-closed = Er was niets aan de beurt toen de sessie sloot.
next-none = Er staat niets klaar. Kies wat hierna komt.
on-stage-since = Aan de beurt sinds { $time }
advance = Schuif door
choose-next = Kies wat hierna komt
choose-none = Er zijn geen open vragen. Wat je goedkeurt, kun je hier kiezen.
change-next = Verander
clear-next = Maak leeg
in-next = Hierna

## De lijsten

lanes = Lijsten
lane-review = Te beoordelen
lane-live = Live
lane-done = Geparkeerd en klaar
lane-review-short = Nieuw
lane-live-short = Live
lane-done-short = Klaar
by-votes = op stemmen, dan leeftijd
moved-show =
    { $count ->
        [one] 1 verschoven · tonen
       *[other] { $count } verschoven · tonen
    }
review-empty = Niets te beoordelen. Nieuwe vragen komen eerst hier; alleen jij en de andere moderatoren zien ze.
review-off = Vragen gaan live zonder dat iemand ze eerst leest. Zet ‘Eerst lezen’ aan, dan komen nieuwe hier.
live-empty = Geen open vragen. Wat je goedkeurt komt hier, de meeste stemmen boven.
done-empty = Nog niets. Wat geparkeerd, beantwoord, afgewezen of ingetrokken is, staat hier.
parked = Geparkeerd
asker-muted = Vrager gedempt
asked-as = Gesteld als
reason-given = Gegeven reden
answer-written = Schriftelijk antwoord
answer-note = Notitie van het antwoord
ago-now = zojuist
ago-minutes = { $count } min geleden
acts-of = Wat je met #{ $order } kunt doen
more-acts-of = Meer voor #{ $order }

## Wat je met een vraag kunt doen

do-approve = Keur goed
do-answer = Beantwoord
do-stage = Leg op het scherm
do-next = Hierna
do-unnext = Niet hierna
do-unstage = Terug in de lijst
do-reopen = Heropen
do-edit = Bewerk
do-park = Parkeer
do-unpark = Haal uit parkeren
do-decline = Wijs af
do-note = Beantwoord met notitie
do-note-short = Met notitie
do-write = Antwoord schriftelijk
do-follow = Vervolg later
do-label = Label
do-review = Terug naar beoordelen
do-mute = Demp de vrager
do-unmute = Hef dempen van de vrager op
do-remove = Haal weg

## Wat je deed

did-approve = #{ $order } is live
did-answer = #{ $order } is beantwoord
did-stage = #{ $order } is aan de beurt
did-next = #{ $order } komt hierna
did-unnext = Er staat niets meer klaar
did-clear-next = Er staat niets meer klaar
did-unstage = #{ $order } staat weer in de lijst
did-reopen = #{ $order } is weer open
did-edit = #{ $order } heeft andere woorden
did-park = #{ $order } is geparkeerd
did-unpark = #{ $order } is terug uit parkeren
did-decline = #{ $order } is afgewezen
did-follow = #{ $order } krijgt later een vervolg
did-label = #{ $order } heeft een ander label
did-review = #{ $order } is weer te beoordelen
did-mute = Wie #{ $order } vroeg, is hier gedempt
did-unmute = Wie #{ $order } vroeg, kan weer meedoen
did-remove = #{ $order } is weggehaald
did-advance = Beantwoord, en #{ $order } is aan de beurt
did-open-asking = Vragen stellen kan weer
did-close-asking = Vragen stellen kan nu niet
did-read-first = Nieuwe vragen worden eerst gelezen
did-read-later = Nieuwe vragen gaan meteen live
desk-undone = Ongedaan gemaakt
desk-undo-late = Niet ongedaan gemaakt: iemand veranderde #{ $order } na jou. Kijk hoe het er nu voor staat.
desk-undo-occupied = #{ $order } is weer open, maar niet aan de beurt: daar staat nu een andere vraag.
desk-occupied = Er is al een vraag aan de beurt. Beantwoord die of leg hem terug, of kies deze voor hierna.
desk-status = Niet gedaan: #{ $order } is nu ‘{ $status }’. Kijk ernaar en kies opnieuw.
desk-gone = Niet gedaan: #{ $order } is er niet meer. Iemand haalde de vraag weg.
desk-no-next = Er staat niets klaar. Kies eerst een vraag.

## Vragen voordat het gebeurt

decline-title = Wijs #{ $order } af
decline-why = Waarom
decline-lacking = Kies een reden, dan weet de vrager wat te doen.
decline-note = Notitie, als je wilt
decline-read = De vrager leest de reden en je notitie. Verder niemand.
edit-title = Bewerk #{ $order }
edit-words = Vraag
edit-hint = Iedereen ziet deze woorden. Wat de vrager schreef, blijft ernaast bewaard, voor moderatoren.
edit-lacking = Een vraag heeft woorden nodig. Annuleer, of wijs de vraag af met een reden.
label-title = Label van #{ $order }
label-words = Label
label-hint = Een of twee woorden. Iedereen ziet het bij de vraag.
label-long = Hooguit { $most } tekens. Maak het korter.
label-none = Geen label
labels-known = In gebruik
answer-title = Antwoord op #{ $order }
answer-how = Hoe het beantwoord is
how-live = Live
how-written = Schriftelijk
answer-note-field = Notitie van het antwoord, als je wilt
answer-field = Antwoord
answer-read = Iedereen leest het bij de vraag.
answer-lacking = Schrijf het antwoord, of kies Live als het hardop gezegd is.
mark-answered = Zet op beantwoord

## Iemand anders was eerder

stale-staff = Een andere moderator veranderde #{ $order } eerder
stale-asker = De vrager veranderde #{ $order } eerder
stale-text = Er is niets overschreven. Kijk wat er veranderde, en kies.
stale-not-any-more = Er is niets overschreven. Zoals het er nu voor staat, kan wat je wilde niet meer.
you-saw = Jij zag
your-words = Jouw woorden
keep-theirs = Laat het zoals het nu is
anyway-approve = Keur toch goed
anyway-decline = Wijs toch af
anyway-edit = Bewaar toch mijn woorden
anyway-label = Geef toch dit label
anyway-park = Parkeer toch
anyway-stage = Leg toch op het scherm
anyway-answer = Zet toch op beantwoord
anyway-follow_up = Toch vervolg later
anyway-reopen = Heropen toch
anyway-remove = Haal toch weg

## Afsluiten, presenteren

end-title = Deze sessie afsluiten?
end-text = Afsluiten is voorgoed. Niemand kan hier dan nog vragen, stemmen of chatten.
end-waiting =
    { $count ->
        [one] 1 vraag is nog niet gelezen. Die blijft ongezien.
       *[other] { $count } vragen zijn nog niet gelezen. Die blijven ongezien.
    }
end-kept = Wat bewaard blijft in het archief
end-kept-questions = De vragen, wat ermee gebeurde, de antwoorden en hoeveel stemmen elk had
end-kept-names = De namen van wie iets vroeg
end-kept-names-some = Namen bij wat onder een naam gevraagd is, schuilnamen bij de rest
end-kept-chat = De chat, met namen
end-forgotten = Wat vergeten wordt
end-forgotten-who = Wie er stemde, en wie er zonder naam vroeg
end-forgotten-links = Welke stemmen en naamloze vragen van één persoon waren
end-forgotten-mutes = Wie er gedempt was
end-not = Nu niet
end-sure = Sluit de sessie af
present-title = Toon op een scherm
present-text = Open dit adres op de machine van het scherm. Het werkt één keer, binnen een half uur, en laat alleen zien wat iedereen mag zien.
present-link = Adres van het scherm
present-open = Open in een nieuw venster

## Toetsen

keys-question = Bij een vraag
key-card-next = Volgende vraag
key-card-previous = Vorige vraag
key-lane = Naar de lijst ernaast
key-lanes = Naar een lijst
key-now = Naar wat aan de beurt is
key-more = Alles wat je met een vraag kunt doen
key-advance = Schuif door: wat hierna komt, is aan de beurt
keyline-move = Beweeg
keyline-all = Alle toetsen
