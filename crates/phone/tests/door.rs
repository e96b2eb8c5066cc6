//! The door over real HTTP: who gets in, what is taken, what is refused, and that it closes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use phone::{Code, Phase};
use reqwest::Client;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use support::{MORNING_MS, PATIENCE, Shop, Stand, Visitor, hand_clock, told};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

const MINUTE_MS: i64 = 60_000;

/// Everything that comes back over a plain connection, until it ends.
async fn raw(host: &str, request: &str) -> String {
    let mut line = TcpStream::connect(host).await.unwrap();
    line.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    timeout(PATIENCE, line.read_to_end(&mut answer))
        .await
        .unwrap()
        .unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn a_photo_goes_from_the_phone_into_the_piece() {
    let stand = Stand::open(Shop::default(), |_| {}).await;
    let visitor = Visitor::enter(&stand.url).await;
    assert_eq!(
        visitor.send("Jarr%C3%B3n.jpg", "bytes").await,
        (200, "taken".into())
    );
    assert_eq!(
        visitor.send("Jarr%C3%B3n.jpg", "bytes").await,
        (409, "duplicate".into())
    );
    assert_eq!(
        visitor.send("a.jpg", "not a photo").await,
        (415, "not-an-image".into())
    );

    let kept = stand.shop.kept.lock().unwrap().clone();
    assert_eq!(kept, [("Jarrón.jpg".to_owned(), b"bytes".to_vec(), 1)]);
    let state = stand
        .until("three are settled", |state| state.received + state.refused == 3)
        .await;
    assert_eq!((state.received, state.refused, state.receiving), (1, 2, 0));
    assert_eq!(state.last.unwrap().outcome, Err(Code::NotAnImage.into()));
    assert_eq!(stand.on_their_way(), 0, "nothing is left behind");
}

#[tokio::test]
async fn every_answer_is_shut_off_from_the_rest_of_the_web() {
    let stand = Stand::open(Shop::default(), |_| {}).await;
    let client = Client::new();
    for url in [
        stand.url.clone(),
        format!("{}x", stand.url),
        format!("{}/wait", stand.url),
    ] {
        let answer = client.get(&url).send().await.unwrap();
        let headers = answer.headers();
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(
            policy.starts_with("default-src 'none'") && !policy.contains("unsafe"),
            "{policy}"
        );
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert_eq!(headers["referrer-policy"], "no-referrer");
        assert_eq!(headers["cache-control"], "no-store");
        assert!(!headers.contains_key("access-control-allow-origin"));
    }
    let page = client.get(&stand.url).send().await.unwrap();
    let cookie = page.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    assert!(cookie.contains(&format!("Path={}", stand.path())), "{cookie}");
    let page = page.text().await.unwrap();
    assert!(page.contains("Tomar foto") && page.contains("Olla de barro negro"));
    assert!(
        !page.contains("http://") || page.contains("www.w3.org"),
        "nothing from elsewhere"
    );
}

#[tokio::test]
async fn a_title_cannot_bring_markup_along() {
    let stand = Stand::open(Shop::default(), |options| {
        options.title = "</script><script>alert(1)</script>".to_owned();
    })
    .await;
    let page = Client::new()
        .get(&stand.url)
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(!page.contains("<script>alert"));
    assert!(page.contains("alert(1)"));
}

#[tokio::test]
async fn a_wrong_secret_finds_a_kind_page_and_guessing_is_slowed() {
    let (hand, clock) = hand_clock();
    let stand = Stand::open(Shop::default(), |options| options.clock = clock).await;
    let inside = Visitor::enter(&stand.url).await;
    let client = Client::new();
    let guess = |n: usize| client.get(format!("http://{}/guess{n}", stand.host()));

    let answer = guess(0).header("accept-language", "fr-CA").send().await.unwrap();
    assert_eq!(answer.status(), 404);
    let page = answer.text().await.unwrap();
    assert!(
        page.contains("rien ici") && page.contains("<html lang=\"fr\">"),
        "{page}"
    );
    let mut slowed = None;
    for n in 1..40 {
        let answer = guess(n).send().await.unwrap();
        if answer.status() == 429 {
            slowed = Some((n, answer.headers()["retry-after"].to_str().unwrap().to_owned()));
            break;
        }
        assert_eq!(answer.status(), 404);
    }
    let (after, wait) = slowed.expect("guessing goes on for ever");
    assert!(
        after <= 21 && wait.parse::<u32>().unwrap() <= 61,
        "{after} {wait}"
    );
    assert_eq!(
        client.get(&stand.url).send().await.unwrap().status(),
        429,
        "even when it guesses right"
    );
    assert_eq!(
        inside.send("a.jpg", "a").await.0,
        200,
        "who is in does not suffer"
    );
    hand.fetch_add(61_000, Ordering::SeqCst);
    assert_eq!(client.get(&stand.url).send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn what_every_browser_asks_for_is_no_guess() {
    let stand = Stand::open(Shop::default(), |_| {}).await;
    for _ in 0..40 {
        let icon = Client::new()
            .get(format!("http://{}/favicon.ico", stand.host()))
            .send()
            .await
            .unwrap();
        assert_eq!(icon.status(), 404);
    }
    Visitor::enter(&stand.url).await;
}

#[tokio::test]
async fn when_its_time_is_over_it_says_so_and_later_closes() {
    let (hand, clock) = hand_clock();
    let stand = Stand::open(Shop::default(), |options| options.clock = clock).await;
    assert_eq!(stand.door.expires_ms(), MORNING_MS + 15 * MINUTE_MS);
    let visitor = Visitor::enter(&stand.url).await;
    hand.fetch_add(15 * MINUTE_MS, Ordering::SeqCst);
    assert_eq!(visitor.send("a.jpg", "a").await, (410, "expired".into()));
    let page = visitor.client.get(&stand.url).send().await.unwrap();
    assert_eq!(page.status(), 410);
    assert!(
        page.text()
            .await
            .unwrap()
            .contains("Se acabó el tiempo de este código")
    );
    stand
        .until("it is expired", |state| state.phase == Phase::Expired)
        .await;
    assert!(stand.shop.names().is_empty());

    hand.fetch_add(5 * MINUTE_MS, Ordering::SeqCst);
    stand
        .until("it is closed", |state| state.phase == Phase::Closed)
        .await;
    assert!(TcpStream::connect(stand.host()).await.is_err());
}

#[tokio::test]
async fn use_keeps_it_open_for_an_hour_and_no_longer() {
    let (hand, clock) = hand_clock();
    let stand = Stand::open(Shop::default(), |options| options.clock = clock).await;
    let visitor = Visitor::enter(&stand.url).await;
    for n in 1..=5_i64 {
        hand.store(MORNING_MS + n * 10 * MINUTE_MS, Ordering::SeqCst);
        assert_eq!(visitor.send("a.jpg", format!("photo {n}")).await.0, 200);
        let expected = (n * 10 + 15).min(60);
        assert_eq!(stand.door.expires_ms(), MORNING_MS + expected * MINUTE_MS);
    }
    hand.store(MORNING_MS + 60 * MINUTE_MS, Ordering::SeqCst);
    assert_eq!(visitor.send("a.jpg", "late").await.0, 410);
}

#[tokio::test]
async fn several_phones_come_in_and_strangers_do_not() {
    let stand = Stand::open(Shop::default(), |_| {}).await;
    let one = Visitor::enter(&stand.url).await;
    let two = Visitor::enter(&stand.url).await;
    assert_ne!(one.cookie, two.cookie);
    assert_eq!(one.send("1.jpg", "one").await.0, 200);
    assert_eq!(two.send("2.jpg", "two").await.0, 200);
    let phones: Vec<u32> = stand
        .shop
        .kept
        .lock()
        .unwrap()
        .iter()
        .map(|kept| kept.2)
        .collect();
    assert_eq!(phones, [1, 2]);

    // Loading the page again is not another phone.
    let again = one
        .client
        .get(&stand.url)
        .header("cookie", &one.cookie)
        .send()
        .await
        .unwrap();
    assert!(!again.headers().contains_key("set-cookie"));
    assert_eq!(stand.door.watch().borrow().phones.len(), 2);

    // The address alone is not enough, nor is the session of another door.
    let other = Stand::open(Shop::default(), |_| {}).await;
    let stranger = Visitor::enter(&other.url).await;
    let answer = stranger
        .client
        .post(format!("{}/photos", stand.url))
        .header("cookie", &stranger.cookie)
        .body("x")
        .send()
        .await
        .unwrap();
    assert_eq!(told(answer).await, (403, "unknown-phone".into()));
}

#[tokio::test]
async fn half_a_gigabyte_is_refused_before_it_is_read() {
    let stand = Stand::open(Shop::default(), |_| {}).await;
    let visitor = Visitor::enter(&stand.url).await;
    let head = format!(
        "POST {}/photos HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nContent-Length: 500000000\r\nConnection: close\r\n\r\n",
        stand.path(),
        stand.host(),
        visitor.cookie
    );
    let answer = raw(&stand.host(), &head).await;
    assert!(
        answer.starts_with("HTTP/1.1 413 ") && answer.ends_with("{\"code\":\"too-large\"}"),
        "{answer}"
    );
    let state = stand.door.watch().borrow().clone();
    assert_eq!((state.refused, state.receiving), (1, 0));
    assert_eq!(state.last.unwrap().outcome, Err(Code::TooLarge.into()));
}

#[tokio::test]
async fn what_does_not_say_its_size_is_cut_at_the_limit() {
    let stand = Stand::open(Shop::default(), |_| {}).await;
    let visitor = Visitor::enter(&stand.url).await;
    let pulled = Arc::new(AtomicUsize::new(0));
    let chunks = futures_util::stream::iter(0..500).map_chunks(pulled.clone());
    // The connection may break while the phone still sends; what matters is that it ends, and early.
    let answer = visitor
        .photo("big.jpg", reqwest::Body::wrap_stream(chunks))
        .send()
        .await;
    if let Ok(answer) = answer {
        assert_eq!(told(answer).await, (413, "too-large".into()));
    }
    stand
        .until("it is refused", |state| {
            state.refused == 1 && state.receiving == 0
        })
        .await;
    let pulled = pulled.load(Ordering::SeqCst);
    assert!((60..80).contains(&pulled), "{pulled} MB were read of 500");
    assert_eq!(stand.on_their_way(), 0);
    assert!(stand.shop.names().is_empty());
}

trait Megabytes {
    fn map_chunks(
        self,
        pulled: Arc<AtomicUsize>,
    ) -> impl futures_util::Stream<Item = Result<Vec<u8>, std::io::Error>> + Send + 'static;
}

impl<S: futures_util::Stream<Item = i32> + Send + 'static> Megabytes for S {
    fn map_chunks(
        self,
        pulled: Arc<AtomicUsize>,
    ) -> impl futures_util::Stream<Item = Result<Vec<u8>, std::io::Error>> + Send + 'static {
        use futures_util::StreamExt;
        self.map(move |n| {
            pulled.fetch_add(1, Ordering::SeqCst);
            Ok(vec![u8::try_from(n % 251).unwrap(); 1_000_000])
        })
    }
}

#[tokio::test]
async fn many_at_once_wait_their_turn() {
    let stand = Stand::open(Shop::waiting(), |_| {}).await;
    let phones = [
        Visitor::enter(&stand.url).await,
        Visitor::enter(&stand.url).await,
        Visitor::enter(&stand.url).await,
    ];
    let start = |phone: &Visitor, n: usize| {
        let sending = phone.photo("a.jpg", format!("photo {n}")).send();
        tokio::spawn(async move { told(sending.await.unwrap()).await })
    };
    let mut under_way = vec![start(&phones[0], 1), start(&phones[0], 2)];
    stand
        .until("two are under way", |state| state.receiving == 2)
        .await;
    let third = phones[0].photo("a.jpg", "photo 3").send().await.unwrap();
    assert_eq!(third.headers()["retry-after"], "1");
    assert_eq!(told(third).await, (503, "busy".into()));

    under_way.extend([start(&phones[1], 4), start(&phones[1], 5)]);
    stand
        .until("four are under way", |state| state.receiving == 4)
        .await;
    assert_eq!(phones[2].send("a.jpg", "photo 6").await, (503, "busy".into()));

    stand.shop.permits.add_permits(100);
    for sending in under_way {
        assert_eq!(sending.await.unwrap(), (200, "taken".into()));
    }
    stand
        .until("the places are free", |state| state.receiving == 0)
        .await;
    assert_eq!(phones[2].send("a.jpg", "photo 6").await, (200, "taken".into()));
    assert_eq!(stand.door.watch().borrow().refused, 0, "waiting is not refusing");
}

#[tokio::test]
async fn nothing_and_the_wrong_way_are_refused() {
    let stand = Stand::open(Shop::default(), |_| {}).await;
    let visitor = Visitor::enter(&stand.url).await;
    assert_eq!(visitor.send("a.jpg", "").await, (400, "empty".into()));
    let nothing = futures_util::stream::iter(Vec::<Result<Vec<u8>, std::io::Error>>::new());
    assert_eq!(
        visitor.send("a.jpg", reqwest::Body::wrap_stream(nothing)).await,
        (400, "empty".into())
    );
    let put = visitor
        .client
        .put(format!("{}/photos", stand.url))
        .header("cookie", &visitor.cookie);
    assert_eq!(put.body("x").send().await.unwrap().status(), 405);
    let read = visitor
        .client
        .get(format!("{}/photos", stand.url))
        .send()
        .await
        .unwrap();
    assert_eq!(read.status(), 405);
    let deeper = visitor
        .client
        .get(format!("{}/etc/passwd", stand.url))
        .send()
        .await
        .unwrap();
    assert_eq!(deeper.status(), 404);
    assert!(stand.shop.names().is_empty());
    assert_eq!(stand.on_their_way(), 0);
}

#[tokio::test]
async fn a_name_that_is_bound_to_this_address_gets_nothing() {
    let stand = Stand::open(Shop::default(), |_| {}).await;
    let port = stand.host().split(':').nth(1).unwrap().to_owned();
    for host in [
        format!("Host: evil.example:{port}\r\n"),
        format!("Host: localhost:{port}\r\n"),
        "Host: 127.0.0.1\r\n".to_owned(),
        format!("Host: 192.168.1.2:{port}\r\n"),
        format!("Host: {0}\r\nHost: evil.example\r\n", stand.host()),
        String::new(),
    ] {
        let request = format!("GET {} HTTP/1.1\r\n{host}Connection: close\r\n\r\n", stand.path());
        let answer = raw(&stand.host(), &request).await;
        let status = answer.split(' ').nth(1).unwrap_or_default().to_owned();
        assert!(status == "421" || status == "400", "{host:?}: {answer}");
        assert!(!answer.contains("set-cookie"), "{answer}");
    }
    assert!(stand.door.watch().borrow().phones.is_empty());
}

#[tokio::test]
async fn a_page_from_elsewhere_cannot_post() {
    let stand = Stand::open(Shop::default(), |_| {}).await;
    let visitor = Visitor::enter(&stand.url).await;
    for (name, value) in [
        ("origin", "http://evil.example"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
    ] {
        let answer = visitor
            .photo("a.jpg", "a")
            .header(name, value)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 403, "{name}: {value}");
    }
    assert!(stand.shop.names().is_empty());
}

#[tokio::test]
async fn a_closed_door_is_heard_of_and_then_nothing_answers() {
    let stand = Stand::open(Shop::default(), |_| {}).await;
    let visitor = Visitor::enter(&stand.url).await;
    let host = stand.host();
    let asked = visitor
        .client
        .get(format!("{}/wait?seen=1", stand.url))
        .header("cookie", &visitor.cookie)
        .send();
    let hears = tokio::spawn(async move { told(asked.await.unwrap()).await });
    // A photo that stops halfway, and a head that never ends.
    let mut half = TcpStream::connect(&host).await.unwrap();
    let head = format!(
        "POST {}/photos HTTP/1.1\r\nHost: {host}\r\nCookie: {}\r\nContent-Length: 1000\r\n\r\nhalf",
        stand.path(),
        visitor.cookie
    );
    half.write_all(head.as_bytes()).await.unwrap();
    let mut slow = TcpStream::connect(&host).await.unwrap();
    slow.write_all(b"GET / HT").await.unwrap();
    stand
        .until("the photo is on its way", |state| state.receiving == 1)
        .await;

    let mut watch = stand.door.watch();
    timeout(PATIENCE, stand.door.close()).await.unwrap();
    assert_eq!(hears.await.unwrap(), (410, "closed".into()));
    let mut answer = Vec::new();
    timeout(PATIENCE, half.read_to_end(&mut answer))
        .await
        .unwrap()
        .unwrap();
    assert!(String::from_utf8_lossy(&answer).starts_with("HTTP/1.1 410 "));
    let mut end = Vec::new();
    // Cut off: an end or a reset, and no answer.
    let _ = timeout(PATIENCE, slow.read_to_end(&mut end)).await.unwrap();
    assert!(end.is_empty());
    assert!(TcpStream::connect(&host).await.is_err(), "nothing listens");
    let state = watch.borrow_and_update().clone();
    assert_eq!((state.phase, state.receiving), (Phase::Closed, 0));
    assert_eq!(std::fs::read_dir(stand.folder.path()).unwrap().count(), 0);
    assert!(stand.shop.names().is_empty());
}

#[tokio::test]
async fn every_address_that_it_gives_leads_to_it() {
    let stand = Stand::open(Shop::default(), |options| options.address = None).await;
    let addresses = stand.door.addresses();
    for url in &addresses {
        Visitor::enter(url).await;
    }
    assert_eq!(stand.door.watch().borrow().phones.len(), addresses.len());
    // The loopback is not shown, and is answered.
    let port = stand.host().split(':').nth(1).unwrap().to_owned();
    Visitor::enter(&format!("http://127.0.0.1:{port}{}", stand.path())).await;
}

#[tokio::test]
async fn a_door_that_is_dropped_is_closed() {
    let stand = Stand::open(Shop::default(), |_| {}).await;
    let host = stand.host();
    let mut watch = stand.door.watch();
    drop(stand.door);
    let closed = timeout(PATIENCE, watch.wait_for(|state| state.phase == Phase::Closed)).await;
    assert!(closed.is_ok());
    assert!(TcpStream::connect(&host).await.is_err());
}

#[tokio::test]
async fn a_photo_that_breaks_off_is_not_a_photo() {
    let stand = Stand::open(Shop::default(), |_| {}).await;
    let visitor = Visitor::enter(&stand.url).await;
    let mut line = TcpStream::connect(stand.host()).await.unwrap();
    let head = format!(
        "POST {}/photos HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nX-Photo-Name: a.jpg\r\nContent-Length: 1000\r\n\r\nhalf",
        stand.path(),
        stand.host(),
        visitor.cookie
    );
    line.write_all(head.as_bytes()).await.unwrap();
    let state = stand
        .until("it is on its way", |state| state.receiving == 1)
        .await;
    assert_eq!(
        (state.arriving[0].name.as_str(), state.arriving[0].of),
        ("a.jpg", Some(1000))
    );
    drop(line);
    let state = stand.until("it is given up", |state| state.receiving == 0).await;
    assert_eq!(
        (state.received, state.refused),
        (0, 0),
        "the phone sends it again"
    );
    assert_eq!(stand.on_their_way(), 0);
    assert!(stand.shop.names().is_empty());
    assert_eq!(visitor.send("a.jpg", "whole").await.0, 200);
}

#[tokio::test]
async fn a_photo_whose_answer_was_lost_is_taken_once() {
    let stand = Stand::open(Shop::default(), |_| {}).await;
    let visitor = Visitor::enter(&stand.url).await;
    for _ in 0..2 {
        let sending = visitor.photo("a.jpg", "a").header("x-photo-id", "s-1").send();
        assert_eq!(
            told(sending.await.unwrap()).await,
            (200, "taken".into()),
            "not: you had it"
        );
    }
    assert_eq!(stand.shop.names().len(), 1);

    // What may pass later is asked again.
    stand.shop.full.store(true, Ordering::SeqCst);
    let try_it = || async {
        let sending = visitor.photo("b.jpg", "b").header("x-photo-id", "s-2").send();
        told(sending.await.unwrap()).await
    };
    assert_eq!(try_it().await, (507, "full-disk".into()));
    stand.shop.full.store(false, Ordering::SeqCst);
    assert_eq!(try_it().await, (200, "taken".into()));
}

#[tokio::test]
async fn a_sink_that_breaks_does_not_break_the_door() {
    let stand = Stand::open(Shop::default(), |_| {}).await;
    let visitor = Visitor::enter(&stand.url).await;
    stand.shop.panics.store(true, Ordering::SeqCst);
    assert_eq!(visitor.send("a.jpg", "a").await, (500, "broken".into()));
    stand.shop.panics.store(false, Ordering::SeqCst);
    assert_eq!(visitor.send("a.jpg", "a").await, (200, "taken".into()));
    let state = stand
        .until("both are settled", |state| {
            state.receiving == 0 && state.received == 1
        })
        .await;
    assert_eq!(state.refused, 1);
}

#[tokio::test]
async fn the_phones_hear_of_another_piece() {
    let stand = Stand::open(Shop::default(), |_| {}).await;
    let visitor = Visitor::enter(&stand.url).await;
    let asked = visitor
        .client
        .get(format!("{}/wait?seen=1", stand.url))
        .header("cookie", &visitor.cookie)
        .send();
    let hears = tokio::spawn(async move { asked.await.unwrap().json::<serde_json::Value>().await.unwrap() });
    stand.door.retitle("Rebozo de bolita");
    assert_eq!(hears.await.unwrap()["title"], "Rebozo de bolita");
    let page = visitor
        .client
        .get(&stand.url)
        .header("cookie", &visitor.cookie)
        .send()
        .await
        .unwrap();
    assert!(page.text().await.unwrap().contains("Rebozo de bolita"));
}

#[tokio::test]
async fn four_large_photos_at_once_stay_out_of_memory() {
    let stand = Stand::open(Shop::waiting(), |_| {}).await;
    let before = resident_kb();
    let mut sending = Vec::new();
    for _ in 0..2 {
        let visitor = Visitor::enter(&stand.url).await;
        for n in 0..2 {
            let chunks = futures_util::stream::iter(n..n + 50).map_chunks(Arc::default());
            let photo = visitor.photo("a.jpg", reqwest::Body::wrap_stream(chunks)).send();
            sending.push(tokio::spawn(async move { told(photo.await.unwrap()).await.0 }));
        }
    }
    let mut offered = stand.shop.offered.subscribe();
    timeout(PATIENCE, offered.wait_for(|offered| *offered == 4))
        .await
        .unwrap()
        .unwrap();
    let grown = resident_kb().saturating_sub(before);
    assert!(grown < 60_000, "200 MB on their way took {grown} kB of memory");
    sending.iter().for_each(tokio::task::JoinHandle::abort);
}

fn resident_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
