### The words of the storefront, of the seller's pages and of the counter.

## Branches of craft

branch-textiles = Textiles
branch-wood = Bois
branch-candles = Bougies et cire
branch-metalwork = Métal
branch-goldwork = Orfèvrerie
branch-jewellery = Bijoux
branch-huichol = Art huichol
branch-shell = Coquillage
branch-glass = Verre
branch-featherwork = Plumasserie
branch-lacquer = Laque
branch-horn-bone = Corne et os
branch-plant-fibre = Fibres végétales
branch-paper = Papier
branch-leather = Cuir
branch-stonework = Pierre
branch-ceramics = Poterie et céramique
branch-other = Autres pièces

## Around every page

site-name = El Tianguis
site-by = par { $post }
skip = Aller au contenu
search-label = Chercher une pièce
search-placeholder = Argile noire, huipil, Olinalá…
search-button = Chercher
nav-label = Votre visite
nav-home = Accueil
nav-basket = Panier
nav-account = Mon atelier
nav-counter = Guichet
nav-sign-in = Entrer comme artisane ou guichet
sign-out = Sortir ({ $name })
language-label = Langue
footer-words = Chaque pièce a été faite par quelqu’un qui a un nom. Sans commission : ce que vous payez va à qui l’a faite.
optional = (si vous voulez)
choose = Choisissez…

## The first page

home-title = Fait main, envoyé par la poste
home-lead = Argile, tissage, palme et argent, directement de l’atelier. { $post } l’apporte jusqu’à votre porte, au Mexique, à Cuba et dans le monde.
home-see-all = Voir toutes les pièces
home-newest = Tout juste arrivées
home-branches = Par métier
home-empty-title = Les étals s’installent
home-empty = Il n’y a pas encore de pièces en vente. Revenez bientôt.
made-in-mexico = Hecho en México
made-in-mexico-lead = D’ateliers de tout le pays, avec le nom de qui les a faites.
how-title = Comment elle arrive entre vos mains
how-one = Vous choisissez
how-one-words = Chaque pièce dit qui l’a faite, où et avec quoi.
how-two = L’atelier l’emballe
how-two-words = Et la dépose à son bureau de { $post }.
how-three = Vous la suivez jusque chez vous
how-three-words = Votre commande a une page avec chaque étape du chemin.

## Lists

browse-all = Toutes les pièces
browse-every = Toutes
browse-search = Pièces avec « { $question } »
browse-empty = Nous n’avons rien trouvé de tel. Essayez un autre mot, ou regardez toutes les pièces.
pages-label = Plus de pièces
pages-previous = Précédentes
pages-next = Suivantes
state-unique = Pièce unique
state-left = { $n ->
    [one] Il en reste 1
   *[other] Il en reste { $n }
}
state-many = Disponible
state-sold = Vendue
state-gone = Épuisée
photo-coming = La photo arrive

## A piece

photos-label = Photos de la pièce
photo-number = Photo { $n }
quantity = Combien ?
buy = Mettre au panier
piece-gone = Cette pièce a trouvé sa maison. Elle reste ici pour montrer le travail de qui l’a faite.
piece-others = Du même métier
story = Son histoire
craft-card = Comment elle est faite
craft-branch = Métier
craft-technique = Technique
craft-materials = Matériaux
craft-community = Communauté
craft-people = Peuple
craft-maker = Faite par
craft-hours = Temps de travail
craft-hours-value = { $n ->
    [one] 1 heure
   *[other] { $n } heures
}
craft-size = Dimensions
craft-weight = Poids

## The basket

basket-title = Votre panier
basket-empty = Votre panier est vide.
basket-change = Changer
basket-remove = Retirer
basket-not-there = Il n’en reste pas autant. Retirez-la ou choisissez-en moins pour continuer.
basket-blocked = Une pièce n’est plus là. Changez-la pour continuer.
basket-total = Total
basket-shops = { $n ->
    [one] Un atelier l’envoie.
   *[other] { $n } ateliers l’envoient : vous recevrez { $n } colis.
}
basket-checkout = Acheter
basket-go-on = Continuer à regarder

## The checkout

