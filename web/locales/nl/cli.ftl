# Wat Kring in een terminal zegt, en de namen die het geeft als niemand er een gaf.

community-name = Onze kring
community-purpose = Een plek om elkaar vragen te stellen, mee te denken en te bewaren wat eruit komt.
community-chat = Chat

name-of-owner = Eigenaar
name-of-moderator = Moderator
name-of-member = Lid
name-of-guest = Gast
name-of-screen = Scherm

## Instellingen

setting-not-yet = { $name } is ingesteld, maar Kring kent nog geen andere database dan zijn eigen bestand. Haal { $name } weg en start opnieuw.
setting-redis-url = { $name } is geen adres van een Redis. Gebruik er een als redis://localhost:6379, rediss://… met TLS, of unix:///run/valkey.sock.
setting-unknown = De instelling { $name } bestaat niet. Haal haar weg; kring serve --help noemt alle instellingen.
setting-unknown-close = De instelling { $name } bestaat niet. Bedoel je { $close }?
setting-host = { $name } is “{ $value }”, en dat is geen adres om op te luisteren. Gebruik 127.0.0.1 voor alleen deze machine, of 0.0.0.0 voor iedereen in het netwerk.
setting-port = { $name } is “{ $value }”, en dat is geen poort. Gebruik een getal van 1 tot 65535, bijvoorbeeld 8000.
setting-seconds = { $name } is “{ $value }”. Gebruik een heel aantal seconden van 0 tot { $most }, bijvoorbeeld 60.
setting-days = { $name } is “{ $value }”. Gebruik een heel aantal dagen van 1 tot { $most }, bijvoorbeeld 365; of haal haar weg, en alles blijft bewaard.
setting-base-url = { $name } is “{ $value }”. Schrijf het hele adres waarop mensen Kring vinden, bijvoorbeeld https://kring.example.org of https://example.org/kring; in een pad staan gewone letters, cijfers, en “-”, “_”, “.” of “~”.
setting-too-short = { $name } is te kort om veilig te zijn. Gebruik minstens { $least } tekens die niemand kan raden.
setting-one-of = { $name } is “{ $value }”. Kies een van: { $known }.
setting-network = In { $name } staat “{ $value }”, en dat is geen netwerkadres. Schrijf adressen of netwerken zoals 10.0.0.0/8, met komma's ertussen.

## Serveren

serve-address = Kring draait op { $url }
serve-join = Mensen doen mee op { $url } met de code { $code }
serve-data = Alles wordt bewaard in { $path }
serve-stop = Stop met ctrl+c. Wat mensen schreven blijft bewaard.
serve-owner = Jij bent de eigenaar. Open deze link binnen 30 minuten; hij werkt één keer:
serve-owner-file = De inloglink van de eigenaar staat in { $path }. Hij werkt één keer, binnen 30 minuten. Een nieuwe: kring link owner
serve-port-taken = Poort { $port } is al in gebruik. Draait Kring al? Kies anders een andere poort: kring serve --port { $other }
serve-port-forbidden = Poort { $port } is niet voor gewone gebruikers. Kies er een boven 1023: kring serve --port { $other }
serve-host-absent = Deze machine heeft het adres { $host } niet. Gebruik 127.0.0.1 voor alleen deze machine, of 0.0.0.0 voor iedereen in het netwerk.
serve-in-use = Er draait al een Kring met de bestanden in { $path }. Stop die, of kies andere bestanden met KRING_DATA.
serve-newer-files = De bestanden in { $path } zijn van een nieuwere Kring. Installeer die, of kies andere bestanden met KRING_DATA.
serve-other-journal = Het journaal in { $path } kan deze Kring niet lezen. Kies andere bestanden met KRING_DATA, of zet een kopie terug.

data-forbidden = Kring mag niet schrijven in { $path }. Kies een andere map met KRING_DATA, of geef deze aan wie Kring draait.
data-of-others = In { $path } staan andere dingen, en anderen kunnen erin kijken. Kies met KRING_DATA een map voor Kring alleen.
data-no-directory = { $path } is geen map. Kies een andere met KRING_DATA.

## Andere opdrachten

