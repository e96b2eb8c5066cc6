# What the terminal says.

shop-begun = Listo: { $shop } ya tiene su carpeta. Todo lo que escribas se guarda aquí.
sign-in-code = Abre esta página en un navegador y aprueba esta computadora:
    { $address }
    Código: { $code }
signed-in = Conectado: vendes como { $shop }.
signed-out = Te desconectaste. Tu puesto sigue aquí, completo.
passphrase-ask = Tu frase secreta:
passphrase-why = Esta computadora no tiene llavero. Con una frase secreta tuya guardamos aquí la llave de tu puesto; nadie la abre sin la frase, tampoco nosotros.
passphrase-choose = Elige tu frase secreta (diez letras o más):
passphrase-again = Escríbela otra vez:
laptop-this-one = esta
laptop-revoked = sin permiso
no-pieces = No hay piezas así.
no-price = sin precio
piece-draft = borrador
piece-on-sale = a la venta
piece-sold-out = agotada
piece-withdrawn = guardada
piece = { $id }
    { $title }
    { $price }, { $status }, { $n ->
        [one] queda 1
       *[other] quedan { $n }
    }, { $photos ->
        [one] 1 foto
       *[other] { $photos } fotos
    }
photo-added = { $file }: agregada
photo-there-already = { $file }: ya estaba, no se repite
on-hand = { $n ->
    [one] Queda 1
   *[other] Quedan { $n }
}
stock-made = hecha
stock-sold = vendida aquí
stock-sold-elsewhere = vendida fuera
stock-fair = feria
stock-damaged = dañada
stock-returned = devuelta
stock-counted = conteo
stock-restocked = pedido cancelado
no-orders = No hay pedidos aquí.
order-placed = nuevo
order-accepted = aceptado
order-packed = empacado
order-labelled = con guía
order-handed-in = listo para el correo
order-shipped = en camino
order-delivered = entregado
order-cancelled = cancelado
parcel-ready = listo para llevar
no-parcels = No hay paquetes ni entregas.
drop-off = { $number }: { $status }, { $office }, { $n ->
    [one] 1 paquete
   *[other] { $n } paquetes
}, { $weight }
drop-off-closed = cerrada
drop-off-left = dejada en la oficina
drop-off-accepted = recibida
drop-off-partly-accepted = recibida en parte
drop-off-refused = rechazada
no-offices = No encontramos una oficina así.
status = { $shop }: { $pieces ->
    [one] 1 pieza
   *[other] { $pieces } piezas
}, { $tasks ->
    [0] nada pendiente
    [one] 1 pendiente
   *[other] { $tasks } pendientes
}
all-sent = Todo está guardado y enviado.
still-comparing = Todo está guardado y enviado, pero el mercado y esta computadora todavía no dicen lo mismo. Se vuelve a revisar solo.
waiting = Todo está guardado. { $n ->
    [one] 1 cosa espera la red
   *[other] { $n } cosas esperan la red
}.
refused = { $n ->
    [one] El mercado no aceptó 1 cosa
   *[other] El mercado no aceptó { $n } cosas
}: revísalas en Puesto.
last-agreed = Última vez al día: { $at }

# Photos made ready, and what the coach says of them.
develop-done = { $file } → { $to }
develop-there = { $file }: ya estaba, { $to }
develop-stopped = Nos detuvimos: { $done } de { $asked }. Con la misma orden se sigue donde quedó.
develop-refused = (No la aceptan: { $who }.)
photo-blurred = Salió borrosa. Apoya el teléfono o los codos y toca la pieza en la pantalla para enfocar.
photo-too-dark = Está oscura. Acércate a una ventana o sal a la sombra.
photo-burnt = Tiene partes quemadas de luz. Aléjala del sol directo.
photo-too-few-pixels = Tiene muy pocos puntos para venderse. Tómala de nuevo con la cámara, no de un mensaje.
photo-few-pixels = No se podrá ver de cerca. Si puedes, toma otra con más resolución.
photo-background-not-white = El fondo no es blanco. Una cartulina o una sábana bastan.
photo-background-busy = El fondo distrae. Pon una tela lisa o una pared detrás.
photo-background-coloured = El fondo tiñe los colores. Prueba con uno blanco o gris.
photo-piece-small = La pieza se ve chiquita. Acércate hasta que casi llene la foto.
photo-shape = Es demasiado larga o angosta. Recórtala más cuadrada.
photo-screenshot = Parece una captura de pantalla. Usa la foto original.
photo-turned = Estaba de lado: la pusimos derecha.
photo-colours-converted = Ajustamos sus colores para que se vean igual en todas las pantallas.
photo-colours-unsure = No estamos seguros de sus colores. Compáralos con la pieza.
photo-location-removed = Decía dónde se tomó. Se lo quitamos: eso no sale de tu computadora.
photo-first-frame = Se movía: guardamos su primera imagen.
photo-on-white = Tenía fondo transparente: la pusimos sobre blanco.
photo-small = Es pequeña. Si puedes, toma otra con más detalle.
photo-damaged-in-part = Le falta un pedazo: la guardamos así, como la quisiste.

