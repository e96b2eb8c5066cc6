//! A scene to a picture in linear light.

use super::bake::bake;
use super::glass::Layers;
use super::raster::{NOTHING, Soup, View, visible};
use super::scene::Scene;
use super::shade::Stage;
use super::vector::{V3, v3};

/// Four places inside a pixel, none in line with another.
const PLACES: [(f32, f32); 4] = [(0.375, 0.125), (0.875, 0.375), (0.125, 0.625), (0.625, 0.875)];

/// Renders `size` by `size` pixels, rows from the top.
pub fn render(scene: &Scene, size: usize) -> Vec<V3> {
    let view = View::of(&scene.camera, size);
    let soup = Soup::of(scene);
    let screen: Vec<V3> = soup.at.iter().map(|point| view.project(*point)).collect();
    let (baked, views) = std::thread::scope(|scope| {
        let drawing = scope.spawn(|| PLACES.map(|place| visible(scene, &soup, &screen, size, place)));
        let baked = bake(scene, &soup, view.eye, size >= 256);
        (baked, drawing.join().ok())
    });
    let Some(views) = views else { return Vec::new() };
    let mut stage = Stage {
        scene,
        soup: &soup,
        screen: &screen,
        baked: &baked,
        view: &view,
        below: v3(0.5, 0.5, 0.5),
    };
    stage.below = ground_colour(&stage);

    let mut picture = vec![v3(0.0, 0.0, 0.0); size * size];
    by_rows(&mut picture, size, |row, pixels| {
        for (column, pixel) in pixels.iter_mut().enumerate() {
            let at = row * size + column;
            let shown = |k: usize| {
                let (x, y) = (column as f32 + PLACES[k].0, row as f32 + PLACES[k].1);
                match views[k].0[at] {
                    NOTHING => stage.ground(view.ray(x, y)),
                    triangle => stage.triangle(triangle, x, y),
                }
            };
            let light = if is_edge(&soup, &views, at) {
                (shown(0) + shown(1) + shown(2) + shown(3)) * 0.25
            } else {
                shown(0)
            };
            *pixel = light.max0();
        }
    });
    if scene.parts.iter().any(|part| part.stain.is_some()) {
        picture = with_glass(&stage, &views, picture, size);
    }
    picture
}

type Views = [(Vec<u32>, Vec<f32>); 4];

/// Whether the four places of a pixel do not all lie on one smooth surface.
fn is_edge(soup: &Soup, views: &Views, at: usize) -> bool {
    let first = views[0].0[at];
    (1..4).any(|k| {
        let other = views[k].0[at];
        if other == first {
            return false;
        }
        if other == NOTHING || first == NOTHING {
            return true;
        }
        let (a, b) = (first as usize, other as usize);
        let apart = (views[0].1[at] - views[k].1[at]).abs() > views[0].1[at] * 0.004;
        let normal = |triangle: usize| soup.normal[soup.triangles[triangle][0] as usize];
        soup.part[a] != soup.part[b] || apart || normal(a).dot(normal(b)) < 0.93
    })
}

fn with_glass(stage: &Stage<'_>, views: &Views, behind: Vec<V3>, size: usize) -> Vec<V3> {
    let layers: Vec<Layers> = PLACES
        .iter()
        .zip(views)
        .map(|(place, view)| Layers::of(stage, &view.1, size, *place))
        .collect();
    let mut picture = behind.clone();
    by_rows(&mut picture, size, |row, pixels| {
        for (column, pixel) in pixels.iter_mut().enumerate() {
            let at = row * size + column;
            if layers.iter().all(|layer| layer.near[at] == NOTHING) {
                continue;
            }
            if is_smooth(stage.soup, &layers, at) {
                *pixel = layers[0].colour(stage, &behind, at, size, PLACES[0]);
                continue;
            }
            let mut sum = v3(0.0, 0.0, 0.0);
            for (layer, place) in layers.iter().zip(PLACES) {
                sum += match layer.near[at] {
                    NOTHING => behind[at],
                    _ => layer.colour(stage, &behind, at, size, place),
                };
            }
            *pixel = sum * 0.25;
        }
    });
    picture
}

/// Whether all places of a pixel lie on one smooth surface of glass.
fn is_smooth(soup: &Soup, layers: &[Layers], at: usize) -> bool {
    let normal = |triangle: u32| soup.normal[soup.triangles[triangle as usize][0] as usize];
    let first = layers[0].near[at];
    first != NOTHING
        && layers
            .iter()
            .all(|layer| layer.near[at] != NOTHING && normal(layer.near[at]).dot(normal(first)) > 0.985)
}

/// The lit ground beside the piece.
fn ground_colour(stage: &Stage<'_>) -> V3 {
    if stage.scene.ground.upright {
        // What hangs on a wall sees the room, not the wall.
        return stage.scene.room;
    }
    let beside = v3(-1.3, -1.0, 0.0);

    stage.ground((beside - stage.view.eye).unit())
}

/// Gives each row to one of two threads, in turns of rows that lie together.
fn by_rows(picture: &mut [V3], size: usize, paint: impl Fn(usize, &mut [V3]) + Sync) {
    let band = 16;
    let bands: Vec<(usize, &mut [V3])> = picture.chunks_mut(size * band).enumerate().collect();
    let (even, odd): (Vec<_>, Vec<_>) = bands.into_iter().partition(|(index, _)| index % 2 == 0);
    let work = |bands: Vec<(usize, &mut [V3])>| {
        for (index, rows) in bands {
            for (offset, row) in rows.chunks_mut(size).enumerate() {
                paint(index * band + offset, row);
            }
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(|| work(odd));
        work(even);
    });
}
