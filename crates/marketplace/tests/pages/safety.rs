//! Forged forms, guessed passwords, oversized and hostile input.

use crate::harness::browser::Browser;
use crate::harness::{PASSWORD, World};
use api::intent::Action;
use api::product::StockMode;
use reqwest::Method;
use serde_json::json;
use std::collections::BTreeMap;

crate::on_both_databases!(
    a_forged_form_does_nothing,
    what_people_write_is_only_text,
    every_answer_carries_its_guards,
    hostile_questions_find_nothing_and_break_nothing,
    a_new_password_signs_browsers_out,
    signing_in_leads_to_no_other_site,
);

async fn a_forged_form_does_nothing(world: World) {
    let mut laptop = world.laptop("Rosa").await;
    let piece = laptop.piece("Cántaro", 119_000, 3, StockMode::Quantity).await;
    let mut browser = Browser::new(&world);
    let token = browser.get(&format!("/piece/{piece}")).await.token();
    let origin = world.url("");
    let good = [("token", token.as_str()), ("piece", piece.as_str())];
    let bad = [("token", "0000"), ("piece", piece.as_str())];
    let none = [("piece", piece.as_str())];
    for (fields, headers) in [
        (&bad[..], &[("origin", origin.as_str())][..]),
        (&none[..], &[("origin", origin.as_str())]),
        (&good[..], &[("origin", "https://evil.example")]),
        (&good[..], &[("origin", "null")]),
        (&good[..], &[("sec-fetch-site", "cross-site")]),
    ] {
        let answer = browser.send(Method::POST, "/basket", Some(fields), headers).await;
        assert_eq!(answer.status, 403, "{fields:?} {headers:?}");
        assert!(answer.says("No pudimos recibirlo"));
    }
    assert!(browser.get("/basket").await.says("Tu canasta está vacía"));
    // Another visitor's token is as good as none.
    let mut other = Browser::new(&world);
    other.get("/").await;
    assert_eq!(other.post("/basket", &good).await.status, 403);
    assert_eq!(browser.post("/basket", &good).await.status, 303);
}

async fn what_people_write_is_only_text(world: World) {
    let mut laptop = world.laptop("Rosa").await;
    let piece = laptop.piece("Cántaro", 119_000, 3, StockMode::Quantity).await;
    let evil = "\"><script>alert(1)</script>'; DROP TABLE orders;--";
    let fields: BTreeMap<_, _> = ["title", "story", "technique", "community", "maker", "materials"]
        .into_iter()
        .map(|name| (name.to_owned(), json!(evil)))
        .collect();
    laptop
        .does(Action::SetProduct {
            product_id: piece.clone(),
            fields,
        })
        .await;
    let mut browser = Browser::new(&world);
    browser.put_in_basket(&piece, "1").await;
    let changes = [
        ("buyer_name", evil),
        ("note", evil),
        ("street", evil),
        ("name", evil),
    ];
    let order = browser.buy(&changes).await;
    assert_eq!(order.status, 303, "{}", order.text);
    let clerk = world.clerk("Caja").await;
    let seller = Browser::signed_in(&world, "rosa@example.mx").await;
    let mut counter = Browser::signed_in(&world, &clerk).await;
    drop(seller);
    let order_id = laptop.orders().await[0].id.clone();
    let parcel = laptop.parcel(&order_id).await;
    laptop
        .does(Action::NumberParcel {
            parcel: parcel.clone(),
        })
        .await;
    let pages = [
        browser.get("/").await,
        browser.get(&format!("/piece/{piece}")).await,
        browser.get("/basket").await,
        browser.get(order.location.as_deref().unwrap()).await,
        browser
            .get("/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
            .await,
        browser.get("/sign-in?next=%22%3E%3Cscript%3E").await,
        counter.get(&format!("/counter?number={}", parcel.s10)).await,
    ];
    for page in pages {
        assert_eq!(page.status, 200);
        assert!(!page.says("<script"), "{}", page.text);
    }
}

async fn every_answer_carries_its_guards(world: World) {
    let mut browser = Browser::new(&world);
    for path in [
        "/",
        "/nothing",
        "/api/v1/nothing",
        "/assets/grecas.svg",
        "/sign-in",
    ] {
        let answer = browser.get(path).await;
        let header = |name: &str| {
            answer
                .headers
                .get(name)
                .map_or("", |value| value.to_str().unwrap())
        };
        let policy = header("content-security-policy");
        assert!(
            policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{path}"
        );
        assert!(!policy.contains("unsafe"), "{path}");
        assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header("referrer-policy"), "same-origin", "{path}");
    }
    let home = browser.get("/").await;
    assert!(
        !home.says("http://") && !home.says("https://") && !home.says(" style="),
        "nothing from elsewhere"
    );
    let style = home
        .text
        .split("href=\"/assets/site-")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let style = browser.get(&format!("/assets/site-{style}")).await;
    assert_eq!(style.status, 200);
    assert!(
        style.headers["cache-control"]
            .to_str()
            .unwrap()
            .contains("immutable")
    );
    for path in [
        "/assets/..%2f..%2fCargo.toml",
        "/assets/x.woff2",
        "/photos/..%2fmarketplace.db",
        "/photos/x.jpg",
    ] {
        assert_eq!(browser.get(path).await.status, 404, "{path}");
    }
}

