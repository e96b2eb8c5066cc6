//! The counter: what a clerk decides travels to the shop and to the buyer.

use crate::harness::browser::Browser;
use crate::harness::{Laptop, OFFICE, World, id};
use api::drop_off::{DropOff, DropOffState, DropOffStatus};
use api::intent::{Action, Outcome};
use api::order::{OrderStatus, Parcel, ParcelState};
use api::product::StockMode;

crate::on_both_databases!(
    a_drop_off_is_accepted_whole_and_delivered,
    one_parcel_is_given_back_and_comes_again,
    numbers_are_checked_and_slips_are_said_in_words,
    numbers_and_drop_offs_keep_their_rules,
);

/// An order, bought; gives its id and its page.
async fn order(world: &World, laptop: &mut Laptop, title: &str) -> (String, String) {
    let piece = laptop.piece(title, 119_000, 1, StockMode::Unique).await;
    let mut browser = Browser::new(world);
    browser.put_in_basket(&piece, "1").await;
    let page = browser.buy(&[]).await.location.unwrap();
    let id = page.split('/').nth(2).unwrap().to_owned();
    (id, page)
}

async fn numbered(laptop: &mut Laptop, order_id: &str) -> Parcel {
    let parcel = laptop.parcel(order_id).await;
    laptop
        .does(Action::NumberParcel {
            parcel: parcel.clone(),
        })
        .await;
    parcel
}

fn drop_off(parcels: &[&Parcel], sequence: u16) -> DropOff {
    let number = postal::DropOffNumber::new(345, 2026, 11, 21, sequence).unwrap();
    DropOff {
        id: id(),
        number: number.to_string(),
        office: OFFICE.into(),
        parcel_ids: parcels.iter().map(|parcel| parcel.id.clone()).collect(),
        closed_ms: marketplace::clock::now_ms(),
    }
}

async fn status(laptop: &Laptop, order_id: &str) -> OrderStatus {
    let order: api::order::OrderState = laptop.state("order", order_id).await;
    order.status
}

async fn a_drop_off_is_accepted_whole_and_delivered(world: World) {
    let mut laptop = world.laptop("Rosa").await;
    let (one, page) = order(&world, &mut laptop, "Cántaro").await;
    let (two, _) = order(&world, &mut laptop, "Olla").await;
    let parcels = [
        numbered(&mut laptop, &one).await,
        numbered(&mut laptop, &two).await,
    ];
    assert_eq!(status(&laptop, &one).await, OrderStatus::Labelled);
    let slip = drop_off(&[&parcels[0], &parcels[1]], 1);
    laptop
        .does(Action::CloseDropOff {
            drop_off: slip.clone(),
        })
        .await;
    laptop
        .does(Action::LeaveDropOff {
            drop_off_id: slip.id.clone(),
            at_ms: slip.closed_ms,
        })
        .await;
    assert_eq!(status(&laptop, &one).await, OrderStatus::HandedIn);
    let clerk = world.clerk("Caja").await;
    let mut browser = Browser::signed_in(&world, &clerk).await;
    // As a scanner or a person types it.
    let typed = slip.number.to_lowercase();
    let found = browser.get(&format!("/counter?number=+{typed}+")).await;
    assert!(found.says("2 paquetes") && found.says("Taller Rosa") && found.says("Recibir todo"));
    let token = found.token();
    let path = format!("/counter/drop-off/{}", slip.id);
    let done = browser
        .post(&path, &[("token", &token), ("do", "accept-all")])
        .await;
    assert_eq!(done.location.as_deref(), Some("/counter?done=2"));
    let desk = browser.get("/counter?done=2").await;
    assert!(
        desk.says("Listo: 2 paquetes anotados") && desk.text.matches("El correo lo recibió").count() == 2
    );
    let state: DropOffState = laptop.state("drop_off", &slip.id).await;
    assert_eq!(
        (state.status, state.decided_at.as_deref()),
        (DropOffStatus::Accepted, Some(OFFICE))
    );
    assert_eq!(status(&laptop, &one).await, OrderStatus::Shipped);
    let parcel: ParcelState = laptop.state("parcel", &parcels[0].id).await;
    assert_eq!(
        (parcel.events[0].code.as_str(), parcel.events[0].place.as_str()),
        ("EMA", "Oaxaca Centro")
    );
    // Sent again nothing happens twice.
    let again = browser
        .post(&path, &[("token", &token), ("do", "accept-all")])
        .await;
    assert!(again.location.unwrap().starts_with("/counter?done=0"));
    let path = format!("/counter/parcel/{}", parcels[0].id);
    let abroad = browser
        .post(&path, &[("token", &token), ("do", "event"), ("event", "EMD")])
        .await;
    assert!(
        abroad.location.unwrap().starts_with("/counter?done=0"),
        "it stays in the country"
    );
    for event in ["EMG", "EDG", "EMI"] {
        let entered = browser
            .post(&path, &[("token", &token), ("do", "event"), ("event", event)])
            .await;
        assert_eq!(entered.location.as_deref(), Some("/counter?done=1"), "{event}");
    }
    let back = browser
        .post(&path, &[("token", &token), ("do", "event"), ("event", "EMG")])
        .await;
    assert!(
        back.location.unwrap().starts_with("/counter?done=0"),
        "a delivered parcel stays delivered"
    );
    assert_eq!(status(&laptop, &one).await, OrderStatus::Delivered);
    assert_eq!(status(&laptop, &two).await, OrderStatus::Shipped);
    let seen = Browser::new(&world).get(&page).await;
    for words in [
        "El correo lo recibió",
        "Oaxaca Centro",
        "Salió a reparto",
        "Entregado",
    ] {
        assert!(seen.says(words), "{words}");
    }
}

