# De bibliotheek: zoeken, een stuk lezen, een stuk schrijven.

## De plekken van de kring

places = Plekken
place-home = Thuis
place-library = Bibliotheek
library-side = Zijbalk

place-gone = Dit staat hier niet meer: het is weggehaald, of verborgen.

## Zoeken

library-title = Bibliotheek
library-title-for = { $words } in de bibliotheek
library-new = Nieuw stuk
library-search = Zoek in de bibliotheek
library-search-session = Zoek in deze sessie
library-placeholder = Zoek in stukken en in wat er gezegd is
library-placeholder-session = Zoek in wat er gezegd is
library-clear = Wis de zoekwoorden
library-results = Gevonden
library-newest = Het nieuwste
library-found =
    { $count ->
        [0] Niets gevonden
        [one] 1 gevonden
       *[other] { $count } gevonden
    }
library-found-instead =
    { $count ->
        [0] Niets gevonden voor { $words }
       *[other] { $count } gevonden voor { $words }
    }
library-shown = { $count } getoond
library-instead = Niets met “{ $typed }”. Dit staat er over “{ $words }”.
library-none = Niets over “{ $words }”
library-none-hint = Probeer een ander woord, of minder woorden. Staat het nergens, stel je vraag dan in de kring.
library-none-narrowed = Hier is niets dat aan alles voldoet
library-none-narrowed-hint = Laat een van de filters los, dan is er misschien wel iets.
library-ask = Vraag het in de kring
library-more = Toon meer na { $count }
library-offline = Je hebt geen verbinding. Wat er staat kun je lezen; zoeken gaat weer zodra je verbinding terug is.
library-empty-title = De bibliotheek is nog leeg
library-empty = Na een sessie komt hier wat het bewaren waard is: antwoorden, besluiten, ideeën. Zoeken kan al wel in wat er gezegd is.
library-empty-staff = Na een sessie kies je bij de oogst wat hier komt. Je kunt ook zelf een stuk schrijven. Zoeken kan al wel in wat er gezegd is.
library-guest-title = Zoek in deze sessie
library-guest = Als gast vind je wat er gezegd is in de sessie waarin je zit, zolang die open is. De stukken van de bibliotheek zijn voor leden.

## Filters

library-filters = Filters
library-narrowed = Gekozen filters
library-let-go = Laat los: { $what }
library-let-all-go = Laat alle filters los
library-show =
    { $count ->
        [0] Niets te tonen
        [one] Toon 1
       *[other] Toon { $count }
    }
library-facet-type = Soort
library-facet-status = Staat
library-facet-tag = Onderwerp
library-facet-session = Sessie
library-facet-days = Wanneer
library-facet-nameless = Zonder naam
library-hit-from = uit “{ $title }”
library-from = Van
library-to = Tot
library-from-day = vanaf { $day }
library-to-day = tot en met { $day }

## Wat er gevonden is

library-where-item = Stuk
library-where-qna = Vraag
library-where-chat = Bericht
library-where-board = Briefje van een bord
library-from-chat = uit de chat van de kring
item-status-draft = Concept
item-status-published = Gepubliceerd
item-status-outdated = Verouderd

## Een stuk lezen

