# What the terminal says.

shop-begun = Done: { $shop } has its folder. Everything you write is kept here.
sign-in-code = Open this page in a browser and approve this computer:
    { $address }
    Code: { $code }
signed-in = Connected: you sell as { $shop }.
signed-out = You are disconnected. Your shop is still here, whole.
passphrase-ask = Your passphrase:
passphrase-why = This computer has no keyring. With a passphrase of your own your stall’s key is kept here; nobody opens it without the passphrase, and neither can we.
passphrase-choose = Choose your passphrase (ten letters or more):
passphrase-again = Type it again:
laptop-this-one = this one
laptop-revoked = no longer allowed
no-pieces = There are no such pieces.
no-price = no price
piece-draft = draft
piece-on-sale = on sale
piece-sold-out = sold out
piece-withdrawn = taken down
piece = { $id }
    { $title }
    { $price }, { $status }, { $n ->
        [one] 1 left
       *[other] { $n } left
    }, { $photos ->
        [one] 1 photo
       *[other] { $photos } photos
    }
photo-added = { $file }: added
photo-there-already = { $file }: it was there already
on-hand = { $n ->
    [one] 1 left
   *[other] { $n } left
}
stock-made = made
stock-sold = sold here
stock-sold-elsewhere = sold elsewhere
stock-fair = fair
stock-damaged = damaged
stock-returned = returned
stock-counted = counted
stock-restocked = order cancelled
no-orders = There are no orders here.
order-placed = new
order-accepted = accepted
order-packed = packed
order-labelled = labelled
order-handed-in = ready for the post
order-shipped = on its way
order-delivered = delivered
order-cancelled = cancelled
parcel-ready = ready to take
no-parcels = There are no parcels and no drop-offs.
drop-off = { $number }: { $status }, { $office }, { $n ->
    [one] 1 parcel
   *[other] { $n } parcels
}, { $weight }
drop-off-closed = closed
drop-off-left = left at the office
drop-off-accepted = accepted
drop-off-partly-accepted = accepted in part
drop-off-refused = refused
no-offices = We know no such office.
status = { $shop }: { $pieces ->
    [one] 1 piece
   *[other] { $pieces } pieces
}, { $tasks ->
    [0] nothing to do
    [one] 1 thing to do
   *[other] { $tasks } things to do
}
all-sent = Everything is saved and sent.
still-comparing = Everything is saved and sent, but the marketplace and this computer do not say the same yet. It is looked at again by itself.
waiting = Everything is saved. { $n ->
    [one] 1 thing waits for the network
   *[other] { $n } things wait for the network
}.
refused = { $n ->
    [one] The marketplace did not accept 1 thing
   *[other] The marketplace did not accept { $n } things
}: look at them in Puesto.
last-agreed = Last up to date: { $at }

# Photos made ready, and what the coach says of them.
develop-done = { $file } → { $to }
develop-there = { $file }: there already, { $to }
develop-stopped = We stopped: { $done } of { $asked }. The same command goes on from here.
develop-refused = (Not taken by: { $who }.)
photo-blurred = It is blurred. Rest the phone or your elbows, and touch the piece on the screen to focus.
photo-too-dark = It is dark. Go nearer to a window, or out into the shade.
photo-burnt = Parts of it are burnt by light. Keep it out of direct sun.
photo-too-few-pixels = It has too few pixels to sell. Take it again with the camera, not from a message.
photo-few-pixels = People cannot look at it closely. If you can, take a larger one.
photo-background-not-white = The background is not white. A sheet of card or of cloth is enough.
photo-background-busy = The background distracts. Put a plain cloth or a wall behind it.
photo-background-coloured = The background tints the colours. Try a white or grey one.
photo-piece-small = The piece looks tiny. Go nearer until it almost fills the photo.
photo-shape = It is too long or too narrow. Crop it squarer.
photo-screenshot = It looks like a picture of a screen. Use the original photo.
photo-turned = It was lying on its side: we stood it up.
photo-colours-converted = We set its colours so that they look the same on every screen.
photo-colours-unsure = We are not sure of its colours. Compare them with the piece.
photo-location-removed = It told where it was taken. We took that out: it does not leave your computer.
photo-first-frame = It was moving: we kept its first picture.
photo-on-white = Its background was see-through: we put it on white.
photo-small = It is small. If you can, take another with more detail.
photo-damaged-in-part = A part of it is missing: we kept it so, as you wished.

# Which photo is which piece's, and why.
match-file-sku = by the SKU in its name
match-folder-sku = by the SKU of its folder
match-card = by the card before it
match-card-itself = the card itself
match-file-title = by its name
match-folder-title = by its folder's name
match-several = several pieces are called so
match-cameras-name = a camera's name; put it into a folder with the SKU
match-nothing = no piece is called so

