# De woorden van de pagina. Met je, rustig, zonder uitroeptekens: wat is er, wat blijft bewaard, wat kun je doen.

## Overal

skip = Naar de inhoud
close = Sluiten
copy = Kopieer
menu = Menu
undo = Maak ongedaan
you = jij
others =
    { $count ->
        [one] 1 ander
       *[other] { $count } anderen
    }
staff = Begeleider
language = Taal
try-again = Probeer opnieuw
try-now = Probeer nu
load-again = Laad opnieuw
unreachable = Kring is niet te bereiken. Kijk of je verbinding hebt en probeer het opnieuw.
trouble-title = Het lukt nu niet
unknown-title = Deze pagina is er niet
unknown-text = Het adres klopt niet, of de pagina is weg. Met een code kom je altijd binnen.
to-start = Naar het begin

## Binnenkomen

code-title = Welke code heb je gekregen?
code-lead = Je vindt hem op het scherm in de zaal of in de uitnodiging.
code-label = Code van 6 tekens
code-hint = Een 0, O, 1, I of L komt nooit in een code voor. Hoofdletters maken niet uit.
code-impossible = { $letters } komt nooit in een code voor. Kijk nog eens welk teken er staat.
code-incomplete = Een code heeft 6 tekens. Vul de hele code in.
go-on = Verder
recent-title = Eerder gebruikt op dit apparaat
forget-code = Vergeet code { $code }
looking-up = We zoeken de code op
other-code = Andere code
someone-else = Iemand anders
you-are-invited = Je bent uitgenodigd in
what-happens-chat = { $title }: stel een vraag, geef antwoord, deel wat bij jou werkt. Je leest en schrijft mee zodra je binnen bent.
pact-title = Je doet mee onder je naam
pact-text = Je naam staat bij wat je schrijft. Iedereen in deze kring kan dat lezen, nu en later.
name-label = Zo zien anderen jou
name-hint = Gebruik een naam waaraan collega’s je herkennen.
name-missing = Vul een naam in. Zo weten anderen met wie ze praten.
take-name = Neem { $name }
joining-as = Je gaat naar binnen als { $name }.
join = Doe mee
join-with-code = Doe mee met een code
door-closed = Deze kring is gesloten. Vraag aan wie je uitnodigde of er een nieuwe code is.
door-here =
    { $count ->
        [0] De kring is nog leeg. De eerste plek is voor jou.
        [one] collega zit al in de kring. De open plek is voor jou.
       *[other] collega’s zitten al in de kring. De open plek is voor jou.
    }

## Inloggen met een link

sign-in = Log in
sign-in-title = Inloggen met je link
sign-in-text = Deze link is voor jou alleen en werkt één keer. Daarna blijf je op dit apparaat ingelogd.
sign-in-instead = Je bent hier nu { $name }. Met deze link log je in als de persoon voor wie hij gemaakt is. De link werkt één keer.
sign-in-name-hint = Onder deze naam schrijf je hier. Laat je hem leeg, dan heet je naar je rol.
sign-in-incomplete = De link is niet compleet. Open hem nog eens zoals je hem kreeg, of vraag een nieuwe.
sign-out = Log uit

## De kring

about-community = Over deze kring
no-room = Hier is nog geen chat. Vraag de beheerder om er een te openen.
here-title = In de kring
here-word = { $count ->
        [one] is hier nu
       *[other] zijn hier nu
    }
here-count =
    { $count ->
        [one] 1 aanwezig
       *[other] { $count } aanwezig
    }
here-all = Toon alle { $count }
here-fewer = Toon minder
here-unnamed =
    { $count ->
        [one] en nog 1 ander
       *[other] en nog { $count } anderen
    }
your-place = Jouw plek
role-guest = Gast
role-member = Lid
role-moderator = Moderator
role-owner = Eigenaar
invite-title = Nodig uit
show-qr = Toon QR-code
qr-alt = QR-code om mee te doen, met code { $code }
join-link = Adres om mee te doen
full-screen = Volledig scherm
close-full = Sluit volledig scherm
save-png = Bewaar als PNG
qr-saved = De QR-code is bewaard als afbeelding.
qr-failed = De afbeelding kon niet gemaakt worden. Probeer het opnieuw als je verbinding hebt.
link-copied = Het adres is gekopieerd.
link-selected = Het adres is geselecteerd. Kopieer het met Ctrl+C, of houd het ingedrukt.

## Hoe je de pagina wilt

settings = Instellingen
theme = Licht of donker
theme-system = Zoals dit apparaat
theme-light = Licht
theme-dark = Donker
enter-sends = Enter verstuurt
enter-sends-hint = Shift Enter geeft een nieuwe regel. Uit: Enter geeft een nieuwe regel en Ctrl Enter verstuurt.
keys-switch = Losse letters als sneltoets
keys-switch-hint = Ze werken alleen buiten een tekstveld.
news-switch = Nieuwe berichten voorlezen
news-switch-hint = Voor schermlezers, hooguit eens in de tien seconden.

## Verbinding

connected = Verbonden
connecting = Verbinden
offline =
    { $waiting ->
        [0] Je apparaat heeft geen netwerk. Je kunt doorschrijven; het gaat weg zodra er weer verbinding is.
        [one] Je apparaat heeft geen netwerk. Er wacht 1 ding op verzenden, je kunt doorschrijven.
       *[other] Je apparaat heeft geen netwerk. Er wachten { $waiting } dingen op verzenden, je kunt doorschrijven.
    }
