### The words of the storefront, of the seller's pages and of the counter.

## Branches of craft

branch-textiles = Textiles
branch-wood = Wood
branch-candles = Candles
branch-metalwork = Metalwork
branch-goldwork = Gold and silver work
branch-jewellery = Jewellery
branch-huichol = Huichol art
branch-shell = Shell
branch-glass = Glass
branch-featherwork = Featherwork
branch-lacquer = Lacquer
branch-horn-bone = Horn and bone
branch-plant-fibre = Plant fibre
branch-paper = Paper
branch-leather = Leather
branch-stonework = Stonework
branch-ceramics = Pottery and ceramics
branch-other = Other pieces

## Around every page

site-name = El Tianguis
site-by = by { $post }
skip = Skip to the content
search-label = Search for a piece
search-placeholder = Black clay, huipil, Olinalá…
search-button = Search
nav-label = Your visit
nav-home = Home
nav-basket = Basket
nav-account = My workshop
nav-counter = Counter
nav-sign-in = Sign in as a seller or a counter
sign-out = Sign out ({ $name })
language-label = Language
footer-words = Every piece was made by someone with a name. No commission: what you pay goes to whoever made it.
optional = (if you like)
choose = Choose…

## The first page

home-title = Made by hand, sent by post
home-lead = Clay, loom, palm and silver, straight from the workshop. { $post } brings it to your door, in Mexico, in Cuba and around the world.
home-see-all = See all the pieces
home-newest = Just arrived
home-branches = By craft
home-empty-title = The stalls are being set up
home-empty = There are no pieces for sale yet. Come back soon.
made-in-mexico = Hecho en México
made-in-mexico-lead = From workshops all over the country, with the name of whoever made them.
how-title = How it reaches your hands
how-one = You choose
how-one-words = Every piece says who made it, where and with what.
how-two = The workshop packs it
how-two-words = And leaves it at its office of { $post }.
how-three = You follow it home
how-three-words = Your order has a page with every step of the way.

## Lists

browse-all = All the pieces
browse-every = All
browse-search = Pieces with “{ $question }”
browse-empty = We found nothing like that. Try another word, or look at all the pieces.
pages-label = More pieces
pages-previous = Previous
pages-next = Next
state-unique = One of a kind
state-left = { $n ->
    [one] 1 left
   *[other] { $n } left
}
state-many = Available
state-sold = Sold
state-gone = Sold out
photo-coming = The photo is on its way

## A piece

photos-label = Photos of the piece
photo-number = Photo { $n }
quantity = How many?
buy = Put in the basket
piece-gone = This piece has found a home. It stays here so that you can see the work of whoever made it.
piece-others = Of the same craft
story = Its story
craft-card = How it is made
craft-branch = Craft
craft-technique = Technique
craft-materials = Materials
craft-community = Community
craft-people = People
craft-maker = Made by
craft-hours = Time of work
craft-hours-value = { $n ->
    [one] 1 hour
   *[other] { $n } hours
}
craft-size = Size
craft-weight = Weight

## The basket

basket-title = Your basket
basket-empty = Your basket is empty.
basket-change = Change
basket-remove = Remove
basket-not-there = There are not so many left. Remove it or choose fewer to go on.
basket-blocked = A piece is no longer there. Change it to go on.
basket-total = Total
basket-shops = { $n ->
    [one] One workshop sends it.
   *[other] { $n } workshops send it: you will get { $n } parcels.
}
basket-checkout = Buy
basket-go-on = Keep looking

## The checkout

