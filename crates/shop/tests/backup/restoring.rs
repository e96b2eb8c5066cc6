//! Going back to a backup, with and without a marketplace.

use super::laptop::Laptop;
use super::world::Market;
use shop::Code;
use shop::backup::view::BackupReason;
use shop::orders::view::OrderStep;
use shop::stock::view::MoveReason;
use std::collections::BTreeSet;
use std::fs;
use testkit::visitor::Visitor;

#[tokio::test]
async fn the_shop_is_as_it_was_and_what_it_was_before_is_kept() {
    let a = Laptop::new().await;
    let olla = a.piece("Olla", 1).await;
    let made = a.shop.backup_now().await.unwrap();
    a.title(&olla.id, "Olla rota").await;
    let jarro = a.piece("Jarro", 2).await;
    // A photo that the disk lost comes back as well.
    let original = a.root().join("photos/originals");
    let lost = walk(&original)
        .into_iter()
        .find(|file| file.to_string_lossy().contains(&olla.photos[0].hash))
        .unwrap();
    fs::remove_file(&lost).unwrap();

    a.shop.backup_restore(&made.id).await.unwrap();
    let a = a.restart().await;
    let back = a.shop.product(&olla.id).await.unwrap();
    assert_eq!((back.title.as_str(), back.on_hand), ("Olla", 6));
    assert_eq!(a.shop.product(&jarro.id).await.unwrap_err().code, Code::NotFound);
    assert!(lost.is_file());
    let found = shop::catalog::view::ProductQuery {
        text: "oll".into(),
        filter: shop::catalog::view::ProductFilter::All,
        offset: 0,
        limit: 10,
    };
    assert_eq!(a.shop.product_list(found).await.unwrap().items.len(), 1);

    // One can go forward again: it was backed up first, and its file lies there, too.
    let backups = a.shop.backup_state().await.unwrap().backups;
    let before = backups
        .iter()
        .find(|b| b.reason == BackupReason::BeforeRestore)
        .unwrap();
    assert_eq!(before.pieces, 2);
    assert_eq!(fs::read_dir(a.root().join("kept")).unwrap().count(), 1);
    a.shop.backup_restore(&before.id).await.unwrap();
    let a = a.restart().await;
    assert_eq!(a.shop.product(&jarro.id).await.unwrap().title, "Jarro");
    assert_eq!(a.shop.product(&olla.id).await.unwrap().title, "Olla rota");
    // Each time the numbers begin anew, above all that were given.
    assert_eq!(
        a.column("SELECT value FROM settings WHERE name = 'epoch'").await,
        ["3"]
    );
    assert!(
        a.column("SELECT value FROM settings WHERE name = 'restored'")
            .await
            .is_empty()
    );
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let folders = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    folders
        .flat_map(|folder| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()))
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_number_is_given_twice_and_no_order_or_piece_is_doubled() {
    let market = Market::start().await;
    let a = Laptop::new().await;
    a.sign_in(&market).await;
    let piece = a.piece("Alebrije", 3).await;
    a.sync().await;
    for _ in 0..3 {
        Visitor::at(&market.url()).buy(&piece.id).await;
    }
    a.sync().await;
    let orders: Vec<String> = a.orders().await.into_iter().map(|order| order.id).collect();
    let made = a.shop.backup_now().await.unwrap();
    assert_eq!(made.orders, 3);

    // After the backup: one order is accepted and numbered and the marketplace knows it; one is numbered and it does
    // not; a piece is changed, one is made, stock moves.
    a.shop.order_accept(&orders[0]).await.unwrap();
    let known = a.label(&orders[0]).await.unwrap().s10.unwrap();
    a.title(&piece.id, "Alebrije azul").await;
    a.shop
        .stock_move(&piece.id, 4, MoveReason::Made, "")
        .await
        .unwrap();
    let later = a.piece("Máscara", 4).await;
    a.sync().await;
    let lost = a.label(&orders[1]).await.unwrap().s10.unwrap();
    let on_hand = a.shop.product(&piece.id).await.unwrap().on_hand;
    let old_epoch = a.column("SELECT value FROM settings WHERE name = 'epoch'").await;

    a.shop.backup_restore(&made.id).await.unwrap();
    let a = a.restart().await;
    // It does not know which of its numbers were used since: it uses none of them.
    assert_eq!(a.label(&orders[1]).await.unwrap_err().code, Code::NoNumbersLeft);
    assert_ne!(
        a.column("SELECT value FROM settings WHERE name = 'epoch'").await,
        old_epoch
    );
    assert!(a.column("SELECT id FROM lease_requests").await.is_empty());

    // What was done since, and something new before the first sync.
    let new = a.piece("Calaca", 5).await;
    a.sync().await;
    let again = a.label(&orders[1]).await.unwrap().s10.unwrap();
    let third = a.label(&orders[2]).await.unwrap().s10.unwrap();
    let state = a.sync().await;
    assert!(state.refused.is_empty(), "{:?}", state.refused);
    let first = a.shop.order(&orders[0]).await.unwrap();
    assert_eq!(
        (first.step, first.s10.as_deref()),
        (OrderStep::Labelled, Some(known.as_str()))
    );
    let numbers = BTreeSet::from([known.clone(), lost, again.clone(), third.clone()]);
    assert_eq!(numbers.len(), 4, "{numbers:?}");
    let back = a.shop.product(&piece.id).await.unwrap();
    assert_eq!((back.title.as_str(), back.on_hand), ("Alebrije azul", on_hand));
    assert_eq!(a.shop.product(&later.id).await.unwrap().title, "Máscara");

    // Another laptop sees the same, once each.
    let b = Laptop::on(
        tempfile::tempdir().unwrap(),
        super::laptop::Computer::new("second"),
    )
    .await;
    b.sign_in(&market).await;
    b.sync().await;
    let mut parcels = b.column("SELECT s10 FROM parcels ORDER BY s10").await;
    let mut expected = vec![known, again, third];
    parcels.sort();
    expected.sort();
    assert_eq!(parcels, expected);
    assert_eq!(b.orders().await.len(), 3);
    for id in [&piece.id, &later.id, &new.id] {
        let (at_a, at_b) = (
            a.shop.product(id).await.unwrap(),
            b.shop.product(id).await.unwrap(),
        );
        assert_eq!((at_a.title, at_a.on_hand), (at_b.title, at_b.on_hand));
    }
    let movements = "SELECT id FROM movements ORDER BY id";
    assert_eq!(a.column(movements).await, b.column(movements).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_waited_in_the_backup_and_was_sent_since_is_not_done_twice() {
    let market = Market::start().await;
    let a = Laptop::new().await;
    a.sign_in(&market).await;
    let piece = a.piece("Rebozo", 6).await;
    a.sync().await;
    Visitor::at(&market.url()).buy(&piece.id).await;
    a.sync().await;
    let order = a.orders().await.remove(0).id;
    a.shop.order_accept(&order).await.unwrap();
    let number = a.label(&order).await.unwrap().s10.unwrap();
    a.shop
        .stock_move(&piece.id, 2, MoveReason::Made, "")
        .await
        .unwrap();
    let made = a.shop.backup_now().await.unwrap();
    let on_hand = a.sync_and_count(&piece.id).await;

    a.shop.backup_restore(&made.id).await.unwrap();
    let a = a.restart().await;
    assert!(a.shop.sync_state().await.unwrap().waiting >= 3);
    let state = a.sync().await;
    assert!(state.refused.is_empty(), "{:?}", state.refused);
    assert_eq!(a.shop.product(&piece.id).await.unwrap().on_hand, on_hand);
    assert_eq!(a.shop.order(&order).await.unwrap().s10.unwrap(), number);
    assert_eq!(a.column("SELECT s10 FROM parcels").await, [number]);
}

impl Laptop {
    async fn sync_and_count(&self, id: &str) -> i64 {
        self.sync().await;
        self.shop.product(id).await.unwrap().on_hand
    }
}

#[tokio::test]
async fn a_restore_that_the_power_cut_off_is_finished_by_the_next_start() {
    let a = Laptop::new().await;
    let id = a.piece("Olla", 1).await.id;
    let made = a.shop.backup_now().await.unwrap();
    a.title(&id, "Otra").await;
    a.shop.backup_restore(&made.id).await.unwrap();
    let root = a.root();
    let Laptop {
        folder,
        secrets,
        computer,
        shop,
    } = a;
    shop.close().await;
    // Half of it was done: the old database is aside, the new one is not there yet.
    let kept = root.join("kept").join(
        fs::read_to_string(root.join("restoring/kept.txt"))
            .unwrap()
            .trim(),
    );
    fs::create_dir_all(&kept).unwrap();
    fs::rename(root.join("shop.db"), kept.join("shop.db")).unwrap();
    let shop = super::laptop::open(folder.path(), &secrets, &computer)
        .await
        .unwrap();
    assert_eq!(shop.product(&id).await.unwrap().title, "Olla");
    assert!(!root.join("restoring").exists());
    assert!(kept.join("shop.db").is_file());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slip_that_was_printed_after_the_backup_keeps_its_number_to_itself() {
    let market = Market::start().await;
    let a = Laptop::new().await;
    a.sign_in(&market).await;
    let piece = a.piece("Olla", 7).await;
    a.sync().await;
    Visitor::at(&market.url()).buy(&piece.id).await;
    a.sync().await;
    let order = a.orders().await.remove(0).id;
    let parcel = a.label(&order).await.unwrap().parcel_id.unwrap();
    a.sync().await;
    let made = a.shop.backup_now().await.unwrap();
    let offices = marketplace::profile("MX").unwrap().offices_for_postcode("45500");
    let office = offices.first().unwrap().code.clone();
    let printed = a
        .shop
        .drop_off_close(vec![parcel.clone()], &office)
        .await
        .unwrap();
    a.sync().await;

    a.shop.backup_restore(&made.id).await.unwrap();
    let a = a.restart().await;
    // Without the network it does not know of the slip, and prints another.
    let again = a.shop.drop_off_close(vec![parcel], &office).await.unwrap();
    assert_ne!(printed.card.number, again.card.number);
    let state = a.sync().await;
    // The parcel is in the first: she is told, and nothing is in both.
    assert_eq!(state.refused.len(), 1, "{:?}", state.refused);
    let held = a.column("SELECT drop_off_id FROM parcels").await;
    assert_eq!(held, [printed.card.id]);
}
