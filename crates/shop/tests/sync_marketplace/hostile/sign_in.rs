//! Lies before a marketplace is joined: an address that was typed wrong, or that belongs to somebody else by now.

use crate::liar::{JSON, Liar, Lie};
use crate::world::{Laptop, Market};
use serde_json::json;
use shop::Code;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_marketplace_is_told_apart_before_anything_is_joined() {
    let market = Market::start().await;
    let liar = Liar::before(market.address()).await;
    let laptop = Laptop::new().await;
    let html = "content-type: text/html\r\n";
    let head = format!("HTTP/1.1 200 OK\r\n{JSON}\r\n");
    let no = Code::ServerNotAMarketplace;
    let cases = [
        ("a portal", Lie::answer("200 OK", html, "<html></html>"), no),
        (
            "a redirect",
            Lie::answer("301 Moved Permanently", "location: /\r\n", ""),
            no,
        ),
        ("not found", Lie::answer("404 Not Found", html, ""), no),
        ("JSON of another", Lie::json("200 OK", r#"{"ok":true}"#), no),
        (
            "a no of another",
            Lie::json("400 Bad Request", r#"{"code":"que","message":""}"#),
            no,
        ),
        ("no end", Lie::Endless(head.into_bytes(), b" ".to_vec()), no),
        (
            "busy",
            Lie::answer(
                "503 Service Unavailable",
                "retry-after: 99999999999999999999\r\n",
                "",
            ),
            Code::ServerBusy,
        ),
        ("hangs up", Lie::HangUp, Code::ServerUnreachable),
        (
            "a page that is a script",
            Lie::twist(|code| code["verification_uri"] = json!("javascript:alert(1)")),
            no,
        ),
        (
            "a page over plain http",
            Lie::twist(|code| code["verification_uri_complete"] = json!("http://mercado.example/")),
            no,
        ),
        (
            "a page that is a file",
            Lie::twist(|code| code["verification_uri_complete"] = json!("file:///etc/passwd")),
            no,
        ),
        (
            "a code of 100,000 letters",
            Lie::twist(|code| code["user_code"] = json!("B".repeat(100_000))),
            no,
        ),
        (
            "an address of 100,000 letters",
            Lie::twist(|code| {
                code["verification_uri"] = json!(format!("https://mercado.mx/{}", "b".repeat(100_000)))
            }),
            no,
        ),
        (
            "a wait below nothing",
            Lie::twist(|code| code["interval"] = json!(-1)),
            no,
        ),
    ];
    for (name, lie, expected) in cases {
        liar.lies(&[("POST /api/v1/device/authorize", lie)]);
        let fault = laptop.shop.sign_in_begin(&liar.url()).await.unwrap_err();
        assert_eq!(fault.code, expected, "{name}: {fault}");
        assert_eq!(liar.requests(), 1, "{name}");
        assert!(
            laptop.shop.sign_in_server().await.is_none(),
            "{name}: it was begun"
        );
    }

    // With the code there already, its answer lies.
    liar.is_honest();
    for (name, lie) in [
        ("a portal", Lie::answer("200 OK", html, "<html></html>")),
        ("no tokens", Lie::json("200 OK", "{}")),
        ("a redirect", Lie::answer("302 Found", "location: /\r\n", "")),
        (
            "a no that nobody knows",
            Lie::json("400 Bad Request", r#"{"code":"que","message":""}"#),
        ),
    ] {
        laptop.shop.sign_in_begin(&liar.url()).await.unwrap();
        liar.lies(&[("POST /api/v1/device/token", lie)]);
        let fault = laptop.shop.sign_in_poll().await.unwrap_err();
        assert_eq!(fault.code, no, "{name}: {fault}");
        liar.is_honest();
    }
    laptop.sign_in(&market, &liar.url()).await;
    laptop.sync().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hello_of_tls_that_is_answered_in_plain_text() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let plain = tokio::spawn(async move {
        let (mut client, _) = listener.accept().await.unwrap();
        client.read_u8().await.unwrap();
        let said = b"HTTP/1.1 400 Bad Request\r\ncontent-type: text/html\r\n\r\n<html>plain HTTP</html>";
        client.write_all(said).await.unwrap();
        client.shutdown().await.unwrap();
        let mut hello = Vec::new();
        // It may be cut with an alert or without one.
        let _ = client.read_to_end(&mut hello).await;
        hello
    });
    let laptop = Laptop::new().await;
    let fault = laptop
        .shop
        .sign_in_begin(&format!("https://{address}"))
        .await
        .unwrap_err();
    assert_eq!(fault.code, Code::ServerUnreachable);
    let hello = String::from_utf8_lossy(&plain.await.unwrap()).into_owned();
    assert!(!hello.contains("device"), "nothing was said in plain text");
}
