//! How long it takes: `PUESTO_PIECES=10000 cargo test -p shop --test backup bench -- --nocapture`.

use super::laptop::Laptop;
use shop::catalog::view::FieldChange;
use std::time::Instant;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shop_opens_backs_up_and_comes_back_in_time() {
    let pieces: usize = std::env::var("PUESTO_PIECES")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(200);
    let a = Laptop::new().await;
    let story = "Hecha a mano con barro de San Bartolo Coyotepec, bruñida con cuarzo. ".repeat(12);
    for n in 0..pieces {
        let id = a.shop.product_create().await.unwrap().id;
        let changes = vec![
            FieldChange::Title(format!("Pieza {n}")),
            FieldChange::Story(story.clone()),
            FieldChange::Sku(format!("P-{n}")),
        ];
        a.shop.product_edit(&id, changes).await.unwrap();
    }
    a.piece("Olla", 1).await;
    let timed = |what: &str, since: Instant| eprintln!("{what}: {:?}", since.elapsed());
    let since = Instant::now();
    let made = a.shop.backup_now().await.unwrap();
    timed("backup", since);
    eprintln!("{} pieces, {} bytes", made.pieces, made.bytes);
    let since = Instant::now();
    assert!(a.shop.backup_drill(&made.id).await.unwrap().whole);
    timed("drill", since);
    let since = Instant::now();
    a.shop.backup_restore(&made.id).await.unwrap();
    timed("made ready to restore", since);
    let since = Instant::now();
    let a = a.restart().await;
    timed("closed, put in its place and opened for the first time", since);
    let Laptop {
        folder,
        secrets,
        computer,
        shop,
    } = a;
    let since = Instant::now();
    shop.close().await;
    timed("closed", since);
    for (what, sealed) in [("opened, sealed", true), ("opened after an unclean end", false)] {
        if !sealed {
            std::fs::remove_file(folder.path().join("shop.seal")).unwrap();
        }
        let since = Instant::now();
        let shop = super::laptop::open(folder.path(), &secrets, &computer)
            .await
            .unwrap();
        let took = since.elapsed();
        timed(what, since);
        // A big shop is asked for to see the figures, on whatever machine there is.
        assert!(pieces > 1000 || took.as_millis() < 1000, "{took:?}");
        shop.close().await;
    }
}