async fn hostile_questions_find_nothing_and_break_nothing(world: World) {
    let mut laptop = world.laptop("Rosa").await;
    laptop.piece("Cántaro", 119_000, 3, StockMode::Quantity).await;
    let mut browser = Browser::new(&world);
    for question in [
        "'%20OR%20'1'='1",
        "%25%25%25",
        "%00",
        "%5C",
        "x%27%3B--",
        "%F0%9F%98%80",
        "%80",
    ] {
        let page = browser.get(&format!("/search?q={question}")).await;
        assert!(
            page.status == 200 || page.status == 400,
            "{question} {}",
            page.status
        );
        assert!(!page.says("Cántaro de"), "{question}");
    }
    let long = "ñ".repeat(3000);
    let escaped: String = long.bytes().map(|byte| format!("%{byte:02X}")).collect();
    assert_eq!(browser.get(&format!("/search?q={escaped}")).await.status, 200);
    let token = browser.get("/sign-in").await.token();
    let huge = "x".repeat(200 * 1024);
    let answer = browser
        .post("/sign-in", &[("token", &token), ("email", &huge)])
        .await;
    assert_eq!(answer.status, 413);
    let long = "x".repeat(5000);
    let answer = browser
        .post("/sign-in", &[("token", &token), ("email", &long)])
        .await;
    assert_eq!(answer.status, 413);
    let nul = browser
        .post(
            "/sign-in",
            &[("token", &token), ("email", "a\0b"), ("password", "\0")],
        )
        .await;
    assert_eq!(nul.status, 422);
}

async fn a_new_password_signs_browsers_out(world: World) {
    let email = world.seller("Rosa").await;
    let mut browser = Browser::signed_in(&world, &email).await;
    assert_eq!(browser.get("/account").await.status, 200);
    world.seller("Rosa").await;
    assert_eq!(browser.get("/account").await.status, 303, "the session has ended");
    let mut again = Browser::signed_in(&world, &email).await;
    let token = again.get("/account").await.token();
    assert_eq!(again.post("/sign-out", &[("token", &token)]).await.status, 303);
    assert_eq!(again.get("/account").await.status, 303);
}

async fn signing_in_leads_to_no_other_site(world: World) {
    let email = world.seller("Rosa").await;
    for next in ["//evil.example", "https://evil.example", "/\\evil.example"] {
        let mut browser = Browser::new(&world);
        let token = browser.get("/sign-in").await.token();
        let fields = [
            ("token", token.as_str()),
            ("email", &email),
            ("password", PASSWORD),
            ("next", next),
        ];
        assert_eq!(
            browser.post("/sign-in", &fields).await.location.as_deref(),
            Some("/account")
        );
    }
}

#[tokio::test]
async fn passwords_and_codes_cannot_be_guessed() {
    let world = World::with(|config| config.attempts_per_quarter_hour = 5).await;
    let email = world.seller("Rosa").await;
    let mut browser = Browser::signed_in(&world, &email).await;
    let mut stranger = Browser::new(&world);
    for attempt in 0..5 {
        let wrong = stranger.sign_in(&email, &format!("guess {attempt}")).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.says("no coinciden"));
    }
    let stopped = stranger.sign_in(&email, PASSWORD).await;
    assert_eq!(stopped.status, 429, "even the right one has to wait now");
    assert!(stopped.says("Espera un poquito") && stopped.headers.contains_key("retry-after"));
    for _ in 0..5 {
        assert_eq!(browser.get("/device?code=BCDF-GHJK").await.status, 422);
    }
    assert_eq!(browser.get("/device?code=BCDF-GHJK").await.status, 429);
}
