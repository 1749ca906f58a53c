# Wat Kring zegt als iets niet kan. Met je; zeg wat er gebeurde, wat bewaard blijft en wat je kunt doen.

## Een ruimte zegt nee: refused-<reden>

refused-forbidden = Dit mag je hier niet doen. Vraag het aan een moderator als het toch nodig is.
refused-not-found = Dit is hier niet, of niet meer. Ververs de pagina om te zien wat er wel is.
refused-removed = Een moderator heeft dit bericht weggehaald. Schrijf een nieuw bericht als je nog iets wilt zeggen.
refused-empty = Er staat niets leesbaars in. Schrijf iets en verstuur het opnieuw.
refused-invalid = Hier klopt iets niet aan, dus er is niets veranderd. Kijk na wat je invulde en probeer het opnieuw.
refused-full = Hier past niets meer bij. Haal eerst iets weg, of vraag het aan een moderator.
refused-planned = Deze ruimte is nog niet open. Kom terug zodra de begeleider haar opent.
refused-locked = Deze ruimte staat op slot: je kunt meelezen. Schrijven kan weer zodra een moderator haar openzet.
refused-closed = Deze ruimte is gesloten en verandert niet meer. Wat er staat, kun je blijven lezen.
refused-stale = Dit is intussen veranderd. Kijk wat er nu staat en doe het opnieuw als het nog klopt.
refused-held = Iemand anders is hier net mee bezig. Wacht tot het vrij is, of overleg even.
refused-spent = Je hebt alles gebruikt wat je hier te geven had. Neem eerst iets terug.
refused-not-asking = Er kunnen nu geen vragen gesteld worden. Bewaar je vraag en probeer het later, of stel haar in de chat.
refused-muted = Een moderator heeft je hier het woord ontnomen. Je kunt meelezen; overleg met een moderator als dat niet klopt.
refused-slow = Het gaat hier nu in een rustig tempo: iedereen wacht even tussen twee bijdragen. Je tekst is bewaard; stuur haar zo opnieuw.
refused-too-open = Hier doen mensen mee met minder van zichzelf erbij. Kies een niveau dat minstens zoveel verbergt, en probeer het opnieuw.
refused-status = Met deze vraag is intussen iets anders gebeurd. Kijk hoe zij er nu voor staat en kies opnieuw.
refused-occupied = Op deze plek staat al iets. Rond dat eerst af of zet het ergens anders.
refused-phase = Dit kan niet in deze fase. Kijk bovenaan het bord wat er nu wel kan, of vraag het de begeleider.
refused-secret-gone = Kring kan hier je naam niet meer los van je houden, dus dit is niet gedaan. Doe het onder je naam, of overleg met een moderator.
refused-busy = Het is nu erg druk. Kring probeert het zo vanzelf opnieuw; je hoeft niets te doen.
refused-retry = Nog niet zeker of dit is aangekomen. Kring stuurt het vanzelf opnieuw en telt het één keer.
refused-fault = Er ging bij Kring iets mis, dus dit is niet gelukt. Probeer het later opnieuw; blijft het, meld het dan aan wie deze Kring beheert.
refused-unknown = Deze Kring kent deze opdracht niet. Ververs de pagina: misschien is er een nieuwere versie.
refused-limited = Dit ging te vaak achter elkaar. Wacht even en probeer het dan opnieuw.
refused-not-joined = Je bent niet in deze ruimte. Ga eerst naar binnen en probeer het opnieuw.

## De verbinding gaat dicht: close-<code>

close-restarting = Kring start even opnieuw. Je komt vanzelf terug, en wat je schreef blijft bewaard.
close-too-slow = Je verbinding houdt het tempo nu niet bij. Je wordt vanzelf opnieuw verbonden en krijgt dan wat je miste.
close-silent = Je apparaat liet even niets van zich horen. Je wordt vanzelf opnieuw verbonden.
close-newer = Deze ruimte draait op een nieuwere versie van Kring. Je wordt vanzelf opnieuw verbonden; ververs de pagina als dat niet lukt.
close-bad-message = Je pagina stuurde iets wat Kring niet begrijpt. Ververs de pagina; helpt dat niet, meld het dan aan wie deze Kring beheert.
close-no-hello = De verbinding kwam niet op gang. Ververs de pagina.
close-signed-out = Je bent hier niet, of niet meer, aangemeld. Doe opnieuw mee met de code of met je link.
close-too-many = Je hebt Kring op te veel plekken tegelijk open. Sluit er een paar en ververs deze pagina.
close-forbidden-origin = Deze pagina hoort niet bij deze Kring. Open Kring op het eigen adres.

## Een aanvraag gaat niet door: http-<code>

http-wrong-code = Deze code hoort niet bij een open ruimte. Kijk de code na, of vraag haar opnieuw aan wie je uitnodigde.
http-session-over = Deze sessie is voorbij, dus er komt niemand meer bij. Wie erin was, kan haar nog lezen: kijk in de lijst met sessies.
http-name-taken = Die naam is hier al in gebruik. Kies een andere, bijvoorbeeld { $suggestion }.
http-last-owner = Er moet een eigenaar blijven. Maak eerst iemand anders eigenaar.
http-name-empty = Vul een naam in waaraan anderen je herkennen.
http-title-empty = Geef de sessie een titel, zodat mensen weten waar ze binnenkomen.
http-board-title-empty = Geef het bord een titel, zodat mensen weten waar het over gaat.
http-boards-full = Een sessie heeft hoogstens { $most } borden. Gebruik een bord dat er al is, of begin een andere sessie.
http-not-closed = Deze sessie is nog niet gesloten. Wat ze opleverde staat hier zodra ze dat is.
http-item-edited = Iemand heeft dit in de bibliotheek bewerkt, dus hier verandert het niet meer. Bewerk het daar.
http-item-title-empty = Geef het een titel, zodat anderen het terugvinden.
http-link-spent = Deze link is gebruikt, verlopen of niet goed overgenomen. Vraag een nieuwe aan wie deze Kring beheert.
http-sign-in-needed = Je bent nog niet binnen. Doe eerst mee met de code of met je link.
http-cross-site = Deze aanvraag kwam niet van een pagina van deze Kring. Open Kring op het eigen adres en probeer het daar.
http-wrong-host = Op dit adres is deze Kring niet te vinden. Gebruik het adres dat je kreeg.
http-too-large = Dit is te groot om aan te nemen. Maak het korter en probeer het opnieuw.
http-bad-request = Hier klopt iets niet aan. Kijk na wat je invulde en probeer het opnieuw.
http-no-such-page = Deze pagina is er niet. Ga naar het begin en kijk van daaruit verder.
http-wrong-method = Zo kan dit adres niet gebruikt worden. Ga naar het begin en kijk van daaruit verder.
http-not-built = De pagina is nog niet gemaakt. Wie deze Kring beheert kan dat met: make build-client
