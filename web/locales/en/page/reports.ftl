# Reporting what should not be there; and what staff do about it.

act-report = Report
report-title = Report to the moderators
report-of-question = Report this question
report-legend = What is wrong with it?
report-hint = The moderators see what is reported and why, not who did it.
report-why-unkind = Unkind
report-means-unkind = It hurts or excludes somebody
report-why-private = Private
report-means-private = It tells something about somebody that should not be here
report-why-spam = Does not belong here
report-means-spam = Advertising, or the same over and over
report-why-other = Something else
report-means-other = The moderators will see what it is
report-send = Report
report-done = Thank you. The moderators are told.

## For staff

reports-some =
    { $count ->
        [one] Somebody reported something here.
       *[other] { $count } things are reported here.
    }
reports-look = Have a look
reports-title = Reported
reports-hint = What you remove is gone for everybody. What may stay is no longer reported. Nobody sees who reported it.
reports-none = Nothing is reported any more.
reports-elsewhere = Something from earlier
reports-why =
    { $count ->
        [one] { $why }
       *[other] { $why } ({ $count }×)
    }
reports-times =
    { $count ->
        [one] Reported
       *[other] Reported { $count } times
    }
reports-show = Show
reports-show-of = Show: { $text }
reports-keep = It may stay
reports-keep-of = It may stay: { $text }
reports-remove = Remove
reports-remove-of = Remove: { $text }
reports-stays = It stays. The report is gone.
reports-at-desk = To the desk
