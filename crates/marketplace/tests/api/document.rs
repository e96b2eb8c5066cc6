//! The OpenAPI document is kept in the repository and must be what the code says.

use std::path::Path;

#[test]
fn the_kept_document_is_what_the_code_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/api/openapi.json");
    let now = marketplace::openapi_json().unwrap();
    if std::env::var_os("BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &now).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == now,
        "the API has changed: BLESS=1 cargo test -p marketplace writes {}",
        path.display()
    );
}

#[tokio::test]
async fn it_is_served_and_unknown_routes_are_faults() {
    let world = crate::harness::World::sqlite().await;
    let served = world
        .http
        .get(world.url("/api/v1/openapi.json"))
        .send()
        .await
        .unwrap();
    assert_eq!(served.text().await.unwrap(), marketplace::openapi_json().unwrap());
    let lost = world.http.get(world.url("/api/v1/nothing")).send().await.unwrap();
    assert_eq!(lost.status(), 404);
    let fault: api::fault::Fault = lost.json().await.unwrap();
    assert_eq!(fault.code, "not_found");
    let wrong = world.http.get(world.url("/api/v1/push")).send().await.unwrap();
    assert_eq!(wrong.status(), 405);
    assert_eq!(wrong.json::<api::fault::Fault>().await.unwrap().code, "invalid");
}
