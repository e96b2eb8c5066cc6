//! Device authorization, rotating refresh tokens, revoked laptops.

use crate::harness::World;
use api::auth::{DeviceAnswer, Me, TokenAnswer};
use api::fault::Fault;
use marketplace::accounts::devices;
use reqwest::{Method, Response};
use serde_json::{Value, json};

crate::on_both_databases!(
    a_laptop_waits_for_its_sellers_word,
    a_seller_may_say_no,
    a_refresh_token_is_good_once,
    a_copied_refresh_token_ends_the_family,
    an_answer_that_got_lost_locks_nobody_out,
    a_revoked_laptop_is_out_at_once,
);

async fn authorize(world: &World, name: &str) -> Response {
    let request = json!({"laptop_id": "lap-1", "laptop_name": name});
    let post = world
        .http
        .post(world.url("/api/v1/device/authorize"))
        .json(&request);
    post.send().await.unwrap()
}

async fn token(world: &World, request: Value) -> Response {
    let post = world.http.post(world.url("/api/v1/device/token")).json(&request);
    post.send().await.unwrap()
}

async fn code(response: Response) -> String {
    assert!(!response.status().is_success());
    response.json::<Fault>().await.unwrap().code
}

async fn a_laptop_waits_for_its_sellers_word(world: World) {
    let email = world.seller("María").await;
    let shop = world.shop_of(&email).await;
    let begun: DeviceAnswer = authorize(&world, "Laptop de María").await.json().await.unwrap();
    assert_eq!(begun.user_code.len(), 9);
    assert!(begun.verification_uri_complete.ends_with(&begun.user_code));
    let poll = || {
        token(
            &world,
            json!({"grant_type": "device_code", "device_code": begun.device_code}),
        )
    };
    assert_eq!(code(poll().await).await, "authorization_pending");
    assert_eq!(code(poll().await).await, "slow_down");
    let database = world.server.database();
    assert!(
        devices::decide(database, &begun.user_code, &shop, true)
            .await
            .unwrap()
    );
    let decided_again = devices::decide(database, &begun.user_code, &shop, false)
        .await
        .unwrap();
    assert!(!decided_again, "the seller's word counts once");
    let tokens: TokenAnswer = poll().await.json().await.unwrap();
    assert_eq!(code(poll().await).await, "invalid_grant");
    let me = world
        .http
        .get(world.url("/api/v1/me"))
        .bearer_auth(&tokens.access_token)
        .send()
        .await
        .unwrap();
    let me: Me = me.json().await.unwrap();
    assert_eq!((me.shop_id, me.email, me.currency.as_str()), (shop, email, "MXN"));
    assert_eq!(me.address.city, "San Bartolo Coyotepec");
    let anonymous = world.http.get(world.url("/api/v1/me")).send().await.unwrap();
    assert_eq!(code(anonymous).await, "token_expired");
    let long = authorize(&world, &"x".repeat(81)).await;
    assert_eq!(code(long).await, "invalid");
}

async fn a_seller_may_say_no(world: World) {
    let email = world.seller("María").await;
    let shop = world.shop_of(&email).await;
    let begun: DeviceAnswer = authorize(&world, "¿Quién?").await.json().await.unwrap();
    devices::decide(world.server.database(), &begun.user_code, &shop, false)
        .await
        .unwrap();
    let poll = json!({"grant_type": "device_code", "device_code": begun.device_code});
    assert_eq!(code(token(&world, poll).await).await, "access_denied");
    let made_up = json!({"grant_type": "device_code", "device_code": "made up"});
    assert_eq!(code(token(&world, made_up).await).await, "invalid_grant");
}

async fn refresh(world: &World, refresh_token: &str) -> Response {
    token(
        world,
        json!({"grant_type": "refresh_token", "refresh_token": refresh_token}),
    )
    .await
}

async fn a_refresh_token_is_good_once(world: World) {
    let laptop = world.laptop("Rosa").await;
    let first = laptop.tokens.clone();
    let second: TokenAnswer = refresh(&world, &first.refresh_token).await.json().await.unwrap();
    assert_ne!(second.refresh_token, first.refresh_token);
    // The answer got lost: within a minute the old one is still good.
    let retried: TokenAnswer = refresh(&world, &first.refresh_token).await.json().await.unwrap();
    for tokens in [second, retried] {
        let laptop = laptop.with(tokens);
        laptop.get::<Me>("/me").await;
    }
    assert_eq!(code(refresh(&world, "made up").await).await, "invalid_grant");
}

async fn two_minutes_go_by(world: &World) {
    let mut tx = world.server.database().begin().await.unwrap();
    sqlx::query("UPDATE refresh_tokens SET used_ms = used_ms - 120000 WHERE used_ms IS NOT NULL")
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn an_answer_that_got_lost_locks_nobody_out(world: World) {
    let laptop = world.laptop("Rosa").await;
    let first = laptop.tokens.refresh_token.clone();
    // Asked three times over an evening, and each answer got lost.
    for _ in 0..3 {
        let lost = refresh(&world, &first).await;
        assert_eq!(lost.status(), 200);
        two_minutes_go_by(&world).await;
    }
    let arrived: TokenAnswer = refresh(&world, &first).await.json().await.unwrap();
    laptop.with(arrived.clone()).get::<Me>("/me").await;
    two_minutes_go_by(&world).await;
    // From now on whoever comes with the first one has it from somewhere else.
    assert_eq!(code(refresh(&world, &first).await).await, "invalid_grant");
    assert_eq!(
        code(refresh(&world, &arrived.refresh_token).await).await,
        "invalid_grant"
    );
}

async fn a_copied_refresh_token_ends_the_family(world: World) {
    let laptop = world.laptop("Rosa").await;
    let copied = laptop.tokens.refresh_token.clone();
    let next: TokenAnswer = refresh(&world, &copied).await.json().await.unwrap();
    laptop.with(next.clone()).get::<Me>("/me").await;
    two_minutes_go_by(&world).await;
    assert_eq!(code(refresh(&world, &copied).await).await, "invalid_grant");
    assert_eq!(
        code(refresh(&world, &next.refresh_token).await).await,
        "invalid_grant"
    );
    let laptop = laptop.with(next);
    let answer = laptop.request(Method::GET, "/me").send().await.unwrap();
    assert_eq!(code(answer).await, "laptop_revoked");
}

async fn a_revoked_laptop_is_out_at_once(world: World) {
    let email = world.seller("Rosa").await;
    let lost = world.laptop_of(&email, "lost").await;
    let here = world.laptop_of(&email, "here").await;
    let listed: Vec<api::auth::Laptop> = here.get("/laptops").await;
    assert_eq!(listed.len(), 2);
    assert!(listed.iter().any(|laptop| laptop.id == "here" && laptop.this_one));
    let gone = here
        .request(Method::DELETE, "/laptops/lost")
        .send()
        .await
        .unwrap();
    assert_eq!(gone.status(), 204);
    let answer = lost.request(Method::GET, "/feed").send().await.unwrap();
    assert_eq!(code(answer).await, "laptop_revoked");
    assert_eq!(
        code(refresh(&world, &lost.tokens.refresh_token).await).await,
        "invalid_grant"
    );
    here.get::<Me>("/me").await;
    let unknown = here
        .request(Method::DELETE, "/laptops/nobody")
        .send()
        .await
        .unwrap();
    assert_eq!(code(unknown).await, "not_found");
    // Signed in anew by its seller it is welcome again.
    let again = world.laptop_of(&email, "lost").await;
    again.get::<Me>("/me").await;
}