checkout-title = Où l’envoyons-nous ?
checkout-problems = Presque fini : regardez ce qui est marqué. Ce que vous avez écrit est toujours là.
checkout-changed = Quelque chose a changé pendant que vous écriviez : le panier ou un prix. Vérifiez le total et recommencez.
checkout-payment-refused = Le paiement n’est pas passé et rien n’a été débité. Vous pouvez réessayer.
checkout-payment-unreachable = Nous n’avons pas pu joindre le service de paiement. Rien n’a été débité ; réessayez dans un moment.
checkout-you = Qui achète
checkout-where = Où elle va
to-mexico = Mexique
to-cuba = Cuba
to-abroad = Autre pays
checkout-order = Votre commande
checkout-postage = Envoi
checkout-postage-none = Non facturé
checkout-postage-why = { $post } ne publie pas ses tarifs : le guichet les fixe, et ils ne vous sont pas facturés ici.
checkout-total = Total
checkout-pay = Payer { $total }
checkout-pay-sandbox = Faire le paiement d’essai de { $total }
sandbox-title = Paiement d’essai : rien n’est débité.
sandbox-words = Ce marché est à l’essai et ne demande pas de carte.
sandbox-refuse = Je veux voir ce qui se passe si le paiement échoue
field-buyer-name = Votre nom
field-email = Adresse électronique
field-password = Mot de passe
field-name = Qui le reçoit ?
field-street = Rue et numéro
field-colonia = Quartier (colonia)
field-city-mx = Ville ou commune
field-state = État
field-postal-code = Code postal
field-reference = Indications pour la livraison
field-between = Entre quelles rues
field-reparto = Quartier (reparto)
field-municipality = Municipalité
field-province = Province
field-country = Pays
field-line-two = Deuxième ligne
field-city = Ville
field-region = État, province ou région
field-phone = Téléphone
field-note = Un mot pour l’atelier
hint-email = L’atelier vous écrit ici si besoin.
hint-name = Si c’est une autre personne. Sinon, laissez vide.
hint-phone = Cela aide à la livraison.
hint-street-mx = Avec le numéro intérieur, s’il y en a un.
hint-between = Par exemple : e/ Corombé y 26 de Julio

## What is wrong with a field

problem-missing = Il manque cette information.
problem-buyer-name-missing = Écrivez votre nom.
problem-email-missing = Écrivez votre adresse, pour avoir des nouvelles de la commande.
problem-email = Il manque quelque chose à cette adresse. Elle ressemble à : elena@exemple.fr
problem-name-missing = Écrivez qui le reçoit.
problem-street-missing = Écrivez la rue et le numéro.
problem-city-missing = Écrivez la ville.
problem-municipality-missing = Écrivez la municipalité.
problem-state-missing = Choisissez l’État.
problem-province-missing = Choisissez la province.
problem-region-missing = Écrivez l’État ou la région.
problem-country-missing = Choisissez le pays.
problem-postal-code-missing = Écrivez le code postal.
problem-postal-code-form = Ce code postal ne ressemble pas à ceux de là-bas. Au Mexique, ils ont cinq chiffres.
problem-postal-code-unknown = Aucun code postal ne commence ainsi. Pouvez-vous vérifier ?
problem-region-unknown = Nous ne connaissons pas cet endroit. Choisissez-le dans la liste.
problem-other-state = Ce code postal est dans { $state }. Vérifiez le code ou l’État.
problem-too-long = C’est trop long : { $n } lettres au plus.
problem-invisible = Il y a des lettres invisibles. Effacez et écrivez de nouveau.

## An order

order-title = Commande { $number }
order-thanks = Merci !
order-thanks-words = Nous avons prévenu { $shop }. Gardez cette page : vous y verrez chaque étape.
order-ship-by = remise à la poste au plus tard le { $date }
order-way = Son chemin
order-tracking = Numéro de suivi
order-what = Ce que vous avez commandé
order-where = Elle va à
order-others = Vous avez aussi acheté
order-keep = Le lien de votre commande, pour revenir quand vous voulez :
status-placed = Commande passée
status-accepted = L’atelier l’a acceptée
status-packed = Elle est emballée
status-labelled = Elle a son étiquette
status-handed-in = Prête à être remise à la poste
status-shipped = En chemin
status-delivered = Livrée
status-cancelled = Annulée
step-placed = Commandée
step-accepted = Acceptée
step-packed = Emballée
step-shipped = En chemin
step-delivered = Livrée

## What the post says of a parcel (EMSEVT V3)

event-ema = La poste l’a reçu
event-emb = Arrivé au bureau de départ
event-emc = Parti pour l’autre pays
event-emd = Arrivé dans le pays de destination
event-eme = Retenu par la douane
event-emf = Sorti de la douane
event-emg = Arrivé au bureau de distribution
event-edg = En cours de livraison
event-edh = Attend au bureau d’être retiré
event-emh = N’a pas pu être livré
event-emi = Livré
event-exa = À la douane de sortie
event-edb = À la douane d’arrivée
event-refused = Le guichet l’a rendu à l’atelier
event-other = Étape de la poste { $code }

## Signing in

