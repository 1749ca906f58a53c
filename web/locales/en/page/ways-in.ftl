# Ways to sign in: by mail and by passkey.

## Your own

ways-title = How you sign in
ways-lead = On another device, or when you were signed out here.
ways-link = How you sign in
ways-none = Here you sign in by a link. If you need a new one, ask an owner.

ways-mail-title = By mail
ways-mail-none = With a mail address you can ask for a sign-in link wherever you are. Kring keeps the address only, and mails you nothing else.
ways-mail-label = Mail address
ways-mail-add = Send a link to confirm it
ways-mail-sent = A link is on its way to { $address }. Open it in this browser, within { $minutes } minutes.
ways-mail-have = You can sign in by { $address }.
ways-mail-forget = Remove the address
ways-mail-forgotten = The address is gone. No more links go there.

ways-passkeys-title = By passkey
ways-passkeys-text = You sign in with your finger, your face or the code of your device. There is no password, and what unlocks your device never leaves it.
ways-passkeys-not-here = This browser cannot use passkeys here. Try another browser, or a link.
ways-passkey-add = Add a passkey
ways-passkey-name = Name of the new passkey
ways-passkey-name-hint = By which you know it in this list.
ways-passkey-phone = Phone
ways-passkey-computer = Computer
ways-passkey-added = The passkey is added.
ways-passkey-removed = The passkey is gone. Your device may still keep it; you can remove it there too.
ways-passkey-since = since { $day }
ways-passkey-remove = Remove
ways-passkey-remove-of = Remove: { $name }
ways-passkey-remove-title = Remove { $name }?
ways-passkey-remove-text = You will not be able to sign in with this passkey any more. Where you are signed in now, you stay so.
ways-passkey-known = This device has a passkey of yours here already.
ways-passkey-not-made = No passkey was made. Your device stopped it, or it took too long. Feel free to try once more.

## Coming back

ways-again = Sign in
ways-again-lead = Have you been here before? Choose how you sign in.
sign-in-known = You are { $name } here now. If you sign in as somebody else, you become them here.
ways-known-already = Been here before? Sign in
ways-with-passkey = Sign in with a passkey
ways-passkey-not-used = No passkey was used. Try it once more, or choose another way.
ways-mail-ask = Mail me a link
ways-mail-ask-hint = The address that you confirmed here before.
ways-mail-asked = If this address is known here, a mail is on its way now. The link in it works for { $minutes } minutes.

mailed-title = Sign in with the link from your mail
mailed-looking = Looking what this link does
mailed-text = You sign in as { $name }. The link works once; after that you stay signed in on this device.
mailed-instead = You are { $known } here now. With this link you sign in as { $name }. The link works once.
mailed-confirm-title = Is this your mail address?
mailed-confirm-text = After this you can sign in by { $address } as { $name }.
mailed-confirm = Yes, this is my address
mailed-confirmed = The address is yours