# Faults: what happened, and what to do. One pair for each code of `shop::Code`.

fault-not-found = It is no longer here.
fault-not-found-hint = Perhaps it was deleted on another of your computers. See the list with “puesto product list” or “orders list”.
fault-too-long = It is too long.
fault-too-long-hint = Shorten it to { $most } letters.
fault-out-of-range = That number cannot be.
fault-out-of-range-hint = The most is { $most }. Check for extra zeros or a missing point.
fault-not-understood = We did not understand what you wrote.
fault-not-understood-hint = Check it and write it again.
fault-not-ready = It cannot be put up for sale yet.
fault-not-ready-hint = It lacks: { $missing }.
fault-too-many-photos = This piece has all the photos that fit.
fault-too-many-photos-hint = Remove one that you like less and add this one.
fault-photo-empty = The photo’s file is empty.
fault-photo-empty-hint = Perhaps it was not copied completely from the phone. Copy it again.
fault-photo-not-an-image = That file is not a photo.
fault-photo-not-an-image-hint = Choose a photo: JPEG, HEIC, PNG or WebP.
fault-photo-unsupported = We cannot open photos of this kind yet.
fault-photo-unsupported-hint = On your phone, share it as JPEG (“most compatible”) and add it again.
fault-photo-too-large = The photo is too large.
fault-photo-too-large-hint = Send it to yourself in a message or take it smaller, and add it again.
fault-photo-truncated = A part of the photo is missing.
fault-photo-truncated-hint = It was not copied completely. Copy it again from the phone or the card.
fault-photo-damaged = The photo is damaged and cannot be opened.
fault-photo-damaged-hint = Try another, or take it again.
fault-no-cards = None of those pieces has a code.
fault-no-cards-hint = Write each piece’s code on its page, then print the cards.
fault-photo-original-elsewhere = The original of this photo is on another of your computers.
fault-photo-original-elsewhere-hint = Touch it up there, where you added it. It comes here by itself, touched up.
fault-would-be-negative = You do not have that many to take out.
fault-would-be-negative-hint = Check how many there are with “puesto stock history”.
fault-order-moved-on = This order has changed.
fault-order-moved-on-hint = See how it is now with “puesto orders show”.
fault-no-numbers-left = This computer has no label numbers left.
fault-no-numbers-left-hint = Connect to the network for a moment and more will come by themselves.
fault-no-service-fits = None of the post’s services fits this parcel.
fault-no-service-fits-hint = Check the weight and the size. If it is very big, split it in two.
fault-destination-suspended = The post is not taking parcels for { $country }.
fault-destination-suspended-hint = Wait until it does again, or cancel the order so that the money goes back.
fault-address-incomplete = The address lacks something.
fault-address-incomplete-hint = Write to the buyer and ask for what is missing: { $missing }.
fault-weight-missing = The parcel’s weight is missing.
fault-weight-missing-hint = Weigh it when it is closed and write the grams.
fault-nothing-to-hand-in = No parcels are chosen to be taken.
fault-nothing-to-hand-in-hint = First give an order its label with “puesto label”.
fault-parcel-taken = One of the parcels is in another drop-off already.
fault-parcel-taken-hint = See your drop-offs with “puesto drop-off list”.
fault-office-unknown = We do not know that office.
fault-office-unknown-hint = Look for another with “puesto offices” and your postal code.
fault-not-signed-in = Your stall is not connected yet.
fault-not-signed-in-hint = Connect it with “puesto sign-in”. Until then everything is saved here.
fault-server-unreachable = We cannot reach the marketplace.
fault-server-unreachable-hint = Check the address and the network. Your things are still saved here.
fault-server-not-a-marketplace = Something else answers at that address, not the marketplace.
fault-server-not-a-marketplace-hint = Check the address. If you are on the network of a café or hotel, open the browser and accept it first.
fault-server-busy = The marketplace is very busy.
fault-server-busy-hint = Wait a minute and try again.
fault-address-not-understood = We did not understand that address.
fault-address-not-understood-hint = Copy it just as it was given to you, such as https://market.example.mx
fault-code-expired = The code is no longer good.
fault-code-expired-hint = Ask for another with “puesto sign-in”; it takes a minute.
fault-sign-in-denied = The entrance was not approved on the page.
fault-sign-in-denied-hint = If that was by mistake, begin again with “puesto sign-in” and approve.
fault-other-sellers-shop = This stall belongs to another account.
fault-other-sellers-shop-hint = Sign in with the account that you connected it with before. To sell with another, begin in another folder.
fault-laptop-revoked = This computer’s entrance was taken away.
fault-laptop-revoked-hint = If it was you and you changed your mind, connect it again with “puesto sign-in”. Nothing was lost.
fault-keyring-missing = This computer has nowhere to keep your key.
fault-keyring-missing-hint = Unlock your desktop’s keyring, or choose a passphrase: type it at a terminal or put it in PUESTO_PASSPHRASE.
fault-key-locked = Your stall’s key is kept under your passphrase.
fault-key-locked-hint = Type it at a terminal or put it in PUESTO_PASSPHRASE. If you have forgotten it, connect your stall again with “puesto sign-in”.
fault-passphrase-wrong = That is not the passphrase.
fault-passphrase-wrong-hint = Take your time and try again, as often as you like. Mind capitals and accents.
fault-passphrase-short = That passphrase is too short.
fault-passphrase-short-hint = Choose one of ten letters or more; three or four words of your own do very well.
fault-key-file-damaged = The file with your key was damaged.
fault-key-file-damaged-hint = Connect your stall again with “puesto sign-in”. Your pieces and orders are all here.
fault-no-local-network = Your computer is on no network that your phone can reach.
fault-no-local-network-hint = Connect it to the same wifi as your phone, or share your phone’s network with it, and try again. No internet is needed.
fault-disk-full = The computer’s disk is full.
fault-disk-full-hint = Delete something you do not use or empty the bin, and try again. What was there before is safe.
fault-no-permission = The computer does not let us save there.
fault-no-permission-hint = Ask the person who helps you with the computer for permission for that folder.
fault-folder-unusable = We cannot use the folder { $path }.
fault-folder-unusable-hint = Check that it exists and is yours. If it is on a memory stick, plug it in.
fault-shop-open-elsewhere = Your stall is open in another window already.
fault-shop-open-elsewhere-hint = Close Puesto’s window or the other terminal, and try again.
fault-shop-damaged = Your stall’s file is damaged.
fault-shop-damaged-hint = Do not delete anything. Bring it back with “puesto rescue”; the damaged file is kept beside.
fault-shop-too-new = Your stall was opened before with a newer Puesto.
fault-shop-too-new-hint = Update Puesto on this computer and open it again.
fault-backup-damaged = That copy is damaged or not whole.
fault-backup-damaged-hint = Choose another from “puesto backup list”. Your stall is as it was.
fault-backup-away = The folder or stick for copies is not plugged in: { $path }
fault-backup-away-hint = Plug it in when you can. Until then the copy stays on this computer.
fault-no-viewer = There is no program to open the sheet.
fault-no-viewer-hint = Install a PDF reader. The sheet is saved in your stall’s folder.
fault-internal = Something of ours broke.
fault-internal-hint = It was not your fault and what was saved is safe. Try again.

