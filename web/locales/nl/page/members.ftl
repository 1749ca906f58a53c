# De mensen van een gemeenschap, en jij als een van hen.

## Leden

members-title = Leden
members-link = Leden
members-lead = Wie bij deze gemeenschap horen, en wat je hun kunt vragen.
members-find = Zoek iemand
members-find-hint = Op naam, of op wat je wilt vragen.
members-found = { $count ->
    [0] Niemand gevonden. Probeer minder letters.
    [one] Eén iemand gevonden.
   *[other] { $count } mensen gevonden.
}
members-alone = Je bent nog de enige. Nodig mensen uit, dan staan ze hier.
members-not-yours = Voor leden
members-not-yours-text = Gasten zien niet wie de leden zijn. Wil je lid worden? Vraag een lid om een uitnodiging.
member-since = sinds { $month }
member-about = Vraag me naar:
member-you = Wijzigen
member-change = Wijzigen
member-change-of = Wijzigen: { $name }
member-role = Rol
member-role-hint = Het geldt meteen, ook waar ze nu zijn.
member-may-guest = Doet mee in de chat en in sessies.
member-may-member = Nodigt ook anderen uit, ziet de leden en doorzoekt de bibliotheek.
member-may-moderator = Leidt ook sessies, haalt weg wat er niet hoort en werkt aan de bibliotheek.
member-may-owner = Beslist ook over mensen, uitnodigingen en instellingen.
member-changed = { $name } is nu { $role ->
    [guest] gast
    [moderator] moderator
    [owner] eigenaar
   *[member] lid
}.
member-remove = Verwijderen…
member-remove-title = { $name } uit de gemeenschap halen?
member-remove-text = Die raakt meteen zijn of haar plek hier kwijt, op elk apparaat. Wat die zei en schreef, blijft onder diens naam staan. Terugkomen kan met een code of een uitnodiging, als iemand nieuws.
member-remove-act = Verwijderen
member-removed = { $name } is hier niet meer.

## Jijzelf

own-title = Jij
own-lead = In { $community }, waar je { $role ->
    [guest] gast
    [moderator] moderator
    [owner] eigenaar
   *[member] lid
} bent.
own-link = Jij: naam en apparaten
own-name-hint = Zo kennen anderen je hier. Wat je eerder zei, houdt de naam van toen.
own-about = Vraag me naar
own-about-hint = Wat je weet, doet of je afvraagt. Het staat voor de leden bij je naam.
own-saved = Bewaard.
own-devices = Waar je bent ingelogd
own-leaving = Weggaan
own-leaving-hint = Kring vraagt eerst of je het zeker weet.
own-leave = { $community } verlaten
device-unknown = Een browser
device-here = Deze
device-since = Sinds: { $day }
device-end = Uitloggen
device-end-of = Uitloggen: { $device }
device-ended = Die browser is uitgelogd.
devices-end = Overal elders uitloggen
devices-ended = Je bent alleen nog hier ingelogd.
leave-title = { $community } verlaten?
leave-words = Wat je zei en schreef, blijft onder je naam staan. Wat je zonder naam zei, blijft zonder naam.
leave-place = Je naam komt vrij, en je staat niet meer bij de leden.
leave-sign-ins = Je wordt op al je apparaten uitgelogd. Kring vergeet je mailadres en je passkeys.
leave-again = Om terug te komen heb je een code of een uitnodiging nodig. Je bent dan iemand nieuws.
leave-again-guest = Met de code kun je weer binnenkomen. Je bent dan iemand nieuws.
leave-act = Verlaten
