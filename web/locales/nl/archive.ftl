# Wat Kring zelf schrijft in wat een sessie achterlaat.

## In wat de bibliotheek voorstelt

draft-votes = { $count ->
    [one] { $count } stem
   *[other] { $count } stemmen
}
draft-owner = Wie: { $name }
draft-due = Voor: { $day }

## Als een sessie een bestand wordt

export-held = Gesloten op { $day }. { $count ->
    [one] Er was één deelnemer.
   *[other] Er waren { $count } deelnemers.
}
export-names = Aanwezig
export-answered = Beantwoord
export-follow-up = Nog open
export-decision = Besluiten
export-action = Acties
export-group = Groepen
export-note = Briefjes
export-pinned = Vastgezette berichten
export-saved = Bewaarde berichten
export-swept = Wat er gezegd werd, wordt niet meer bewaard: het is op { $day } verwijderd.
export-transcript = Wat er gezegd werd: { $room }

# Back-up en terugzetten
help-backup = Zet alles in één nieuw bestand, ook terwijl Kring draait.
help-restore = Maak een datamap, die leeg moet zijn, uit een back-up.
backup-copy = { $part } kopiëren
backup-pack = Inpakken
backup-unpack = Uitpakken
backup-done =
    Back-up gemaakt in { $path }: { $n_sessions ->
        [one] 1 sessie
       *[other] { $n_sessions } sessies
    }, { $n_people ->
        [one] 1 persoon
       *[other] { $n_people } mensen
    }, { $n_items ->
        [one] 1 item in de bibliotheek
       *[other] { $n_items } items in de bibliotheek
    }. Alles wat mensen hier zeiden, staat erin: bewaar hem even veilig als de server zelf.
backup-secret = KRING_SECRET zit er niet in. Bewaar die ergens anders: met een andere moet iedereen opnieuw inloggen.
restore-done =
    Teruggezet in { $path }: { $n_sessions ->
        [one] 1 sessie
       *[other] { $n_sessions } sessies
    }, { $n_people ->
        [one] 1 persoon
       *[other] { $n_people } mensen
    }, { $n_items ->
        [one] 1 item in de bibliotheek
       *[other] { $n_items } items in de bibliotheek
    }. Start hem met: kring serve. Sessies die open waren, kun je lezen en sluiten; begin een nieuwe om verder te gaan.
backup-no-database = In { $path } is nog geen Kring, dus er valt niets te bewaren.
backup-exists = { $path } is er al. Kies een andere naam.
backup-apart = Het journaal en de bibliotheek passen niet op elkaar. Start kring serve, die herstelt dat, en probeer het opnieuw.
backup-not-empty = { $path } is niet leeg. Zet KRING_DATA op een map die nog niet bestaat.
backup-newer = Deze back-up is van Kring { $kring }, die nieuwer is of heel anders. Installeer die eerst.
backup-damaged = { $path } is beschadigd, of geen back-up van Kring. Er is niets veranderd.
backup-impossible = Dat lukte niet met { $path }: { $why }. Er is niets veranderd.
