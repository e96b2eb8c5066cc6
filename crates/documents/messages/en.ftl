# Words of the label, the drop-off slip and the cards for photos.

label-title = Label
label-sender = From
label-addressee = To
label-weight = Weight
label-order = Order
label-parcel = Parcel
label-office = Office
label-phone = Tel. { $phone }
label-no-number = The number is given at the counter
label-no-number-hint = Write the number here, or stick its label on
label-stamp = Stamp of the office
label-received = Received by
label-name-signature = Name and signature
label-date-time = Date and time

slip-title = Drop-off slip
slip-number = Slip number
slip-seller = Handed in by
slip-office = Office
slip-date = Date
slip-column-n = No.
slip-column-number = Item number
slip-column-destination = To
slip-column-service = Service
slip-column-weight = Weight (g)
slip-column-value = Declared value
slip-at-counter = at the counter
slip-order = Order { $order }
slip-totals = Totals
slip-total-parcels = { $n ->
    [one] 1 item
   *[other] { $n } items
}
slip-so-far = So far: { $parcels }, { $weight }
slip-page = page { $page } of { $pages }
slip-seller-signature = Signature of who hands in
slip-clerk = For the office
slip-accepted = Items accepted
slip-of = of { $n }
slip-rejected = Not accepted (No. and reason)
slip-stamp = Stamp
slip-date-time = Date and time
slip-clerk-signature = Name and signature of who receives
slip-cut = Cut here. The lower part is for who hands in
slip-receipt = Receipt for who hands in
slip-receipt-numbers = Item numbers
slip-receipt-more = and { $n } more on the list above
slip-calibration = This line is 50 mm long. If not, print at 100 %, without fitting to the page.

card-title = Cards for your photos
card-how = First a photo of this card, then those of the piece.
