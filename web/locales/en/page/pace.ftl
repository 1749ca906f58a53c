# Slow mode: a pause between two things one says.

pace-title = Slow mode
pace-legend = How long somebody waits after a message or question
pace-hint = It goes for everybody but staff, in this room. Everybody is told.
pace-choice = { $seconds ->
    [0] No pause
    [60] 1 minute
    [300] 5 minutes
   *[other] { $seconds } seconds
}
pace-save = Set
pace-goes-message = Slow mode: one message { $seconds ->
    [60] a minute
    [300] every 5 minutes
   *[other] every { $seconds } seconds
}
pace-goes-question = Slow mode: one question { $seconds ->
    [60] a minute
    [300] every 5 minutes
   *[other] every { $seconds } seconds
}
pace-wait = Slow mode. You can go on in { $time }
pace-now = { $seconds ->
    [0] Slow mode: off
    [60] Slow mode: 1 minute
    [300] Slow mode: 5 minutes
   *[other] Slow mode: { $seconds } s
}
