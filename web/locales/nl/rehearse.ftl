# Wat kring rehearse zegt: een opgenomen gesprek nagespeeld op een draaiende server.

help-rehearse-url = Waar de server draait, bijvoorbeeld http://127.0.0.1:8000. Zonder: de server met deze bestanden.
help-rehearse-code = De code van de ruimte. Zonder: die van de chat van deze Kring. Een vergadering begint een sessie van zichzelf.
help-rehearse-staff = Voor een vergadering: de link die kring link moderator maakt. Wie hem gebruikt, leidt de rij.
help-rehearse-speed = 1 is het tempo van toen, 60 is zestig keer zo snel, max is zo snel als de server bevestigt.
help-rehearse-limit = Speel alleen de eerste zoveel regels na.

rehearse-observer = Toehoorder
rehearse-inside = Binnen
rehearse-settled = Regels
rehearse-session = De sessie “{ $title }” is begonnen; meekijken kan met de code { $code }.
rehearse-session-title = Nagespeeld: { $name }
rehearse-asks-floor = { $name } vraagt het woord

## Wat het werd

rehearse-label-cast = Sprekers
rehearse-label-sent = Verstuurd
rehearse-label-acknowledged = Bevestigd
rehearse-label-seen = Gezien door een toehoorder
rehearse-label-queue = Vragen
rehearse-label-stage = Op het podium
rehearse-label-until-acknowledged = Tot bevestigd (p50 / p95 / p99)
rehearse-label-until-seen = Tot gezien (p50 / p95 / p99)
rehearse-label-pace = Tempo
rehearse-label-reconnects = Opnieuw verbonden
rehearse-label-resent = Opnieuw verstuurd
rehearse-label-unknown = Onbekend wat ervan werd
rehearse-label-missing = Bevestigd en niet gezien
rehearse-label-extra = Gezien en niet bevestigd
rehearse-label-out-of-order = In een andere volgorde gezien

rehearse-cast = { $speakers } (namen: { $nicks })
rehearse-of = { $count } van { $all }
rehearse-pace = { $rate } regels per seconde, in { $seconds } s
rehearse-queue = { $asked } gesteld, { $withdrawn } ingetrokken
rehearse-stage = { $staged }, { $answered } beantwoord, { $labelled } met label
rehearse-refused-as = Geweigerd om “{ $reason }”: { $count }

rehearse-left-out = Uit de opname (met de eerste regel):
rehearse-dropped-blank = { $count } weggelaten: lege regel (regel { $line })
rehearse-dropped-malformed = { $count } weggelaten: geen regel van dit formaat (regel { $line })
rehearse-dropped-empty = { $count } weggelaten: niets leesbaars (regel { $line })
rehearse-dropped-too-long = { $count } weggelaten: te lang voor één bericht (regel { $line })
rehearse-dropped-repeated = { $count } weggelaten: stond er al (regel { $line })
rehearse-dropped-notice = { $count } weggelaten: melding van de server (regel { $line })
rehearse-dropped-bot = { $count } weggelaten: van een bot (regel { $line })
rehearse-dropped-to-bot = { $count } weggelaten: tegen een bot (regel { $line })
rehearse-dropped-minutes = { $count } weggelaten: voor de notulen (regel { $line })
rehearse-dropped-already-queued = { $count } weggelaten: vroeg het woord en wachtte al (regel { $line })
rehearse-dropped-not-queued = { $count } weggelaten: ging over iemand die niet wachtte (regel { $line })
rehearse-changed-marks-removed = { $count } aangepast: onzichtbare tekens weggehaald (regel { $line })
rehearse-changed-marks-shown = { $count } aangepast: alleen stuurtekens, zichtbaar gemaakt (regel { $line })
rehearse-changed-not-utf8 = { $count } aangepast: bytes die geen tekst zijn (regel { $line })
rehearse-changed-clock-ran-back = { $count } aangepast: de klok liep terug (regel { $line })
rehearse-status-lines = { $count } niet nagespeeld: statusregels van het kanaal
rehearse-other-joins = { $count } niet nagespeeld: er kwam iemand binnen; hier is iedereen er van het begin tot het eind
rehearse-other-leaves = { $count } niet nagespeeld: er ging iemand weg; hier blijft iedereen tot het eind
rehearse-other-attends = { $count } niet nagespeeld: iemand zei er te zijn; wie binnen is, staat al in de lijst
rehearse-other-setsagenda = { $count } niet nagespeeld: een regel van de agenda, en een chat heeft geen agenda
rehearse-changed-shortened = { $count } aangepast: een regel van de agenda ingekort tot een label

rehearse-order-kept = De rij bleef in volgorde: { $count } keer kwam op het podium wie aan de beurt was, zoals de server het liet zien.
rehearse-order-lost = De rij bleef niet in volgorde: bij beurt { $nth } was { $due } aan de beurt, en op het podium kwam { $found }.
rehearse-complete = Alles is bevestigd, en precies één keer gezien, per spreker in volgorde.
rehearse-incomplete = Niet alles is bevestigd en precies één keer gezien. Kijk in het log van de server wat er gebeurde.

## Het gaat niet door

rehearse-no-file = { $file } is niet te lezen. Kijk de naam na, of zeg met KRING_CONVERSATIONS waar de gesprekken staan.
rehearse-too-large = { $file } is groter dan één gesprek kan zijn.
rehearse-conversation-empty = In { $file } staat niets.
rehearse-conversation-unknown-format = { $file } is geen gesprek dat Kring kan lezen (regel { $line }). Gebruik een dag van een hulpkanaal of een vergadering met een sprekersrij.
rehearse-nothing-said = In { $file } zegt niemand iets.
rehearse-no-staff = { $file } is een vergadering, en die heeft iemand nodig die de rij leidt. Maak een link met kring link moderator en geef hem mee met --staff.
rehearse-bad-speed = “{ $value }” is geen tempo. Gebruik een getal, bijvoorbeeld 1 of 60, of max.
rehearse-bad-limit = “{ $value }” is geen aantal. Gebruik een getal vanaf 1.
rehearse-no-code = Hier is geen Kring met een chat. Start hem met kring serve, of noem --url en --code.
rehearse-unreachable = Op { $url } antwoordt niemand. Start de server met kring serve, of noem een ander adres met --url.
rehearse-not-kring = Wat op { $url } antwoordt, is geen Kring. Noem het adres met --url.
rehearse-refused = De Kring op { $url } laat niemand binnen. Kijk in het log van de server.
rehearse-no-entry = Niemand komt binnen. { $text }
