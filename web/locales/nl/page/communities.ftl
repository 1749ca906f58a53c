# Kringen zelf: er een beginnen, ertussen wisselen, er een veranderen en weghalen.

## De eerste keer

begin-title = Begin je kring
begin-lead = Zo leren mensen hem kennen. Alles kun je later veranderen.
begin-language = Welke taal spreekt je kring?
begin-language-hint = Voor wat Kring er zelf zegt. Iedereen kiest voor zichzelf in welke taal de pagina is.
community-name-label = Naam van de kring
community-name-hint = Mensen zien hem bij de deur en bovenaan elke pagina.
community-name-missing = Geef de kring een naam, zodat mensen weten waar ze zijn.
community-purpose-label = Waarvoor is hij?
community-purpose-hint = Een of twee zinnen. Wie binnenkomt leest dit als eerste.
preset-title = Waar gaat het vooral om?
preset-hint = Hiermee begint een sessie die je plant. Per sessie kies je anders als dat beter past.
preset-helping = Elkaar helpen
preset-helping-means = Vragen en antwoorden. Een sessie begint met vragen onder je naam, die een moderator eerst leest.
preset-best_practice = Goede praktijken
preset-best_practice-means = Wat werkt, en waarom. Een sessie begint met vragen en een bord: houden, veranderen, proberen.
preset-stewarding = Kennis beheren
preset-stewarding-means = Samen bijhouden wat je weet. Een sessie begint met vragen en een bord: klopt nog, bijwerken, ontbreekt.
preset-innovation = Vernieuwen
preset-innovation-means = Iets bedenken dat er nog niet is. Een sessie begint zonder namen, met een bord voor ideeën en een eerste stap.
begin-owner = Jouw naam
begin-owner-hint = Zo zien anderen je. Jij bent de eigenaar.
begin-act = Begin

## Wat nu

next-title = { $community } is er
next-lead = Twee dingen om mee te beginnen:
next-invite = Nodig mensen uit
next-invite-hint = Geef de code of de QR-code door. Wie hem heeft, doet mee in de chat.
next-session = Plan een eerste sessie
next-session-hint = Bedenk waar het over gaat. Je opent haar pas als je zover bent.
next-later = Ik kijk eerst rond

## Tussen kringen

communities-yours = Jouw kringen
communities-switch = Andere kring
communities-here = hier ben je nu

## Instellingen van de kring

community-settings = Instellingen van de kring
community-settings-of = Instellingen van { $community }
community-settings-lead = Alleen eigenaars zien deze pagina. Wat je bewaart, geldt meteen voor iedereen.
community-language = Taal van de kring
agreements-label = Afspraken
agreements-edit-hint = Wie binnenkomt leest ze bij de deur. Verander je ze, dan leest iedereen ze opnieuw. Laat leeg als je er geen hebt.
community-save = Bewaar
community-saved = Bewaard.
settings-owners-title = Dit is voor eigenaars
settings-owners = Vraag een eigenaar van de kring om dit te veranderen.
community-back = Terug naar de kring

community-another-title = Nog een kring
community-another-hint = Met eigen mensen, een eigen chat en een eigen bibliotheek. Niets ervan is in deze kring te vinden, en omgekeerd.
community-another = Begin nog een kring
community-another-act = Begin deze kring

## Weghalen

community-remove-title = De kring weghalen
community-remove-hint = Voorgoed. Kring vraagt eerst of je het zeker weet.
community-remove = Haal weg
community-remove-question = { $community } weghalen?
community-remove-lead = Dit kan niet ongedaan gemaakt worden. Het gaat om:
community-remove-people = { $count ->
    [one] Alleen jij. Je raakt je plek hier kwijt.
   *[other] { $count } mensen. Ze raken hun plek hier kwijt; wie nergens anders is, is niet meer aangemeld.
}
community-remove-sessions = { $count ->
    [0] Geen sessies, wel de chat en alles wat er gezegd is.
    [one] 1 sessie, de chat, en alles wat er gezegd is.
   *[other] { $count } sessies, de chat, en alles wat er gezegd is.
}
community-remove-live = { $count ->
    [one] Er is nu 1 sessie open. Wie erin is, staat meteen buiten.
   *[other] Er zijn nu { $count } sessies open. Wie erin is, staat meteen buiten.
}
community-remove-library = De hele bibliotheek, met alle versies.
community-remove-export = Wil je iets houden, bewaar dat dan eerst: wie de server beheert maakt van een gesloten sessie een bestand met kring export.
community-remove-copies = Reservekopieën die al gemaakt zijn, blijven wat ze zijn.
community-remove-type = Typ de naam van de kring: { $community }
community-remove-other = Dat is niet de naam van deze kring. Er is niets weggehaald.
community-remove-act = Haal voorgoed weg

## Afspraken

agreements-title = Afspraken van { $community }
agreements-lead = Hier houden mensen in deze kring zich aan.
agreements-accept = Daar houd ik me aan
agreements-door = Met meedoen neem je deze afspraken aan.

## Een sessie beginnen zoals de kring het doet

start-board = Met een bord
start-board-hint = { $columns }. Meer borden en andere kolommen kunnen later.
