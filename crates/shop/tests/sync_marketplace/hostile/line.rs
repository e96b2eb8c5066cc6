//! Lies of the line: where a connection ends, what a head says, how long a body is and how it is packed.

use super::{ANYTHING, Case, Ends, FEED, ME, PUSH, Stage, case};
use crate::liar::{JSON, Liar, Lie};
use std::fmt::Write;

const PORTAL: &str = "<html><body>Acepta los términos para navegar</body></html>";
const HTML: &str = "content-type: text/html\r\n";

fn captives() -> Vec<Case> {
    vec![
        case(
            "a captive portal",
            ANYTHING,
            Lie::answer("200 OK", HTML, PORTAL),
            Ends::Troubled,
        ),
        case(
            "a portal that says JSON",
            PUSH,
            Lie::json("200 OK", PORTAL),
            Ends::Troubled,
        ),
        case(
            "a portal before the feed",
            FEED,
            Lie::answer("200 OK", HTML, PORTAL),
            Ends::Troubled,
        ),
        case(
            "511",
            ANYTHING,
            Lie::answer("511 Network Authentication Required", HTML, PORTAL),
            Ends::Troubled,
        ),
        case(
            "407",
            ANYTHING,
            Lie::answer("407 Proxy Authentication Required", HTML, PORTAL),
            Ends::Troubled,
        ),
        case(
            "204 to a push",
            PUSH,
            Lie::say("HTTP/1.1 204 No Content\r\n\r\n"),
            Ends::Troubled,
        ),
        case(
            "204 to who we are",
            ME,
            Lie::say("HTTP/1.1 204 No Content\r\n\r\n"),
            Ends::Calm,
        ),
        case("nothing at all", PUSH, Lie::json("200 OK", ""), Ends::Troubled),
        case("no type", PUSH, Lie::answer("200 OK", "", "{}"), Ends::Troubled),
        case(
            "another language",
            PUSH,
            Lie::answer("200 OK", "content-type: application/xml\r\n", "<a/>"),
            Ends::Troubled,
        ),
    ]
}

fn heads() -> Vec<Case> {
    let mut lines = String::from("HTTP/1.1 200 OK\r\n");
    for n in 0..10_000 {
        write!(lines, "x-{n}: y\r\n").unwrap();
    }
    lines.push_str("content-length: 2\r\n\r\n{}");
    let long = format!(
        "HTTP/1.1 200 OK\r\nx: {}\r\ncontent-length: 2\r\n\r\n{{}}",
        "y".repeat(1 << 20)
    );
    let years = "retry-after: 31556952000000\r\n";
    let busy = "503 Service Unavailable";
    vec![
        case("closed before the head", ANYTHING, Lie::HangUp, Ends::Offline),
        case(
            "closed in the head",
            ANYTHING,
            Lie::say("HTTP/1.1 200 OK\r\ncontent-ty"),
            Ends::Offline,
        ),
        case(
            "closed after the head",
            PUSH,
            Lie::say("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n"),
            Ends::Offline,
        ),
        case(
            "no HTTP",
            ANYTHING,
            Lie::say("\u{15}\u{3}\u{3}\0\u{2}\u{2}F"),
            Ends::Offline,
        ),
        case(
            "HTTP of the future",
            ANYTHING,
            Lie::say("HTTP/9.9 200 OK\r\ncontent-length: 0\r\n\r\n"),
            Ends::Offline,
        ),
        case(
            "status 999",
            PUSH,
            Lie::json("999 Nobody knows", "{}"),
            Ends::Troubled,
        ),
        case(
            "a line of a megabyte in the head",
            ANYTHING,
            Lie::Say(long.into_bytes()),
            Ends::Offline,
        ),
        case(
            "10,000 lines in the head",
            ANYTHING,
            Lie::Say(lines.into_bytes()),
            Ends::Offline,
        ),
        case(
            "a head without an end",
            ANYTHING,
            Lie::Endless(b"HTTP/1.1 200 OK\r\n".to_vec(), b"x: y\r\n".to_vec()),
            Ends::Offline,
        ),
        case(
            "a million years",
            PUSH,
            Lie::answer(busy, years, ""),
            Ends::Troubled,
        ),
        case(
            "years for everything",
            ANYTHING,
            Lie::answer(busy, years, ""),
            Ends::Troubled,
        ),
        case(
            "too many, for years",
            FEED,
            Lie::answer("429 Too Many Requests", years, ""),
            Ends::Troubled,
        ),
        case(
            "a wait before now",
            PUSH,
            Lie::answer(busy, "retry-after: -5\r\n", ""),
            Ends::Troubled,
        ),
        case(
            "a wait of words",
            PUSH,
            Lie::answer(busy, "retry-after: mañana\r\n", ""),
            Ends::Troubled,
        ),
    ]
}