worker-embedded = De server archiveert zelf, dus deze worker heeft niets te doen. Hij wacht tot je hem stopt.
worker-beside-server = Er draait al een Kring met deze bestanden. Die archiveert zelf, dus deze worker heeft niets te doen.
worker-shares = Deze worker archiveert wat de servers hebben, totdat hij wordt gestopt.
worker-done = Alles staat in het archief. { $count ->
    [0] Er was geen sessie meer te sluiten.
    [one] Eén sessie is nu gesloten.
   *[other] { $count } sessies zijn nu gesloten.
}
worker-not-finished = { $count ->
    [one] Eén sessie is nog niet gesloten.
   *[other] { $count } sessies zijn nog niet gesloten.
} Hierboven staat waarom. Er is niets verloren: probeer het opnieuw, of start de server.
worker-not-swept = Wat er in sessies gezegd is en niet langer bewaard wordt, kon niet helemaal verwijderd worden. Hierboven staat waarom. Probeer het opnieuw, of start de server.
export-no-session = Er is geen sessie “{ $session }”. Gebruik de code of het id.
export-not-closed = “{ $title }” is nog niet gesloten. Sluit die eerst; wat er uitkwam is er daarna.
export-exists = { $path } is er al. Kies met --to een andere naam.
export-forbidden = Kring kan niet schrijven in { $path }. Kies met --to een andere plek.
migrate-done = De database in { $path } is bij de tijd.
migrate-nothing = De database is al bij de tijd (versie { $version }). Er hoeft niets te gebeuren.
migrate-would = Op een kopie geprobeerd, in { $seconds } s: { $count ->
    [one] er zou één stap gezet worden.
   *[other] er zouden { $count } stappen gezet worden.
}
link-made = Deze link meldt iemand aan als { $role }. Hij werkt één keer, binnen 30 minuten:
link-no-database = In { $path } is nog geen Kring. Start hem eerst: kring serve
link-no-role = De rol “{ $role }” bestaat niet. Kies een van: { $known }.
link-made-for = Deze link meldt { $name } aan, als { $role }. Hij werkt één keer, binnen 30 minuten:
link-no-room = Er is geen ruimte of sessie “{ $room }”. Gebruik de code of het id.
link-over = “{ $room }” is gesloten, dus er valt niemand meer binnen te laten. Gebruik de code van een open ruimte of sessie.
link-no-person = Niemand heet hier “{ $name }”. Schrijf de naam zoals hij bij de berichten staat.
link-screen-nobody = Een scherm is van niemand. Laat --person weg, of noem een andere rol.
role-owner = eigenaar
role-moderator = moderator
role-member = lid
role-guest = gast
role-screen = scherm (alleen meelezen)

usage = Zo kun je Kring niet aanroepen: { $what }. Kijk bij: { $help }

## Hulp

help-kring = Kring: de levende kant van een community of practice.
help-serve = Draai de server: de pagina, de ruimtes en het archief.
help-serve-host = Waar te luisteren: 127.0.0.1 voor alleen deze machine, 0.0.0.0 voor iedereen in het netwerk.
help-serve-port = De poort om op te luisteren.
help-serve-settings = Instellingen, uit de omgeving: { $names }
help-worker = Maak af wat een server liet liggen: archiveer, en sluit wat aan het sluiten was. Een server die draait doet dat zelf.
help-worker-stay = Blijf wachten naast een server, tot je hem stopt. Voor een Procfile.
help-export = Maak van een gesloten sessie een bestand: wat ze opleverde en wat er gezegd werd.
help-export-as = md om te lezen, json voor programma's, csv voor een rekenblad.
help-export-to = Waarheen; anders naar het scherm. Een bestand dat er al is, blijft zoals het is.
help-migrate = Maak de database, of breng haar bij de tijd. kring serve doet dat ook.
help-migrate-dry = Probeer het op een kopie, en zeg wat er zou gebeuren. Er verandert niets.
help-rehearse = Speel een opgenomen gesprek na op een draaiende server.
help-doctor = Kijk of alles is zoals het hoort.
help-link = Maak een inloglink voor een rol: { $roles }
help-link-room = De ruimte of sessie waar hij heen leidt: de code of het id. De chat, als je er geen noemt.
help-link-person = Meld wie hier al bekend is onder deze naam ook aan op een ander apparaat. Die krijgt de rol, en houdt een hogere.

## Dokter

