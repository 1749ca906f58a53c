# Melden wat er niet hoort te staan; en wat begeleiders ermee doen.

act-report = Melden
report-title = Melden aan de moderators
report-of-question = Deze vraag melden
report-legend = Wat is er mis mee?
report-hint = De moderators zien wat er gemeld is en waarom, niet door wie.
report-why-unkind = Onaardig
report-means-unkind = Het kwetst iemand of sluit iemand buiten
report-why-private = Privé
report-means-private = Het zegt iets over iemand dat hier niet hoort te staan
report-why-spam = Hoort hier niet
report-means-spam = Reclame, of steeds weer hetzelfde
report-why-other = Iets anders
report-means-other = De moderators zien wel wat het is
report-send = Melden
report-done = Dank je wel. De moderators weten het.

## Voor begeleiders

reports-some =
    { $count ->
        [one] Iemand heeft hier iets gemeld.
       *[other] Hier zijn { $count } dingen gemeld.
    }
reports-look = Bekijk het
reports-title = Gemeld
reports-hint = Wat je weghaalt, is voor iedereen weg. Wat mag blijven, is niet meer gemeld. Niemand ziet wie het gemeld heeft.
reports-none = Er is niets meer gemeld.
reports-elsewhere = Iets van eerder
reports-why =
    { $count ->
        [one] { $why }
       *[other] { $why } ({ $count }×)
    }
reports-times =
    { $count ->
        [one] Gemeld
       *[other] { $count } keer gemeld
    }
reports-show = Toon
reports-show-of = Toon: { $text }
reports-keep = Mag blijven
reports-keep-of = Mag blijven: { $text }
reports-remove = Weghalen
reports-remove-of = Weghalen: { $text }
reports-stays = Het blijft staan. De melding is weg.
reports-at-desk = Naar het bureau