reconnecting =
    { $waiting ->
        [0] Opnieuw verbinden. Je kunt gewoon doorschrijven.
        [one] Opnieuw verbinden. Er wacht 1 ding op verzenden, je kunt doorschrijven.
       *[other] Opnieuw verbinden. Er wachten { $waiting } dingen op verzenden, je kunt doorschrijven.
    }
stopped = De verbinding is gesloten. Laad de pagina opnieuw om verder te gaan.
room-barred = Je kunt deze chat nu niet openen. Laad de pagina opnieuw, of vraag het de beheerder.
loading-chat = De berichten komen eraan

## De chat

messages = Berichten
message-at = { $name }, { $time }
message-of = Bericht van { $name }
message-actions = Wat je met dit bericht kunt doen
message-actions-of = Wat je met het bericht van { $name } kunt doen
message-deleted = Bericht verwijderd
message-removed = Bericht weggehaald door een begeleider
message-you-removed = Bericht weggehaald
message-earlier = een eerder bericht
message-missing = Dit bericht is er niet meer.
go-to-message = Ga naar dit bericht
in-reply-to = Antwoord op
edited = bewerkt
pinned = Vastgezet
saved = Bewaard voor de oogst
pinned-messages = Vastgezette berichten
pinned-count =
    { $count ->
        [one] 1 vastgezet
       *[other] { $count } vastgezet
    }
unpin-of = Maak het bericht van { $name } los
beginning-title = Het begin van { $community }
beginning-text = Wat hier gezegd wordt, blijft te lezen en te doorzoeken.
empty-title = Nog geen berichten
empty-text = Wat je hier schrijft, lezen alle leden. Een vraag of een kleine ervaring is een goed begin.
empty-act = Schrijf het eerste bericht
loading-older = Oudere berichten laden
new-from-here = Nieuw
new-show =
    { $count ->
        [one] 1 nieuw · tonen
       *[other] { $count } nieuwe · tonen
    }
to-newest = Naar het nieuwste bericht
news-one = { $name }: { $text }
news-many =
    { $count ->
        [one] 1 nieuw bericht, van { $name }
       *[other] { $count } nieuwe berichten, het laatste van { $name }
    }
typing =
    { $count ->
        [one] { $names } typt
       *[other] { $names } typen
    }
typing-many =
    { $count ->
        [one] Iemand typt
       *[other] { $count } mensen typen
    }

## Wat je met een bericht doet

act-reply = Antwoord
act-edit = Bewerk
act-delete = Verwijder
act-remove = Haal weg voor iedereen
act-pin = Zet vast
act-unpin = Maak los
act-save = Bewaar voor de oogst
act-unsave = Niet meer bewaren
react-thanks = Dank je
react-agree = Eens
react-helps = Dit helpt
react-laugh = Grappig
reaction-label = { $word }, { $count }: { $who }

## Schrijven

composer = Schrijven
message-to = Bericht aan { $community }
write-message = Schrijf een bericht
send = Verstuur
save-change = Bewaar wijziging
editing = Je bewerkt je bericht
stop-editing = Stop met bewerken
replying-to = Antwoord op
stop-replying = Stop met antwoorden
contract-composer = Als { $name }. Je naam staat bij wat je schrijft.
contract-nameless = Je naam staat bij wat je schrijft.
count-of = { $count } van { $most }
too-long = { $over } tekens te lang. Kort het in of maak er twee berichten van.
waiting-to-send = Wacht op verzenden
sending = Wordt verstuurd
stored = Bewaard
not-sent = Niet verstuurd. { $why }
refused-somehow = De server nam het niet aan. Je tekst is bewaard; probeer het opnieuw.
send-again = Verstuur opnieuw
change-words = Pas aan
drop-message = Gooi weg
read-only-planned = Deze chat is nog niet open. Kom terug als de begeleider hem opent.
read-only-open = Je leest hier mee. Schrijven kan niet met deze toegang.
read-only-locked = Alleen begeleiders schrijven nu. Lezen en zoeken kan gewoon; je concept blijft bewaard.
read-only-closed = Deze chat is gesloten. Lezen en zoeken kan gewoon.

## De staat van de chat

lock = Zet op slot
unlock = Haal van het slot
locked = Op slot
closed = Gesloten

## Zoeken

search-title = Zoek in de chat
search-words = Zoekwoorden
search-placeholder = Woord of naam
search-idle = Zoek in alles wat hier ooit gezegd is. Een treffer brengt je naar zijn plek.
searching = Zoeken
search-found =
    { $count ->
        [0] Niets gevonden
        [one] 1 bericht gevonden
       *[other] { $count } berichten gevonden{ $more ->
            [yes] , en er zijn er meer
           *[no] {""}
        }
    }
search-none = Niets gevonden voor ‘{ $words }’
search-none-hint = Probeer minder woorden of een ander woord. Of stel je vraag in de chat.
search-more = Toon meer
close-search = Sluit zoeken

## Toetsen

keys-title = Sneltoetsen
keys-moving = Bewegen
keys-writing = In het tekstveld
keys-message = Bij een bericht
key-next = Volgende bericht
key-previous = Vorige bericht
key-newest = Naar het nieuwste
key-compose = Schrijf een bericht
key-search = Zoek
key-undo = Maak ongedaan
key-help = Dit overzicht
key-delete-staff = Verwijder, of haal weg
key-send = Verstuur
key-line = Nieuwe regel
key-edit-latest = Bewerk je laatste bericht, in een leeg veld
key-stop = Stop met antwoorden of bewerken
