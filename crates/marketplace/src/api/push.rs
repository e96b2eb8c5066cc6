//! What laptops ask the marketplace to take over.

use super::bearer::Laptop;
use super::fault::{Answer, ApiFault};
use super::packed::{Accepts, Packed};
use super::read::{Body, Parameters};
use crate::clock::now_ms;
use crate::state::App;
use ::api::fault::{Fault, code};
use ::api::intent::{Outcome, Push, PushAnswer, PushRequest};
use ::api::limits::INTENTS_PER_PUSH;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::Value;

/// As [`Push`], but each intent is read on its own: one that is not understood spoils no other.
#[derive(serde::Deserialize)]
pub struct Bodies {
    intents: Vec<Value>,
}

/// Takes a batch of intents; each is answered on its own, in their order.
#[utoipa::path(post, path = "/push", security(("laptop" = [])), params(PushRequest), request_body = Push,
    responses((status = 200, body = PushAnswer), (status = "4XX", body = Fault)))]
pub async fn push(
    State(app): State<App>,
    laptop: Laptop,
    accepts: Accepts,
    Parameters(request): Parameters<PushRequest>,
    Body(bodies): Body<Bodies>,
) -> Answer<Packed<PushAnswer>> {
    if bodies.intents.len() > INTENTS_PER_PUSH {
        return Err(ApiFault::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            code::TOO_LARGE,
            format!("a push takes {INTENTS_PER_PUSH} intents"),
        ));
    }
    let mut answers = crate::push::push(&app, &laptop.sender(), bodies.intents).await?;
    let all = answers.len();
    if request.brief.unwrap_or(false) {
        answers.retain(|answer| answer.outcome != Outcome::Applied);
    }
    let answer = PushAnswer {
        applied: all - answers.len(),
        answers,
        server_ms: now_ms(),
    };
    Ok(Packed(accepts, answer))
}
