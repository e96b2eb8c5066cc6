# Palabras de la etiqueta, de la ficha de depósito y de las tarjetas para fotos.

label-title = Etiqueta
label-sender = Remitente
label-addressee = Destinatario
label-weight = Peso
label-order = Pedido
label-parcel = Bulto
label-office = Oficina
label-phone = Tel. { $phone }
label-no-number = El número se asigna en ventanilla
label-no-number-hint = Anota aquí el número o pega su etiqueta
label-stamp = Sello de la oficina
label-received = Recibió
label-name-signature = Nombre y firma
label-date-time = Fecha y hora

slip-title = Ficha de depósito
slip-number = Número de ficha
slip-seller = Entrega
slip-office = Oficina
slip-date = Fecha
slip-column-n = N.º
slip-column-number = Número de envío
slip-column-destination = Destino
slip-column-service = Servicio
slip-column-weight = Peso (g)
slip-column-value = Valor declarado
slip-at-counter = en ventanilla
slip-order = Pedido { $order }
slip-totals = Totales
slip-total-parcels = { $n ->
    [one] 1 envío
   *[other] { $n } envíos
}
slip-so-far = Hasta aquí: { $parcels }, { $weight }
slip-page = página { $page } de { $pages }
slip-seller-signature = Firma de quien entrega
slip-clerk = Para la oficina
slip-accepted = Envíos aceptados
slip-of = de { $n }
slip-rejected = No aceptados (N.º y motivo)
slip-stamp = Sello
slip-date-time = Fecha y hora
slip-clerk-signature = Nombre y firma de quien recibe
slip-cut = Corta aquí. La parte de abajo es para quien entrega
slip-receipt = Comprobante para quien entrega
slip-receipt-numbers = Números de envío
slip-receipt-more = y { $n } más en la lista de arriba
slip-calibration = Esta línea mide 50 mm. Si no, imprime al 100 %, sin ajustar a la página.

card-title = Tarjetas para tus fotos
card-how = Primero una foto de esta tarjeta, después las de la pieza.
