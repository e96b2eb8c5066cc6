//! Pieces, photos and stock, all without a network.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use shop::catalog::view::{
    FieldChange, Missing, Price, Product, ProductFilter, ProductQuery, ProductStatus, StockKind,
};
use shop::stock::view::MoveReason;
use shop::{Code, Shop};
use tempfile::TempDir;

async fn shop() -> (TempDir, Shop) {
    let folder = tempfile::tempdir().unwrap();
    let shop = Shop::open(folder.path()).await.unwrap();
    (folder, shop)
}

fn photo(view: &str) -> Vec<u8> {
    let piece = testkit::sample::pieces().unwrap().remove(0);
    let view = piece
        .views
        .iter()
        .find(|v| v.contains(view))
        .unwrap_or(&piece.views[0])
        .clone();
    testkit::sample::photo_of_side(&piece.slug, &view, 120).unwrap()
}

async fn pot(shop: &Shop) -> Product {
    let piece = shop.product_create().await.unwrap();
    let changes = vec![
        FieldChange::Title("Olla de barro bruñido".into()),
        FieldChange::Price(Some(Price {
            minor: 78_000,
            currency: "MXN".into(),
        })),
        FieldChange::Community("Tlaquepaque, Ñandú".into()),
    ];
    shop.product_edit(&piece.id, changes).await.unwrap()
}

async fn found(shop: &Shop, text: &str, filter: ProductFilter) -> Vec<String> {
    let query = ProductQuery {
        text: text.into(),
        filter,
        offset: 0,
        limit: 50,
    };
    shop.product_list(query)
        .await
        .unwrap()
        .items
        .into_iter()
        .map(|item| item.title)
        .collect()
}

#[tokio::test]
async fn a_piece_goes_up_for_sale_when_nothing_is_missing() {
    let (_folder, shop) = shop().await;
    let pot = pot(&shop).await;
    assert_eq!(pot.status, ProductStatus::Draft);
    let fault = shop.product_publish(&pot.id).await.unwrap_err();
    assert_eq!(
        (fault.code, fault.params["missing"].as_str()),
        (Code::NotReady, "photo")
    );

    let added = shop.photo_add(&pot.id, "olla.jpg", photo("front")).await.unwrap();
    assert_eq!(added.product.missing, [Missing::Weight]);
    let again = shop
        .photo_add(&pot.id, "copia.jpg", photo("front"))
        .await
        .unwrap();
    assert!(again.duplicate, "the same bytes twice are one photo");
    assert_eq!(again.product.photos.len(), 1);

    let on_sale = shop.product_publish(&pot.id).await.unwrap();
    assert_eq!(on_sale.status, ProductStatus::OnSale);
    assert!(on_sale.waiting, "the marketplace has not heard of it yet");
    assert_eq!(
        shop.product_withdraw(&pot.id).await.unwrap().status,
        ProductStatus::Withdrawn
    );
}

#[tokio::test]
async fn search_finds_as_one_types_and_without_accents() {
    let (_folder, shop) = shop().await;
    let pot = pot(&shop).await;
    for text in ["olla", "OLLA bru", "brunido", "nandu", "b", "olla tlaque"] {
        assert_eq!(
            found(&shop, text, ProductFilter::All).await,
            ["Olla de barro bruñido"],
            "{text}"
        );
    }
    for text in ["jarra", "olla jarra", "\"", "*", "olla OR jarra"] {
        assert!(found(&shop, text, ProductFilter::All).await.is_empty(), "{text}");
    }
    shop.product_edit(&pot.id, vec![FieldChange::Title("Jarra".into())])
        .await
        .unwrap();
    assert_eq!(found(&shop, "jar", ProductFilter::Drafts).await, ["Jarra"]);
    assert!(
        found(&shop, "olla", ProductFilter::All).await.is_empty(),
        "the old words are gone from the index"
    );
}

#[tokio::test]
async fn bad_fields_are_refused_in_full_and_nothing_is_lost() {
    let (_folder, shop) = shop().await;
    let pot = pot(&shop).await;
    let price = |minor| {
        FieldChange::Price(Some(Price {
            minor,
            currency: "MXN".into(),
        }))
    };
    for (bad, code) in [
        (price(-1), Code::OutOfRange),
        (price(1_000_000_000_000), Code::OutOfRange),
        (FieldChange::Title("ñ".repeat(100_000)), Code::TooLong),
        (FieldChange::Title("con\u{0}nulo".into()), Code::NotUnderstood),
        (FieldChange::Branch("cars".into()), Code::NotUnderstood),
        (FieldChange::WeightG(Some(-5)), Code::OutOfRange),
    ] {
        let fault = shop
            .product_edit(&pot.id, vec![FieldChange::Sku("OB-1".into()), bad])
            .await
            .unwrap_err();
        assert_eq!(fault.code, code);
    }
    let there = shop.product(&pot.id).await.unwrap();
    assert_eq!(there, pot, "an edit is all or nothing");
}