async fn one_parcel_is_given_back_and_comes_again(world: World) {
    let mut laptop = world.laptop("Rosa").await;
    let (one, _) = order(&world, &mut laptop, "Cántaro").await;
    let (two, _) = order(&world, &mut laptop, "Olla").await;
    let parcels = [
        numbered(&mut laptop, &one).await,
        numbered(&mut laptop, &two).await,
    ];
    let slip = drop_off(&[&parcels[0], &parcels[1]], 1);
    laptop
        .does(Action::CloseDropOff {
            drop_off: slip.clone(),
        })
        .await;
    let clerk = world.clerk("Caja").await;
    let mut browser = Browser::signed_in(&world, &clerk).await;
    let token = browser.get("/counter").await.token();
    let (accept, refuse) = (
        format!("decision-{}", parcels[0].id),
        format!("decision-{}", parcels[1].id),
    );
    let (reason, note) = (
        format!("reason-{}", parcels[1].id),
        format!("note-{}", parcels[1].id),
    );
    let path = format!("/counter/drop-off/{}", slip.id);
    let wordless = [("token", token.as_str()), ("do", "each"), (&refuse, "refuse")];
    let wordless = browser.post(&path, &wordless).await;
    assert!(
        wordless.location.unwrap().starts_with("/counter?done=0"),
        "a refusal wants its reason"
    );
    let fields = [
        ("token", token.as_str()),
        ("do", "each"),
        (&accept, "accept"),
        (&refuse, "refuse"),
        (&reason, "packing"),
        (&note, "la caja <abierta>"),
    ];
    assert_eq!(
        browser.post(&path, &fields).await.location.as_deref(),
        Some("/counter?done=2")
    );
    let state: DropOffState = laptop.state("drop_off", &slip.id).await;
    assert_eq!(state.status, DropOffStatus::PartlyAccepted);
    let parcel: ParcelState = laptop.state("parcel", &parcels[1].id).await;
    assert_eq!(
        (parcel.drop_off_id, parcel.events[0].code.as_str()),
        (None, "X_REFUSED")
    );
    let why = parcel.events[0].reason.as_deref().unwrap();
    assert_eq!(why, "El empaque no aguanta el viaje: la caja <abierta>");
    assert_eq!(
        status(&laptop, &two).await,
        OrderStatus::Labelled,
        "it can be handed in again"
    );
    assert!(browser.get("/counter").await.says("la caja &#60;abierta&#62;"));
    let next_day = drop_off(&[&parcels[1]], 2);
    laptop
        .does(Action::CloseDropOff {
            drop_off: next_day.clone(),
        })
        .await;
    let fields = [("token", token.as_str()), ("do", "accept")];
    browser
        .post(&format!("/counter/parcel/{}", parcels[1].id), &fields)
        .await;
    let state: DropOffState = laptop.state("drop_off", &next_day.id).await;
    assert_eq!(state.status, DropOffStatus::Accepted);
    assert_eq!(status(&laptop, &two).await, OrderStatus::Shipped);
}

