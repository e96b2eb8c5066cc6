### The words of the storefront, of the seller's pages and of the counter.

## Branches of craft

branch-textiles = Textiles
branch-wood = Madera
branch-candles = Velas y cerería
branch-metalwork = Metalistería
branch-goldwork = Orfebrería
branch-jewellery = Joyería
branch-huichol = Arte huichol
branch-shell = Concha y caracol
branch-glass = Vidrio
branch-featherwork = Plumaria
branch-lacquer = Maque y laca
branch-horn-bone = Hueso y cuerno
branch-plant-fibre = Fibras vegetales
branch-paper = Papel y cartonería
branch-leather = Talabartería
branch-stonework = Cantera y lapidaria
branch-ceramics = Alfarería y cerámica
branch-other = Otras piezas

## Around every page

site-name = El Tianguis
site-by = por { $post }
skip = Ir al contenido
search-label = Busca una pieza
search-placeholder = Barro negro, huipil, Olinalá…
search-button = Buscar
nav-label = Tu visita
nav-home = Inicio
nav-basket = Canasta
nav-account = Mi taller
nav-counter = Ventanilla
nav-sign-in = Entrar como artesana o ventanilla
sign-out = Salir ({ $name })
language-label = Idioma
footer-words = Cada pieza la hizo alguien con nombre. Sin comisión: lo que pagas es para quien la hizo.
optional = (si quieres)
choose = Elige…

## The first page

home-title = Hecho a mano, enviado por correo
home-lead = Barro, telar, palma y plata, directo del taller. { $post } lo lleva hasta tu puerta, en México, en Cuba y en el mundo.
home-see-all = Ver todas las piezas
home-newest = Recién llegadas
home-branches = Por rama artesanal
home-empty-title = Los puestos se están poniendo
home-empty = Todavía no hay piezas a la venta. Vuelve pronto.
made-in-mexico = Hecho en México
made-in-mexico-lead = De talleres de todo el país, con el nombre de quien las hizo.
how-title = Así llega a tus manos
how-one = Eliges
how-one-words = Cada pieza dice quién la hizo, dónde y con qué.
how-two = El taller la empaca
how-two-words = Y la deja en su oficina de { $post }.
how-three = La sigues hasta tu casa
how-three-words = Tu pedido tiene una página con cada paso del camino.

## Lists

browse-all = Todas las piezas
browse-every = Todas
browse-search = Piezas con «{ $question }»
browse-empty = No encontramos nada así. Prueba con otra palabra, o mira todas las piezas.
pages-label = Más piezas
pages-previous = Anteriores
pages-next = Siguientes
state-unique = Pieza única
state-left = { $n ->
    [one] Queda 1
   *[other] Quedan { $n }
}
state-many = Disponible
state-sold = Vendida
state-gone = Agotada
photo-coming = La foto viene en camino

## A piece

photos-label = Fotos de la pieza
photo-number = Foto { $n }
quantity = ¿Cuántas?
buy = Poner en la canasta
piece-gone = Esta pieza ya encontró casa. Se queda aquí para que conozcas el trabajo de quien la hizo.
piece-others = De la misma rama
story = Su historia
craft-card = Cómo está hecha
craft-branch = Rama
craft-technique = Técnica
craft-materials = Materiales
craft-community = Comunidad
craft-people = Pueblo
craft-maker = La hizo
craft-hours = Tiempo de trabajo
craft-hours-value = { $n ->
    [one] 1 hora
   *[other] { $n } horas
}
craft-size = Medidas
craft-weight = Peso

## The basket

basket-title = Tu canasta
basket-empty = Tu canasta está vacía.
basket-change = Cambiar
basket-remove = Quitar
basket-not-there = Ya no hay tantas. Quítala o elige menos para seguir.
basket-blocked = Alguna pieza ya no está. Cámbiala para poder seguir.
basket-total = Total
basket-shops = { $n ->
    [one] Lo manda un taller.
   *[other] Lo mandan { $n } talleres: te llegarán { $n } paquetes.
}
basket-checkout = Comprar
basket-go-on = Seguir mirando

## The checkout