checkout-title = Where shall we send it?
checkout-problems = Nearly there: look at what is marked. What you wrote is still here.
checkout-changed = Something changed while you were writing: the basket or a price. Look at the total and try again.
checkout-payment-refused = The payment did not go through and nothing was charged. You can try again.
checkout-payment-unreachable = We could not reach the payment service. Nothing was charged; try again in a while.
checkout-you = Who is buying
checkout-where = Where it goes
to-mexico = Mexico
to-cuba = Cuba
to-abroad = Another country
checkout-order = Your order
checkout-postage = Postage
checkout-postage-none = Not charged to you
checkout-postage-why = { $post } does not publish its prices: the counter sets them, and you are not charged for it here.
checkout-total = Total
checkout-pay = Pay { $total }
checkout-pay-sandbox = Make the test payment of { $total }
sandbox-title = Test payment: nothing is charged.
sandbox-words = This market is on trial and asks for no card.
sandbox-refuse = I want to see what happens if the payment fails
field-buyer-name = Your name
field-email = E-mail
field-password = Password
field-name = Who receives it?
field-street = Street and number
field-colonia = Neighbourhood (colonia)
field-city-mx = Town or municipality
field-state = State
field-postal-code = Postal code
field-reference = Hints for whoever delivers
field-between = Between which streets
field-reparto = Neighbourhood (reparto)
field-municipality = Municipality
field-province = Province
field-country = Country
field-line-two = Second line
field-city = Town
field-region = State, province or region
field-phone = Telephone
field-note = A word for the workshop
hint-email = The workshop writes to you here if needed.
hint-name = If it is someone else. If not, leave it empty.
hint-phone = It helps whoever delivers.
hint-street-mx = With the inner number, if there is one.
hint-between = For example: e/ Corombé y 26 de Julio

## What is wrong with a field

problem-missing = This is missing.
problem-buyer-name-missing = Write your name.
problem-email-missing = Write your e-mail, so that you can have news of the order.
problem-email = Something is missing in this e-mail. It looks like this: elena@example.com
problem-name-missing = Write who receives it.
problem-street-missing = Write the street and the number.
problem-city-missing = Write the town.
problem-municipality-missing = Write the municipality.
problem-state-missing = Choose the state.
problem-province-missing = Choose the province.
problem-region-missing = Write the state or the region.
problem-country-missing = Choose the country.
problem-postal-code-missing = Write the postal code.
problem-postal-code-form = This postal code does not look like those of the place. In Mexico they have five digits.
problem-postal-code-unknown = No postal code begins like this. Would you check it?
problem-region-unknown = We do not know that place. Choose it from the list.
problem-other-state = That postal code is in { $state }. Check the code or the state.
problem-too-long = It is too long: { $n } letters fit.
problem-invisible = There are invisible letters. Delete it and write it again.

## An order

order-title = Order { $number }
order-thanks = Thank you!
order-thanks-words = We have told { $shop }. Keep this page: here you will see every step.
order-ship-by = taken to the post by { $date } at the latest
order-way = Its way
order-tracking = Tracking number
order-what = What you ordered
order-where = It goes to
order-others = You also bought
order-keep = The link to your order, to come back whenever you like:
status-placed = Order placed
status-accepted = The workshop accepted it
status-packed = It is packed
status-labelled = It has its label
status-handed-in = Ready to be taken to the post
status-shipped = On its way
status-delivered = Delivered
status-cancelled = Cancelled
step-placed = Ordered
step-accepted = Accepted
step-packed = Packed
step-shipped = On its way
step-delivered = Delivered

## What the post says of a parcel (EMSEVT V3)

event-ema = The post has received it
event-emb = Arrived at the office of departure
event-emc = Left for the other country
event-emd = Arrived in the country of destination
event-eme = Held by customs
event-emf = Left customs
event-emg = Arrived at the delivery office
event-edg = Out for delivery
event-edh = Waits at the office to be collected
event-emh = Could not be delivered
event-emi = Delivered
event-exa = At customs on the way out
event-edb = At customs on the way in
event-refused = The counter gave it back to the workshop
event-other = Step of the post { $code }

## Signing in

