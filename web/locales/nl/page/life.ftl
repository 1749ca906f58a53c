# Het leven van een sessie: gepland, open, op slot, sluitend, gesloten.

## Waar ze is

life-planned = Gepland
life-open = Nu open
life-locked = Op slot
life-closing = Sluit zo
life-closed = Gesloten
life-means-planned = Wie de code heeft, kan vast binnenkomen. Vragen en schrijven kan pas als je haar opent.
life-means-open = Iedereen die binnen is kan vragen, stemmen en schrijven.
life-means-locked = Iedereen kan lezen. Alleen begeleiders kunnen iets doen.
life-means-closing = Zolang de minuut loopt, kun je het terugnemen. Daarna is het voorgoed.
life-means-closed = Alles is te lezen. Er verandert niets meer.
life-state = Hoe het ervoor staat

## Wat iedereen leest

life-planned-text = Deze sessie is nog niet open. Je bent er al; zodra een begeleider haar opent, kun je meedoen.
life-planned-staff = Deze sessie is gepland. Wie de code heeft, kan vast binnenkomen; meedoen kan als je haar opent.
life-locked-text = De sessie staat op slot. Je kunt alles lezen; alleen begeleiders doen nu nog iets.
life-locked-staff = De sessie staat op slot. Anderen lezen mee; alleen begeleiders kunnen iets doen.
life-closing-title = Deze sessie sluit om { $time }
life-closing-text = Wat je nog wilt vragen of zeggen, kan nu nog. Daarna blijft alles te lezen.
life-closing-staff = Tot die tijd kun je het terugnemen. Daarna is het voorgoed, en wordt opgeschreven waar ze op uitkwam.
life-closing-now = De sessie wordt gesloten en er wordt opgeschreven waar ze op uitkwam. Dat duurt even; je hoeft niets te doen.
life-swept-title = Wat hier gezegd is, wordt niet meer bewaard
life-swept-text = Wie deze Kring beheert, laat wat er in een sessie gezegd is een tijd na het sluiten verwijderen: de vragen, berichten en briefjes. Wat eruit kwam is bewaard, en wat ervan in de bibliotheek staat ook.
life-swept-when = Gesloten: { $closed }. Verwijderd: { $swept }.
life-closes-in =
    { $count ->
        [one] De sessie sluit over 1 seconde
       *[other] De sessie sluit over { $count } seconden
    }
life-door-planned = Nog niet open. Je kunt vast binnenkomen en wachten.
asking-planned = Vragen kan zodra de sessie open is.

## Wat begeleiders doen

life-run = Beheer de sessie
life-save = Bewaar titel en doel
life-described = De titel en het doel zijn bewaard.
life-open-now = Open nu
life-take-back = Neem het terug
life-do-open = Open de sessie
life-do-lock = Zet op slot
life-do-unlock = Haal van het slot
life-do-take-back = Neem het sluiten terug
life-did-open = De sessie is open.
life-did-lock = De sessie staat op slot.
life-did-unlock = De sessie is van het slot.
life-did-take-back = De sessie blijft open. Er is niets veranderd.

## Beginnen en plannen

start-purpose = Doel (hoeft niet)
start-purpose-hint = Een of twee zinnen: wat willen jullie aan het eind weten of hebben?
start-planned = Voor later
start-planned-hint = De sessie krijgt een code, maar gaat pas open als jij dat doet.
start-plan = Plan de sessie

## Op de pagina van de kring

session-look = Kijk mee
sessions-planned = Geplande sessies
sessions-over = Gesloten sessies
harvest-short = Oogst
outcome-short = Opbrengst
harvest-of = Oogst { $title }
outcome-of = Opbrengst van { $title }
to-harvest = Naar de oogst
to-outcome = Waar ze op uitkwam

## Wat sluiten doet

end-grace = Je krijgt eerst nog even om het terug te nemen.
end-kept-board = Borden: briefjes en groepen met hun stemmen, besluiten en acties
end-kept-harvest = Vastgezette en bewaarde berichten, als voorstel voor de bibliotheek