checkout-title = ¿A dónde la mandamos?
checkout-problems = Falta poquito: revisa lo que está marcado. Lo que escribiste sigue aquí.
checkout-changed = Algo cambió mientras escribías: la canasta o un precio. Revisa el total y vuelve a darle.
checkout-payment-refused = El pago no pasó y no se te cobró nada. Puedes volver a intentarlo.
checkout-payment-unreachable = No pudimos hablar con quien cobra. No se te cobró nada; inténtalo en un rato.
checkout-you = Quién compra
checkout-where = A dónde va
to-mexico = México
to-cuba = Cuba
to-abroad = Otro país
checkout-order = Tu pedido
checkout-postage = Envío
checkout-postage-none = No se te cobra
checkout-postage-why = { $post } no publica su tarifa: el precio lo pone la ventanilla y aquí no se te cobra.
checkout-total = Total
checkout-pay = Pagar { $total }
checkout-pay-sandbox = Hacer el pago de prueba de { $total }
sandbox-title = Pago de prueba: no se cobra nada.
sandbox-words = Este mercado está en pruebas y no pide tarjeta.
sandbox-refuse = Quiero ver qué pasa si el pago no pasa
field-buyer-name = Tu nombre
field-email = Correo electrónico
field-password = Contraseña
field-name = ¿Quién lo recibe?
field-street = Calle y número
field-colonia = Colonia
field-city-mx = Ciudad o municipio
field-state = Estado
field-postal-code = Código postal
field-reference = Señas para quien entrega
field-between = Entre calles
field-reparto = Reparto
field-municipality = Municipio
field-province = Provincia
field-country = País
field-line-two = Segunda línea
field-city = Ciudad
field-region = Estado, provincia o región
field-phone = Teléfono
field-note = Un recado para el taller
hint-email = El taller te escribe aquí si hace falta.
hint-name = Si es otra persona. Si no, déjalo vacío.
hint-phone = Ayuda a quien entrega.
hint-street-mx = Con número interior, si hay.
hint-between = Por ejemplo: e/ Corombé y 26 de Julio

## What is wrong with a field

problem-missing = Falta este dato.
problem-buyer-name-missing = Escribe tu nombre.
problem-email-missing = Escribe tu correo, para mandarte noticias del pedido.
problem-email = A este correo le falta algo. Se ve así: elena@ejemplo.mx
problem-name-missing = Escribe quién lo recibe.
problem-street-missing = Escribe la calle y el número.
problem-city-missing = Escribe la ciudad.
problem-municipality-missing = Escribe el municipio.
problem-state-missing = Elige el estado.
problem-province-missing = Elige la provincia.
problem-region-missing = Escribe el estado o la región.
problem-country-missing = Elige el país.
problem-postal-code-missing = Escribe el código postal.
problem-postal-code-form = Este código postal no se ve como los de ahí. En México son cinco números.
problem-postal-code-unknown = No hay ningún código postal que empiece así. ¿Lo revisas?
problem-region-unknown = No conocemos ese lugar. Elígelo de la lista.
problem-other-state = Ese código postal es de { $state }. Revisa el código o el estado.
problem-too-long = Es muy largo: caben { $n } letras.
problem-invisible = Hay letras que no se ven. Bórralo y escríbelo otra vez.

## An order

order-title = Pedido { $number }
order-thanks = ¡Gracias!
order-thanks-words = Ya le avisamos a { $shop }. Guarda esta página: aquí verás cada paso.
order-ship-by = lo llevan al correo a más tardar el { $date }
order-way = Su camino
order-tracking = Número de guía
order-what = Lo que pediste
order-where = Va para
order-others = Compraste también
order-keep = El enlace de tu pedido, para volver cuando quieras:
status-placed = Pedido hecho
status-accepted = El taller lo aceptó
status-packed = Está empacado
status-labelled = Ya tiene su guía
status-handed-in = Listo para llevarse al correo
status-shipped = Va en camino
status-delivered = Entregado
status-cancelled = Cancelado
step-placed = Pedido
step-accepted = Aceptado
step-packed = Empacado
step-shipped = En camino
step-delivered = Entregado

## What the post says of a parcel (EMSEVT V3)

event-ema = El correo lo recibió
event-emb = Llegó a la oficina de salida
event-emc = Salió hacia el otro país
event-emd = Llegó al país de destino
event-eme = Lo detuvo la aduana
event-emf = Salió de la aduana
event-emg = Llegó a la oficina que reparte
event-edg = Salió a reparto
event-edh = Espera en la oficina a que lo recojan
event-emh = No se pudo entregar
event-emi = Entregado
event-exa = En la aduana de salida
event-edb = En la aduana de llegada
event-refused = La ventanilla lo devolvió al taller
event-other = Paso del correo { $code }

## Signing in

