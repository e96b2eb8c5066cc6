//! A seller lets a laptop in through the pages, and puts it out again.

use crate::harness::World;
use crate::harness::browser::Browser;
use api::auth::{DeviceAnswer, TokenAnswer};
use serde_json::{Value, json};

crate::on_both_databases!(
    a_seller_approves_what_the_laptop_shows,
    a_laptop_is_revoked_on_the_page,
    a_clerk_lets_no_laptops_in,
);

async fn authorize(world: &World) -> DeviceAnswer {
    let request = json!({"laptop_id": "lap-1", "laptop_name": "Laptop <de> María"});
    let post = world
        .http
        .post(world.url("/api/v1/device/authorize"))
        .json(&request);
    post.send().await.unwrap().json().await.unwrap()
}

async fn poll(world: &World, begun: &DeviceAnswer) -> Value {
    let request = json!({"grant_type": "device_code", "device_code": begun.device_code});
    let post = world.http.post(world.url("/api/v1/device/token")).json(&request);
    post.send().await.unwrap().json().await.unwrap()
}

async fn a_seller_approves_what_the_laptop_shows(world: World) {
    let email = world.seller("María").await;
    let begun = authorize(&world).await;
    let mut browser = Browser::new(&world);
    let path = begun
        .verification_uri_complete
        .strip_prefix(&world.url(""))
        .unwrap();
    let asked = browser.get(path).await;
    let sign_in = asked.location.unwrap();
    assert!(sign_in.starts_with("/sign-in?next=%2Fdevice"), "{sign_in}");
    let form = browser.get(&sign_in).await;
    let (token, next) = (form.token(), form.value("next"));
    let fields = [
        ("token", token.as_str()),
        ("next", next.as_str()),
        ("email", &email),
        ("password", crate::harness::PASSWORD),
    ];
    let signed_in = browser.post("/sign-in", &fields).await;
    assert_eq!(signed_in.location.as_deref(), Some(path));
    let page = browser.get(path).await;
    assert!(
        page.says(&begun.user_code) && page.says("Laptop &#60;de&#62; María"),
        "{}",
        page.text
    );
    let token = page.token();
    let wrong = [
        ("token", token.as_str()),
        ("code", "BBBB-BBBB"),
        ("decision", "approve"),
    ];
    assert!(browser.post("/device", &wrong).await.says("Ese código no está"));
    let code = begun.user_code.to_lowercase().replace('-', " ");
    let right = [
        ("token", token.as_str()),
        ("code", &code),
        ("decision", "approve"),
    ];
    assert!(browser.post("/device", &right).await.says("ya está conectada"));
    let tokens: TokenAnswer = serde_json::from_value(poll(&world, &begun).await).unwrap();
    assert_eq!(tokens.expires_in, 900);
    assert!(
        browser.post("/device", &right).await.says("Ese código no está"),
        "a code counts once"
    );
}

async fn a_laptop_is_revoked_on_the_page(world: World) {
    let email = world.seller("Rosa").await;
    let laptop = world.laptop_of(&email, "lap-7").await;
    let mut browser = Browser::signed_in(&world, &email).await;
    let page = browser.get("/account").await;
    assert!(page.says("Laptop lap-7"));
    let token = page.token();
    browser
        .post("/account/laptops/lap-7/revoke", &[("token", &token)])
        .await;
    assert!(browser.get("/account").await.says("Desconectada el"));
    let answer = laptop.request(reqwest::Method::GET, "/me").send().await.unwrap();
    assert_eq!(
        answer.json::<api::fault::Fault>().await.unwrap().code,
        "laptop_revoked"
    );
    // Nobody else's laptops.
    let elena = world.seller("Elena").await;
    let other = world.laptop_of(&elena, "lap-8").await;
    browser
        .post("/account/laptops/lap-8/revoke", &[("token", &token)])
        .await;
    assert_eq!(
        other
            .request(reqwest::Method::GET, "/me")
            .send()
            .await
            .unwrap()
            .status(),
        200
    );
}

async fn a_clerk_lets_no_laptops_in(world: World) {
    let clerk = world.clerk("Caja").await;
    let begun = authorize(&world).await;
    let mut browser = Browser::signed_in(&world, &clerk).await;
    let token = browser.get("/counter").await.token();
    let fields = [
        ("token", token.as_str()),
        ("code", &begun.user_code),
        ("decision", "approve"),
    ];
    assert!(
        browser
            .post("/device", &fields)
            .await
            .location
            .unwrap()
            .starts_with("/sign-in")
    );
    assert_eq!(poll(&world, &begun).await["code"], "authorization_pending");
    let seller = world.seller("Rosa").await;
    let mut browser = Browser::signed_in(&world, &seller).await;
    assert!(
        browser
            .get("/counter")
            .await
            .location
            .unwrap()
            .starts_with("/sign-in")
    );
}
