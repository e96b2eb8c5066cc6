# What the terminal says.

shop-begun = Done: { $shop } has its folder. Everything you write is kept here.
sign-in-code = Open this page in a browser and approve this computer:
    { $address }
    Code: { $code }
signed-in = Connected: you sell as { $shop }.
signed-out = You are disconnected. Your shop is still here, whole.
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
waiting = Everything is saved. { $n ->
    [one] 1 thing waits for the network
   *[other] { $n } things wait for the network
}.
refused = { $n ->
    [one] The marketplace did not accept 1 thing
   *[other] The marketplace did not accept { $n } things
}: look at them in Puesto.
last-agreed = Last up to date: { $at }

# Faults: what happened, and what to do. One pair for each code of `shop::Code`.

fault-not-found = Ya no está aquí.
fault-not-found-hint = Quizá se borró en otra de tus computadoras. Vuelve a la lista y búscalo.
fault-too-long = Es muy largo.
fault-too-long-hint = Acórtalo a { $most } letras. Lo que escribiste sigue ahí.
fault-out-of-range = Ese número no puede ser.
fault-out-of-range-hint = El máximo es { $most }. Revisa si sobran ceros o falta un punto.
fault-not-understood = No entendimos lo que escribiste.
fault-not-understood-hint = Revísalo y vuelve a escribirlo.
fault-not-ready = Todavía no se puede poner a la venta.
fault-not-ready-hint = Le falta: { $missing }.
fault-too-many-photos = Esta pieza ya tiene todas las fotos que caben.
fault-too-many-photos-hint = Quita una que no te guste tanto y agrega esta.
fault-photo-empty = El archivo de la foto está vacío.
fault-photo-empty-hint = Quizá no se terminó de copiar del teléfono. Cópiala otra vez.
fault-photo-not-an-image = Ese archivo no es una foto.
fault-photo-not-an-image-hint = Elige una foto: JPEG, PNG o WebP.
fault-photo-unsupported = Todavía no sabemos abrir fotos de este tipo.
fault-photo-unsupported-hint = En tu teléfono, compártela como JPEG («más compatible») y vuelve a agregarla.
fault-photo-too-large = La foto es demasiado grande.
fault-photo-too-large-hint = Mándatela por mensaje o tómala con menos resolución, y vuelve a agregarla.
fault-photo-truncated = A la foto le falta un pedazo.
fault-photo-truncated-hint = No se terminó de copiar. Cópiala otra vez del teléfono o la memoria.
fault-photo-damaged = La foto está dañada y no se puede abrir.
fault-photo-damaged-hint = Prueba con otra, o tómala de nuevo.
fault-would-be-negative = No tienes tantas para quitar.
fault-would-be-negative-hint = Revisa cuántas hay. Si el número está mal, usa «Contar de nuevo».
fault-order-moved-on = Este pedido ya cambió.
fault-order-moved-on-hint = Ya te mostramos cómo está ahora. Sigue con el paso que aparece.
fault-no-numbers-left = Se acabaron los números de guía de esta computadora.
fault-no-numbers-left-hint = Conéctate a la red un momento y llegan más solos.
fault-no-service-fits = Ningún envío del correo le queda a este paquete.
fault-no-service-fits-hint = Revisa el peso y las medidas. Si es muy grande, divídelo en dos.
fault-destination-suspended = El correo no está recibiendo paquetes para { $country }.
fault-destination-suspended-hint = Espera a que se reanude o cancela el pedido para que devuelvan el dinero.
fault-address-incomplete = A la dirección le falta algo.
fault-address-incomplete-hint = Escríbele a quien compró y pídele lo que falta: { $missing }.
fault-weight-missing = Falta el peso del paquete.
fault-weight-missing-hint = Pésalo ya cerrado y escribe los gramos.
fault-nothing-to-hand-in = No hay paquetes elegidos para llevar.
fault-nothing-to-hand-in-hint = Elige al menos uno de la lista.
fault-parcel-taken = Uno de los paquetes ya va en otra entrega.
fault-parcel-taken-hint = Actualizamos la lista. Revisa y cierra otra vez.
fault-office-unknown = No conocemos esa oficina.
fault-office-unknown-hint = Elige otra de la lista; puedes buscar por código postal.
fault-not-signed-in = Tu puesto todavía no está conectado.
fault-not-signed-in-hint = Conéctalo en Ajustes. Mientras, todo se guarda aquí.
fault-server-unreachable = No alcanzamos al mercado.
fault-server-unreachable-hint = Revisa la dirección y que haya red. Tus cosas siguen guardadas aquí.
fault-server-not-a-marketplace = En esa dirección contesta otra cosa, no el mercado.
fault-server-not-a-marketplace-hint = Revisa la dirección. Si estás en una red de café u hotel, abre el navegador y acéptala primero.
fault-server-busy = El mercado está muy ocupado.
fault-server-busy-hint = Espera un minuto y vuelve a intentar.
fault-address-not-understood = No entendimos esa dirección.
fault-address-not-understood-hint = Cópiala tal como te la dieron, por ejemplo https://mercado.ejemplo.mx
fault-code-expired = El código ya no sirve.
fault-code-expired-hint = Pide otro; te toma un minuto.
fault-sign-in-denied = En la página no se aprobó la entrada.
fault-sign-in-denied-hint = Si fue sin querer, pide otro código y aprueba.
fault-laptop-revoked = A esta computadora le quitaron la entrada.
fault-laptop-revoked-hint = Si fuiste tú y te arrepientes, conéctala otra vez en Ajustes. Nada se perdió.
fault-keyring-missing = Esta computadora no tiene dónde guardar tu llave.
fault-keyring-missing-hint = Puedes trabajar igual; al abrir otra vez te pediremos conectarte.
fault-disk-full = El disco de la computadora está lleno.
fault-disk-full-hint = Borra algo que no uses o vacía la papelera, y vuelve a intentar. Lo anterior está a salvo.
fault-no-permission = La computadora no nos deja guardar ahí.
fault-no-permission-hint = Pide a quien te ayuda con la computadora que te dé permiso para esa carpeta.
fault-folder-unusable = No podemos usar la carpeta { $path }.
fault-folder-unusable-hint = Revisa que exista y que sea tuya. Si está en una memoria, conéctala.
fault-shop-open-elsewhere = Tu puesto ya está abierto en otra ventana.
fault-shop-open-elsewhere-hint = Busca la otra ventana o ciérrala, y vuelve a intentar.
fault-shop-damaged = El archivo de tu puesto está dañado.
fault-shop-damaged-hint = No borres nada. Pide ayuda: con un respaldo o con el mercado se puede recuperar.
fault-shop-too-new = Tu puesto se abrió antes con una versión más nueva de Puesto.
fault-shop-too-new-hint = Actualiza Puesto en esta computadora y ábrelo otra vez.
fault-no-viewer = No hay un programa para abrir la hoja.
fault-no-viewer-hint = Instala un lector de PDF. La hoja quedó guardada en la carpeta de tu puesto.
fault-internal = Algo se nos descompuso.
fault-internal-hint = No fue tu culpa y lo guardado está a salvo. Vuelve a intentar; si sigue, cierra y abre Puesto.