doctor-ok = goed
doctor-warn = let op
doctor-fail = fout
doctor-settings-ok = De instellingen zijn duidelijk.
doctor-data-ok = De bestanden staan in { $path }, voor jou alleen.
doctor-data-absent = { $path } is er nog niet. kring serve maakt hem.
doctor-data-open = Anderen op deze machine kunnen in { $path } kijken. kring serve sluit hem af.
doctor-disk-ok = Er is { $free } GB ruimte op de schijf.
doctor-disk-low = Er is nog maar { $free } GB ruimte op de schijf. Maak ruimte voordat hij vol is.
doctor-disk-full = De schijf is zo goed als vol ({ $free } GB). Kring kan niets meer bewaren; maak ruimte.
doctor-mail-ok = De mailserver { $host } neemt mail van Kring aan.
doctor-mail-silent = De mailserver { $host } antwoordt niet op poort { $port }, of niet op de gevraagde manier. Kijk naar KRING_SMTP_HOST, KRING_SMTP_PORT en KRING_SMTP_TLS.
doctor-mail-tls = De mailserver { $host } bewijst niet wie hij is. Gebruik de naam waar zijn certificaat voor is, en de poort die bij KRING_SMTP_TLS hoort.
doctor-mail-password = De mailserver { $host } weigert de naam of het wachtwoord. Kijk naar KRING_SMTP_USER en KRING_SMTP_PASSWORD.
doctor-port-ok = Poort { $port } is vrij.
doctor-port-kring = Kring draait op poort { $port }.
doctor-port-taken = Poort { $port } is in gebruik door iets anders. Kies een andere met PORT.
doctor-clock-ok = De klok zegt { $now } (UTC). Vergelijk dat met een klok die je vertrouwt.
doctor-clock-wrong = De klok zegt { $now } (UTC), eerder dan wat al geschreven is. Zet hem goed voordat mensen verder schrijven.
doctor-database-ok = De database is van deze versie van Kring ({ $version }).
doctor-database-absent = Er is nog geen database. kring serve maakt haar.
doctor-database-behind = De database is van een oudere Kring ({ $version }). kring serve of kring migrate brengt haar bij de tijd.
doctor-database-newer = De database is van een nieuwere Kring ({ $version }). Installeer die.
doctor-database-broken = De database is niet te lezen. Zet een kopie terug, of kies andere bestanden met KRING_DATA.
doctor-limits-ok = Kring kan { $most } verbindingen tegelijk aan.
doctor-limits-low = Kring kan maar { $most } verbindingen tegelijk aan. Verhoog het aantal open bestanden (ulimit -Hn).
doctor-journal-ok = Wat als gedaan telt staat op de schijf: een crash of stroomuitval neemt niets terug.
doctor-redis-ok = De Redis op { $address } antwoordt ({ $version }).
doctor-redis-silent = De Redis op { $address } antwoordt niet. Start hem, of kijk naar REDIS_URL.
doctor-redis-old = De Redis op { $address } is te oud ({ $version }). Kring heeft Redis 7 of nieuwer nodig, of Valkey.
doctor-redis-everysec = Wat als gedaan telt, overleeft het uitvallen van elk proces; als bij de Redis de stroom uitvalt, kan de laatste seconde of twee verloren gaan. Met appendfsync always niet, en dan wacht elk bericht op de schijf.
doctor-redis-sometimes = De Redis laat het aan het systeem over wanneer er op schijf wordt geschreven: als de stroom uitvalt, kan een halve minuut verloren gaan. Zet appendfsync op everysec of always.
doctor-redis-memory = De Redis bewaart niets op schijf: als hij stopt, blijft alleen over wat servers nog weten en wat gearchiveerd is. Zet appendonly op yes.
doctor-redis-evicts = De Redis gooit dingen weg als zijn geheugen vol is. Zet maxmemory-policy op noeviction.
doctor-transcripts-kept = Wat er in gesloten sessies gezegd is, blijft altijd bewaard. Met KRING_KEEP_TRANSCRIPTS_DAYS zet je daar een einde aan.
doctor-transcripts-days = Wat er in een sessie gezegd is, wordt { $days ->
    [one] één dag
   *[other] { $days } dagen
 } na het sluiten verwijderd. Wat eruit kwam en de bibliotheek blijven, en de chat van de gemeenschap ook.
doctor-secrets-ok = Elke open sessie heeft haar geheim: stemmen en namen blijven uit elkaar.
doctor-secret-gone = Het geheim van de sessie “{ $title }” is weg, dus ze neemt geen stemmen aan en niets zonder naam in: { $rooms }. Sluit haar en begin een andere.
doctor-page-ok = De pagina is gemaakt.
doctor-page-absent = De pagina is nog niet gemaakt. Maak haar met: make build-client
