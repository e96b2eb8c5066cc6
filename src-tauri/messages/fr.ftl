order-new = Vendu ! { $buyer } a acheté chez vous
order-new-body = { $n ->
    [one] { $piece }, { $total }. Pour { $place }.
   *[other] { $piece } et plus, { $n } pièces, { $total }. Pour { $place }.
}
orders-new = { $n ->
    [one] Vous avez une nouvelle commande
   *[other] Vous avez { $n } nouvelles commandes
}
orders-new-body = { $n ->
    [one] Ouvrez-la pour la voir.
   *[other] Ouvrez vos commandes pour les voir.
}