sign-in-title = Entrez
sign-in-words = Pour les artisanes et leurs ateliers, et pour les guichets de la poste. Inutile pour acheter.
sign-in-button = Entrer
sign-in-wrong = L’adresse ou le mot de passe ne correspond pas. Vérifiez et réessayez.
device-title = Connectez votre ordinateur
device-words = Écrivez le code que vous voyez sur l’écran de votre ordinateur.
device-code = Code
device-next = Continuer
device-unknown = Ce code n’existe pas, ou son temps est passé. Demandez-en un nouveau sur votre ordinateur.
device-asks = « { $laptop } » veut vendre en votre nom.
device-compare = Est-ce le même code que sur l’écran de votre ordinateur ? Si vous ne l’avez pas demandé, dites non.
device-approve = Oui, c’est mon ordinateur
device-deny = Je ne le connais pas
device-approved-title = C’est fait
device-approved = « { $laptop } » est connecté. Retournez-y : vous pouvez fermer cette page.
device-denied-title = Nous ne l’avons pas laissé entrer
device-denied = Cet ordinateur ne peut rien voir ni changer de votre atelier.
device-list = Voir mes ordinateurs
account-title = Mon atelier
account-words = Ces ordinateurs peuvent vendre en votre nom. Si vous en perdez un, déconnectez-le ici.
account-laptops = Mes ordinateurs
account-none = Il n’y en a pas encore. Ouvrez Puesto sur votre ordinateur et choisissez « Connecter ».
account-add = Connecter un autre ordinateur
laptop-signed-in = Connecté le { $when }
laptop-seen = Vu le { $when }
laptop-revoke = Déconnecter
laptop-revoked = Déconnecté le { $when }

## The counter

counter-title = Guichet
counter-label = Numéro du colis ou du dépôt
counter-hint = Scannez-le, ou tapez-le et appuyez sur Entrée. Avec ou sans espaces.
counter-look = Chercher
counter-no-parcel = Le numéro est juste, mais nous ne connaissons pas ce colis. L’atelier n’avait peut-être pas internet : prenez-le avec son papier.
counter-no-drop-off = Le numéro est juste, mais nous ne connaissons pas ce dépôt. L’atelier n’avait peut-être pas internet : prenez-le avec son papier.
counter-drop-off = Dépôt { $number }
counter-parcels = { $n ->
    [one] 1 colis
   *[other] { $n } colis
}
counter-elsewhere = Il était prévu pour le bureau { $office }. Vous pouvez aussi le prendre ici.
counter-accept-all = Tout accepter
counter-accept = Accepter
counter-refuse = Rendre
counter-decide = Que faire de { $number } ?
counter-reason = Pourquoi est-il rendu ?
counter-note = Autre chose à dire
counter-send = Enregistrer ce qui est coché
counter-cancelled = Cette commande est annulée. Rendez le colis à l’atelier.
counter-not-yet = La poste ne l’a pas encore
counter-next = Que s’est-il passé ensuite ?
counter-enter = Noter
counter-done = { $n ->
    [one] C’est fait : 1 colis noté. L’atelier le sait.
   *[other] C’est fait : { $n } colis notés. L’atelier le sait.
}
counter-done-none = Rien n’a été noté. Pour rendre un colis, choisissez pourquoi.
counter-today = Aujourd’hui à ce guichet
counter-today-none = Rien encore. Ce que vous acceptez s’affiche ici.
counter-time = Heure
counter-number = Numéro
counter-what = Ce qui s’est passé
drop-off-waiting = En attente au guichet
drop-off-accepted = Accepté en entier
drop-off-partly = Accepté en partie
drop-off-refused = Rendu
reason-address = L’adresse n’est pas complète
reason-packing = L’emballage ne tiendra pas le voyage
reason-prohibited = Il contient quelque chose d’interdit
reason-weight = Il est trop lourd ou trop grand
reason-customs = Il manque la déclaration de douane
reason-other = Une autre raison
number-check-digit = Un chiffre ne concorde pas. Comparez avec l’étiquette et retapez-le.
number-check-letter = Une lettre ne concorde pas. Comparez avec la feuille et retapez-la.
number-country = Les deux dernières lettres ne sont d’aucun pays.
number-shape-parcel = Le numéro d’un colis a deux lettres, neuf chiffres et deux lettres. Quelque chose n’est pas à sa place.
number-shape-drop-off = Le numéro d’un dépôt commence par D. Vérifiez sur la feuille.
number-length = Il y a trop ou trop peu de lettres : un colis en a 13 et un dépôt 15.

## What goes wrong

fault-home = Aller à l’accueil
fault-not-found = L’adresse a changé ou la pièce n’est plus montrée.
    .title = Cette page n’est pas là
fault-stale-form = La page est restée ouverte longtemps, ou votre navigateur ne garde pas ses données. Revenez en arrière, rechargez et réessayez.
    .title = Nous n’avons pas pu le prendre
fault-too-large = Ce que vous avez envoyé est trop long. Raccourcissez-le et réessayez.
    .title = C’est trop
fault-wait = Il y a eu beaucoup d’essais de suite. Par sécurité, attendez un quart d’heure et réessayez.
    .title = Attendez un peu
fault-broken = C’était notre faute, et rien de ce qui était enregistré n’est perdu. Réessayez dans un moment.
    .title = Quelque chose s’est cassé ici
