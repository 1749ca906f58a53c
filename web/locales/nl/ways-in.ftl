# Uitnodigingen, links per mail en passkeys: wat de server erover zegt.

## Uitnodigingen

http-invitation-unknown = Deze uitnodiging kennen we niet. Open de link nog eens zoals je hem kreeg, of vraag een nieuwe aan wie je uitnodigde.
http-invitation-used-up = Alle plekken van deze uitnodiging zijn bezet. Vraag een nieuwe aan wie je uitnodigde.
http-invitation-expired = Deze uitnodiging is verlopen. Vraag een nieuwe aan wie je uitnodigde.
http-invitation-revoked = Deze uitnodiging is ingetrokken. Vraag aan wie je uitnodigde of er een nieuwe is.
http-invitations-full = Er staan al { $most } uitnodigingen open. Trek er een in die niemand meer gebruikt, en maak dan een nieuwe.

## Mail

setting-lacks = { $name } is ingesteld, maar { $lacks } niet, en het een werkt niet zonder het ander. Stel { $lacks } ook in, of haal { $name } weg.
setting-mail-address = { $name } is “{ $value }”, en dat is geen mailadres. Schrijf alleen het adres, bijvoorbeeld kring@example.org.
setting-smtp-plain = { $name } is “none”, en dan gaat het wachtwoord van de mail leesbaar over het net. Gebruik starttls of tls, of haal gebruiker en wachtwoord weg.

http-mail-not-offered = Deze Kring verstuurt geen mail. Vraag wie hem beheert om een link om binnen te komen.
http-mail-wrong = Dit is geen mailadres dat we kunnen gebruiken. Kijk het na, bijvoorbeeld naam@example.org.
http-mail-spent = Deze link uit de mail is gebruikt, verlopen of niet goed overgenomen. Vraag een nieuwe mail aan.
http-mail-elsewhere = Deze link hoort bij iemand anders dan wie hier binnen is. Open hem in de browser waarin je het adres invulde.
http-mail-taken = Met dit adres komt al iemand binnen. Ben jij dat, kom dan met dat adres binnen, of haal het daar eerst weg.

mail-sign-in-subject = Binnenkomen bij { $community }
mail-sign-in-text =
    Hallo,

    Met deze link kom je binnen bij { $community }:

    { $url }

    De link werkt één keer, en niet langer dan { $minutes } minuten. Heb je hier niet om gevraagd, dan hoef je niets te doen: zonder de link komt niemand binnen.
mail-confirm-subject = Is dit jouw adres? – { $community }
mail-confirm-text =
    Hallo,

    Iemand wil met dit adres kunnen binnenkomen bij { $community }. Ben jij dat, open dan deze link in dezelfde browser:

    { $url }

    De link werkt één keer, en niet langer dan { $minutes } minuten. Ben jij het niet, dan hoef je niets te doen: het adres wordt zonder de link niet bewaard.

## Passkeys

http-passkey-not-possible = Passkeys werken alleen via https, of op dit apparaat zelf. Gebruik een link of de code om binnen te komen.
http-passkey-late = Dit duurde te lang, of het is al gedaan. Probeer het nog eens.
http-passkey-unknown = Deze passkey kennen we hier niet. Kies een andere, of kom binnen met een link.
http-passkey-wrong = Deze passkey konden we niet controleren, dus er is niemand mee binnengekomen. Probeer het nog eens, of kom binnen met een link.
http-passkey-taken = Deze passkey staat hier al. Gebruik haar om binnen te komen.
http-passkeys-full = Je hebt al { $most } passkeys. Haal er een weg die je niet meer gebruikt.
http-passkey-nameless = Geef de passkey een naam waaraan je haar herkent, bijvoorbeeld “Telefoon”.
