//! A folder that was copied to another computer: both go on, nothing is done twice.

use super::laptop::{Computer, Laptop, copy_folder, open};
use super::world::Market;
use shop::Code;
use shop::stock::view::MoveReason;
use shop::syncing::view::SyncPhase;
use std::collections::BTreeSet;
use std::sync::Arc;
use testkit::visitor::Visitor;

/// The same disk in another computer. Its keyring is another one, too.
async fn clone_of(a: &Laptop, computer: &str) -> Laptop {
    let folder = tempfile::tempdir().unwrap();
    copy_folder(&a.root(), folder.path());
    Laptop::on(folder, Computer::new(computer)).await
}

/// Everything that a laptop of this shop shows, to be compared.
async fn shown(laptop: &Laptop) -> Vec<Vec<String>> {
    let mut all = Vec::new();
    for select in [
        "SELECT id || title || on_hand FROM products ORDER BY id",
        "SELECT id || product_id || delta FROM movements ORDER BY id",
        "SELECT id || status FROM orders ORDER BY id",
        "SELECT id || s10 FROM parcels ORDER BY id",
    ] {
        all.push(laptop.column(select).await);
    }
    all
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_copies_with_the_same_changes_waiting_double_nothing() {
    for clone_first in [false, true] {
        let market = Market::start().await;
        let a = Laptop::new().await;
        a.sign_in(&market).await;
        let piece = a.piece("Alebrije", 3).await;
        a.sync().await;
        for _ in 0..4 {
            Visitor::at(&market.url()).buy(&piece.id).await;
        }
        a.sync().await;
        let orders: Vec<String> = a.orders().await.into_iter().map(|order| order.id).collect();
        // Waiting on both: a title, stock, an order accepted and numbered, a new piece with its photo.
        a.title(&piece.id, "Alebrije rojo").await;
        a.shop
            .stock_move(&piece.id, 3, MoveReason::Made, "")
            .await
            .unwrap();
        a.shop.order_accept(&orders[0]).await.unwrap();
        let shared = a.label(&orders[0]).await.unwrap().s10.unwrap();
        let new = a.piece("Calaca", 4).await;
        let b = clone_of(&a, "second").await;

        assert_ne!(a.shop.laptop_id(), b.shop.laptop_id());
        assert_eq!(
            b.shop.order(&orders[0]).await.unwrap().s10.as_deref(),
            Some(shared.as_str())
        );
        // It has no numbers of its own and no sign-in.
        assert_eq!(b.label(&orders[1]).await.unwrap_err().code, Code::NoNumbersLeft);
        let once = b.shop.sync_once(super::world::LONG).await;
        assert!(
            matches!(&once, Err(fault) if fault.code == Code::NotSignedIn)
                || matches!(&once, Ok(state) if state.phase == SyncPhase::SignedOut),
            "{once:?}"
        );
        b.sign_in(&market).await;
        // Each does something of its own before either has synced.
        a.shop
            .stock_move(&piece.id, 1, MoveReason::Made, "")
            .await
            .unwrap();
        b.shop
            .stock_move(&piece.id, 10, MoveReason::Made, "")
            .await
            .unwrap();
        let at_a = a.label(&orders[1]).await.unwrap().s10.unwrap();

        let order = if clone_first {
            [&b, &a, &b, &a]
        } else {
            [&a, &b, &a, &b]
        };
        for laptop in order {
            let state = laptop.sync().await;
            assert!(state.refused.is_empty(), "{clone_first}: {:?}", state.refused);
        }
        let at_b = b.label(&orders[2]).await.unwrap().s10.unwrap();
        let at_a_again = a.label(&orders[3]).await.unwrap().s10.unwrap();
        for laptop in [&a, &b, &a, &b] {
            assert!(laptop.sync().await.refused.is_empty());
        }
        let numbers = BTreeSet::from([shared, at_a, at_b, at_a_again]);
        assert_eq!(numbers.len(), 4);
        assert_eq!(shown(&a).await, shown(&b).await);
        let count = a.shop.product(&piece.id).await.unwrap();
        assert_eq!(
            (count.title.as_str(), count.on_hand),
            ("Alebrije rojo", 6 - 4 + 3 + 1 + 10)
        );
        assert_eq!(b.shop.product(&new.id).await.unwrap().on_hand, 6);
        assert_eq!(a.column("SELECT s10 FROM parcels").await.len(), 4);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shop_that_moved_to_a_new_computer_sends_what_waited_on_the_old_one() {
    let market = Market::start().await;
    let a = Laptop::new().await;
    a.sign_in(&market).await;
    let piece = a.piece("Olla", 1).await;
    a.sync().await;
    Visitor::at(&market.url()).buy(&piece.id).await;
    a.sync().await;
    let order = a.orders().await.remove(0).id;
    let number = a.label(&order).await.unwrap().s10.unwrap();
    let b = clone_of(&a, "second").await;
    drop(a);
    b.sign_in(&market).await;
    let state = b.sync().await;
    assert!(state.refused.is_empty(), "{:?}", state.refused);
    assert_eq!(b.shop.order(&order).await.unwrap().s10.unwrap(), number);
}

#[tokio::test]
async fn the_same_computer_and_one_without_a_name_stay_the_same_laptop() {
    let a = Laptop::new().await;
    let id = a.shop.laptop_id().to_owned();
    let a = a.restart().await;
    assert_eq!(a.shop.laptop_id(), id);
    assert_eq!(
        a.column("SELECT value FROM settings WHERE name = 'epoch'")
            .await
            .len(),
        0
    );
    // The hash is kept, not the name.
    let kept = a
        .column("SELECT value FROM settings WHERE name = 'machine'")
        .await;
    assert!(kept.len() == 1 && kept[0] != "first");
    let Laptop {
        folder,
        secrets,
        shop,
        ..
    } = a;
    shop.close().await;
    let nameless: Arc<dyn shop::world::World> = Arc::new(super::world::Moved::default());
    let shop = shop::Shop::open_with(folder.path(), nameless, darkroom::Darkroom::here())
        .await
        .unwrap();
    assert_eq!(shop.laptop_id(), id);
    shop.close().await;
    let shop = open(folder.path(), &secrets, &Computer::new("another"))
        .await
        .unwrap();
    assert_ne!(shop.laptop_id(), id);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stolen_laptop_comes_back_from_its_stick() {
    let market = Market::start().await;
    let a = Laptop::new().await;
    a.sign_in(&market).await;
    let piece = a.piece("Olla", 1).await;
    let stick = tempfile::tempdir().unwrap();
    a.shop.backup_folder_set(Some(stick.path())).await.unwrap();
    a.shop.backup_now().await.unwrap();
    let gone = a.shop.laptop_id().to_owned();
    drop(a);

    let b = Laptop::on(tempfile::tempdir().unwrap(), Computer::new("second")).await;
    let state = b.shop.backup_folder_set(Some(stick.path())).await.unwrap();
    let theirs = state
        .backups
        .iter()
        .find(|backup| backup.away)
        .unwrap()
        .id
        .clone();
    b.shop.backup_restore(&theirs).await.unwrap();
    let b = b.restart().await;
    assert_ne!(b.shop.laptop_id(), gone);
    let back = b.shop.product(&piece.id).await.unwrap();
    assert_eq!(back.title, "Olla");
    // The original came along: it can be edited here.
    assert!(back.photos[0].editable);
    b.sign_in(&market).await;
    b.sync().await;
}