async fn numbers_are_checked_and_slips_are_said_in_words(world: World) {
    let clerk = world.clerk("Caja").await;
    let mut browser = Browser::signed_in(&world, &clerk).await;
    for (typed, words) in [
        ("RR473124828MX", "Un dígito no checa"),
        ("rr+473+124+829+mx", "no conocemos ese paquete"),
        ("RR47", "Le faltan o le sobran letras"),
        (
            "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
            "Le faltan o le sobran letras",
        ),
    ] {
        let page = browser.get(&format!("/counter?number={typed}")).await;
        assert_eq!(page.status, 200);
        assert!(page.says(words), "{typed}: {}", page.text);
        assert!(!page.says("<script"));
    }
    let mut anonymous = Browser::new(&world);
    assert!(
        anonymous
            .get("/counter")
            .await
            .location
            .unwrap()
            .starts_with("/sign-in?next=%2Fcounter")
    );
}

async fn numbers_and_drop_offs_keep_their_rules(world: World) {
    let email = world.seller("Rosa").await;
    let mut laptop = world.laptop_of(&email, "one").await;
    let mut other = world.laptop_of(&email, "two").await;
    let (one, _) = order(&world, &mut laptop, "Cántaro").await;
    let (two, _) = order(&world, &mut laptop, "Olla").await;
    let code = |outcome: Outcome| match outcome {
        Outcome::Refused { code, .. } => code,
        other => panic!("{other:?}"),
    };
    let parcel = laptop.parcel(&one).await;
    // The number was leased to the other laptop of the shop.
    let stranger = Action::NumberParcel {
        parcel: parcel.clone(),
    };
    assert_eq!(code(other.act(stranger).await), "number_not_leased");
    laptop
        .does(Action::NumberParcel {
            parcel: parcel.clone(),
        })
        .await;
    let twice = Parcel {
        id: id(),
        order_id: two.clone(),
        ..parcel.clone()
    };
    assert_eq!(
        code(laptop.act(Action::NumberParcel { parcel: twice }).await),
        "number_taken"
    );
    let nobody = Parcel {
        id: id(),
        order_id: id(),
        ..laptop.parcel(&two).await
    };
    assert_eq!(
        code(laptop.act(Action::NumberParcel { parcel: nobody }).await),
        "no_such_order"
    );
    let wrong = Parcel {
        s10: "RN000000000MX".into(),
        ..laptop.parcel(&two).await
    };
    assert_eq!(
        code(laptop.act(Action::NumberParcel { parcel: wrong }).await),
        "invalid"
    );
    let close = |drop_off: DropOff| Action::CloseDropOff { drop_off };
    let empty = drop_off(&[], 1);
    assert_eq!(code(laptop.act(close(empty)).await), "invalid");
    let unknown = drop_off(
        &[&Parcel {
            id: id(),
            ..parcel.clone()
        }],
        1,
    );
    assert_eq!(code(laptop.act(close(unknown)).await), "no_such_parcel");
    let first = drop_off(&[&parcel], 1);
    laptop.does(close(first.clone())).await;
    let second = drop_off(&[&parcel], 2);
    assert_eq!(code(laptop.act(close(second)).await), "parcel_taken");
    let same_number = DropOff { id: id(), ..first };
    assert_eq!(code(laptop.act(close(same_number)).await), "number_taken");
    let late = laptop
        .act(Action::CancelOrder {
            order_id: one.clone(),
            reason: "tarde".into(),
        })
        .await;
    assert_eq!(code(late), "order_moved_on");
    let gone = laptop.parcel(&one).await;
    assert_eq!(
        code(laptop.act(Action::NumberParcel { parcel: gone }).await),
        "order_moved_on"
    );
}