# Copies of the shop.
backup-made = Copy made and read back.
backup-where = Copies are kept in { $folder }
backup-away = They are kept in { $folder }, too
backup-away-missing = They are kept in { $folder }, too, which is not plugged in now. It is brought up to date when you plug it in.
backup-none = There are no copies yet. Make the first with “puesto backup”.
backup-daily = of the day
backup-asked = asked for
backup-before-migration = before an update
backup-before-restore = before going back to another
backup-holds = { $pieces ->
    [one] 1 piece
   *[other] { $pieces } pieces
}, { $orders ->
    [0] no open orders
    [one] 1 open order
   *[other] { $orders } open orders
}, { $photos ->
    [one] 1 photo
   *[other] { $photos } photos
}
backup-spoilt = damaged
backup-drill-whole = The copy was tried out and is good: { $pieces ->
    [one] 1 piece
   *[other] { $pieces } pieces
}, { $files ->
    [one] 1 file
   *[other] { $files } files
} ({ $size }), ready in { $seconds } s.
backup-drill-broken = This copy is not whole. Make another with “puesto backup”. It lacks:
restored = Done: your stall went back to this copy. What was there is kept beside.
rescue-not-needed = Your stall opens well, it needs no rescue.
rescue-begun-again = You began with an empty stall; the damaged file is kept beside. Connect it with “puesto sign-in” and what the marketplace had comes back.
rescue-waiting = { $n ->
    [0] What you did since and was sent already comes back with “puesto sync”.
    [one] 1 change that was not sent yet was saved, too. The rest comes back with “puesto sync”.
   *[other] { $n } changes that were not sent yet were saved, too. The rest comes back with “puesto sync”.
}
rescue-salvaged = What could be read was saved: { $pieces ->
    [one] 1 piece
   *[other] { $pieces } pieces
}, { $orders ->
    [one] 1 order
   *[other] { $orders } orders
}, { $waiting ->
    [one] 1 change to be sent
   *[other] { $waiting } changes to be sent
}. { $lost ->
    [0] Nothing was lost.
    [one] 1 thing could not be read.
   *[other] { $lost } things could not be read.
} The damaged file is in { $kept }
