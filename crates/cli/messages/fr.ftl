# What the terminal says.

shop-begun = Voilà : { $shop } a son dossier. Tout ce que tu écris y est gardé.
sign-in-code = Ouvre cette page dans un navigateur et approuve cet ordinateur :
    { $address }
    Code : { $code }
signed-in = Connecté : tu vends sous le nom { $shop }.
signed-out = Vous êtes déconnecté. Votre boutique est toujours là, entière.
passphrase-ask = Ta phrase secrète :
passphrase-why = Cet ordinateur n’a pas de trousseau. Avec une phrase secrète à toi, la clé de ton stand est gardée ici ; personne ne l’ouvre sans la phrase, nous non plus.
passphrase-choose = Choisis ta phrase secrète (dix lettres ou plus) :
passphrase-again = Tape-la encore une fois :
laptop-this-one = celui-ci
laptop-revoked = plus autorisé
no-pieces = Il n'y a pas de pièce de ce genre.
no-price = sans prix
piece-draft = brouillon
piece-on-sale = en vente
piece-sold-out = épuisée
piece-withdrawn = retirée
piece = { $id }
    { $title }
    { $price }, { $status }, { $n ->
        [one] il en reste 1
       *[other] il en reste { $n }
    }, { $photos ->
        [one] 1 photo
       *[other] { $photos } photos
    }
photo-added = { $file } : ajoutée
photo-there-already = { $file } : elle y était déjà
on-hand = Il en reste { $n }
stock-made = fabriquée
stock-sold = vendue ici
stock-sold-elsewhere = vendue ailleurs
stock-fair = foire
stock-damaged = abîmée
stock-returned = rendue
stock-counted = comptage
stock-restocked = commande annulée
no-orders = Il n'y a pas de commande ici.
order-placed = nouvelle
order-accepted = acceptée
order-packed = emballée
order-labelled = étiquetée
order-handed-in = prête pour la poste
order-shipped = en route
order-delivered = livrée
order-cancelled = annulée
parcel-ready = prêt à porter
no-parcels = Il n'y a ni colis ni dépôt.
drop-off = { $number } : { $status }, { $office }, { $n ->
    [one] 1 colis
   *[other] { $n } colis
}, { $weight }
drop-off-closed = fermé
drop-off-left = laissé au bureau
drop-off-accepted = accepté
drop-off-partly-accepted = accepté en partie
drop-off-refused = refusé
no-offices = Nous ne connaissons pas ce bureau.
status = { $shop } : { $pieces ->
    [one] 1 pièce
   *[other] { $pieces } pièces
}, { $tasks ->
    [0] rien à faire
    [one] 1 chose à faire
   *[other] { $tasks } choses à faire
}
all-sent = Tout est enregistré et envoyé.
still-comparing = Tout est enregistré et envoyé, mais le marché et cet ordinateur ne disent pas encore la même chose. On vérifie à nouveau tout seul.
waiting = Tout est enregistré. { $n ->
    [one] 1 chose attend le réseau
   *[other] { $n } choses attendent le réseau
}.
refused = { $n ->
    [one] Le marché n'a pas accepté 1 chose
   *[other] Le marché n'a pas accepté { $n } choses
} : regardez-les dans Puesto.
last-agreed = À jour la dernière fois : { $at }

# Photos made ready, and what the coach says of them.
develop-done = { $file } → { $to }
develop-there = { $file } : déjà là, { $to }
develop-stopped = Arrêté : { $done } sur { $asked }. La même commande reprend d’ici.
develop-refused = (Refusée par : { $who }.)
photo-blurred = Elle est floue. Appuie le téléphone ou les coudes, et touche la pièce à l’écran pour la mise au point.
photo-too-dark = Elle est sombre. Rapproche-toi d’une fenêtre ou sors à l’ombre.
photo-burnt = Des parties sont brûlées par la lumière. Éloigne-la du soleil direct.
photo-too-few-pixels = Elle a trop peu de points pour se vendre. Reprends-la avec l’appareil, pas depuis un message.
photo-few-pixels = On ne pourra pas la voir de près. Si tu peux, prends-en une plus grande.
photo-background-not-white = Le fond n’est pas blanc. Une feuille ou un drap suffisent.
photo-background-busy = Le fond distrait. Mets un tissu uni ou un mur derrière.
photo-background-coloured = Le fond teinte les couleurs. Essaie un fond blanc ou gris.
photo-piece-small = La pièce paraît toute petite. Approche-toi jusqu’à ce qu’elle remplisse presque la photo.
photo-shape = Elle est trop longue ou trop étroite. Recadre-la plus carrée.
photo-screenshot = On dirait une capture d’écran. Utilise la photo d’origine.
photo-turned = Elle était couchée : nous l’avons redressée.
photo-colours-converted = Nous avons réglé ses couleurs pour qu’elles soient les mêmes sur tous les écrans.
photo-colours-unsure = Nous ne sommes pas sûrs de ses couleurs. Compare-les avec la pièce.
photo-location-removed = Elle disait où elle a été prise. Nous l’avons enlevé : cela ne quitte pas ton ordinateur.
photo-first-frame = Elle bougeait : nous avons gardé sa première image.
photo-on-white = Son fond était transparent : nous l’avons mise sur du blanc.
photo-small = Elle est petite. Si tu peux, prends-en une autre avec plus de détail.
photo-damaged-in-part = Il lui manque un morceau : nous l’avons gardée ainsi, comme tu l’as voulu.