#[tokio::test]
async fn bad_photos_are_refused_and_leave_no_trace() {
    let (folder, shop) = shop().await;
    let pot = pot(&shop).await;
    let whole = photo("front");
    let avif = b"\0\0\0\x18ftypavif\0\0\0\0mif1avif".to_vec();
    for (bytes, code) in [
        (Vec::new(), Code::PhotoEmpty),
        (b"this is a text, named .jpg".to_vec(), Code::PhotoNotAnImage),
        (whole[..whole.len() / 2].to_vec(), Code::PhotoTruncated),
        (avif, Code::PhotoUnsupported),
    ] {
        let fault = shop.photo_add(&pot.id, "foto.jpg", bytes).await.unwrap_err();
        assert_eq!(fault.code, code);
    }
    assert!(shop.product(&pot.id).await.unwrap().photos.is_empty());
    assert_eq!(files(&folder.path().join("photos")), 0);
}

fn files(folder: &std::path::Path) -> usize {
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .map(|path| if path.is_dir() { files(&path) } else { 1 })
        .sum()
}

#[tokio::test]
async fn photos_are_moved_removed_and_put_back() {
    let (_folder, shop) = shop().await;
    let pot = pot(&shop).await;
    let slugs: Vec<_> = testkit::sample::pieces().unwrap().into_iter().take(3).collect();
    let mut hashes = Vec::new();
    for piece in &slugs {
        let bytes = testkit::sample::photo_of_side(&piece.slug, &piece.views[0], 100).unwrap();
        hashes.push(shop.photo_add(&pot.id, "f.jpg", bytes).await.unwrap().hash);
    }
    let order = |product: &Product| product.photos.iter().map(|p| p.hash.clone()).collect::<Vec<_>>();
    let moved = shop.photo_move(&pot.id, &hashes[2], 0).await.unwrap();
    assert_eq!(
        order(&moved),
        [hashes[2].clone(), hashes[0].clone(), hashes[1].clone()]
    );
    let removed = shop.photo_remove(&pot.id, &hashes[0]).await.unwrap();
    assert_eq!(order(&removed), [hashes[2].clone(), hashes[1].clone()]);
    let back = shop.photo_restore(&pot.id, &hashes[0], 1).await.unwrap();
    assert_eq!(order(&back), order(&moved));
    let small = &back.photos[0].small;
    assert_eq!(&shop.rendition(small).await.unwrap()[..2], [0xff, 0xd8], "a JPEG");
    for bad in ["", "../../shop.db", &small[1..], &small.to_uppercase()] {
        assert!(shop.rendition(bad).await.is_err(), "{bad}");
    }
}

#[tokio::test]
async fn stock_is_a_ledger() {
    let (_folder, shop) = shop().await;
    let pot = pot(&shop).await;
    assert_eq!((pot.stock_kind, pot.on_hand), (StockKind::Unique, 1));
    shop.product_edit(&pot.id, vec![FieldChange::StockKind(StockKind::Quantity)])
        .await
        .unwrap();
    let more = shop.stock_move(&pot.id, 5, MoveReason::Made, "").await.unwrap();
    assert_eq!(more.on_hand, 6);
    let fewer = shop
        .stock_move(&pot.id, -2, MoveReason::Fair, "Feria de Uruapan")
        .await
        .unwrap();
    assert_eq!(fewer.on_hand, 4);
    let fault = shop
        .stock_move(&pot.id, -5, MoveReason::Damaged, "")
        .await
        .unwrap_err();
    assert_eq!(fault.code, Code::WouldBeNegative);
    let counted = shop.stock_count(&pot.id, 4, 3).await.unwrap();
    assert_eq!(counted.on_hand, 3);
    let history = shop.stock_history(&pot.id).await.unwrap();
    let deltas: Vec<_> = history.iter().map(|line| (line.delta, line.balance)).collect();
    assert_eq!(deltas, [(-1, 3), (-2, 4), (5, 6), (1, 1)]);
}

#[tokio::test]
async fn everything_is_there_when_the_shop_is_opened_again_and_only_one_opens_it() {
    let (folder, shop) = shop().await;
    let pot = pot(&shop).await;
    let second = Shop::open(folder.path()).await.err().map(|fault| fault.code);
    assert_eq!(second, Some(Code::ShopOpenElsewhere));
    shop.close().await;
    let again = Shop::open(folder.path()).await.unwrap();
    assert_eq!(again.product(&pot.id).await.unwrap(), pot);
}

#[tokio::test]
async fn a_folder_that_is_no_shop_is_said_so() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("shop.db"), vec![7_u8; 4096]).unwrap();
    assert_eq!(
        Shop::open(folder.path()).await.err().map(|fault| fault.code),
        Some(Code::ShopDamaged)
    );
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    assert_eq!(
        Shop::open(&file).await.err().map(|fault| fault.code),
        Some(Code::FolderUnusable)
    );
}

#[tokio::test]
async fn deleting_is_undone_and_a_copy_is_a_draft_of_its_own() {
    let (_folder, shop) = shop().await;
    let pot = pot(&shop).await;
    shop.photo_add(&pot.id, "olla.jpg", photo("front")).await.unwrap();
    shop.product_publish(&pot.id).await.unwrap();
    let copy = shop.product_duplicate(&pot.id).await.unwrap();
    assert_eq!((copy.status, copy.photos.len()), (ProductStatus::Draft, 1));
    assert_eq!(copy.title, pot.title);
    shop.product_delete(&pot.id).await.unwrap();
    assert_eq!(found(&shop, "olla", ProductFilter::All).await.len(), 1);
    let back = shop.product_restore(&pot.id).await.unwrap();
    assert_eq!(
        (back.deleted, back.status),
        (false, ProductStatus::Withdrawn),
        "it does not go on sale by itself"
    );
}