sign-in-title = Entra a tu puesto
sign-in-words = Para artesanas y talleres, y para las ventanillas del correo. Para comprar no hace falta.
sign-in-button = Entrar
sign-in-wrong = El correo o la contraseña no coinciden. Revisa y vuelve a intentar.
device-title = Conecta tu laptop
device-words = Escribe el código que ves en la pantalla de tu laptop.
device-code = Código
device-next = Seguir
device-unknown = Ese código no está, o ya pasó su tiempo. Pide uno nuevo en tu laptop.
device-asks = «{ $laptop }» quiere vender en tu nombre.
device-compare = ¿Es el mismo código que está en la pantalla de tu laptop? Si no lo pediste tú, di que no.
device-approve = Sí, es mi laptop
device-deny = No la conozco
device-approved-title = Listo
device-approved = «{ $laptop }» ya está conectada. Vuelve a ella: puedes cerrar esta página.
device-denied-title = No la dejamos entrar
device-denied = Esa laptop no puede ver ni cambiar nada de tu taller.
device-list = Ver mis laptops
account-title = Mi taller
account-words = Estas laptops pueden vender en tu nombre. Si pierdes una, desconéctala aquí.
account-laptops = Mis laptops
account-none = Todavía no hay ninguna. Abre Puesto en tu laptop y elige «Conectar».
account-add = Conectar otra laptop
laptop-signed-in = Conectada el { $when }
laptop-seen = Vista el { $when }
laptop-revoke = Desconectar
laptop-revoked = Desconectada el { $when }

## The counter

counter-title = Ventanilla
counter-label = Número de la guía o de la entrega
counter-hint = Escanéalo, o escríbelo y oprime Enter. Con o sin espacios.
counter-look = Buscar
counter-no-parcel = El número está bien, pero no conocemos ese paquete. Puede que el taller no haya tenido internet: recíbelo con su papel.
counter-no-drop-off = El número está bien, pero no conocemos esa entrega. Puede que el taller no haya tenido internet: recíbela con su papel.
counter-drop-off = Entrega { $number }
counter-parcels = { $n ->
    [one] 1 paquete
   *[other] { $n } paquetes
}
counter-elsewhere = Iba para la oficina { $office }. También la puedes recibir aquí.
counter-accept-all = Recibir todo
counter-accept = Recibir
counter-refuse = Devolver
counter-decide = ¿Qué hacemos con { $number }?
counter-reason = ¿Por qué se devuelve?
counter-note = Algo más que decir
counter-send = Guardar lo marcado
counter-cancelled = Este pedido se canceló. Devuelve el paquete al taller.
counter-not-yet = Todavía no lo recibe el correo
counter-next = ¿Qué pasó después?
counter-enter = Anotar
counter-done = { $n ->
    [one] Listo: 1 paquete anotado. El taller ya lo sabe.
   *[other] Listo: { $n } paquetes anotados. El taller ya lo sabe.
}
counter-done-none = No se anotó nada. Para devolver un paquete, elige por qué.
counter-today = Hoy en esta ventanilla
counter-today-none = Todavía nada. Lo que recibas aparece aquí.
counter-time = Hora
counter-number = Guía
counter-what = Qué pasó
drop-off-waiting = Espera en la ventanilla
drop-off-accepted = Recibida completa
drop-off-partly = Recibida en parte
drop-off-refused = Devuelta
reason-address = La dirección no está completa
reason-packing = El empaque no aguanta el viaje
reason-prohibited = Lleva algo que no se puede enviar
reason-weight = Pasa del peso o de la medida
reason-customs = Falta la hoja de aduana
reason-other = Otra razón
number-check-digit = Un dígito no checa. Compáralo con la guía y vuelve a escribirlo.
number-check-letter = Una letra no checa. Compárala con la hoja y vuelve a escribirla.
number-country = Las dos últimas letras no son de ningún país.
number-shape-parcel = Una guía lleva dos letras, nueve números y dos letras. Aquí algo está en otro lugar.
number-shape-drop-off = El número de una entrega empieza con D. Revísalo en la hoja.
number-length = Le faltan o le sobran letras: una guía tiene 13 y una entrega 15.

## What goes wrong

fault-home = Ir al inicio
fault-not-found = La dirección cambió o la pieza ya no se muestra.
    .title = Esta página no está
fault-stale-form = La página se quedó abierta mucho tiempo, o tu navegador no guarda sus datos. Vuelve atrás, recarga y prueba otra vez.
    .title = No pudimos recibirlo
fault-too-large = Lo que mandaste es demasiado largo. Acórtalo y prueba otra vez.
    .title = Es demasiado
fault-wait = Hubo muchos intentos seguidos. Por seguridad, espera un cuarto de hora y vuelve a intentar.
    .title = Espera un poquito
fault-broken = Fue cosa nuestra y no se perdió nada de lo que ya estaba guardado. Prueba otra vez en un ratito.
    .title = Algo se nos rompió