# Which photo is which piece's, and why.
match-file-sku = par la référence dans son nom
match-folder-sku = par la référence de son dossier
match-card = par la carte avant elle
match-card-itself = la carte elle-même
match-file-title = par son nom
match-folder-title = par le nom de son dossier
match-several = plusieurs pièces s’appellent ainsi
match-cameras-name = un nom d’appareil ; mets-la dans un dossier avec la référence
match-nothing = aucune pièce ne s’appelle ainsi

# Faults: what happened, and what to do. One pair for each code of `shop::Code`.

fault-not-found = Ce n’est plus ici.
fault-not-found-hint = Peut-être a-t-elle été supprimée sur un autre de tes ordinateurs. Regarde la liste avec « puesto product list » ou « orders list ».
fault-too-long = C’est trop long.
fault-too-long-hint = Raccourcis-le à { $most } lettres.
fault-out-of-range = Ce nombre n’est pas possible.
fault-out-of-range-hint = Le plus est { $most }. Regarde s’il y a des zéros en trop ou s’il manque une virgule.
fault-not-understood = Nous n’avons pas compris ce que tu as écrit.
fault-not-understood-hint = Relis-le et écris-le à nouveau.
fault-not-ready = On ne peut pas encore la mettre en vente.
fault-not-ready-hint = Il lui manque : { $missing }.
fault-too-many-photos = Cette pièce a déjà toutes les photos qui tiennent.
fault-too-many-photos-hint = Enlèves-en une que tu aimes moins et ajoute celle-ci.
fault-photo-empty = Le fichier de la photo est vide.
fault-photo-empty-hint = Il n’a peut-être pas été copié en entier du téléphone. Copie-le encore.
fault-photo-not-an-image = Ce fichier n’est pas une photo.
fault-photo-not-an-image-hint = Choisis une photo : JPEG, HEIC, PNG ou WebP.
fault-photo-unsupported = Nous ne savons pas encore ouvrir ce genre de photos.
fault-photo-unsupported-hint = Sur ton téléphone, partage-la en JPEG (« le plus compatible ») et ajoute-la à nouveau.
fault-photo-too-large = La photo est trop grande.
fault-photo-too-large-hint = Envoie-la-toi par message ou prends-la plus petite, et ajoute-la à nouveau.
fault-photo-truncated = Il manque un morceau à la photo.
fault-photo-truncated-hint = Elle n’a pas été copiée en entier. Copie-la encore du téléphone ou de la carte.
fault-photo-damaged = La photo est abîmée et ne s’ouvre pas.
fault-photo-damaged-hint = Essaies-en une autre, ou reprends-la.
fault-no-cards = Aucune de ces pièces n’a de référence.
fault-no-cards-hint = Écris la référence de chaque pièce sur sa fiche, puis imprime les cartes.
fault-photo-original-elsewhere = L’original de cette photo est sur un autre de tes ordinateurs.
fault-photo-original-elsewhere-hint = Retouche-la là-bas, où tu l’as ajoutée. Elle arrive ici toute seule, retouchée.
fault-would-be-negative = Tu n’en as pas autant à enlever.
fault-would-be-negative-hint = Vérifie combien il y en a avec « puesto stock history ».
fault-order-moved-on = Cette commande a changé.
fault-order-moved-on-hint = Regarde où elle en est avec « puesto orders show ».
fault-no-numbers-left = Cet ordinateur n’a plus de numéros d’étiquette.
fault-no-numbers-left-hint = Relie-toi un moment au réseau et d’autres arriveront tout seuls.
fault-no-service-fits = Aucun envoi de la poste ne convient à ce colis.
fault-no-service-fits-hint = Vérifie le poids et les mesures. S’il est très grand, fais-en deux.
fault-destination-suspended = La poste ne prend pas de colis pour { $country }.
fault-destination-suspended-hint = Attends la reprise, ou annule la commande pour que l’argent soit rendu.
fault-address-incomplete = Il manque quelque chose à l’adresse.
fault-address-incomplete-hint = Écris à l’acheteur et demande ce qui manque : { $missing }.
fault-weight-missing = Il manque le poids du colis.
fault-weight-missing-hint = Pèse-le une fois fermé et écris les grammes.
fault-nothing-to-hand-in = Aucun colis n’est choisi.
fault-nothing-to-hand-in-hint = Donne d’abord son étiquette à une commande avec « puesto label ».
fault-parcel-taken = Un des colis est déjà dans un autre dépôt.
fault-parcel-taken-hint = Regarde tes dépôts avec « puesto drop-off list ».
fault-office-unknown = Nous ne connaissons pas ce bureau.
fault-office-unknown-hint = Cherches-en un autre avec « puesto offices » et ton code postal.
fault-not-signed-in = Ton étal n’est pas encore relié.
fault-not-signed-in-hint = Connecte-le avec « puesto sign-in ». En attendant, tout est gardé ici.
fault-server-unreachable = Nous n’atteignons pas le marché.
fault-server-unreachable-hint = Vérifie l’adresse et le réseau. Tes affaires sont toujours gardées ici.
fault-server-not-a-marketplace = À cette adresse répond autre chose, pas le marché.
fault-server-not-a-marketplace-hint = Vérifie l’adresse. Si tu es sur le réseau d’un café ou d’un hôtel, ouvre le navigateur et accepte-le d’abord.
fault-server-busy = Le marché est très occupé.
fault-server-busy-hint = Attends une minute et réessaie.
fault-address-not-understood = Nous n’avons pas compris cette adresse.
fault-address-not-understood-hint = Copie-la telle qu’on te l’a donnée, par exemple https://marche.exemple.mx
fault-code-expired = Le code n’est plus valable.
fault-code-expired-hint = Demandes-en un autre avec « puesto sign-in » ; cela prend une minute.
fault-sign-in-denied = L’entrée n’a pas été approuvée sur la page.
fault-sign-in-denied-hint = Si c’était par erreur, recommence avec « puesto sign-in » et approuve.
fault-other-sellers-shop = Ce stand appartient à un autre compte.
fault-other-sellers-shop-hint = Connecte-le avec le compte que tu avais utilisé avant. Pour vendre avec un autre, commence dans un autre dossier.
fault-laptop-revoked = On a enlevé l’entrée à cet ordinateur.
fault-laptop-revoked-hint = Si c’était toi et que tu changes d’avis, reconnecte-le avec « puesto sign-in ». Rien n’est perdu.
fault-keyring-missing = Cet ordinateur n’a pas où garder ta clé.
fault-keyring-missing-hint = Ouvre le trousseau de ton bureau, ou choisis une phrase secrète : tape-la dans un terminal ou mets-la dans PUESTO_PASSPHRASE.
fault-key-locked = La clé de ton stand est gardée par ta phrase secrète.
fault-key-locked-hint = Tape-la dans un terminal ou mets-la dans PUESTO_PASSPHRASE. Si tu l’as oubliée, reconnecte ton stand avec « puesto sign-in ».
fault-passphrase-wrong = Ce n’est pas la phrase secrète.
fault-passphrase-wrong-hint = Réessaie tranquillement, autant de fois que tu veux. Attention aux majuscules et aux accents.
fault-passphrase-short = Cette phrase est trop courte.
fault-passphrase-short-hint = Choisis-en une de dix lettres ou plus ; trois ou quatre mots à toi conviennent très bien.
fault-key-file-damaged = Le fichier qui gardait ta clé est abîmé.
fault-key-file-damaged-hint = Reconnecte ton stand avec « puesto sign-in ». Tes pièces et tes commandes sont toujours là.
fault-no-local-network = Ton ordinateur n’est sur aucun réseau que ton téléphone puisse atteindre.
fault-no-local-network-hint = Connecte-le au même wifi que ton téléphone, ou partage le réseau du téléphone avec lui, et réessaie. Pas besoin d’internet.
fault-disk-full = Le disque de l’ordinateur est plein.
fault-disk-full-hint = Supprime quelque chose d’inutile ou vide la corbeille, et réessaie. Ce qui était là est à l’abri.
fault-no-permission = L’ordinateur ne nous laisse pas garder là.
fault-no-permission-hint = Demande à qui t’aide avec l’ordinateur la permission pour ce dossier.
fault-folder-unusable = Nous ne pouvons pas utiliser le dossier { $path }.
fault-folder-unusable-hint = Vérifie qu’il existe et qu’il est à toi. S’il est sur une clé, branche-la.
fault-shop-open-elsewhere = Ton étal est déjà ouvert dans une autre fenêtre.
fault-shop-open-elsewhere-hint = Ferme la fenêtre de Puesto ou l’autre terminal, et réessaie.
fault-shop-damaged = Le fichier de ton étal est abîmé.
fault-shop-damaged-hint = Ne supprime rien. Fais-le revenir avec « puesto rescue » ; le fichier abîmé est gardé à part.
fault-shop-too-new = Ton étal a été ouvert avant avec un Puesto plus récent.
fault-shop-too-new-hint = Mets Puesto à jour sur cet ordinateur et ouvre-le à nouveau.
fault-backup-damaged = Cette copie est abîmée ou incomplète.
fault-backup-damaged-hint = Choisis-en une autre dans « puesto backup list ». Ton étal est comme il était.
fault-backup-away = Le dossier ou la clé des copies n’est pas branché : { $path }
fault-backup-away-hint = Branche-le quand tu peux. En attendant, la copie reste sur cet ordinateur.
fault-no-viewer = Aucun programme n’ouvre la feuille.
fault-no-viewer-hint = Installe un lecteur de PDF. La feuille est gardée dans le dossier de ton étal.
fault-internal = Quelque chose de chez nous s’est cassé.
fault-internal-hint = Ce n’était pas ta faute et ce qui est gardé est en sécurité. Réessaie.

