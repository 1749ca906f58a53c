# Het scherm in de zaal.

screen-enter = Het scherm wordt klaargezet
screen-link-title = Deze link voor een scherm werkt niet
screen-link-spent = Hij is al gebruikt, of ouder dan een half uur. Vraag de moderator om een nieuwe link: die staat aan het bureau, onder Presenteer.
screen-link-incomplete = De link is niet compleet. Open hem nog eens zoals je hem kreeg, of vraag de moderator om een nieuwe.
screen-none = Deze link hoort niet bij deze sessie. Vraag de moderator om een nieuwe.
screen-live = Live
screen-reconnecting = Opnieuw verbinden
screen-stopped = Verbinding gesloten
screen-frozen = Bevroren
screen-now = Nu aan de beurt
screen-by = Gevraagd door { $name }
screen-by-nobody = Anoniem gevraagd
screen-votes =
    { $count ->
        [one] stem
       *[other] stemmen
    }
screen-open = Open vragen, de meeste stemmen eerst
screen-left =
    { $count ->
        [one] 1 vraag
       *[other] { $count } vragen
    }
screen-left-open =
    { $count ->
        [one] staat open
       *[other] staan open
    }
screen-join-at = Doe mee op
screen-code-is = Code { $code }
screen-first = Wat wil je weten?
screen-first-text = Scan de code met je telefoon, of typ hem op het adres. Stel je vraag, en stem op wat eerst moet.
screen-more = Wat wil je nog meer weten?
screen-asking-closed = Vragen stellen kan nu niet
screen-asking-closed-text = Stemmen tellen nog mee, en je kunt meelezen.
screen-over = Deze sessie is afgelopen
screen-over-answered =
    { $count ->
        [0] Fijn dat je er was.
        [one] Er is 1 vraag beantwoord. Fijn dat je er was.
       *[other] Er zijn { $count } vragen beantwoord. Fijn dat je er was.
    }
screen-over-own = Je eigen vragen kent alleen je eigen browser nog.
screen-tools = Bediening van het scherm
screen-freeze = Bevries
screen-unfreeze = Ga verder
screen-blank = Maak leeg
screen-unblank = Toon weer
screen-full = Volledig scherm
screen-unfull = Sluit volledig scherm
screen-light = Licht
screen-dark = Donker
screen-blanked = Het scherm is leeg. Druk op B om het weer te tonen.