fn lengths() -> Vec<Case> {
    let with = |head: &str, body: &str| Lie::say(&format!("HTTP/1.1 200 OK\r\n{JSON}{head}\r\n{body}"));
    let chunked = "transfer-encoding: chunked\r\n";
    vec![
        case(
            "a length too long",
            PUSH,
            with("content-length: 900\r\n", "{\"answers\":["),
            Ends::Offline,
        ),
        case(
            "a length too short",
            PUSH,
            with("content-length: 2\r\n", "{\"answers\":[]}"),
            Ends::Troubled,
        ),
        case(
            "a length below nothing",
            PUSH,
            with("content-length: -1\r\n", "{}"),
            Ends::Offline,
        ),
        case(
            "two lengths",
            PUSH,
            with("content-length: 2\r\ncontent-length: 9\r\n", "{}{}{}{}{}"),
            Ends::Offline,
        ),
        case(
            "a length beyond all",
            PUSH,
            with("content-length: 18446744073709551616\r\n", "{}"),
            Ends::Offline,
        ),
        case(
            "a broken head of a chunk",
            PUSH,
            with(chunked, "zz\r\n{}\r\n0\r\n\r\n"),
            Ends::Offline,
        ),
        case(
            "a chunk beyond all",
            PUSH,
            with(chunked, "fffffffffffffffff\r\n{}"),
            Ends::Offline,
        ),
        case(
            "chunks that break off",
            FEED,
            with(chunked, "5\r\n{\"ent\r\n"),
            Ends::Offline,
        ),
        case(
            "a length and chunks",
            PUSH,
            with(
                "content-length: 3\r\ntransfer-encoding: chunked\r\n",
                "2\r\n{}\r\n0\r\n\r\n",
            ),
            Ends::Calm,
        ),
    ]
}

fn encodings() -> Vec<Case> {
    let packed = |encoding: &str, body: &[u8]| {
        Lie::answer("200 OK", &format!("{JSON}content-encoding: {encoding}\r\n"), body)
    };
    let bomb = api::compression::pack(&vec![b' '; 48 << 20]).unwrap();
    assert!(bomb.len() < 10_000, "{}", bomb.len());
    let honest =
        api::compression::pack(format!("{{\"entries\":[],\"x\":\"{}\"}}", "olla ".repeat(200)).as_bytes())
            .unwrap();
    // A head that asks for a window of 2 GiB.
    let greedy = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa8, 0x01, 0x00, 0x00];
    vec![
        case("a bomb", FEED, packed("zstd", &bomb), Ends::Troubled),
        case("a bomb for a small answer", ME, packed("zstd", &bomb), Ends::Calm),
        case(
            "zstd cut off",
            FEED,
            packed("zstd", &honest[..honest.len() / 2]),
            Ends::Troubled,
        ),
        case("zstd that is none", PUSH, packed("zstd", b"ABCD"), Ends::Troubled),
        case(
            "zstd with a huge window",
            FEED,
            packed("zstd", &greedy),
            Ends::Troubled,
        ),
        case(
            "an encoding that nobody asked for",
            PUSH,
            packed("br", b"{}"),
            Ends::Troubled,
        ),
        case(
            "packed twice",
            FEED,
            packed("zstd, zstd", &honest),
            Ends::Troubled,
        ),
        case(
            "an encoding without a name",
            PUSH,
            packed("", b"{}"),
            Ends::Troubled,
        ),
    ]
}