# Which photo is which piece's, and why.
match-file-sku = por la clave en su nombre
match-folder-sku = por la clave en su carpeta
match-card = por la tarjeta antes de ella
match-card-itself = es la tarjeta
match-file-title = por su nombre
match-folder-title = por el nombre de su carpeta
match-several = hay varias piezas que se llaman así
match-cameras-name = es nombre de cámara; ponla en una carpeta con la clave
match-nothing = ninguna pieza se llama así

# Faults: what happened, and what to do. One pair for each code of `shop::Code`.

fault-not-found = Ya no está aquí.
fault-not-found-hint = Quizá se borró en otra de tus computadoras. Mira la lista con «puesto product list» u «orders list».
fault-too-long = Es muy largo.
fault-too-long-hint = Acórtalo a { $most } letras.
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
fault-photo-not-an-image-hint = Elige una foto: JPEG, HEIC, PNG o WebP.
fault-photo-unsupported = Todavía no sabemos abrir fotos de este tipo.
fault-photo-unsupported-hint = En tu teléfono, compártela como JPEG («más compatible») y vuelve a agregarla.
fault-photo-too-large = La foto es demasiado grande.
fault-photo-too-large-hint = Mándatela por mensaje o tómala con menos resolución, y vuelve a agregarla.
fault-photo-truncated = A la foto le falta un pedazo.
fault-photo-truncated-hint = No se terminó de copiar. Cópiala otra vez del teléfono o la memoria.
fault-photo-damaged = La foto está dañada y no se puede abrir.
fault-photo-damaged-hint = Prueba con otra, o tómala de nuevo.
fault-no-cards = Ninguna de esas piezas tiene clave.
fault-no-cards-hint = Escribe la clave de cada pieza en su ficha, y luego imprime las tarjetas.
fault-photo-original-elsewhere = El original de esta foto está en otra de tus computadoras.
fault-photo-original-elsewhere-hint = Retócala allá, donde la agregaste. Aquí llega sola, ya retocada.
fault-would-be-negative = No tienes tantas para quitar.
fault-would-be-negative-hint = Revisa cuántas hay con «puesto stock history».
fault-order-moved-on = Este pedido ya cambió.
fault-order-moved-on-hint = Mira cómo está ahora con «puesto orders show».
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
fault-nothing-to-hand-in-hint = Primero ponle su guía a un pedido con «puesto label».
fault-parcel-taken = Uno de los paquetes ya va en otra entrega.
fault-parcel-taken-hint = Mira tus entregas con «puesto drop-off list».
fault-office-unknown = No conocemos esa oficina.
fault-office-unknown-hint = Busca otra con «puesto offices» y tu código postal.
fault-not-signed-in = Tu puesto todavía no está conectado.
fault-not-signed-in-hint = Conéctalo con «puesto sign-in». Mientras, todo se guarda aquí.
fault-server-unreachable = No alcanzamos al mercado.
fault-server-unreachable-hint = Revisa la dirección y que haya red. Tus cosas siguen guardadas aquí.
fault-server-not-a-marketplace = En esa dirección contesta otra cosa, no el mercado.
fault-server-not-a-marketplace-hint = Revisa la dirección. Si estás en una red de café u hotel, abre el navegador y acéptala primero.
fault-server-busy = El mercado está muy ocupado.
fault-server-busy-hint = Espera un minuto y vuelve a intentar.
fault-address-not-understood = No entendimos esa dirección.
fault-address-not-understood-hint = Cópiala tal como te la dieron, por ejemplo https://mercado.ejemplo.mx
fault-code-expired = El código ya no sirve.
fault-code-expired-hint = Pide otro con «puesto sign-in»; te toma un minuto.
fault-sign-in-denied = En la página no se aprobó la entrada.
fault-sign-in-denied-hint = Si fue sin querer, empieza otra vez con «puesto sign-in» y aprueba.
fault-other-sellers-shop = Este puesto es de otra cuenta.
fault-other-sellers-shop-hint = Entra con la cuenta con la que lo conectaste antes. Para vender con otra, empieza en otra carpeta.
fault-laptop-revoked = A esta computadora le quitaron la entrada.
fault-laptop-revoked-hint = Si fuiste tú y te arrepientes, conéctala otra vez con «puesto sign-in». Nada se perdió.
fault-keyring-missing = Esta computadora no tiene dónde guardar tu llave.
fault-keyring-missing-hint = Abre el llavero de tu escritorio, o elige una frase secreta: escríbela en una terminal o ponla en PUESTO_PASSPHRASE.
fault-key-locked = La llave de tu puesto está guardada con tu frase secreta.
fault-key-locked-hint = Escribe la frase en una terminal o ponla en PUESTO_PASSPHRASE. Si la olvidaste, conecta tu puesto otra vez con «puesto sign-in».
fault-passphrase-wrong = Esa no es la frase secreta.
fault-passphrase-wrong-hint = Prueba otra vez con calma, las veces que quieras. Fíjate en las mayúsculas y los acentos.
fault-passphrase-short = Esa frase es muy corta.
fault-passphrase-short-hint = Elige una de diez letras o más; tres o cuatro palabras tuyas sirven muy bien.
fault-key-file-damaged = El archivo donde estaba tu llave se dañó.
fault-key-file-damaged-hint = Conecta tu puesto otra vez con «puesto sign-in». Tus piezas y pedidos siguen aquí.
fault-no-local-network = Tu computadora no está en ninguna red que tu teléfono alcance.
fault-no-local-network-hint = Conéctala al mismo wifi que tu teléfono, o comparte la red del teléfono con ella, y vuelve a intentar. No hace falta internet.
fault-disk-full = El disco de la computadora está lleno.
fault-disk-full-hint = Borra algo que no uses o vacía la papelera, y vuelve a intentar. Lo anterior está a salvo.
fault-no-permission = La computadora no nos deja guardar ahí.
fault-no-permission-hint = Pide a quien te ayuda con la computadora que te dé permiso para esa carpeta.
fault-folder-unusable = No podemos usar la carpeta { $path }.
fault-folder-unusable-hint = Revisa que exista y que sea tuya. Si está en una memoria, conéctala.
fault-shop-open-elsewhere = Tu puesto ya está abierto en otra ventana.
fault-shop-open-elsewhere-hint = Cierra la ventana de Puesto u otra terminal, y vuelve a intentar.
fault-shop-damaged = El archivo de tu puesto está dañado.
fault-shop-damaged-hint = No borres nada. Tráelo de vuelta con «puesto rescue»; el archivo dañado se guarda aparte.
fault-shop-too-new = Tu puesto se abrió antes con una versión más nueva de Puesto.
fault-shop-too-new-hint = Actualiza Puesto en esta computadora y ábrelo otra vez.
fault-backup-damaged = Esa copia está dañada o incompleta.
fault-backup-damaged-hint = Elige otra de «puesto backup list». Tu puesto sigue como estaba.
fault-backup-away = La carpeta o memoria de las copias no está conectada: { $path }
fault-backup-away-hint = Conéctala cuando puedas. Mientras, la copia queda en esta computadora.
fault-no-viewer = No hay un programa para abrir la hoja.
fault-no-viewer-hint = Instala un lector de PDF. La hoja quedó guardada en la carpeta de tu puesto.
fault-internal = Algo se nos descompuso.
fault-internal-hint = No fue tu culpa y lo guardado está a salvo. Vuelve a intentar.

