# Invitations, links by mail and passkeys: what the server says about them.

## Invitations

http-invitation-unknown = We do not know this invitation. Open the link again the way you got it, or ask whoever invited you for a new one.
http-invitation-used-up = Every place of this invitation is taken. Ask whoever invited you for a new one.
http-invitation-expired = This invitation has run out. Ask whoever invited you for a new one.
http-invitation-revoked = This invitation has been withdrawn. Ask whoever invited you whether there is a new one.
http-invitations-full = There are { $most } invitations open already. Revoke one that nobody needs any more, then make a new one.

## Mail

setting-lacks = { $name } is set, but { $lacks } is not, and the one does not work without the other. Set { $lacks } as well, or take { $name } away.
setting-mail-address = { $name } is “{ $value }”, which is no mail address. Write the address alone, for instance kring@example.org.
setting-smtp-plain = { $name } is “none”, so the password of the mail would cross the network for anybody to read. Use starttls or tls, or take user and password away.

http-mail-not-offered = This Kring sends no mail. Ask whoever runs it for a link to come in by.
http-mail-wrong = This is no mail address that we can use. Look at it again, for instance name@example.org.
http-mail-spent = This link from the mail was used, has run out, or was not copied whole. Ask for a new mail.
http-mail-elsewhere = This link belongs to somebody else than who is signed in here. Open it in the browser in which you filled in the address.
http-mail-taken = Somebody comes in by this address already. If that is you, come in by it, or remove it there first.

mail-sign-in-subject = Signing in to { $community }
mail-sign-in-text =
    Hello,

    With this link you sign in to { $community }:

    { $url }

    The link works once, and for { $minutes } minutes at most. If you did not ask for it there is nothing you need to do: without the link nobody comes in.
mail-confirm-subject = Is this your address? – { $community }
mail-confirm-text =
    Hello,

    Somebody would like to sign in to { $community } by this address. If that is you, open this link in the same browser:

    { $url }

    The link works once, and for { $minutes } minutes at most. If it is not you there is nothing you need to do: without the link the address is not kept.

## Passkeys

http-passkey-not-possible = Passkeys work by https only, or on this device itself. Use a link or the code to come in.
http-passkey-late = This took too long, or it was done already. Try it once more.
http-passkey-unknown = We do not know this passkey here. Choose another, or come in by a link.
http-passkey-wrong = We could not verify this passkey, so it signed nobody in. Try it once more, or come in by a link.
http-passkey-taken = This passkey is here already. Use it to come in.
http-passkeys-full = You have { $most } passkeys already. Remove one that you do not use any more.
http-passkey-nameless = Give the passkey a name that you know it by, for instance “Phone”.
