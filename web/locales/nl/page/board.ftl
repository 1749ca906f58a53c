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

## Notes, and what one does with them

board-columns = Briefjes per kolom
board-which = Kolom
board-notes = briefjes
board-count =
    { $count ->
        [0] geen briefjes
        [one] 1 briefje
       *[other] { $count } briefjes
    }
board-hidden =
    { $count ->
        [one] 1 briefje van een ander, nog verborgen
       *[other] { $count } briefjes van anderen, nog verborgen
    }
board-empty = Hier staat nog niets. Wat het eerst in je opkomt, is goed genoeg.
board-empty-still = Hier is niets geschreven.
board-no-columns = Nog geen kolommen
board-no-columns-staff = Voeg een kolom toe, dan kan er geschreven worden.
board-no-columns-text = Wie het bord leidt, voegt ze toe. Je ziet ze dan hier.
board-add-note = Briefje toevoegen
board-add-in = Briefje toevoegen in { $column }
board-add-short = Toevoegen
board-new-in = Nieuw briefje in { $column }
board-edit = Wijzigen
board-edit-of = Wijzigen: { $text }
board-edit-field = Tekst van het briefje
board-save = Bewaren
board-delete = Weghalen
board-delete-of = Weghalen: { $text }
board-more = Meer
board-more-of = Meer bij: { $text }
board-too-long =
    { $over ->
        [one] 1 teken te lang
       *[other] { $over } tekens te lang
    }
board-yours = Jij
board-only-you = Alleen jij ziet dit
board-writes = { $name } schrijft
board-not-stored = Niet bewaard: { $why }
board-moved = Verplaatst.
board-moved-to = Verplaatst naar { $column }.
board-grouped = Samengevoegd.
board-ungrouped = Uit elkaar gehaald.
board-deleted = ‘{ $text }’ weggehaald.
board-undone = Ongedaan gemaakt.
board-undo-late = Dit kan niet meer ongedaan worden gemaakt: het bord is sindsdien veranderd.
board-changed-not-deleted = Iemand heeft dit briefje gewijzigd, dus het is niet weggehaald. Lees het eerst nog eens.
board-not-kept = Dit kan niet meer gewijzigd worden. Wat je schreef: { $text }
board-group-unnamed = Groep zonder naam
board-group-of =
    { $count ->
        [one] { $title }, 1 briefje
       *[other] { $title }, { $count } briefjes
    }
board-group-name = Naam van de groep
board-group-rename = Naam wijzigen
board-ungroup = Uit elkaar halen
board-dot-more =
    { $dots ->
        [0] Stem op: { $of }
        [one] Nog een stem op: { $of }. Je gaf er 1.
       *[other] Nog een stem op: { $of }. Je gaf er { $dots }.
    }
board-dot-less =
    { $dots ->
        [one] Neem je stem terug: { $of }
       *[other] Neem een van je { $dots } stemmen terug: { $of }
    }
board-dots-spent = Je hebt al je stemmen gegeven. Neem er een terug om die hier te geven.
board-dots-full = Meer dan { $most } stemmen op één kaart kan niet.
board-votes =
    { $count ->
        [one] stem
       *[other] stemmen
    }
board-yours-of =
    { $dots ->
        [one] 1 daarvan is van jou
       *[other] { $dots } daarvan zijn van jou
    }
board-stale = Iemand heeft dit gewijzigd terwijl je schreef
board-stale-text = Er is niets verloren. Laat staan wat er nu staat, of maak van beide wat het moet zijn.
board-stale-theirs = Dit staat er nu
board-stale-yours = Wat jij schreef
board-stale-keep = Laat staan wat er staat
board-stale-mine = Zet het mijne neer
board-locked = Het bord is op slot. Je kunt alles lezen.
board-closed = De sessie is gesloten. Het bord blijft zoals het is.
board-barred = Je kunt niet op dit bord komen.
board-reveal-title = Alle briefjes tonen?
board-reveal-text = Iedereen ziet vanaf dan elk briefje. Dit kan niet ongedaan worden gemaakt.
board-reveal-do = Tonen
board-to-session = Terug naar de sessie

## Borden van een sessie

board = Bord
boards = Borden
board-add = Voeg een bord toe
board-add-now = Voeg het bord toe
board-title-label = Titel
board-title-hint = Iedereen ziet die boven het bord.
board-title-missing = Geef het bord een titel, zodat mensen weten waar het over gaat.
board-template = Kolommen om mee te beginnen
board-template-keep_change_try = Houden, veranderen, proberen
board-template-start_stop_continue = Beginnen, stoppen, doorgaan
board-template-what = Wat, wat betekent het, wat nu
board-template-upkeep = Klopt nog, bijwerken, ontbreekt
board-template-ideas = Ideeën, wat we moeten weten, eerste stap
board-template-empty = Leeg
board-template-empty-hint = Je voegt zelf kolommen toe.
board-level-hint = Mensen schrijven zoals in deze sessie. Het bord begint met schrijven, ieder voor zich.
board-added = Er is een bord bij: { $title }

## De timer, kolommen, stemmen en het slot

board-timer = Timer
board-timer-title = Hoe lang?
board-timer-hint = Iedereen ziet de tijd lopen. Wie nog schrijft, kan het daarna afmaken.
board-minutes =
    { $minutes ->
        [one] 1 minuut
       *[other] { $minutes } minuten
    }
board-timer-started =
    { $minutes ->
        [one] De timer loopt 1 minuut.
       *[other] De timer loopt { $minutes } minuten.
    }
