# Uitnodigingen: maken, bekijken, intrekken, en binnenkomen met een link.

subpage-back = Terug

## Voor wie uitnodigt

invitations-title = Uitnodigingen
invitations-link = Uitnodigingen
invitations-lead = Een uitnodiging is een link waarmee iemand lid, moderator of eigenaar wordt. Gasten hebben genoeg aan de code.
invitations-lead-members = Een uitnodiging is een link waarmee iemand lid wordt. Gasten hebben genoeg aan de code.
invitations-new = Maak een uitnodiging
invitations-open = Open
invitations-over = Voorbij
invitations-none-open = Er staat geen uitnodiging open.
invitations-empty-title = Nog geen uitnodigingen
invitations-empty-text = Maak een link voor een groep of voor één persoon, en deel hem zoals je wilt: in een mail, een bericht of als QR.
invitations-not-yours = Uitnodigen doen eigenaren en moderators
invitations-not-yours-text = Wil je iemand erbij? Vraag het aan een van hen, of deel de code voor gasten.
invitations-revoked = De uitnodiging is ingetrokken.

invitation-for-member = Voor een nieuw lid
invitation-for-moderator = Voor een nieuwe moderator
invitation-for-owner = Voor een nieuwe eigenaar
invitation-may-member = Leest en schrijft in alle ruimtes, en zoekt in de bibliotheek.
invitation-may-moderator = Leidt ook sessies, haalt weg wat niet hoort en werkt aan de bibliotheek.
invitation-may-owner = Gaat ook over mensen, uitnodigingen en instellingen.
invitation-open = Open
invitation-used_up = Vol
invitation-expired = Verlopen
invitation-revoked = Ingetrokken
invitation-used = { $used } van { $most } binnen
invitation-until = tot { $day }
invitation-until-past = tot { $day }
invitation-by = van { $name }
invitation-show = Toon link
invitation-show-of = Toon link: { $what }
invitation-revoke = Trek in
invitation-revoke-of = Trek in: { $what }
invitation-revoke-title = Deze uitnodiging intrekken?
invitation-revoke-text = { $used ->
    [0] De link laat dan niemand meer binnen. Dit kun je niet terugdraaien; een nieuwe maken kan altijd.
    [one] De link laat dan niemand meer binnen. Wie er al door binnenkwam, blijft. Dit kun je niet terugdraaien; een nieuwe maken kan altijd.
   *[other] De link laat dan niemand meer binnen. De { $used } mensen die er al door binnenkwamen, blijven. Dit kun je niet terugdraaien; een nieuwe maken kan altijd.
}

invitation-role = Wie de link opent, wordt
invitation-note = Voor wie?
invitation-note-hint = Bijvoorbeeld: voor de groep in Utrecht. Alleen wie uitnodigt, ziet dit.
invitation-uses = Hoeveel mensen?
invitation-uses-wrong = Vul een aantal in van 1 tot { $most }.
invitation-days = Hoeveel dagen?
invitation-days-of = { $days ->
    [one] { $days } dag
   *[other] { $days } dagen
}
invitation-make = Maak de link
invitation-made = De link is er
invitation-made-text = Kopieer hem nu: als je deze pagina sluit, is hij nergens meer te zien. Een nieuwe maken kan altijd.
invitation-link = Link van de uitnodiging
invitation-qr = QR-code met de link van de uitnodiging

## Voor wie uitgenodigd is

invited-title = Uitnodiging
invited-looking = We kijken waar deze uitnodiging naartoe gaat
invited-shut = Hier kun je nu niet door
invited-incomplete = De link is niet compleet. Open hem nog eens zoals je hem kreeg, of vraag een nieuwe.
invited-member = Je kunt lid worden
invited-moderator = Je kunt moderator worden
invited-owner = Je kunt eigenaar worden
invited-by-member = { $name } nodigt je uit als lid
invited-by-moderator = { $name } nodigt je uit als moderator
invited-by-owner = { $name } nodigt je uit als eigenaar
invited-become-member = Word lid
invited-become-moderator = Word moderator
invited-become-owner = Word eigenaar
invited-keep = Wat je onder je naam schreef, blijft van jou.
invited-already = Je hoort er al bij, als { $name }. De link is niet gebruikt.
invited-until = Deze uitnodiging werkt tot { $day }.
