//! The editing table, the shot list, likeness, and photos that stop half-way.

use super::world::{jpeg, piece, scene, shop};
use image::RgbImage;
use shop::photos::view::{CropEdit, GreyEdit, LookEdit, PhotoHow};
use shop::{Code, Shop};

fn brighter() -> LookEdit {
    LookEdit {
        exposure: 60,
        white: Some(GreyEdit {
            red: 200,
            green: 180,
            blue: 150,
        }),
        ..LookEdit::default()
    }
}

async fn large(shop: &Shop, id: &str, at: usize) -> RgbImage {
    let product = shop.product(id).await.unwrap();
    let bytes = shop.rendition(&product.photos[at].large).await.unwrap();
    image::load_from_memory(&bytes).unwrap().to_rgb8()
}

#[tokio::test]
async fn an_edit_changes_what_is_shown_and_never_the_original() {
    let (folder, shop) = shop().await;
    let id = piece(&shop, "Olla", "BAR-1").await.id;
    let original = jpeg(&scene(1, 800, 600));
    let added = shop.photo_add(&id, "olla.jpg", original.clone()).await.unwrap();
    let plain = added.product.photos[0].clone();
    assert!(plain.editable && !plain.edited);

    let look = LookEdit {
        turns: 1,
        tilt: 250,
        crop: Some(CropEdit {
            left: 1_000,
            top: 2_000,
            width: 5_000,
            height: 5_000,
        }),
        ..brighter()
    };
    let edited = shop.photo_look_set(&id, &plain.hash, look).await.unwrap();
    let photo = &edited.photos[0];
    assert!(photo.edited && photo.large != plain.large && photo.small != plain.small);
    // Turned, 600 by 800; half of each is kept. The tilt shows it 1.057 times larger (cos 2.5° + sin 2.5° · 8/6), and
    // no pixel is made up.
    assert_eq!(large(&shop, &id, 0).await.dimensions(), (284, 378));

    let view = shop.photo_look(&id, &plain.hash).await.unwrap();
    assert_eq!((view.look, &view.plain), (look, &plain.large));
    assert_eq!((view.width, view.height), (800, 600));
    let kept = shop::folder::Folder::by_hash(&folder.path().join("photos/originals"), &plain.hash, "jpg");
    assert_eq!(std::fs::read(kept).unwrap(), original);

    // Kept through a restart, and taken back as if nothing had been.
    shop.close().await;
    let shop = Shop::open(folder.path()).await.unwrap();
    assert!(shop.product(&id).await.unwrap().photos[0].edited);
    let back = shop
        .photo_look_set(&id, &plain.hash, LookEdit::default())
        .await
        .unwrap();
    assert_eq!(back.photos[0], plain);
}

#[tokio::test]
async fn light_and_colour_are_copied_and_frames_stay() {
    let (_folder, shop) = shop().await;
    let id = piece(&shop, "Olla", "BAR-1").await.id;
    let mut hashes = Vec::new();
    for seed in 1..4 {
        let added = shop
            .photo_add(&id, "olla.jpg", jpeg(&scene(seed, 400, 300)))
            .await
            .unwrap();
        hashes.push(added.hash);
    }
    let crop = Some(CropEdit {
        left: 0,
        top: 0,
        width: 5_000,
        height: 10_000,
    });
    let own = LookEdit {
        crop,
        ..LookEdit::default()
    };
    shop.photo_look_set(&id, &hashes[1], own).await.unwrap();
    shop.photo_look_set(&id, &hashes[0], brighter()).await.unwrap();
    let dark = large(&shop, &id, 2).await;
    let copied = shop.photo_look_copy(&id, &hashes[0], &hashes).await.unwrap();
    assert!(copied.photos.iter().all(|photo| photo.edited));
    assert_eq!(large(&shop, &id, 1).await.dimensions(), (200, 300));
    let look = shop.photo_look(&id, &hashes[1]).await.unwrap().look;
    assert_eq!(look, LookEdit { crop, ..brighter() });
    let light = large(&shop, &id, 2).await;
    let sum = |picture: &RgbImage| {
        picture
            .as_raw()
            .iter()
            .map(|level| u64::from(*level))
            .sum::<u64>()
    };
    assert!(sum(&light) > sum(&dark));
}

