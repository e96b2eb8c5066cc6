order-new = ¡Vendiste! { $buyer } te compró
order-new-body = { $n ->
    [one] { $piece }, { $total }. Va a { $place }.
   *[other] { $piece } y más, { $n } piezas, { $total }. Van a { $place }.
}
orders-new = { $n ->
    [one] Tienes un pedido nuevo
   *[other] Tienes { $n } pedidos nuevos
}
orders-new-body = { $n ->
    [one] Ábrelo para verlo.
   *[other] Abre tus pedidos para verlos.
}
