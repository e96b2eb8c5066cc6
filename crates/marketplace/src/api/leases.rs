//! Blocks of tracking numbers for laptops.

use super::bearer::Laptop;
use super::fault::{Answer, ApiFault};
use super::read::Body;
use crate::leases::{self, NoLease};
use crate::state::App;
use ::api::fault::{Fault, code};
use ::api::lease::{Lease, LeaseRequest};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;

/// Leases a block of serial numbers to this laptop alone.
#[utoipa::path(post, path = "/leases", security(("laptop" = [])), request_body = LeaseRequest,
    responses((status = 200, body = Lease), (status = "4XX", body = Fault)))]
pub async fn lease(
    State(app): State<App>,
    laptop: Laptop,
    Body(request): Body<LeaseRequest>,
) -> Answer<Json<Lease>> {
    match leases::lease(&app, &laptop.sender(), &request).await? {
        Ok(lease) => Ok(Json(lease)),
        Err(NoLease::Invalid) => Err(ApiFault::invalid(
            "no service of the post has such numbers, or not so many",
        )),
        Err(NoLease::IdReused) => Err(ApiFault::invalid("the lease's id was used for another request")),
        Err(NoLease::Exhausted) => Err(ApiFault::new(
            StatusCode::SERVICE_UNAVAILABLE,
            code::INTERNAL,
            "all numbers of this kind are given out",
        )),
    }
}
