//! The sample shop holds together, and every picture can be drawn.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;

use testkit::sample::{CraftCard, Fault, PHOTO_SIDE, photo, photo_of_side, pieces, seller};

#[test]
fn a_dozen_pieces_of_several_branches() {
    let pieces = pieces().unwrap();
    assert_eq!(pieces.len(), 12);
    let different =
        |of: fn(&testkit::sample::SamplePiece) -> &str| pieces.iter().map(of).collect::<BTreeSet<_>>().len();
    assert_eq!(different(|piece| &piece.slug), 12);
    assert_eq!(different(|piece| &piece.sku), 12);
    assert!(different(|piece| &piece.branch) >= 10);
    for piece in &pieces {
        assert!(
            api::product::BRANCHES.contains(&piece.branch.as_str()),
            "{}",
            piece.branch
        );
        assert!(
            piece.price_minor > 0 && piece.weight_g > 0 && piece.hours > 0,
            "{}",
            piece.slug
        );
        assert!(piece.size_mm.length > 0 && piece.size_mm.width > 0 && piece.size_mm.height > 0);
        assert_eq!(piece.currency, "MXN");
        assert!(
            if piece.unique {
                piece.quantity == 1
            } else {
                piece.quantity > 1
            },
            "{}",
            piece.slug
        );
        assert!(!piece.maker.name.is_empty() && !piece.maker.place.is_empty());
        assert!(piece.views.len() >= 2 && piece.views[0] == "front");
    }
}

#[test]
fn cards_are_whole_in_three_languages() {
    for piece in pieces().unwrap() {
        for tag in ["es", "en", "fr"] {
            let card: &CraftCard = piece.texts.in_language(tag);
            assert!(
                (1..=60).contains(&card.title.chars().count()),
                "{}: {}",
                piece.slug,
                card.title
            );
            assert!(card.story.chars().count() > 100, "{}: {tag}", piece.slug);
            for text in [&card.technique, &card.materials, &card.category, &card.community] {
                assert!(!text.trim().is_empty(), "{}: {tag}", piece.slug);
            }
            assert_eq!(card.people.is_empty(), piece.texts.es.people.is_empty());
        }
        assert_ne!(piece.texts.es.story, piece.texts.en.story);
        assert_ne!(piece.texts.en.story, piece.texts.fr.story);
        assert_eq!(piece.texts.in_language("de").title, piece.texts.es.title);
    }
}

#[test]
fn the_seller_has_an_address() {
    let seller = seller().unwrap();
    assert_eq!(seller.shop_name, "Taller Núñez");
    assert_eq!(
        (
            seller.address.postal_code.as_str(),
            seller.address.country.as_str()
        ),
        ("45500", "MX")
    );
}

#[test]
fn every_view_of_every_piece_can_be_drawn() {
    for piece in pieces().unwrap() {
        let mut seen = BTreeSet::new();
        for view in &piece.views {
            let bytes = photo_of_side(&piece.slug, view, 100).unwrap();
            let picture = image::load_from_memory(&bytes).unwrap().into_luma8();
            assert_eq!(picture.dimensions(), (100, 100));
            let (dark, light) = picture.iter().fold((255, 0), |(dark, light), value| {
                (*value.min(&dark), *value.max(&light))
            });
            assert!(
                light - dark > 60,
                "{} {view} shows nothing: {dark} to {light}",
                piece.slug
            );
            let mean = picture.iter().map(|value| u32::from(*value)).sum::<u32>() / 10_000;
            assert!((50..220).contains(&mean), "{} {view}: mean {mean}", piece.slug);
            assert!(
                seen.insert(bytes),
                "{} {view} is the same picture as another",
                piece.slug
            );
        }
    }
}

#[test]
fn a_picture_is_a_photo_that_the_shop_takes() {
    let bytes = photo("olla-barro-brunido", "front").unwrap();
    assert_eq!(bytes, photo("olla-barro-brunido", "front").unwrap());
    let developed = imaging::develop(&bytes, &imaging::Limits::default()).unwrap();
    assert_eq!(
        (developed.width as usize, developed.height as usize),
        (PHOTO_SIDE, PHOTO_SIDE)
    );
    assert_eq!((developed.large.width, developed.small.width), (1600, 400));
    assert!(developed.notes.is_empty());
}

#[test]
fn what_is_not_there_is_said() {
    for (slug, view) in [
        ("olla-barro-brunido", "back"),
        ("no-such-piece", "front"),
        ("", ""),
    ] {
        assert!(matches!(photo(slug, view), Err(Fault::NoSuchPhoto { .. })));
    }
}
