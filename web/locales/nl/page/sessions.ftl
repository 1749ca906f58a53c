# Sessies op de pagina van de kring, er een beginnen, en de deur van een sessie.

## Op de pagina van de kring

sessions-title = Sessies
session-now = Nu open
session-enter = Naar binnen
session-enter-named = Ga naar binnen bij { $title }
session-desk-of = Bureau van { $title }
session-over = Gesloten
session-look-back = Kijk terug naar { $title }
sessions-none = Er is nu geen sessie open. Begint er een, dan staat ze hier.
sessions-none-staff = Er is nu geen sessie open. Begin er een: je krijgt een code en een QR-code, zodat mensen meteen mee kunnen doen.
sessions-older =
    { $count ->
        [one] Toon er nog 1
       *[other] Toon er nog { $count }
    }
sessions-fewer = Toon minder
sessions-now-all =
    { $count ->
        [one] Er is nu 1 sessie open
       *[other] Er zijn nu { $count } sessies open
    }

## Een sessie beginnen

start-session = Begin een sessie
start-title-label = Titel
start-title-hint = Iedereen ziet hem bij de deur en op het scherm.
start-title-missing = Geef de sessie een titel, zodat mensen weten waar ze binnenkomen.
start-level = Hoe mensen vragen
start-named = De naam van wie vraagt staat bij de vraag. Voor een enkele vraag mag iedereen een schuilnaam kiezen, of geen naam.
start-pseudonymous = Een vogel en een getal, dezelfde voor alles wat iemand in deze sessie vraagt. Ook moderators zien niet meer dan dat.
start-anonymous = Niemand ziet wie er vraagt, ook moderators niet. Moderators kunnen dempen zonder te weten wie.
start-level-fixed = Stemmen zijn altijd geheim. Wat je hier kiest, geldt de hele sessie.
start-review = Moderators lezen eerst
start-review-hint = Een vraag staat er pas als een moderator haar heeft goedgekeurd. Aan het bureau kun je dit omzetten.
start-now = Begin

## De deur van een sessie

door-what = Stel vragen, stem op wat eerst moet, en praat mee in de chat.
door-what-this-means = Wat dit betekent
door-pact-named = Je vraagt onder je naam
door-pact-pseudonymous = Je vraagt onder een schuilnaam
door-pact-anonymous = Je vraagt zonder naam
door-name-hint-chat = Voor de chat. Bij wat je vraagt staat hij niet.
promise-title = Wat Kring belooft
promise = Na het sluiten kunnen Krings eigen bestanden niet vertellen wie iets vroeg; zolang de sessie open is, zou wie de server beheert dat wel kunnen; schrijfstijl, kleine groepen, logboeken van proxy's en je eigen apparaat vallen buiten Kring.
promise-named = In deze sessie staat je naam bij je vragen, en dat blijft zo. De belofte gaat over stemmen, en over wat je onder een schuilnaam of zonder naam vraagt.
promise-pseudonymous = De schuilnaam verbindt je vragen hier met elkaar, niet met jou. In een andere sessie heb je een andere.
promise-anonymous = Niets verbindt de ene vraag met de andere. Met minder dan vijf mensen kan een vraag je verraden, wat Kring ook doet.
promise-votes = Iedereen ziet hoeveel stemmen er zijn; niemand ziet van wie.
promise-withdraw = Trek in wat weg moet zolang de sessie open is. Na het sluiten is het niet meer als het jouwe te vinden.