fn endless() -> Vec<Case> {
    let body = |status: &str, head: &str| {
        let head = format!("HTTP/1.1 {status}\r\n{head}transfer-encoding: chunked\r\n\r\n");
        let mut piece = b"1000\r\n".to_vec();
        piece.extend([b' '; 0x1000]);
        piece.extend(b"\r\n");
        Lie::Endless(head.into_bytes(), piece)
    };
    vec![
        case(
            "an endless answer to who we are",
            ME,
            body("200 OK", JSON),
            Ends::Calm,
        ),
        case("an endless page", FEED, body("200 OK", JSON), Ends::Troubled),
        case(
            "endless answers to a push",
            PUSH,
            body("200 OK", JSON),
            Ends::Troubled,
        ),
        case(
            "an endless no",
            PUSH,
            body("400 Bad Request", JSON),
            Ends::Troubled,
        ),
        case(
            "an endless page of a portal",
            ANYTHING,
            body("500 Internal Server Error", HTML),
            Ends::Troubled,
        ),
    ]
}

#[tokio::test]
async fn captive_portals_and_empty_words() {
    Stage::set().await.play(captives()).await;
}

#[tokio::test]
async fn broken_and_overlong_heads() {
    Stage::set().await.play(heads()).await;
}

#[tokio::test]
async fn lengths_and_encodings_that_do_not_hold() {
    let mut stage = Stage::set().await;
    stage.play(lengths()).await;
    stage.play(encodings()).await;
}

#[tokio::test]
async fn a_body_without_an_end_is_read_to_its_limit_and_no_further() {
    /// What lies between the two ends of a connection, and is taken without being read.
    const ON_THE_WAY: u64 = 12 << 20;
    let mut stage = Stage::set().await;
    for case in endless() {
        let name = case.name;
        stage.suffer(case).await;
        let limit = if name.contains("page") || name.contains("push") {
            32 << 20
        } else {
            256 << 10
        };
        // The same is tried a few times at most.
        let taken = stage.liar.taken() / stage.liar.told() as u64;
        assert!(taken <= limit + ON_THE_WAY, "{name}: {taken} bytes");
        assert_eq!(
            stage.liar.left(),
            stage.liar.told(),
            "{name}: somebody still listens"
        );
    }
}

#[tokio::test]
async fn nobody_follows_a_redirect_with_the_shops_token() {
    let mut stage = Stage::set().await;
    // Where it is sent: nobody may come, least of all with a token or with what a person wrote.
    let trap = Liar::before(stage.liar.address()).await;
    trap.lies(&[]);
    let mut cases = Vec::new();
    for (name, status, to) in [
        (
            "301 to itself",
            "301 Moved Permanently",
            format!("{}/api/v1/push", stage.liar.url()),
        ),
        ("302 to another", "302 Found", format!("{}/portal", trap.url())),
        (
            "303 to another",
            "303 See Other",
            format!("{}/portal", trap.url()),
        ),
        (
            "307 to another",
            "307 Temporary Redirect",
            format!("{}/api/v1/push", trap.url()),
        ),
        (
            "308 to another",
            "308 Permanent Redirect",
            format!("{}/api/v1/feed", trap.url()),
        ),
        (
            "302 to plain http elsewhere",
            "302 Found",
            "http://mercado.invalid/api/v1/push".into(),
        ),
        ("302 to a file", "302 Found", "file:///etc/passwd".into()),
        ("302 to nowhere", "302 Found", String::new()),
    ] {
        let lie = Lie::answer(status, &format!("location: {to}\r\n"), "");
        cases.push(case(name, ANYTHING, lie, Ends::Troubled));
    }
    stage.play(cases).await;
    assert_eq!(trap.requests(), 0);
}