# Copies of the shop.
backup-made = Copie faite et relue.
backup-where = Les copies sont gardées dans { $folder }
backup-away = Elles sont aussi gardées dans { $folder }
backup-away-missing = Elles sont aussi gardées dans { $folder }, qui n’est pas branché. Il sera mis à jour quand tu le brancheras.
backup-none = Il n’y a pas encore de copie. Fais la première avec « puesto backup ».
backup-daily = celle du jour
backup-asked = celle que tu as demandée
backup-before-migration = avant une mise à jour
backup-before-restore = avant de revenir à une autre
backup-holds = { $pieces ->
    [one] 1 pièce
   *[other] { $pieces } pièces
}, { $orders ->
    [0] aucune commande en cours
    [one] 1 commande en cours
   *[other] { $orders } commandes en cours
}, { $photos ->
    [one] 1 photo
   *[other] { $photos } photos
}
backup-spoilt = abîmée
backup-drill-whole = La copie a été essayée, elle est bonne : { $pieces ->
    [one] 1 pièce
   *[other] { $pieces } pièces
}, { $files ->
    [one] 1 fichier
   *[other] { $files } fichiers
} ({ $size }), prête en { $seconds } s.
backup-drill-broken = Cette copie n’est pas complète. Fais-en une autre avec « puesto backup ». Il lui manque :
restored = Voilà : ton étal est revenu à cette copie. Ce qu’il y avait est gardé à part.
rescue-not-needed = Ton étal s’ouvre bien, il n’y a rien à sauver.
rescue-begun-again = Tu recommences avec un étal vide ; le fichier abîmé est gardé à part. Connecte-le avec « puesto sign-in » et ce que le marché avait revient.
rescue-waiting = { $n ->
    [0] Ce que tu as fait depuis et qui était envoyé revient avec « puesto sync ».
    [one] 1 changement qui n’était pas envoyé est sauvé aussi. Le reste revient avec « puesto sync ».
   *[other] { $n } changements qui n’étaient pas envoyés sont sauvés aussi. Le reste revient avec « puesto sync ».
}
rescue-salvaged = Ce qui se lisait encore est sauvé : { $pieces ->
    [one] 1 pièce
   *[other] { $pieces } pièces
}, { $orders ->
    [one] 1 commande
   *[other] { $orders } commandes
}, { $waiting ->
    [one] 1 changement à envoyer
   *[other] { $waiting } changements à envoyer
}. { $lost ->
    [0] Rien n’est perdu.
    [one] 1 chose n’a pas pu être lue.
   *[other] { $lost } choses n’ont pas pu être lues.
} Le fichier abîmé est dans { $kept }