#[tokio::test]
async fn a_photo_that_is_not_there_or_whose_original_is_elsewhere_says_so() {
    let (folder, shop) = shop().await;
    let id = piece(&shop, "Olla", "BAR-1").await.id;
    let added = shop
        .photo_add(&id, "olla.jpg", jpeg(&scene(1, 400, 300)))
        .await
        .unwrap();
    let nowhere = shop.photo_look_set(&id, &"0".repeat(64), brighter()).await;
    assert_eq!(nowhere.unwrap_err().code, Code::NotFound);
    let kept = shop::folder::Folder::by_hash(&folder.path().join("photos/originals"), &added.hash, "jpg");
    std::fs::remove_file(kept).unwrap();
    let gone = shop.photo_look_set(&id, &added.hash, brighter()).await;
    assert_eq!(gone.unwrap_err().code, Code::PhotoOriginalElsewhere);
    assert_eq!(shop.product(&id).await.unwrap().photos, added.product.photos);
}

#[tokio::test]
async fn an_edited_photo_keeps_its_look_through_removal_but_comes_plain_when_it_is_given_again() {
    let (_folder, shop) = shop().await;
    let id = piece(&shop, "Olla", "BAR-1").await.id;
    let bytes = jpeg(&scene(1, 400, 300));
    let hash = shop.photo_add(&id, "olla.jpg", bytes.clone()).await.unwrap().hash;
    let edited = shop.photo_look_set(&id, &hash, brighter()).await.unwrap();
    shop.photo_remove(&id, &hash).await.unwrap();
    let back = shop.photo_restore(&id, &hash, 0).await.unwrap();
    assert_eq!(back.photos, edited.photos);
    shop.photo_remove(&id, &hash).await.unwrap();
    let again = shop.photo_add(&id, "olla.jpg", bytes).await.unwrap();
    assert!(!again.product.photos[0].edited);
}

#[tokio::test]
async fn each_photo_can_be_one_of_the_shots() {
    let (_folder, shop) = shop().await;
    let id = piece(&shop, "Olla", "BAR-1").await.id;
    let how = PhotoHow {
        shot: "detail".into(),
        ..PhotoHow::default()
    };
    let added = shop
        .photo_add_as(&id, "olla.jpg", jpeg(&scene(1, 400, 300)), how)
        .await
        .unwrap();
    assert_eq!(added.product.photos[0].shot, "detail");
    for (given, kept) in [
        ("back", "back"),
        ("upside_down", ""),
        ("maker", "maker"),
        ("", ""),
    ] {
        let product = shop.photo_shot_set(&id, &added.hash, given).await.unwrap();
        assert_eq!(product.photos[0].shot, kept);
        assert_eq!(product.photos[0].large, added.product.photos[0].large);
    }
}

#[tokio::test]
async fn a_photo_that_looks_like_another_pieces_is_said() {
    let (_folder, shop) = shop().await;
    let olla = piece(&shop, "Olla", "BAR-1").await.id;
    let jarro = piece(&shop, "Jarro", "BAR-2").await.id;
    let first = shop
        .photo_add(&olla, "a.jpg", jpeg(&scene(1, 900, 700)))
        .await
        .unwrap();
    assert_eq!(first.similar, None);
    let other = shop
        .photo_add(&jarro, "b.jpg", jpeg(&scene(2, 900, 700)))
        .await
        .unwrap();
    assert_eq!(other.similar, None);
    // The same picture, smaller and compressed again.
    let again = shop
        .photo_add(&jarro, "c.jpg", jpeg(&scene(1, 450, 350)))
        .await
        .unwrap();
    let similar = again.similar.unwrap();
    assert_eq!((similar.product_id, similar.title), (olla, "Olla".to_owned()));
    assert_eq!(similar.small, first.product.photos[0].small);
}

#[tokio::test]
async fn what_stops_half_way_is_kept_when_the_person_wants_it() {
    let (_folder, shop) = shop().await;
    let id = piece(&shop, "Olla", "BAR-1").await.id;
    let whole = jpeg(&scene(1, 800, 600));
    let cut = whole[..whole.len() * 2 / 3].to_vec();
    let refused = shop.photo_add(&id, "olla.jpg", cut.clone()).await.unwrap_err();
    assert_eq!(refused.code, Code::PhotoTruncated);
    assert!(shop.product(&id).await.unwrap().photos.is_empty());
    let how = PhotoHow {
        keep_damaged: true,
        ..PhotoHow::default()
    };
    let kept = shop.photo_add_as(&id, "olla.jpg", cut, how).await.unwrap();
    assert!(kept.notes.contains(&"photo_damaged_in_part".to_owned()));
    // It can be edited like any other.
    let edited = shop.photo_look_set(&id, &kept.hash, brighter()).await.unwrap();
    assert!(edited.photos[0].edited);
}
