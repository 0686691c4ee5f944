//! Receipts: attached to an expense, shown to who may see it and to nobody else, kept without what is not seen.
use crate::{
    helpers::{Answer, Client, TestApp, Value, budget, expense, id, json},
    household::join,
};
use image::{ImageFormat, RgbImage};
use std::io::Cursor;

fn picture(format: ImageFormat, width: u32, height: u32) -> Vec<u8> {
    let mut file = Vec::new();
    RgbImage::from_pixel(width, height, image::Rgb([250, 250, 240]))
        .write_to(&mut Cursor::new(&mut file), format)
        .unwrap();
    file
}

const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

async fn attach(client: &Client, row: &str, name: &str, file: &[u8]) -> Answer {
    client.upload(&format!("/api/expenses/{row}/receipt"), (name, file), &[]).await
}

fn file_of(answer: &Answer) -> Value {
    answer.data()["expense"]["receipt"].clone()
}

fn path(receipt: &Value) -> String {
    format!("/api/files/{}", receipt["fileId"].as_str().unwrap())
}

#[tokio::test]
async fn a_picture_is_kept_upright_small_enough_and_without_its_secrets() {
    let app = TestApp::start().await;
    let anna = app.person("anna").await;
    let row = expense(&anna, None).await;
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
        let receipt = file_of(&attach(&anna, &row, "../shop.exe", &picture(format, 3_000, 600)).await);
        assert_eq!((&receipt["filename"], &receipt["contentType"]), (&json!("shop.jpg"), &json!("image/jpeg")));
        let shown = anna.get(&path(&receipt)).await;
        assert_eq!((shown.status, shown.header("content-type")), (200, "image/jpeg"));
        assert_eq!(shown.body.len() as u64, receipt["size"].as_u64().unwrap());
        assert_eq!(shown.header("x-content-type-options"), "nosniff");
        assert!(
            shown.header("content-disposition").starts_with("attachment"),
            "{}",
            shown.header("content-disposition")
        );
        assert!(shown.header("content-security-policy").contains("default-src 'none'"));
        assert_eq!(shown.header("cache-control"), "no-store");
        let size = |answer: &Answer| {
            image::load_from_memory(&answer.body).map(|image| (image.width(), image.height())).unwrap()
        };
        assert_eq!(size(&shown), (2_400, 480));
        assert_eq!(size(&anna.get(&format!("{}?size=thumb", path(&receipt))).await), (320, 64));
    }
    let listed = anna.get("/api/expenses?hasReceipt=true").await;
    assert_eq!(listed.json()["data"].as_array().unwrap().len(), 1);
    assert_eq!(anna.get("/api/expenses?hasReceipt=false").await.json()["data"].as_array().unwrap().len(), 0);
}

#[tokio::test]
async fn a_pdf_is_handed_out_as_a_file() {
    let app = TestApp::start().await;
    let anna = app.person("anna").await;
    let row = expense(&anna, None).await;
    let receipt = file_of(&attach(&anna, &row, "Rechnung Müller & Söhne.PDF", PDF).await);
    assert_eq!(receipt["filename"], "Rechnung Müller & Söhne.pdf");
    let shown = anna.get(&path(&receipt)).await;
    assert_eq!((shown.header("content-type"), &shown.body[..]), ("application/pdf", PDF));
    assert!(
        shown.header("content-disposition").starts_with("attachment; filename*=UTF-8''Rechnung%20M%C3%BCller%20%26")
    );
    assert_eq!(anna.get(&format!("{}?size=thumb", path(&receipt))).await.status, 404);
    assert_eq!(anna.get(&format!("{}?size=huge", path(&receipt))).await.status, 400);
}

#[tokio::test]
async fn what_is_no_receipt_is_refused_and_changes_nothing() {
    let app = TestApp::start().await;
    let anna = app.person("anna").await;
    let row = expense(&anna, None).await;
    let whole = picture(ImageFormat::Png, 300, 300);
    for file in [&b"<svg xmlns='http://www.w3.org/2000/svg'/>"[..], b"<html></html>", b"GIF89a", b"", &whole[..100]] {
        let refused = attach(&anna, &row, "a.png", file).await;
        assert_eq!((refused.status, refused.code().as_str()), (415, "UNSUPPORTED_MEDIA_TYPE"), "{}", refused.text());
    }
    assert_eq!(attach(&anna, &row, "a.png", &vec![0; 6 << 20]).await.status, 413);
    let path = format!("/api/expenses/{row}/receipt");
    assert_eq!(anna.upload(&path, ("a.png", &whole), &[("userId", "1")]).await.status, 400);
    assert_eq!(anna.upload(&path, ("a.png", &whole), &[("version", "7")]).await.status, 409);
    assert_eq!(anna.post(&path, json!({})).await.status, 415);
    assert_eq!(anna.put(&format!("/api/expenses/{row}"), json!({ "version": 1, "receipt": null })).await.status, 400);
    assert_eq!(anna.get(&format!("/api/expenses/{row}")).await.data()["expense"]["version"], 1);
    assert!(app.services.blobs.list(None, 10).await.unwrap().is_empty());
    assert_eq!(anna.upload(&path, ("a.png", &whole), &[("version", "1")]).await.data()["expense"]["version"], 2);
}

