//! One's picture: judged by what it is, made small, shown to nobody else, gone when it is taken away.
use crate::helpers::{Answer, Client, TestApp, json};
use image::{ImageFormat, RgbImage};
use std::io::Cursor;

fn picture(format: ImageFormat) -> Vec<u8> {
    let mut file = Vec::new();
    RgbImage::from_pixel(300, 200, image::Rgb([10, 120, 200])).write_to(&mut Cursor::new(&mut file), format).unwrap();
    file
}

async fn set(client: &Client, name: &str, file: &[u8]) -> Answer {
    client.upload("/api/auth/avatar", (name, file), &[]).await
}

#[tokio::test]
async fn a_picture_of_each_kind() {
    let app = TestApp::start().await;
    let anna = app.person("anna").await;
    assert_eq!(anna.get("/api/auth/avatar").await.status, 404);
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
        let answer = set(&anna, "holiday.exe", &picture(format)).await;
        assert_eq!(answer.data()["user"]["avatar"], "/api/auth/avatar", "{format:?}");
        let shown = anna.get("/api/auth/avatar").await;
        assert_eq!((shown.status, shown.header("content-type")), (200, "image/jpeg"));
        assert_eq!(shown.header("x-content-type-options"), "nosniff");
        assert!(shown.header("content-disposition").starts_with("attachment"));
        assert!(shown.header("content-security-policy").contains("default-src 'none'"));
        assert_eq!(shown.header("cache-control"), "no-store");
        let read = image::load_from_memory(&shown.body).unwrap();
        assert_eq!((read.width(), read.height()), (256, 256));
    }
    assert!(anna.get("/settings/profile").await.text().contains("<img src=\"/api/auth/avatar\""));
    assert_eq!(app.person("ben").await.get("/api/auth/avatar").await.status, 404, "nobody else sees it");
    assert_eq!(anna.delete("/api/auth/avatar").await.data()["user"]["avatar"], json!(null));
    assert_eq!(anna.get("/api/auth/avatar").await.status, 404);
}

#[tokio::test]
async fn what_is_no_picture_is_refused_and_changes_nothing() {
    let app = TestApp::start().await;
    let anna = app.person("anna").await;
    let whole = picture(ImageFormat::Png);
    for file in [&b"<svg xmlns='http://www.w3.org/2000/svg'/>"[..], b"<html></html>", b"GIF89a", &whole[..100]] {
        let refused = set(&anna, "a.png", file).await;
        assert_eq!((refused.status, refused.code().as_str()), (415, "UNSUPPORTED_MEDIA_TYPE"), "{}", refused.text());
    }
    let large = set(&anna, "a.png", &vec![0; 6 << 20]).await;
    assert_eq!((large.status, large.code().as_str()), (413, "TOO_LARGE"));
    assert_eq!(anna.upload("/api/auth/avatar", ("a.png", &whole), &[("userId", "1")]).await.status, 400);
    assert_eq!(anna.post("/api/auth/avatar", json!({})).await.status, 415);
    assert_eq!(anna.get("/api/auth/avatar").await.status, 404);
    assert!(app.services.blobs.list(None, 10).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_picture_that_nobody_has_any_more_is_swept() {
    let app = TestApp::start().await;
    let anna = app.person("anna").await;
    set(&anna, "a.png", &picture(ImageFormat::Png)).await.data();
    let sweep = async || {
        let services = &app.services;
        service::blobs::sweep(&*services.blobs, &*services.store, services.now()).await.unwrap()
    };
    app.clock.pass(2);
    assert_eq!(sweep().await, 0, "it is in use");
    anna.delete("/api/auth/avatar").await.data();
    assert_eq!(sweep().await, 1);
}

#[tokio::test]
async fn by_the_page_without_javascript() {
    let app = TestApp::start().await;
    let anna = app.person("anna").await;
    let sent =
        anna.upload("/_fn/form/picture", ("a.png", &picture(ImageFormat::Png)), &[("back", "/settings/profile")]).await;
    assert_eq!((sent.status, sent.header("location")), (303, "/settings/profile"));
    assert_eq!(anna.get("/api/auth/avatar").await.status, 200);
    let wrong = anna.upload("/_fn/form/picture", ("a.png", b"<html>"), &[("back", "/settings/profile")]).await;
    assert_eq!(wrong.status, 303);
    assert!(anna.get("/settings/profile").await.text().contains("no picture that we can read"));
    assert_eq!(anna.form("picture-drop", &[("back", "/settings/profile")]).await.status, 303);
    assert_eq!(anna.get("/api/auth/avatar").await.status, 404);
}