sign-in-title = Sign in
sign-in-words = For sellers and their workshops, and for the post’s counters. You do not need it to buy.
sign-in-button = Sign in
sign-in-wrong = The e-mail or the password does not match. Check and try again.
device-title = Connect your laptop
device-words = Write the code that you see on your laptop’s screen.
device-code = Code
device-next = Go on
device-unknown = That code is not there, or its time is over. Ask for a new one on your laptop.
device-asks = “{ $laptop }” wants to sell in your name.
device-compare = Is it the same code as on your laptop’s screen? If you did not ask for it, say no.
device-approve = Yes, it is my laptop
device-deny = I do not know it
device-approved-title = Done
device-approved = “{ $laptop }” is connected. Go back to it: you can close this page.
device-denied-title = We did not let it in
device-denied = That laptop can neither see nor change anything of your workshop.
device-list = See my laptops
account-title = My workshop
account-words = These laptops can sell in your name. If you lose one, disconnect it here.
account-laptops = My laptops
account-none = There is none yet. Open Puesto on your laptop and choose “Connect”.
account-add = Connect another laptop
laptop-signed-in = Connected on { $when }
laptop-seen = Seen on { $when }
laptop-revoke = Disconnect
laptop-revoked = Disconnected on { $when }

## The counter

counter-title = Counter
counter-label = Number of the parcel or of the drop-off
counter-hint = Scan it, or type it and press Enter. With or without spaces.
counter-look = Look up
counter-no-parcel = The number is right, but we do not know that parcel. The workshop may have had no internet: take it with its paper.
counter-no-drop-off = The number is right, but we do not know that drop-off. The workshop may have had no internet: take it with its paper.
counter-drop-off = Drop-off { $number }
counter-parcels = { $n ->
    [one] 1 parcel
   *[other] { $n } parcels
}
counter-elsewhere = It was meant for the office { $office }. You may take it here too.
counter-accept-all = Accept all
counter-accept = Accept
counter-refuse = Give back
counter-decide = What about { $number }?
counter-reason = Why is it given back?
counter-note = Anything else to say
counter-send = Save what is marked
counter-cancelled = This order was cancelled. Give the parcel back to the workshop.
counter-not-yet = The post does not have it yet
counter-next = What happened next?
counter-enter = Enter
counter-done = { $n ->
    [one] Done: 1 parcel entered. The workshop knows.
   *[other] Done: { $n } parcels entered. The workshop knows.
}
counter-done-none = Nothing was entered. To give a parcel back, choose why.
counter-today = Today at this counter
counter-today-none = Nothing yet. What you accept shows here.
counter-time = Time
counter-number = Number
counter-what = What happened
drop-off-waiting = Waiting at the counter
drop-off-accepted = Accepted in full
drop-off-partly = Accepted in part
drop-off-refused = Given back
reason-address = The address is not complete
reason-packing = The packing will not stand the journey
reason-prohibited = It holds something that may not be sent
reason-weight = It is too heavy or too large
reason-customs = The customs form is missing
reason-other = Another reason
number-check-digit = A digit does not check. Compare it with the label and type it again.
number-check-letter = A letter does not check. Compare it with the slip and type it again.
number-country = The last two letters are of no country.
number-shape-parcel = A parcel’s number has two letters, nine digits and two letters. Something here is out of place.
number-shape-drop-off = The number of a drop-off begins with D. Check it on the slip.
number-length = There are too few or too many letters: a parcel’s number has 13 and a drop-off’s 15.

## What goes wrong

fault-home = Go to the first page
fault-not-found = The address has changed or the piece is no longer shown.
    .title = This page is not here
fault-stale-form = The page was open for a long time, or your browser does not keep its data. Go back, reload and try again.
    .title = We could not take it
fault-too-large = What you sent is too long. Shorten it and try again.
    .title = It is too much
fault-wait = There were many attempts in a row. To be safe, wait a quarter of an hour and try again.
    .title = Wait a little
fault-broken = It was our fault, and nothing that was already saved is lost. Try again in a moment.
    .title = Something broke here
