//! Lies of the event stream, while a window is open: it is a hint and nothing hangs on it.

use super::Stage;
use crate::liar::Lie;
use crate::world::{keep_syncing, until, until_carried};

const EVENTS: &str = "GET /api/v1/events";
const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n";

fn cases() -> Vec<(&'static str, Lie)> {
    let endless = |piece: &str| Lie::Endless(HEAD.into(), piece.as_bytes().to_vec());
    let hint = |position: &str| {
        Lie::say(&format!(
            "{HEAD}event: position\ndata: {{\"position\":{position}}}\n\n"
        ))
    };
    vec![
        ("a line without an end", endless("olla")),
        ("data without an end", endless("data: olla\n")),
        ("heartbeats without an end", endless(":\n")),
        (
            "hints without an end",
            endless("event: position\ndata: {\"position\":18446744073709551615}\n\n"),
        ),
        (
            "the same hint without an end",
            endless("event: position\ndata: {\"position\":0}\n\n"),
        ),
        ("a position beyond all", hint("18446744073709551615")),
        ("a position that is none", hint("-1e999")),
        (
            "an event of no sense",
            Lie::say(&format!(
                "{HEAD}event: position\ndata: [[[[\n\n\0\u{fffd}\r\r\r\n"
            )),
        ),
        (
            "a page",
            Lie::answer("200 OK", "content-type: text/html\r\n", "<html></html>"),
        ),
        ("nothing", Lie::say("HTTP/1.1 204 No Content\r\n\r\n")),
        (
            "a redirect",
            Lie::answer("302 Found", "location: /api/v1/events\r\n", ""),
        ),
        ("a shut door", Lie::HangUp),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_the_stream_says_work_goes_out_and_comes_in() {
    let stage = Stage::set().await;
    let (deceived, other) = (&stage.deceived, &stage.other);
    for (name, lie) in cases() {
        let is_endless = matches!(lie, Lie::Endless(..));
        stage.liar.lies(&[(EVENTS, lie)]);
        let syncing = keep_syncing(deceived);
        let liar = stage.liar.clone();
        until(&deceived.shop, &format!("{name}: told"), |_| {
            let told = liar.told() > 0;
            async move { told }
        })
        .await;
        deceived.title(&stage.mine, &format!("A {name}")).await;
        until_carried(&deceived.shop).await;
        if !is_endless {
            assert!(
                stage.liar.requests() <= 60,
                "{name}: {} requests",
                stage.liar.requests()
            );
        }
        stage.liar.is_honest();
        other.title(&stage.theirs, &format!("B {name}")).await;
        other.sync().await;
        assert_eq!(
            other.shop.product(&stage.mine).await.unwrap().title,
            format!("A {name}")
        );
        deceived.shop.sync_now().await.unwrap();
        let (theirs, title) = (&stage.theirs, &format!("B {name}"));
        until(&deceived.shop, &format!("{name}: heard"), |shop| async move {
            shop.product(theirs).await.unwrap().title == *title
        })
        .await;
        syncing.stop().await;
    }
}