item-loading = Het stuk komt eraan
item-to-library = Naar de bibliotheek
item-gone-title = Dit stuk is er niet
item-gone = Het is weg, of het is nog een concept. Zoek in de bibliotheek of het onder een andere naam staat.
item-members-title = De bibliotheek is voor leden
item-members = Als gast doe je mee in een sessie. Word lid van de kring om ook te lezen wat er bewaard is.
item-staff-title = Schrijven doen begeleiders
item-staff = Als lid lees je de bibliotheek. Klopt er iets niet, zeg het dan in de chat; een begeleider past het stuk aan.
item-publish = Publiceer
item-outdate = Markeer als verouderd
item-fresh = Klopt weer
item-edit = Bewerk
item-stands = Dit stuk is nu: { $status }
item-changed-meanwhile = Iemand anders heeft dit stuk net bewaard. Hier staat het nu zoals het is; kijk nog eens.
item-is-outdated = Dit klopt niet meer helemaal. Zoek of er een nieuwer stuk is, of vraag het in de kring.
item-is-draft = Een concept: alleen begeleiders zien het. Publiceer het als anderen het mogen lezen.
item-begun = Je was dit stuk aan het bewerken.
item-go-on = Ga verder
item-changed = Laatst bewaard: { $day }
item-about = Over dit stuk
item-from = Waar het vandaan komt
item-session = Sessie
item-no-session = In de bibliotheek geschreven
item-moment = Moment
item-place-qna = Naar de vraag, { $time }
item-place-chat = Naar het bericht, { $time }
item-place-board = Naar het bord, { $time }
item-votes = Stemmen
item-thanks = Met dank aan
item-more-about = Meer over { $tag }
item-field-title = Titel
item-field-summary = Samenvatting
item-field-body = Tekst
item-field-type = Soort
item-field-tags = Onderwerpen
item-field-status = Staat

## Versies

item-versions = Versies
item-version = Versie { $version }
item-version-harvest = uit de oogst
item-compare = Vergelijk met versie { $other }
item-compare-of = Vergelijk met versie { $other }: wat er in versie { $version } veranderde
item-comparing = Vergelijken
item-same = Deze twee versies zijn gelijk.
item-diff-gone = weg:
item-diff-come = nieuw:

## Een stuk schrijven

item-edit-title = Bewerk dit stuk
item-editing = Bewerk { $title }
item-back = Terug
item-kept = In deze browser bewaard
item-kept-here = Wat je schreef staat nog in deze browser. Open het stuk om verder te gaan.
item-begun-before = Je was hier eerder aan bezig; dit is wat je toen schreef.
item-start-again = Begin opnieuw bij wat er staat
item-start-empty = Begin leeg
item-look = Schrijven of bekijken
item-write = Schrijf
item-preview = Zo ziet het eruit
item-untitled = Nog zonder titel
item-nothing-yet = Hier zie je je tekst zoals anderen hem lezen.
item-no-preview = Nu even niet te tonen. Wat je schrijft blijft bewaard.
item-body-hint = Een lege regel begint een alinea, # een kopje, - een lijst. **Vet**, *schuin*, [woorden](https://adres).
item-known-tags = Onderwerpen van andere stukken
item-take-tag = Voeg { $tag } toe
item-means-published = Alle leden lezen en vinden het.
item-means-outdated = Blijft te vinden, met de waarschuwing dat het niet meer klopt.
item-means-draft = Alleen begeleiders zien het.
item-save = Bewaar
item-save-draft = Bewaar als concept
item-leave = Niet nu
item-draft-means = Een concept zien alleen begeleiders. Na publiceren lezen alle leden het.
item-not-saved = Niet bewaard: { $why }
item-saved = Bewaard. Alle leden kunnen het lezen.
item-saved-draft = Bewaard als concept

## Iemand anders was eerder

item-somebody = iemand anders
item-stale-title = { $name } heeft dit stuk net bewaard
item-stale-text = Om { $time }, terwijl jij schreef. Er is niets kwijt: kies hoe het verder gaat. Wat { $name } schreef blijft hoe dan ook een versie.
item-stale-diff = Doorgehaald: bij { $name }. Onderstreept: bij jou.
item-stale-same = Jullie schreven hetzelfde.
item-whole-theirs = De hele tekst van { $name }
item-whole-mine = Mijn hele tekst
item-yours = Jij:
item-nothing = (niets)
item-keep-theirs = Laat de andere staan
item-put-mine = Bewaar de mijne als nieuwste
item-go-on-writing = Schrijf verder
item-gave-way = De andere versie staat er. Jouw tekst is weggelegd.
item-theirs = Wat er nu staat, van { $name }
item-same-now = Daar staat nu hetzelfde als bij jou.