# Copies of the shop.
backup-made = Copia hecha y revisada.
backup-where = Las copias se guardan en { $folder }
backup-away = También se guardan en { $folder }
backup-away-missing = También se guardan en { $folder }, que ahora no está conectada. La próxima vez que la conectes se pone al día.
backup-none = Todavía no hay copias. Haz la primera con «puesto backup».
backup-daily = la del día
backup-asked = la que pediste
backup-before-migration = antes de una actualización
backup-before-restore = antes de volver a otra copia
backup-holds = { $pieces ->
    [one] 1 pieza
   *[other] { $pieces } piezas
}, { $orders ->
    [0] sin pedidos pendientes
    [one] 1 pedido pendiente
   *[other] { $orders } pedidos pendientes
}, { $photos ->
    [one] 1 foto
   *[other] { $photos } fotos
}
backup-spoilt = dañada
backup-drill-whole = Probamos la copia y sirve: { $pieces ->
    [one] 1 pieza
   *[other] { $pieces } piezas
}, { $files ->
    [one] 1 archivo
   *[other] { $files } archivos
} ({ $size }), lista en { $seconds } s.
backup-drill-broken = Esta copia no está completa. Haz otra con «puesto backup». Le falta:
restored = Listo: tu puesto volvió a esta copia. Lo que había quedó guardado aparte.
rescue-not-needed = Tu puesto abre bien, no hace falta rescatarlo.
rescue-begun-again = Empezaste con un puesto vacío; el archivo dañado quedó guardado aparte. Conéctalo con «puesto sign-in» y vuelve lo que el mercado ya tenía.
rescue-waiting = { $n ->
    [0] Lo que hiciste después y ya se había enviado vuelve con «puesto sync».
    [one] También rescatamos 1 cambio que aún no se enviaba. Lo demás vuelve con «puesto sync».
   *[other] También rescatamos { $n } cambios que aún no se enviaban. Lo demás vuelve con «puesto sync».
}
rescue-salvaged = Rescatamos lo que se pudo leer: { $pieces ->
    [one] 1 pieza
   *[other] { $pieces } piezas
}, { $orders ->
    [one] 1 pedido
   *[other] { $orders } pedidos
}, { $waiting ->
    [one] 1 cambio por enviar
   *[other] { $waiting } cambios por enviar
}. { $lost ->
    [0] No se perdió nada.
    [one] 1 cosa no se pudo leer.
   *[other] { $lost } cosas no se pudieron leer.
} El archivo dañado está en { $kept }
