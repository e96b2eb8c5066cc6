# Mots de l'étiquette, du bordereau de dépôt et des cartes pour photos.

label-title = Étiquette
label-sender = Expéditeur
label-addressee = Destinataire
label-weight = Poids
label-order = Commande
label-parcel = Colis
label-office = Bureau
label-phone = Tél. { $phone }
label-no-number = Le numéro est attribué au guichet
label-no-number-hint = Notez ici le numéro ou collez son étiquette
label-stamp = Cachet du bureau
label-received = Reçu par
label-name-signature = Nom et signature
label-date-time = Date et heure

slip-title = Bordereau de dépôt
slip-number = Numéro de bordereau
slip-seller = Déposé par
slip-office = Bureau
slip-date = Date
slip-column-n = N°
slip-column-number = Numéro d'envoi
slip-column-destination = Pays
slip-column-service = Service
slip-column-weight = Poids (g)
slip-column-value = Valeur déclarée
slip-at-counter = au guichet
slip-order = Commande { $order }
slip-totals = Totaux
slip-total-parcels = { $n ->
    [one] 1 envoi
   *[other] { $n } envois
}
slip-so-far = Jusqu'ici : { $parcels }, { $weight }
slip-page = page { $page } sur { $pages }
slip-seller-signature = Signature de la personne qui dépose
slip-clerk = Pour le bureau
slip-accepted = Envois acceptés
slip-of = sur { $n }
slip-rejected = Non acceptés (N° et motif)
slip-stamp = Cachet
slip-date-time = Date et heure
slip-clerk-signature = Nom et signature de la personne qui reçoit
slip-cut = Coupez ici. La partie du bas est pour la personne qui dépose
slip-receipt = Reçu pour la personne qui dépose
slip-receipt-numbers = Numéros d'envoi
slip-receipt-more = et { $n } de plus sur la liste ci-dessus
slip-calibration = Cette ligne mesure 50 mm. Sinon, imprimez à 100 %, sans ajuster à la page.

card-title = Cartes pour tes photos
card-how = D'abord une photo de cette carte, puis celles de la pièce.
