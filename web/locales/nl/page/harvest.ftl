# De oogst: waar een sessie op uitkwam, en wat de bibliotheek ervan houdt.

## De pagina

harvest-page = Oogst
outcome-page = Waar deze sessie op uitkwam
harvest-question = Wat houden we?
harvest-closed-on = Gesloten · { $day }
harvest-lead = Kies per regel. Wat je kiest is meteen bewaard; je kunt weggaan en later verdergaan. Wat je laat staan, blijft in het archief.
outcome-lead = Wat beantwoord, besloten en bewaard is. Elke regel brengt je naar de plek waar het gezegd werd.
harvest-progress = { $count } van { $all } gekozen
harvest-all-chosen = Alles gekozen
harvest-later = Later verder
harvest-to-session = Naar de sessie
harvest-loading = De opbrengst komt eraan
harvest-not-yet = De oogst is er nog niet
harvest-not-yours = De opbrengst is voor leden
harvest-not-yours-text = Als gast kun je de sessie zelf blijven lezen. Word lid van de kring om ook te zien waar ze op uitkwam.
harvest-none-lead = Hier is niets om uit te kiezen.
harvest-none-title = Deze sessie liet niets na
harvest-none-text = Er werd niets beantwoord, besloten of bewaard. Wat er gezegd is, staat in de sessie en in het bestand dat je kunt meenemen.

## De groepen

harvest-group-answered = Beantwoord
harvest-group-notes = Van het bord
harvest-group-agreed = Besluiten en acties
harvest-group-saved = Bewaarde berichten
harvest-group-open = Nog open
harvest-keep-all = Houd alle { $count }
harvest-keep-all-of = Houd alle { $count } bij { $group }
harvest-about-decision = Besluit
harvest-about-action = Actie
harvest-about-pinned = Vastgezet
harvest-about-saved = Bewaard
harvest-about-note = Briefje
harvest-notes =
    { $count ->
        [one] 1 briefje
       *[other] { $count } briefjes
    }
harvest-votes-word = stemmen
harvest-owner = Wie: { $name }
harvest-due = Voor: { $day }
harvest-nameless = Groep zonder naam
harvest-place = Naar de plek, { $time }
harvest-place-of = Naar de plek, { $time }: { $words }

## Kiezen

harvest-choose-for = Wat doen we met: { $words }
harvest-keep = Houd…
harvest-kept = Gehouden
harvest-leave = Laat staan
harvest-drop = Niet
harvest-is-draft = Concept
harvest-is-published = Gepubliceerd
harvest-in-library = Lees het in de bibliotheek
harvest-look = Bekijk het in de bibliotheek
harvest-look-at = Bekijk het in de bibliotheek: { $title }
harvest-saving = Wordt bewaard
harvest-unsaved = Nog niet bewaard
harvest-kept-one = Gehouden als concept: { $title }
harvest-published-one = Gepubliceerd: { $title }
harvest-dropped-one = Niet voor de bibliotheek. In het archief blijft het staan.
harvest-left-one = Blijft staan. Je kunt later nog kiezen.
harvest-kept-many =
    { $count ->
        [one] 1 regel gehouden als concept
       *[other] { $count } regels gehouden als concept
    }
harvest-published-many =
    { $count ->
        [one] 1 concept gepubliceerd
       *[other] { $count } concepten gepubliceerd
    }
harvest-undone = Ongedaan gemaakt
harvest-offline = Je apparaat heeft geen netwerk. Wat je nu kiest blijft op dit apparaat, en wordt bewaard zodra er weer verbinding is.
harvest-waiting =
    { $count ->
        [one] 1 keuze staat alleen nog op dit apparaat. Ze wordt bewaard zodra er verbinding is.
       *[other] { $count } keuzes staan alleen nog op dit apparaat. Ze worden bewaard zodra er verbinding is.
    }

## Wat je houdt

harvest-form = Zo komt het in de bibliotheek
harvest-title = Titel
harvest-title-missing = Geef het een titel, zodat anderen het terugvinden.
harvest-summary = Samenvatting
harvest-summary-hint = Een of twee zinnen, voor wie zoekt.
harvest-body = Tekst
harvest-body-hint = Je kunt opmaken met Markdown: **vet**, - lijst, [woorden](adres).
harvest-type = Soort
harvest-type-answer = Antwoord
harvest-type-practice = Praktijk
harvest-type-idea = Idee
harvest-type-decision = Besluit
harvest-type-case = Casus
harvest-type-link = Link
harvest-tags = Onderwerpen
harvest-tags-hint = Met komma’s ertussen, hooguit twaalf.
harvest-keep-draft = Houd als concept
harvest-keep-publish = Houd en publiceer
harvest-save-published = Bewaar wijziging
harvest-cancel = Annuleer
harvest-draft-means = Een concept zien alleen begeleiders, tot iemand het publiceert.

## Ernaast

harvest-beside = Overzicht
harvest-becomes = Dit wordt het
harvest-sum-published =
    { $count ->
        [one] stuk in de bibliotheek
       *[other] stukken in de bibliotheek
    }
harvest-sum-drafts =
    { $count ->
        [one] concept, voor wie de bibliotheek beheert
       *[other] concepten, voor wie de bibliotheek beheert
    }
harvest-sum-dropped = niet, blijft in het archief
harvest-sum-left = laat je staan
harvest-publish-all =
    { $count ->
        [one] Publiceer het concept
       *[other] Publiceer de { $count } concepten
    }
harvest-left-means = Van wat niet gekozen is gaat niets verloren: het blijft in het archief staan en is daar te vinden.
harvest-people = Wie er waren
harvest-attendance =
    { $count ->
        [0] Niemand kwam binnen.
        [one] 1 persoon was erbij.
       *[other] { $count } mensen waren erbij.
    }
harvest-no-names = Niet alles werd hier onder een naam gezegd. Daarom staat er alleen een aantal.
harvest-take = Neem het mee
harvest-take-means = De hele sessie in een bestand: waar ze op uitkwam en alles wat er gezegd is.
harvest-take-as = Bewaar de sessie als { $form }
harvest-form-md = Markdown
harvest-form-json = JSON
harvest-form-csv = CSV
harvest-exported = Bewaard als { $name }
harvest-key-move = volgende, vorige
harvest-key-keep = houd
harvest-key-drop = niet
