//! What the program writes down of what people do: never who they are, what they own or what they prove themselves with.
use super::program::{Program, expense, folder};
use serde_json::json;
use std::fs::{self, File};

#[test]
fn nothing_personal_is_written_down() {
    let folder = folder("logs");
    fs::create_dir_all(&folder).unwrap();
    let written = folder.join("written");
    let mut command = Program::command(&folder.join("data"));
    command.env("LOG_LEVEL", "debug").stderr(File::create(&written).unwrap());
    let mut program = Program::begin(command);
    program.wait_until_ready();
    let (anna, budget) = program.owner();
    let secret = anna.cookie.split_once('=').unwrap().1.to_owned();
    let (status, ..) =
        anna.json("POST", "/api/expenses", "bakery", &expense("Corner Bakery", 123_456, &budget)).unwrap();
    assert_eq!(status, 201);
    let (_, _, made) = anna.json("POST", "/api/auth/api-keys", "key", &json!({ "name": "Diary" })).unwrap();
    let key = made["data"]["key"].as_str().unwrap().to_owned();
    // What fails says why, and tells nothing either.
    let guess = json!({ "email": "eve@example.org\r\nforged line", "password": "a guess of eve" });
    let stranger = program.person();
    assert_eq!(stranger.json("POST", "/api/auth/login", "guess", &guess).unwrap().0, 400);
    let guess = json!({ "email": "anna@example.org", "password": "a guess of eve" });
    assert_eq!(stranger.json("POST", "/api/auth/login", "guess2", &guess).unwrap().0, 401);
    assert_eq!(stranger.status("/nowhere%0d%0aforged%20line?email=anna@example.org", "text/html"), 404);
    assert_eq!(
        anna.ask("POST", "/api/budgets", "content-type: application/json\r\n", b"{\"name\": \"Corner Bakery")
            .unwrap()
            .0,
        400
    );
    program.signal("TERM");
    assert!(program.child.wait().unwrap().success());

    let text = fs::read_to_string(&written).unwrap();
    assert!(text.lines().count() > 3, "something is written down: {text}");
    for personal in [
        "anna@example.org",
        "eve@example.org",
        "correct horse",
        "guess of eve",
        "Corner Bakery",
        "1234.56",
        &secret,
        &key,
    ] {
        assert!(!text.contains(personal), "{personal} is written down:\n{text}");
    }
    let forged = text.lines().find(|line| !line.starts_with("20") || line.starts_with("forged"));
    assert_eq!(forged, None, "each line is the program's own");
    let _ = fs::remove_dir_all(folder);
}
