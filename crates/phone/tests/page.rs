//! The page in a real browser at a phone's size, with real files through its own inputs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/chromium.rs"]
mod chromium;
mod support;

use chromium::Chromium;
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use support::{Shop, Stand, Visitor, hand_clock, told};

/// The sample pieces' photos under the names that a phone gives.
fn photos(folder: &std::path::Path) -> Vec<PathBuf> {
    let pieces = [
        "olla-barro-brunido",
        "jarra-vidrio-cobalto",
        "jarron-cobre-martillado",
        "canasta-palma",
        "conejo-copal",
    ];
    let mut files = Vec::new();
    for (n, piece) in pieces.into_iter().enumerate() {
        let file = folder.join(format!("IMG_20261122_10{n}5{n}2.jpg"));
        std::fs::write(
            &file,
            testkit::sample::photo_of_side(piece, "front", 700).unwrap(),
        )
        .unwrap();
        files.push(file);
    }
    files
}

/// The first photo is seen in its row.
const PREVIEWED: &str = "(() => { const canvas = document.querySelector('#photos canvas'); \
     return canvas && canvas.getContext('2d').getImageData(72, 72, 1, 1).data[3] === 255; })()";

#[tokio::test(flavor = "multi_thread")]
async fn an_evening_of_photographs() {
    let gallery = tempfile::tempdir().unwrap();
    let photos = photos(gallery.path());
    let sizes: Vec<u64> = photos
        .iter()
        .map(|photo| std::fs::metadata(photo).unwrap().len())
        .collect();
    let stand = Stand::open(Shop::default(), |options| options.photo_bytes = 1_000_000).await;
    let phone = Chromium::open("es-MX,es").await;
    phone.driver.goto(&stand.url).await.unwrap();
    phone.says("Olla de barro negro").await;
    let capture = phone.find("#take").await.attr("capture").await.unwrap();
    assert_eq!(capture.as_deref(), Some("environment"));
    phone.picture("1-open").await;

    // One with the camera.
    phone.choose("#take", &photos[..1]).await;
    phone.says("Ya está en tu computadora").await;
    phone.says("Listo: tu foto ya está en tu computadora").await;
    assert_eq!(stand.shop.names(), ["IMG_20261122_100502.jpg"]);

    // Several from the gallery over a slow network, with what cannot be taken among them: progress is seen on
    // both sides.
    let empty = gallery.path().join("vacia.jpg");
    std::fs::write(&empty, "").unwrap();
    let huge = gallery.path().join("panorama.jpg");
    std::fs::write(&huge, vec![7; 1_000_001]).unwrap();
    let letter = gallery.path().join("recibo.jpg");
    std::fs::write(&letter, "not a photo").unwrap();
    let mut chosen = photos[1..4].to_vec();
    chosen.extend([empty, huge, letter, photos[0].clone()]);
    phone.network(false, 30_000).await;
    phone.choose("#pick", &chosen).await;
    phone.until("[...document.querySelectorAll('#photos progress')].some(p => !p.hidden && p.value > 0.2 && p.value < 1)").await;
    let state = stand
        .until("the app sees it arrive", |state| {
            state
                .arriving
                .iter()
                .any(|photo| photo.bytes > 0 && Some(photo.bytes) < photo.of)
        })
        .await;
    assert!(
        state
            .arriving
            .iter()
            .all(|photo| sizes.contains(&photo.of.unwrap()))
    );
    assert_eq!(state.phones.len(), 1);
    phone.until(PREVIEWED).await;
    phone.picture("2-sending").await;

    // The network goes, and comes back: nothing has to be chosen again.
    phone.network(true, 0).await;
    phone.says("No encuentro tu computadora").await;
    phone.says("Espera a que vuelva la red").await;
    phone.picture("3-no-network").await;
    phone.network(false, -1).await;
    phone.says("5 fotos ya están en tu computadora").await;
    phone.says("Ya la tenías").await;
    phone.until("document.querySelector('#notice').hidden").await;
    let mut names = stand.shop.names();
    names.sort();
    assert_eq!(names.len(), 4);
    phone.says("Ver las 3 que no pasaron").await;
    phone.picture("4-done").await;
    phone.find("#only").await.click().await.unwrap();
    phone
        .until("document.querySelectorAll('#photos li').length === 3")
        .await;
    phone.says("Esta foto está vacía").await;
    phone.says("caben fotos de hasta 1 MB").await;
    phone.says("Esto no es una foto").await;
    phone.picture("5-refused").await;
    phone.find("#only").await.click().await.unwrap();

    // Words that need more room than a row has get it.
    let modern = gallery.path().join("IMG_0099.HEIC.jpg");
    std::fs::write(&modern, "heic").unwrap();
    phone.choose("#pick", &[modern]).await;
    phone.says("no abre este tipo de foto").await;
    phone.until("[...document.querySelectorAll('#photos li')].every(row => row.scrollHeight <= row.clientHeight + 1)").await;

    // A full disk; room is made; the button sends it again.
    stand.shop.full.store(true, Ordering::SeqCst);
    phone.choose("#pick", &photos[4..]).await;
    phone
        .until("document.querySelector('#photos .again:not([hidden])')")
        .await;
    let again = phone.find("#photos .again:not([hidden])").await;
    again.scroll_into_view().await.unwrap();
    phone.says("El disco de tu computadora está lleno").await;
    phone.dark().await;
    phone.picture("6-full-disk-dark").await;
    stand.shop.full.store(false, Ordering::SeqCst);
    phone
        .find("#photos .again:not([hidden])")
        .await
        .click()
        .await
        .unwrap();
    phone.says("6 fotos ya están en tu computadora").await;
    assert_eq!(stand.shop.names().len(), 5);

    // The computer closes the door.
    let url = stand.url.clone();
    stand.door.close().await;
    phone.says("Tu computadora cerró la entrada").await;
    assert!(!phone.find("#take").await.is_enabled().await.unwrap());
    phone.evaluate::<()>("scrollTo(0, 0)").await;
    phone.picture("7-closed").await;

    let other = Stand::open(Shop::default(), |_| {}).await;
    phone
        .driver
        .goto(format!(
            "http://{}/{}",
            other.host(),
            url.rsplit('/').next().unwrap()
        ))
        .await
        .unwrap();
    phone.says("Aquí no hay nada").await;
    phone.picture("8-nothing-here").await;
    phone.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_others_are_sending_and_when_time_is_over() {
    let (hand, clock) = hand_clock();
    let stand = Stand::open(Shop::waiting(), |options| options.clock = clock).await;
    let others = [Visitor::enter(&stand.url).await, Visitor::enter(&stand.url).await];
    let mut sending = Vec::new();
    for (n, other) in others.iter().chain(&others).enumerate() {
        let photo = other.photo("a.jpg", format!("photo {n}")).send();
        sending.push(tokio::spawn(async move { told(photo.await.unwrap()).await }));
    }
    stand
        .until("all places are taken", |state| state.receiving == 4)
        .await;

    let phone = Chromium::open("fr-FR,fr").await;
    phone.driver.goto(&stand.url).await.unwrap();
    let gallery = tempfile::tempdir().unwrap();
    let mine = gallery.path().join("mía.jpg");
    std::fs::write(&mine, vec![3; 6_000_000]).unwrap();
    phone.choose("#pick", &[mine]).await;
    // Turned away after a moment, which is no fault of anybody, and sent again.
    phone.evaluate::<()>(
        "window.tries = 0; const open = XMLHttpRequest.prototype.open;
         XMLHttpRequest.prototype.open = function (...rest) { window.tries += 1; return open.apply(this, rest); };",
    )
    .await;
    phone.until("window.tries > 0").await;
    phone.until("document.querySelector('#notice').hidden").await;
    assert!(stand.shop.names().is_empty());
    stand.shop.permits.add_permits(100);
    for photo in sending {
        assert_eq!(photo.await.unwrap().0, 200);
    }
    phone.says("ta photo est sur ton ordinateur").await;
    assert_eq!(stand.door.watch().borrow().refused, 0);

    hand.fetch_add(15 * 60_000, Ordering::SeqCst);
    phone.says("Le temps de ce code est passé").await;
    phone.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn five_thousand_at_once() {
    let stand = Stand::open(Shop::default(), |_| {}).await;
    let phone = Chromium::open("en").await;
    phone.driver.goto(&stand.url).await.unwrap();
    phone.says("Take a photo").await;
    // As the phone's gallery hands them over: one event with all files.
    phone
        .evaluate::<()>(
            "const files = new DataTransfer();
             for (let n = 0; n < 5000; n += 1)
               files.items.add(new File(['photo ' + n], 'IMG_' + n + '.jpg', { type: 'image/jpeg' }));
             document.getElementById('pick').files = files.files;",
        )
        .await;
    let took_ms: f64 = phone
        .evaluate(
            "window.longest = 0;
             new PerformanceObserver((list) => {
               for (const task of list.getEntries()) window.longest = Math.max(window.longest, task.duration);
             }).observe({ type: 'longtask' });
             const began = performance.now();
             document.getElementById('pick').dispatchEvent(new Event('change'));
             return performance.now() - began;",
        )
        .await;
    phone
        .until("document.querySelectorAll('#photos li').length > 3")
        .await;
    phone.picture("9-five-thousand").await;
    let mut most_rows = 0;
    for part in [0.2, 0.9, 0.5] {
        phone
            .evaluate::<()>(&format!("scrollTo(0, document.body.scrollHeight * {part})"))
            .await;
        phone
            .until("document.querySelectorAll('#photos li').length > 3")
            .await;
        most_rows = most_rows.max(
            phone
                .evaluate::<usize>("return document.querySelectorAll('#photos li').length")
                .await,
        );
    }
    stand
        .until("many have arrived", |state| state.received >= 400)
        .await;
    phone.says("of 5,000 so far").await;
    let longest_ms: f64 = phone.evaluate("return window.longest").await;
    assert!(most_rows < 40, "{most_rows} rows");
    assert!(
        took_ms < 1_000.0 && longest_ms < 1_000.0,
        "it froze for {took_ms} or {longest_ms} ms"
    );
    // Two are under way at a time, so neighbours may change places.
    let expected: HashSet<String> = (0..390).map(|n| format!("IMG_{n}.jpg")).collect();
    let arrived: HashSet<String> = stand.shop.names().into_iter().collect();
    assert!(arrived.is_superset(&expected), "in the order they were chosen");
    assert_eq!(stand.door.watch().borrow().refused, 0);
    phone.close().await;
}