#[tokio::test]
async fn who_sees_the_row_sees_its_file_and_who_edits_it_may_change_it() {
    let app = TestApp::start().await;
    let anna = app.person("anna").await;
    let home = budget(&anna).await;
    let row = expense(&anna, Some(&home)).await;
    let receipt = file_of(&attach(&anna, &row, "a.png", &picture(ImageFormat::Png, 30, 30)).await);
    let (viewer, editor, stranger) = (app.person("vera").await, app.person("eli").await, app.person("sam").await);
    join(&anna, &home, "vera", &viewer, "view").await;
    join(&anna, &home, "eli", &editor, "edit").await;
    let at = format!("/api/expenses/{row}/receipt");
    assert_eq!(stranger.get(&path(&receipt)).await.status, 404);
    assert_eq!(app.stranger().get(&path(&receipt)).await.status, 401);
    assert_eq!(stranger.delete(&at).await.status, 404);
    assert_eq!(attach(&stranger, &row, "a.png", PDF).await.status, 404);
    assert_eq!(viewer.get(&path(&receipt)).await.status, 200);
    assert_eq!(viewer.delete(&at).await.status, 403);
    assert_eq!(attach(&viewer, &row, "a.png", PDF).await.status, 403);
    let new = file_of(&attach(&editor, &row, "b.pdf", PDF).await);
    assert_eq!(anna.get(&path(&receipt)).await.status, 404, "another one stands there now");
    assert_eq!(anna.get(&path(&new)).await.status, 200);
}

#[tokio::test]
async fn one_that_was_taken_away_comes_back_and_goes_for_good_in_its_time() {
    let app = TestApp::start().await;
    let anna = app.person("anna").await;
    let row = expense(&anna, None).await;
    let receipt = file_of(&attach(&anna, &row, "a.pdf", PDF).await);
    let sweep = async || {
        let services = &app.services;
        service::blobs::sweep(&*services.blobs, &*services.store, services.now()).await.unwrap()
    };
    app.clock.pass(3);
    assert_eq!(sweep().await, 0, "it is in use");
    assert_eq!(file_of(&anna.delete(&format!("/api/expenses/{row}/receipt")).await), Value::Null);
    assert_eq!(anna.get(&path(&receipt)).await.status, 404);
    app.clock.pass(3);
    assert_eq!(sweep().await, 0, "it may come back");
    let told = anna.get("/api/activity").await.json()["data"][0].clone();
    assert_eq!(told["changes"][0]["before"]["receipt"]["filename"], "a.pdf", "{told}");
    anna.post(&format!("/api/activity/{}/undo", id(&told)), json!({})).await.data();
    assert_eq!(&anna.get(&path(&receipt)).await.body[..], PDF);
    anna.delete(&format!("/api/expenses/{row}/receipt")).await.data();
    app.clock.pass(40);
    app.services.store.sweep(app.services.now(), std::time::Duration::from_secs(1)).await.unwrap();
    assert_eq!(sweep().await, 1);
}

#[tokio::test]
async fn by_the_page_without_javascript() {
    let app = TestApp::start().await;
    let anna = app.person("anna").await;
    let row = expense(&anna, None).await;
    let sheet = format!("/expenses?edit={row}");
    let fields = [("id", row.as_str()), ("version", "1"), ("back", &sheet)];
    let sent = anna.upload("/_fn/form/expense-receipt", ("a.png", &picture(ImageFormat::Png, 9, 9)), &fields).await;
    assert_eq!((sent.status, sent.header("location")), (303, sheet.as_str()));
    let page = anna.get(&sheet).await.text();
    assert!(page.contains("a.jpg") && page.contains("?size=thumb"), "{page}");
    let wrong =
        anna.upload("/_fn/form/expense-receipt", ("a.png", b"<html>"), &[fields[0], ("version", "2"), fields[2]]).await;
    assert_eq!(wrong.status, 303);
    assert!(anna.get(&sheet).await.text().contains("no receipt that we can read"));
    assert_eq!(anna.form("expense-receipt-drop", &[fields[0], ("version", "2"), fields[2]]).await.status, 303);
    assert!(!anna.get(&sheet).await.text().contains("?size=thumb"));
}