board-timer-more = 1 min extra tijd
board-timer-more-short = 1 min
board-timer-extended = Eén minuut erbij.
board-timer-stop = Stop de timer
board-timer-stopped = De timer is gestopt.
board-settings = Richt het bord in
board-columns-title = Kolommen
board-columns-hint = Toevoegen, hernoemen, verzetten
board-columns-full = Een bord heeft hooguit { $most } kolommen.
board-column-add = Voeg een kolom toe
board-column-added = Kolom ‘{ $title }’ toegevoegd.
board-column-name = Titel van de kolom
board-column-about = Vraag eronder
board-column-about-hint = Helpt mensen op gang. Mag leeg blijven.
board-column-title-missing = Een kolom heeft een titel nodig.
board-column-rename = Wijzig: { $title }
board-column-back = Meer naar voren: { $title }
board-column-on = Meer naar achteren: { $title }
board-column-moved = ‘{ $title }’ is nu kolom { $place } van { $count }.
board-column-remove = Haal weg: { $title }
board-column-removed = Kolom ‘{ $title }’ weggehaald.
board-column-occupied = Er hangen briefjes in deze kolom, misschien verborgen. Verplaats die eerst.
board-column-stale = Iemand noemde hem net ‘{ $title }’. Kijk, en wijzig hem zo nodig opnieuw.
board-votes-title = Stemmen
board-votes-now = { $budget } per persoon, hooguit { $most } voor één kaart
board-votes-each = Stemmen voor iedereen
board-votes-most = Hooguit voor één kaart
board-votes-hint = Zodra iemand heeft gestemd, kunnen het er alleen meer worden.
board-votes-between = Kies een getal van 1 tot en met { $most }.
board-votes-only-more = Er wordt al gestemd, dus het kunnen alleen meer stemmen worden dan eerst.
board-votes-set = Iedereen weet hoeveel stemmen er zijn.
board-lock = Sluit het bord af
board-lock-hint = Mensen lezen mee, en veranderen niets
board-lock-done = Het bord is op slot.
board-unlock = Open het bord weer
board-unlock-hint = Mensen kunnen verder
board-unlock-done = Het bord is weer open.

## Wat je met een kaart doet, met knoppen

board-with-note = Met dit briefje
board-with-group = Met deze groep
board-do-move = Verplaats naar…
board-do-group = Groepeer met…
board-do-edit = Wijzig de woorden
board-do-name = Geef de groep een naam
board-do-ungroup = Uit elkaar halen
board-do-plan = Maak er een actie van
board-do-decide = Maak er een besluit van
board-do-mute = Demp wie dit schreef
board-do-unmute = Demp wie dit schreef niet meer
board-do-report = Melden
board-do-delete = Verwijder
board-do-nothing = In deze fase kun je dit alleen lezen.
board-muted = Wie dit schreef kan hier nu alleen lezen.
board-unmuted = Wie dit schreef kan weer meedoen.
board-muted-title = Gedempt
board-muted-by =
    { $count ->
        [one] Iemand, om 1 briefje
       *[other] Om { $count } briefjes
    }
board-muted-hint = Wie deze briefjes schreven, kunnen op dit bord alleen lezen.
board-muted-nobody = Niemand is gedempt op dit bord.
board-muted-gone = Een briefje dat weggehaald is
board-muted-mark = De schrijver is gedempt
board-unmute = Niet meer dempen
board-unmute-of = Niet meer dempen wie schreef: { $text }
board-move = Verplaats
board-move-to = Naar
board-move-place = Waar
board-move-last = Onderaan
board-move-first = Bovenaan
board-move-after = Na ‘{ $text }’
board-move-of = Verplaats naar…: { $text }
board-group-with-of = Groepeer met…: { $text }
board-group-which = Briefjes en groepen
board-group-find = Zoek een briefje of een groep
board-group-none = Er is geen ander briefje of andere groep zoals dat.
board-group-more =
    { $count ->
        [one] Nog 1. Zoek om het te zien.
       *[other] Nog { $count }. Zoek om ze te zien.
    }
board-name-of = Geef de groep een naam: { $text }
board-ungroup-of = Uit elkaar halen: { $text }

## Wat is afgesproken

board-agreed = Afgesproken
board-agreed-more =
    { $count ->
        [one] Nu 1 actie of besluit.
       *[other] Nu { $count } acties en besluiten.
    }
board-actions = Acties
board-decisions = Besluiten
board-actions-none = Nog geen acties. Wie doet wat, en wanneer?
board-decisions-none = Nog geen besluiten.
board-action-add = Voeg een actie toe
board-decision-add = Voeg een besluit toe
board-action-edit = Wijzig de actie
board-decision-edit = Wijzig het besluit
board-action-text = Wat gaat er gebeuren?
board-decision-text = Wat is besloten?
board-action-lacking = Een actie heeft woorden nodig: wat er gaat gebeuren.
board-decision-lacking = Een besluit heeft woorden nodig.
board-action-added = Actie toegevoegd.
board-decision-added = Besluit toegevoegd.
board-owner = Door wie
board-owner-hint = Een naam, een team, of nog niemand
board-due = Wanneer klaar
board-about = Uit:
board-drop = Haal weg
board-drop-of = Haal weg: { $text }
board-result-revised = Gewijzigd.
board-result-dropped = ‘{ $text }’ weggehaald.
board-result-changed = Iemand heeft dit gewijzigd, daarom is het niet weggehaald. Lees het eerst opnieuw.
board-result-gone = Iemand heeft dit intussen weggehaald.
board-result-theirs = Iemand wijzigde dit terwijl je schreef. Er staat nu:

## Hoe je naar het bord kijkt

board-look = Hoe je naar het bord kijkt
board-look-board = Bord
board-look-list = Lijst
board-phase-now = De fase is nu: { $phase }.
