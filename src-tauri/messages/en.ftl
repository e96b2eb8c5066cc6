order-new = You made a sale! { $buyer } bought from you
order-new-body = { $n ->
    [one] { $piece }, { $total }. It goes to { $place }.
   *[other] { $piece } and more, { $n } pieces, { $total }. They go to { $place }.
}
orders-new = { $n ->
    [one] You have a new order
   *[other] You have { $n } new orders
}
orders-new-body = { $n ->
    [one] Open it to have a look.
   *[other] Open your orders to have a look.
}
