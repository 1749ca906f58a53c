# Manieren om in te loggen: per mail en met een passkey.

## Van jou

ways-title = Zo log je in
ways-lead = Op een ander apparaat, of als je hier was uitgelogd.
ways-link = Zo log je in
ways-none = Hier log je in met een link. Heb je een nieuwe nodig, vraag hem dan aan een eigenaar.

ways-mail-title = Met je mailadres
ways-mail-none = Met een mailadres kun je overal een link vragen om in te loggen. Kring bewaart alleen het adres en mailt je verder niets.
ways-mail-label = Mailadres
ways-mail-add = Stuur een link om het te bevestigen
ways-mail-sent = Er gaat een link naar { $address }. Open hem in deze browser, binnen { $minutes } minuten.
ways-mail-have = Je kunt inloggen met { $address }.
ways-mail-forget = Haal het adres weg
ways-mail-forgotten = Het adres is weg. Je krijgt er geen links meer op.

ways-passkeys-title = Met een passkey
ways-passkeys-text = Je logt in met je vinger, je gezicht of de code van je apparaat. Er is geen wachtwoord, en waarmee je je apparaat ontgrendelt verlaat het niet.
ways-passkeys-not-here = Deze browser kan hier geen passkeys gebruiken. Probeer een andere browser, of een link.
ways-passkey-add = Voeg een passkey toe
ways-passkey-name = Naam van de nieuwe passkey
ways-passkey-name-hint = Waaraan jij hem herkent in deze lijst.
ways-passkey-phone = Telefoon
ways-passkey-computer = Computer
ways-passkey-added = De passkey is toegevoegd.
ways-passkey-removed = De passkey is weg. Je apparaat bewaart hem misschien nog; daar kun je hem ook weghalen.
ways-passkey-since = sinds { $day }
ways-passkey-remove = Haal weg
ways-passkey-remove-of = Haal weg: { $name }
ways-passkey-remove-title = { $name } weghalen?
ways-passkey-remove-text = Met deze passkey kun je dan niet meer inloggen. Waar je nu bent ingelogd, blijf je dat.
ways-passkey-known = Dit apparaat heeft hier al een passkey van jou.
ways-passkey-not-made = Er is geen passkey gemaakt. Je apparaat brak het af, of het duurde te lang. Probeer het gerust nog eens.

## Wie weer binnenkomt

ways-again = Log in
ways-again-lead = Ben je hier eerder geweest? Kies hoe je inlogt.
sign-in-known = Je bent hier nu { $name }. Log je anders in, dan word je hier die ander.
ways-known-already = Al eerder hier geweest? Log in
ways-with-passkey = Log in met een passkey
ways-passkey-not-used = Er is geen passkey gebruikt. Probeer het nog eens, of kies een andere manier.
ways-mail-ask = Mail me een link
ways-mail-ask-hint = Het adres dat je hier eerder hebt bevestigd.
ways-mail-asked = Is dit adres hier bekend, dan is er nu een mail onderweg. De link erin werkt { $minutes } minuten.

mailed-title = Log in met de link uit je mail
mailed-looking = We kijken wat deze link doet
mailed-text = Je logt in als { $name }. De link werkt één keer; daarna blijf je op dit apparaat ingelogd.
mailed-instead = Je bent hier nu { $known }. Met deze link log je in als { $name }. De link werkt één keer.
mailed-confirm-title = Is dit jouw mailadres?
mailed-confirm-text = Daarna kun je met { $address } inloggen als { $name }.
mailed-confirm = Ja, dit is mijn adres
mailed-confirmed = Het adres is van jou
